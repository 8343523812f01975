-- What is known of a document that its pages do not say, so that its issues can be read again from the row of the document alone.

-- The issue that the user said it was; NULL where nothing was said.
ALTER TABLE source ADD COLUMN number INTEGER;
ALTER TABLE source ADD COLUMN year INTEGER;
ALTER TABLE source ADD COLUMN month INTEGER;
ALTER TABLE source ADD COLUMN week INTEGER;
-- JSON of the diagnostics about how its bytes became characters.
ALTER TABLE source ADD COLUMN decoding TEXT NOT NULL DEFAULT '[]';

-- Of a document with several issues nothing could be said. What one was read as may have been said, and saying it again
-- changes nothing.
UPDATE source SET number = one.number, year = one.year,
    month = iif(one.year IS NULL, NULL, one.month), week = iif(one.year IS NULL, NULL, one.week)
FROM (SELECT source, number, year, month, week FROM issue GROUP BY source HAVING count(*) = 1) AS one
WHERE one.source = source.id;

-- All issues of a document have the same ones.
UPDATE source SET decoding = found.diagnostics
FROM (
    SELECT issue.source AS source, json_group_array(json(noted.value)) AS diagnostics
    FROM issue, json_each(CASE WHEN json_valid(issue.diagnostics) THEN issue.diagnostics ELSE '[]' END) AS noted
    WHERE issue.id = (SELECT min(other.id) FROM issue AS other WHERE other.source = issue.source)
        AND noted.type = 'object'
        AND noted.value ->> 'kind' IN ('characters-lost', 'characters-doubtful', 'encodings-mixed')
    GROUP BY issue.source
) AS found
WHERE found.source = source.id;
