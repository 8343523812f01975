-- Photos: what an item has of them stands with its text, the bytes of each stand once, for all documents that it is in.

ALTER TABLE body ADD COLUMN pictures TEXT NOT NULL DEFAULT '[]'; -- JSON

CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE, -- of the bytes
    bytes BLOB NOT NULL -- JPEG or PNG
) STRICT;

CREATE TABLE source_picture (
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    picture INTEGER NOT NULL REFERENCES picture (id),
    PRIMARY KEY (source, picture)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_picture_picture ON source_picture (picture);
