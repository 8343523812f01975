-- Where the reader was: in each item, and when the reader was left.

-- Characters of the item's text above the line that stood at the top of the screen; NULL at its beginning.
ALTER TABLE mark ADD COLUMN place INTEGER CHECK (place > 0);
ALTER TABLE mark ADD COLUMN placed_at TEXT;

CREATE TABLE session (
    id INTEGER PRIMARY KEY CHECK (id = 1), -- there is one
    state TEXT NOT NULL, -- JSON of the reader's
    left_at TEXT NOT NULL -- RFC 3339, UTC
) STRICT;
