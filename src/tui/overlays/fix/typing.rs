//! The field that a value is typed in, with what can stand there.
//! Must not judge what is typed; that is `app::fixing`.

use super::super::{below_field, empty, open_box};
use super::sentences;
use crate::app::Failure;
use crate::app::fixing::{self, Field};
use crate::issue::{Fact, ItemHead};
use crate::look::Role;
use crate::tui::completing::{Completing, Separated, Word};
use crate::tui::field;
use crate::tui::layout::Regions;
use crate::tui::paint::Canvas;
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};

/// A value while it is typed.
#[derive(Debug)]
pub struct Typing {
    /// Of what.
    pub field: Field,
    /// The field, with all that can stand in it, where that can be listed.
    pub completing: Completing,
    /// Why what is typed is no value.
    pub problem: Option<Failure>,
    known: Vec<&'static str>,
}

impl Typing {
    pub(super) fn new(field: Field, item: &ItemHead) -> Self {
        let separated = match field {
            field if field.is_list() => Separated {
                by: fixing::separates,
                behind: &[],
            },
            _ => Separated {
                by: |_| false,
                behind: &[],
            },
        };
        let known = field.choices();
        let mut text = field.as_typed(item);
        if field == Field::Fact(Fact::Industries) && !text.is_empty() {
            // With room to type another.
            text.push('、');
        }
        let mut completing = Completing::new(text, separated);
        completing.know(known.iter().map(|name| Word::new(name)).collect());
        if field != Field::Fact(Fact::Industries) {
            // What is there is to be replaced, and not gone on with.
            completing.offer_all();
        }
        Self {
            field,
            completing,
            problem: None,
            known,
        }
    }

    /// Whether there is anything to choose from.
    #[must_use]
    pub fn offers(&self) -> bool {
        !self.completing.matches().is_empty()
    }

    /// The field holds another text.
    pub fn typed(&mut self) {
        self.problem = None;
        self.completing.typed();
    }
}

fn frame(regions: &Regions) -> Rect {
    regions.sheet(56, 12, 7)
}

/// The row of the field, and what is below it.
fn parts(regions: &Regions) -> (Rect, Rect) {
    below_field(frame(regions))
}

/// The rows of the values that are offered.
pub(super) fn height(regions: &Regions) -> usize {
    usize::from(parts(regions).1.height)
}

/// The field, what can stand in it, and how it is typed or why what is typed is no value; where the hardware cursor goes.
pub(super) fn draw(canvas: &mut Canvas, typing: &Typing, state: &State) -> Position {
    let regions = state.regions();
    let language = state.language;
    let title = typing.field.word(language);
    open_box(canvas, frame(&regions), &title, "");
    let (field, below) = parts(&regions);
    if let Some(problem) = &typing.problem {
        let hint = problem.hint(language).unwrap_or_default();
        let text = format!("{}\n{hint}", problem.message(language));
        sentences(canvas, below, &text, Role::Problem);
    } else if typing.known.is_empty() {
        sentences(canvas, below, &typing.field.form(language), Role::Faint);
    } else if typing.completing.matches().is_empty() && !typing.completing.has_others() {
        empty(canvas, below, &typing.field.form(language));
    } else {
        typing
            .completing
            .draw(canvas, below, |canvas, row, n, ground| {
                canvas.cut(row, row.x + 3, row.y, typing.known[n], ground);
            });
    }
    field::draw(canvas, field, &typing.completing.input)
}
