-- Notes and tags; and times to the millisecond, so that two changes within a second stand in their order.

-- Lines of the reader's own; NULL where there is none (any more).
ALTER TABLE mark ADD COLUMN note TEXT CHECK (note <> '');
ALTER TABLE mark ADD COLUMN noted_at TEXT;
CREATE INDEX mark_note ON mark (publication, number) WHERE note IS NOT NULL;

-- Times are compared as text, so all of them have one form: 2026-01-31T08:00:00.000Z.
UPDATE mark SET
    bookmarked_at = replace(bookmarked_at, 'Z', '.000Z'),
    read_at = replace(read_at, 'Z', '.000Z'),
    placed_at = replace(placed_at, 'Z', '.000Z');

-- One row a tag and item. A tag that was taken off stays with its time: what merges go by.
CREATE TABLE tag (
    publication TEXT NOT NULL,
    number INTEGER NOT NULL,
    headline TEXT NOT NULL,
    nth INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''), -- normalised: what a tag is known by
    tag TEXT NOT NULL, -- as typed
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (publication, number, headline, nth, name),
    FOREIGN KEY (publication, number, headline, nth) REFERENCES mark (publication, number, headline, nth) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_present ON tag (name) WHERE present = 1;
