//! Keys and pastes of bytes that were read from the terminal in another's place.
//! Must not read a terminal.

use crossterm::event::{Event, KeyCode};
use terminput_crossterm::to_crossterm;

/// What was typed, in its order. What is no key, or only the beginning of one, is passed over.
#[must_use]
pub fn typed(bytes: &[u8]) -> Vec<Event> {
    let (mut events, mut open) = (vec![], vec![]);
    for (at, byte) in bytes.iter().enumerate() {
        open.push(*byte);
        let event = match open[..] {
            // With more behind it, it may begin the name of another key.
            [0x1b] if at + 1 < bytes.len() => continue,
            // What the terminal made of Enter before the reader had it.
            [b'\n'] => Some(Event::Key(KeyCode::Enter.into())),
            _ => match terminput::Event::parse_from(&open) {
                Ok(None) => continue,
                Ok(Some(event)) => to_crossterm(event).ok(),
                Err(_) => None,
            },
        };
        events.extend(event);
        open.clear();
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyEvent, KeyModifiers};

    #[test]
    fn keys_and_pastes_are_what_they_would_have_been() {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        let plain = |code| key(code, KeyModifiers::NONE);
        let bytes = "jG园\x1b[B\x1b[5~\x10\x1bx\r\n\x1b[200~新\n能源\x1b[201~\x1b[Iq\x1b";
        let expected = [
            plain(KeyCode::Char('j')),
            key(KeyCode::Char('G'), KeyModifiers::SHIFT),
            plain(KeyCode::Char('园')),
            plain(KeyCode::Down),
            plain(KeyCode::PageUp),
            key(KeyCode::Char('p'), KeyModifiers::CONTROL),
            key(KeyCode::Char('x'), KeyModifiers::ALT),
            plain(KeyCode::Enter),
            plain(KeyCode::Enter),
            Event::Paste("新\n能源".to_owned()),
            Event::FocusGained,
            plain(KeyCode::Char('q')),
            plain(KeyCode::Esc),
        ];
        assert_eq!(typed(bytes.as_bytes()), expected);
    }

    #[test]
    fn what_is_no_key_is_passed_over() {
        let keys = typed(b"\xffj\x1b[99;99;99zk\x1b[1");
        let codes: Vec<Event> = "jk"
            .chars()
            .map(|c| Event::Key(KeyCode::Char(c).into()))
            .collect();
        assert_eq!(keys, codes);
    }
}
