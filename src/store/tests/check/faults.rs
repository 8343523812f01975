//! Faults of a library, each with what a check finds then.

/// What is done to a sound library, and what is found then.
pub(super) const FAULTS: &[(&str, &[&str])] = &[
    ("UPDATE publication SET name = '别的'", &["publication-key"]),
    (
        "UPDATE issue SET month = 2 WHERE id = (SELECT max(id) FROM issue)",
        &["issue-place"],
    ),
    (
        "UPDATE issue SET items = 2 WHERE id = (SELECT max(id) FROM issue)",
        &["issue-count"],
    ),
    (
        "UPDATE issue SET imported = '昨天' WHERE id = (SELECT max(id) FROM issue)",
        &["issue-time"],
    ),
    (
        "UPDATE issue SET diagnostics = '[' WHERE id = (SELECT max(id) FROM issue)",
        &["issue-diagnostics"],
    ),
    (
        "UPDATE issue SET diagnostics = '[]' WHERE id = (SELECT max(id) FROM issue)",
        &["issue-diagnostic-count", "items-diagnostic-count"],
    ),
    (
        "UPDATE issue SET diagnostic_count = 5 WHERE id = (SELECT max(id) FROM issue)",
        &["issue-diagnostic-count"],
    ),
    (
        "UPDATE issue SET source = 99 WHERE id = (SELECT max(id) FROM issue)",
        &["document-idle", "rows-dangling"],
    ),
    (
        "UPDATE issue SET publication = 9 WHERE id = (SELECT max(id) FROM issue)",
        &[
            "issue-place",
            "issue-publication",
            "marks-wait-for-issue",
            "rows-dangling",
        ],
    ),
    (
        "UPDATE item SET headline = '别的' WHERE id = (SELECT max(id) FROM item)",
        &["items-key"],
    ),
    (
        "UPDATE item SET key_headline = '别的标题' WHERE id = (SELECT max(id) FROM item)",
        &["items-index", "items-key", "marks-wait-for-items"],
    ),
    (
        "UPDATE item SET (headline, key_headline) = (SELECT headline, key_headline FROM item AS first \
            WHERE first.id = item.id + 1) WHERE id = (SELECT max(id) - 1 FROM item)",
        &["items-index", "items-key"],
    ),
    (
        "UPDATE item SET section = 9 WHERE id = (SELECT max(id) FROM item)",
        &["items-diagnostic-count", "items-section"],
    ),
    (
        "UPDATE item SET diagnostic_count = 3 WHERE id = (SELECT max(id) FROM item)",
        &["items-diagnostic-count"],
    ),
    (
        "UPDATE item SET id = id - 40 WHERE id = (SELECT min(id) FROM item)",
        &["items-body", "items-index", "items-place", "rows-dangling"],
    ),
    (
        "DELETE FROM item_pairs WHERE rowid = (SELECT max(id) FROM item)",
        &["items-index"],
    ),
    (
        "DELETE FROM item_chars WHERE rowid = (SELECT max(id) FROM item)",
        &["items-index"],
    ),
    (
        "INSERT INTO item_chars (rowid, text) VALUES (5, '甲')",
        &["items-index"],
    ),
    (
        "UPDATE body SET lead = '另一句' WHERE id = (SELECT max(id) FROM item)",
        &["items-index"],
    ),
    (
        "INSERT INTO item (id, section, ordinal, headline, key_headline, key_nth) \
             SELECT 5, section, ordinal, headline, key_headline, key_nth FROM item LIMIT 1",
        &["items-astray"],
    ),
    (
        "DELETE FROM body WHERE id = (SELECT max(id) FROM item)",
        &["items-body", "items-index"],
    ),
    (
        "UPDATE body SET paragraphs = '[1]' WHERE id = (SELECT max(id) FROM item)",
        &["items-text"],
    ),
    (
        "UPDATE item SET stage = '没有的' WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "UPDATE item SET amount = 3, unit = '亿贝' WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "UPDATE item SET amount_yi = 7 WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "UPDATE item SET place = '1' WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "UPDATE item SET date = '2023-02-30' WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "UPDATE body SET read = '{' WHERE id = (SELECT max(id) FROM item)",
        &["items-facts"],
    ),
    (
        "DELETE FROM section WHERE issue = (SELECT max(id) FROM issue) AND ordinal = 2",
        &["items-section"],
    ),
    (
        "UPDATE source SET pages = x'28b52ffd00' WHERE id = 1",
        &["document-pages"],
    ),
    (
        "UPDATE source SET decoding = 'x' WHERE id = 1",
        &["document-decoding"],
    ),
    (
        "INSERT INTO source (path, sha256, pages) SELECT path, 'other', pages FROM source LIMIT 1",
        &["document-idle"],
    ),
    (
        "UPDATE marks.mark SET publication = 'Ａ' WHERE number = 7",
        &["marks-name", "marks-wait-for-issue"],
    ),
    (
        "UPDATE marks.mark SET headline = headline || ' ' WHERE number = 7",
        &["marks-name", "marks-wait-for-items"],
    ),
    (
        "UPDATE marks.mark SET number = -7 WHERE number = 7",
        &["marks-name", "marks-wait-for-issue"],
    ),
    (
        "UPDATE marks.mark SET read_at = 'x' WHERE number = 7",
        &["marks-time"],
    ),
    (
        "UPDATE marks.mark SET read_at = NULL WHERE number = 7",
        &["marks-timeless"],
    ),
    (
        "UPDATE marks.mark SET bookmarked_at = NULL WHERE number = 7",
        &["marks-timeless"],
    ),
    (
        "INSERT INTO marks.session VALUES (1, '{', '2026-01-01T00:00:00Z')",
        &["session-unreadable"],
    ),
    (
        "INSERT INTO marks.session VALUES (1, '{}', 'x')",
        &["marks-time"],
    ),
    (
        "UPDATE marks.mark SET headline = 'x' WHERE number = 7",
        &["marks-wait-for-items"],
    ),
    (
        "UPDATE marks.mark SET headline = 'x', bookmarked = 0 WHERE number = 7",
        &["marks-quiet"],
    ),
    (
        "UPDATE marks.mark SET headline = 'x', bookmarked = 0, note = '留意', noted_at = read_at WHERE number = 7",
        &["marks-wait-for-items"],
    ),
    (
        "UPDATE marks.mark SET headline = 'x', bookmarked = 0 WHERE number = 7; \
         INSERT INTO marks.tag SELECT publication, number, headline, nth, '跟踪', '跟踪', 1, read_at \
         FROM marks.mark WHERE number = 7",
        &["marks-wait-for-items"],
    ),
    (
        "INSERT INTO marks.tag SELECT publication, number, headline, nth, '别的', '跟踪', 1, read_at \
         FROM marks.mark WHERE number = 7",
        &["tags-name"],
    ),
    (
        "INSERT INTO marks.tag SELECT publication, number, headline, nth, '甲 乙', '甲 乙', 1, read_at \
         FROM marks.mark WHERE number = 7",
        &["tags-name"],
    ),
    (
        "UPDATE marks.mark SET note = CAST(x'ff' AS TEXT), noted_at = read_at WHERE number = 7",
        &["table-unreadable"],
    ),
    (
        "INSERT INTO marks.tag SELECT publication, number, headline, nth, '跟踪', '跟踪', 1, '昨天' \
         FROM marks.mark WHERE number = 7",
        &["marks-time"],
    ),
    (
        "INSERT INTO marks.tag VALUES ('甲', 7, 'x', 0, '跟踪', '跟踪', 1, '2026-01-31T08:00:00.000Z')",
        &["rows-dangling"],
    ),
    (
        "UPDATE marks.mark SET note = '留意' WHERE number = 7",
        &["marks-timeless"],
    ),
    (
        "INSERT INTO marks.saved_query VALUES ('甲', '别的', '签约', 1, '2026-01-31T08:00:00.000Z')",
        &["queries-name"],
    ),
    (
        "PRAGMA ignore_check_constraints = ON; \
         INSERT INTO marks.saved_query VALUES ('甲', '甲', '', 1, '2026-01-31T08:00:00.000Z')",
        &["queries-name"],
    ),
    (
        "PRAGMA ignore_check_constraints = ON; \
         INSERT INTO marks.saved_query VALUES ('甲', '甲', '签约', 2, '2026-01-31T08:00:00.000Z')",
        &["marks-value"],
    ),
    (
        "INSERT INTO marks.saved_query VALUES ('甲', '甲', '签约', 1, '昨天')",
        &["marks-time"],
    ),
    (
        "INSERT INTO marks.saved_query VALUES ('甲', '甲', CAST(x'ff' AS TEXT), 1, '2026-01-31T08:00:00.000Z')",
        &["table-unreadable"],
    ),
    // Compared as text it would not stand where it belongs.
    (
        "UPDATE marks.mark SET read_at = '2026-01-31T08:00:00Z' WHERE number = 7",
        &["marks-time"],
    ),
];
