-- What the reader corrected of items that the program read wrongly: a fact, the headline, where an item begins.

-- One row a fix and item, named like a tag's. A fix that was undone stays with its time: what merges go by.
CREATE TABLE fix (
    publication TEXT NOT NULL,
    number INTEGER NOT NULL,
    headline TEXT NOT NULL,
    nth INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''), -- facts.date, headline, join, split:paragraph …
    value TEXT, -- NULL where the item states none, or there is none
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (publication, number, headline, nth, what),
    FOREIGN KEY (publication, number, headline, nth) REFERENCES mark (publication, number, headline, nth) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
