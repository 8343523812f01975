-- Marks that are on their way to another name, because their item is about to be read under it. Content and marks are two files:
-- a mark stands under both names until the content has changed, and what stands here says which of the two is the copy.

CREATE TABLE carried (
    -- The new name, as in mark.
    publication TEXT NOT NULL,
    number INTEGER NOT NULL,
    headline TEXT NOT NULL,
    nth INTEGER NOT NULL,
    -- The name before.
    former_publication TEXT NOT NULL,
    former_number INTEGER NOT NULL,
    former_headline TEXT NOT NULL,
    former_nth INTEGER NOT NULL,
    -- Whether nothing had been marked under the new name, so that all that is there is the copy.
    made INTEGER NOT NULL CHECK (made IN (0, 1)),
    PRIMARY KEY (publication, number, headline, nth, former_publication, former_number, former_headline, former_nth)
) STRICT, WITHOUT ROWID;
