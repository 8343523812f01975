-- What the reader made. Named by what is printed, so that it outlives every row of the library.

CREATE TABLE mark (
    publication TEXT NOT NULL, -- its name, normalised
    number INTEGER NOT NULL,
    headline TEXT NOT NULL, -- normalised
    nth INTEGER NOT NULL, -- 0 for the first item of the issue with this headline
    printed TEXT NOT NULL, -- the headline as it was printed when marked
    bookmarked INTEGER NOT NULL DEFAULT 0 CHECK (bookmarked IN (0, 1)),
    bookmarked_at TEXT, -- when the state was last changed, RFC 3339, UTC: what merges go by
    read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
    read_at TEXT,
    PRIMARY KEY (publication, number, headline, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_bookmarked ON mark (publication, number) WHERE bookmarked = 1;
