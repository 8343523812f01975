//! Changing one part of a query and leaving the rest: what the switches and fields of the filter pane do.

use super::issues::issues;
use super::signs::is_comma;
use super::tally::is_noted;
use super::{Added, Condition, Mark, Name, Order, Query, QueryError, QueryProblem, Term};
use crate::text::normalise;

impl Query {
    /// The bare words, as they are typed as keywords.
    #[must_use]
    pub fn words_text(&self) -> String {
        let words = self.terms.iter().filter(|term| is_word(term));
        let terms = words.cloned().collect();
        Self::of(terms).to_string()
    }

    /// The same query with what is typed as keywords in the place of the bare words. A term of another kind that is typed
    /// among them means what it means anywhere.
    ///
    /// # Errors
    /// The text is no query.
    pub fn with_words(&self, text: &str) -> Result<Self, QueryError> {
        let mut query = self.clone();
        let typed = text.parse::<Self>()?;
        query.replace(is_word, typed.terms);
        if typed.order != Order::Printed {
            query.order = typed.order;
        }
        query.checked().map_err(|problem| QueryError {
            at: 0..text.chars().count().max(1),
            problem,
        })
    }

    /// Whether some issues are wanted, and not all.
    #[must_use]
    pub fn wants_issues(&self) -> bool {
        self.terms.iter().any(is_issues)
    }

    /// The issues that are wanted, as they are typed: `82..101`.
    #[must_use]
    pub fn issues_text(&self) -> String {
        let term = self.terms.iter().find(|term| is_issues(term));
        let text = term.map(ToString::to_string).unwrap_or_default();
        let values = text.split_once(':').map(|(_, values)| values);
        values.unwrap_or_default().to_owned()
    }

    /// The same query with these issues in the place of others; with an empty text, all.
    ///
    /// # Errors
    /// The text is no list of numbers, months and ranges.
    pub fn with_issues(&self, text: &str) -> Result<Self, QueryProblem> {
        let values = text.split(is_comma).map(str::trim);
        let issues: Vec<_> = values
            .filter(|value| !value.is_empty())
            .map(issues)
            .collect::<Result<_, _>>()?;
        let term = (!issues.is_empty()).then(|| Term::new(Condition::Issue(issues)));
        let mut query = self.clone();
        query.replace(is_issues, term.into_iter().collect());
        query.checked()
    }

    /// Whether a mark is wanted.
    #[must_use]
    pub fn wants(&self, mark: Mark) -> bool {
        self.terms.contains(&Term::new(Condition::Is(mark)))
    }

    /// Wants a mark, or no longer; what cannot be together with it goes.
    pub fn switch_mark(&mut self, mark: Mark) {
        let term = Term::new(Condition::Is(mark));
        let on = !self.terms.contains(&term);
        self.terms.retain(|other| match (mark, &other.condition) {
            (Mark::Bookmarked, Condition::Is(other)) => *other != Mark::Bookmarked,
            (_, Condition::Is(other)) => *other == Mark::Bookmarked,
            _ => true,
        });
        if on {
            self.terms.push(term);
        }
    }

    /// Whether a note is wanted.
    #[must_use]
    pub fn wants_note(&self) -> bool {
        let wants = |term: &Term| !term.negated && is_noted(&term.condition);
        self.terms.iter().any(wants)
    }

    /// Wants a note, or no longer.
    pub fn switch_note(&mut self) {
        let on = !self.wants_note();
        self.terms.retain(|term| !is_noted(&term.condition));
        if on {
            let note = Condition::Has(vec![Added::Note]);
            self.terms.push(Term::new(note));
        }
    }

    /// Whether the section of this title is switched on: some section is wanted, and this is one of them.
    #[must_use]
    pub fn wants_section(&self, title: &str) -> bool {
        let mut wanted = self
            .terms
            .iter()
            .filter(|term| is_sections(term))
            .peekable();
        let names = |term: &Term| names_of(term).iter().any(|name| name.names(title));
        let mut unwanted = self.terms.iter().filter(|term| term.negated);
        wanted.peek().is_some() && wanted.all(names) && !unwanted.any(names)
    }

    /// Switches the section of this title on or off among `titles`, all that there are to switch.
    pub fn switch_section(&mut self, title: &str, titles: &[&str]) {
        let on = |other: &&str| self.wants_section(other) != (*other == title);
        let mut names: Vec<Name> = titles
            .iter()
            .copied()
            .filter(|title| !normalise(title).is_empty())
            .filter(on)
            .map(|wanted| exact(wanted, titles))
            .collect();
        // What was written and names none of the titles here may name one elsewhere.
        let written = self.terms.iter().filter(|term| is_sections(term));
        names.extend(
            written
                .flat_map(names_of)
                .filter(|name| !titles.iter().any(|title| name.names(title)))
                .cloned(),
        );
        let term = (!names.is_empty()).then(|| Term::new(Condition::Section(names)));
        self.replace(is_sections, term.into_iter().collect());
    }

    /// Puts `terms` where the first term was that `replaced` picks, which all go; else at the end.
    fn replace(&mut self, replaced: impl Fn(&Term) -> bool, terms: Vec<Term>) {
        let at = self.terms.iter().position(&replaced);
        self.terms.retain(|term| !replaced(term));
        let at = at.unwrap_or(self.terms.len());
        self.terms.splice(at..at, terms);
    }
}

/// A name that names this title and none of the others: the title, as a whole one where another holds it.
fn exact(title: &str, titles: &[&str]) -> Name {
    let part = Name {
        text: title.to_owned(),
        whole: false,
    };
    let whole = titles
        .iter()
        .any(|other| *other != title && part.names(other));
    Name { whole, ..part }
}

fn is_word(term: &Term) -> bool {
    matches!(term.condition, Condition::Word(_))
}

fn is_issues(term: &Term) -> bool {
    !term.negated && matches!(term.condition, Condition::Issue(_))
}

fn is_sections(term: &Term) -> bool {
    !term.negated && matches!(term.condition, Condition::Section(_))
}

fn names_of(term: &Term) -> &[Name] {
    match &term.condition {
        Condition::Section(names) => names,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        text.parse().unwrap()
    }

    #[test]
    fn keywords_change_and_the_rest_stays() {
        let query = read("section:招商 新能源 is:unread -风电");
        assert_eq!(query.words_text(), "新能源 -风电");
        let written = |text: &str| query.with_words(text).unwrap().to_string();
        assert_eq!(
            written("光伏 \"a:b\""),
            "section:招商 光伏 \"a:b\" is:unread"
        );
        assert_eq!(written(""), "section:招商 is:unread");
        assert_eq!(
            written("光伏 issue:7"),
            "section:招商 光伏 issue:7 is:unread"
        );
        assert!(query.with_words("is:").is_err());
    }

    #[test]
    fn a_range_is_set_changed_and_taken_away() {
        let query = read("新能源").with_issues("82..101").unwrap();
        assert_eq!(query.to_string(), "新能源 issue:82..101");
        let query = query.with_issues("7，9").unwrap();
        assert_eq!(query.issues_text(), "7,9");
        assert!(query.wants_issues() && query.with_issues("坏").is_err());
        assert_eq!(query.with_issues(" ").unwrap().to_string(), "新能源");
        let many = |count| {
            (1..=count)
                .map(|n: usize| n.to_string())
                .collect::<Vec<_>>()
                .join(",")
        };
        let most = query.with_issues(&many(199)).unwrap();
        assert_eq!(read(&most.to_string()), most);
        assert!(
            query.with_issues(&many(200)).is_err(),
            "more than can be read back"
        );
    }

    #[test]
    fn unread_and_read_shut_each_other_out() {
        let mut query = read("is:read");
        query.switch_mark(Mark::Unread);
        query.switch_mark(Mark::Bookmarked);
        assert_eq!(query.to_string(), "is:unread is:bookmarked");
        assert!(query.wants(Mark::Unread));
        query.switch_mark(Mark::Unread);
        assert_eq!(query.to_string(), "is:bookmarked");
    }

    #[test]
    fn a_note_is_wanted_or_not() {
        let mut query = read("-has:note has:tag");
        assert!(!query.wants_note());
        query.switch_note();
        assert_eq!(query.to_string(), "has:tag has:note");
        assert!(query.wants_note());
        query.switch_note();
        assert_eq!(query.to_string(), "has:tag");
    }

    #[test]
    fn sections_are_switched_one_by_one() {
        let titles = ["招商引资", "综合资讯", "政策", "政策法规"];
        let mut query = Query::default();
        assert!(!query.wants_section("招商引资"), "nothing is switched on");
        query.switch_section("招商引资", &titles);
        query.switch_section("政策", &titles);
        assert_eq!(query.to_string(), "section:招商引资,=政策");
        assert!(query.wants_section("政策") && !query.wants_section("政策法规"));
        query.switch_section("招商引资", &titles);
        query.switch_section("政策", &titles);
        assert!(query.is_empty());
    }

    #[test]
    fn a_typed_part_of_titles_can_be_switched_off_title_by_title() {
        let titles = ["政策法规", "政策解读", "招商引资"];
        let mut query = read("section:政策,论坛 新能源");
        assert!(query.wants_section("政策解读"));
        assert!(!read("section:政策 -section:解读").wants_section("政策解读"));
        query.switch_section("政策解读", &titles);
        assert_eq!(query.to_string(), "section:政策法规,论坛 新能源");
    }
}
