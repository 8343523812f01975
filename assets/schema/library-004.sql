-- What items were called before their issue was read otherwise or imported anew: whoever still knows one by its name of then finds
-- it, and so do marks that come from elsewhere. A row counts only while no item has the name.

CREATE TABLE renamed (
    -- The name before, as marks name items.
    publication TEXT NOT NULL,
    number INTEGER NOT NULL,
    headline TEXT NOT NULL,
    nth INTEGER NOT NULL,
    -- The name since.
    new_publication TEXT NOT NULL,
    new_number INTEGER NOT NULL,
    new_headline TEXT NOT NULL,
    new_nth INTEGER NOT NULL,
    PRIMARY KEY (publication, number, headline, nth)
) STRICT, WITHOUT ROWID;

CREATE INDEX renamed_since ON renamed (new_publication, new_number, new_headline, new_nth);
