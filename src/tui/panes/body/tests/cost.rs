//! What keys, frames and another width cost in a long item: CPU time against the length of the item.

use super::*;
use cpu_time::ThreadTime;

/// The sentence that long items are made of.
const SENTENCE: &str = "项目建成后年产新能源电池十万套，带动上下游企业集聚。";

/// An item of one paragraph of `n` sentences.
fn long_paragraph(n: usize) -> Vec<String> {
    vec![SENTENCE.repeat(n)]
}

/// An item of `n` paragraphs.
fn many_paragraphs(n: usize) -> Vec<String> {
    vec![SENTENCE.to_owned(); n]
}

/// An item with matches all over, as it is first laid out.
fn laid_out(paragraphs: Vec<String>) -> Body {
    let mut body = Body::new(view(None, paragraphs), 30, setting());
    body.mark(&Sought::Words(vec!["新能源".to_owned()]));
    body.arrive(Arrival::Place, 6);
    body
}

/// Goes from both ends into the item by lines and by matches, and asks each time what the keys ask.
fn scroll_about(body: &mut Body) {
    for (from, by) in [(isize::MAX, -1), (isize::MIN, 1)] {
        body.scroll(from);
        for _ in 0..2_000 {
            body.scroll(by);
            body.go_hit(by > 0);
            body.scroll(by);
        }
        body.scroll(-from.saturating_add(1));
        body.go_hit(by > 0);
    }
}

/// Draws the end of the item, and its beginning.
fn draw_about(body: &mut Body) {
    let look = Look::new(Theme::from_fn(|_| Style::new()), WidthPolicy::default());
    let area = Rect::new(0, 0, 30, 6);
    let mut buffer = Buffer::empty(area);
    for to in [isize::MAX, isize::MIN] {
        body.scroll(to);
        for _ in 0..300 {
            body.draw(&mut Canvas::new(&mut buffer, &look), area, true);
            body.position(Language::Chinese);
        }
    }
}

/// CPU time of this thread that `work` takes, in seconds.
fn effort(work: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    work();
    start.elapsed().as_secs_f64()
}

#[test]
fn keys_and_frames_cost_what_is_on_the_screen() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        // Once more, for the first run pays for the tables.
        for work in [scroll_about, scroll_about, draw_about] {
            let [few, many] = [500, 32_000].map(|n| {
                let mut body = laid_out(paragraphs(n));
                effort(|| work(&mut body))
            });
            assert!(
                many < 3.0 * few + 0.02,
                "{few:.3} s, and {many:.3} s for an item 64 times as long"
            );
        }
    }
}

#[test]
fn another_width_costs_one_pass_over_the_item() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        let [few, many] = [2_000, 8_000].map(|n| {
            let mut body = laid_out(paragraphs(n));
            body.scroll(isize::MAX);
            effort(|| body.fit(40, 6, setting()))
        });
        assert!(
            many < 9.0 * few + 0.05,
            "{few:.3} s, and {many:.3} s for an item four times as long"
        );
    }
}

#[test]
fn what_is_typed_costs_a_look_at_what_is_folded_already() {
    for paragraphs in [long_paragraph, many_paragraphs] {
        let mut body = laid_out(paragraphs(8_000));
        let type_into = |body: &mut Body, typed: &str| {
            let needle = Needle::new(typed).unwrap();
            effort(|| body.mark(&Sought::Text(needle)))
        };
        let first = effort(|| drop(laid_out(paragraphs(8_000))));
        let typed = type_into(&mut body, "新能源电池");
        assert_eq!(body.hits().0, 8_000);
        assert!(
            typed < 0.3 * first + 0.02,
            "{typed:.4} s, and {first:.4} s for the item as it is first laid out"
        );
    }
}
