-- The content of a library: everything in it can be made again from the kept pages.

CREATE TABLE publication (
    -- Part of the issues' ids (store/order.rs): never changed, never used again.
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 255),
    key TEXT NOT NULL UNIQUE, -- the name normalised: what a publication is known by
    name TEXT NOT NULL -- as first printed
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    pages BLOB NOT NULL -- JSON of the extracted pages, zstd
) STRICT;

CREATE TABLE issue (
    id INTEGER PRIMARY KEY, -- the display order: store/order.rs
    publication INTEGER NOT NULL REFERENCES publication (id),
    number INTEGER NOT NULL,
    year INTEGER,
    month INTEGER,
    week INTEGER,
    publisher TEXT,
    site TEXT,
    note TEXT,
    imported TEXT NOT NULL, -- RFC 3339, UTC
    items INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source (id),
    parser INTEGER NOT NULL, -- version of the parser that read it
    diagnostics TEXT NOT NULL, -- JSON
    UNIQUE (publication, number)
) STRICT;
CREATE INDEX issue_number ON issue (number);
CREATE INDEX issue_source ON issue (source);

CREATE TABLE section (
    issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    page INTEGER,
    PRIMARY KEY (issue, ordinal)
) STRICT, WITHOUT ROWID;

-- The items of an issue are one range of ids, so no column names the issue.
CREATE TABLE item (
    id INTEGER PRIMARY KEY, -- the display order: store/order.rs
    section INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    headline TEXT NOT NULL,
    contents_headline TEXT,
    page INTEGER,
    source TEXT,
    key_headline TEXT NOT NULL,
    key_nth INTEGER NOT NULL
) STRICT;

-- Apart from the item, so that lists read few pages.
CREATE TABLE body (
    id INTEGER PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
    lead TEXT,
    paragraphs TEXT NOT NULL -- JSON
) STRICT;
