-- The keyword index: which items have a text in them (store/index.rs).

-- Every two characters that stand side by side in a headline, a lead or a paragraph, normalised; in their order, so that a longer
-- text is a phrase.
CREATE VIRTUAL TABLE item_pairs USING fts5(text, content='', contentless_delete=1, detail=full, tokenize='ascii');
-- Every character, for texts of one.
CREATE VIRTUAL TABLE item_chars USING fts5(text, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- Whether the items of an issue are in it; those that were read before there was one are put in later.
ALTER TABLE issue ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX issue_not_indexed ON issue (id) WHERE indexed = 0;
