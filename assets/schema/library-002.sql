-- How many diagnostics an issue and each of its items have, so that lists can show it without reading them.

ALTER TABLE issue ADD COLUMN diagnostic_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN diagnostic_count INTEGER NOT NULL DEFAULT 0;

-- What is no JSON has none: it must not stand between the reader and the library.
UPDATE issue SET diagnostic_count = json_array_length(diagnostics)
WHERE CASE WHEN json_valid(diagnostics) THEN json_type(diagnostics) = 'array' END;

-- The parser wrote the address of an item without the publication: 101/1/3.
UPDATE item SET diagnostic_count = found.count
FROM (
    SELECT issue.id AS issue, CASE noted.type WHEN 'object' THEN noted.value ->> 'item' END AS address, count(*) AS count
    FROM issue, json_each(CASE WHEN json_valid(issue.diagnostics) THEN issue.diagnostics ELSE '[]' END) AS noted
    GROUP BY 1, 2
) AS found
JOIN issue ON issue.id = found.issue
WHERE item.id BETWEEN issue.id << 16 AND (issue.id << 16) + 65535
    AND found.address = issue.number || '/' || item.section || '/' || item.ordinal;
