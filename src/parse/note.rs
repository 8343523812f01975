//! The closing note: what stands behind the last item.
//! Must not decide where it begins; `parts` does.

use super::classify::Shape;
use super::draft::{Body, Fate, Unknown};
use super::lines::tidy;
use super::passages::Passage;

/// The text of the closing note, the passages right below it included, or the next one where the label stands alone; what
/// stands apart from it is unknown.
pub(super) fn read(passages: &[Passage<'_>], body: &mut Body) -> Option<String> {
    let (first, rest) = passages.split_first()?;
    let Shape::Note(text) = first.shape() else {
        return None;
    };
    let mut note = tidy(text);
    let alone = note.is_empty();
    let joined = rest
        .iter()
        .enumerate()
        .take_while(|(at, passage)| {
            let apart = passage.row.gap && !passage.row.cut;
            !apart || (alone && *at == 0)
        })
        .count();
    body.fates[first.rows.clone()].fill(Fate::Note);
    for passage in &rest[..joined] {
        note.push_str(&tidy(&passage.text));
        body.fates[passage.rows.clone()].fill(Fate::Note);
    }
    body.unknown
        .extend(rest[joined..].iter().map(Unknown::passage));
    (!note.is_empty()).then_some(note)
}

#[cfg(test)]
mod tests {
    use super::super::contents::Contents;
    use super::super::lines::{rows, tests::lines};
    use super::super::passages::passages;
    use super::*;

    #[test]
    fn a_label_alone_on_its_line_takes_the_next_with_it() {
        let lines = lines("版权声明：\n\n归各网站所有。\n\n址");
        let rows = rows(&lines);
        let passages = passages(&rows, &Contents::default(), None);
        let mut body = Body {
            fates: vec![Fate::Unknown; rows.len()],
            ..Body::default()
        };
        let note = read(&passages, &mut body);
        assert_eq!(note.as_deref(), Some("归各网站所有。"));
        assert_eq!(body.unknown.len(), 1);
        assert_eq!(body.fates, [Fate::Note, Fate::Note, Fate::Unknown]);
    }
}
