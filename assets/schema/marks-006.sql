-- Queries that the reader has saved, each under a name of the reader's own.

-- One row a name. A query that was removed stays with its time: what merges go by.
CREATE TABLE saved_query (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''), -- normalised: what it is known by
    title TEXT NOT NULL, -- the name as typed
    text TEXT NOT NULL CHECK (text <> ''), -- the query; a newer version may have written what is none here
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
