-- Items as their reader has corrected them. The rows have what is shown; what the pages say stands beside them.

-- The fixes that an issue was made with, a JSON array of [headline, nth, what, value] in the order in which they were made; NULL
-- where there were none.
ALTER TABLE issue ADD COLUMN fixes TEXT;
-- The issue as it was read, JSON, zstd; NULL where there were no fixes, for then it is what the rows say.
ALTER TABLE issue ADD COLUMN parsed BLOB;
CREATE INDEX issue_fixes ON issue (id) WHERE fixes IS NOT NULL;

-- What of an item is corrected and what was there before, JSON; NULL where nothing is. Its key stays that of the headline as read.
ALTER TABLE item ADD COLUMN corrected TEXT;
-- The headline, normalised, where it is corrected: what words are looked for in.
ALTER TABLE item ADD COLUMN shown_headline TEXT;
