//! Which characters may begin or end a line.
//!
//! The sets are those of the W3C's “Requirements for Chinese Text Layout” (<https://www.w3.org/TR/clreq/>, 3.1.9 “prohibition
//! rules for line start and line end”) after GB/T 15834—2011: no line begins with a mark that ends or joins something, none ends
//! with one that begins something; what hangs are the marks of pause and stop (3.1.10).

/// What a character is for the breaking of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// White space.
    Blank,
    /// Opening brackets and quotation marks, and what stands before an amount: no line ends with it.
    Opening,
    /// A mark of pause or stop: no line begins with it, and it may hang.
    Stop,
    /// Closing brackets and quotation marks, connecting and separating marks, signs of unit: no line begins with it.
    Closing,
    /// A dash or an ellipsis, of one cell or two: never cut in two, and no line begins with it.
    Dash,
    /// A latin, Greek or Cyrillic letter.
    Letter,
    /// A digit, full-width ones too.
    Digit,
    /// Hanzi and whatever else stands for itself.
    Other,
}

/// The class of a grapheme cluster: that of its first character.
pub(super) fn class(cluster: &str) -> Class {
    let Some(c) = cluster.chars().next() else {
        return Class::Other;
    };
    match c {
        _ if cluster.chars().all(char::is_whitespace) => Class::Blank,
        '0'..='9' | '０'..='９' => Class::Digit,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Class::Letter,
        '(' | '[' | '{' | '（' | '［' | '｛' | '｟' | '〈' | '《' | '「' | '『' | '【' | '〔'
        | '〖' | '〘' | '〚' | '〝' | '“' | '‘' | '«' | '﹙' | '﹛' | '﹝' | '¥' | '￥' | '$'
        | '＄' | '£' | '￡' | '€' | '№' => Class::Opening,
        '、' | '，' | '。' | '．' | '；' | '：' | '？' | '！' | '｡' | '､' | '﹐' | '﹑' | '﹒'
        | '﹔' | '﹕' | '﹖' | '﹗' => Class::Stop,
        ')' | ']' | '}' | '）' | '］' | '｝' | '｠' | '〉' | '》' | '」' | '』' | '】' | '〕'
        | '〗' | '〙' | '〛' | '〞' | '〟' | '”' | '’' | '»' | '﹚' | '﹜' | '﹞' | ',' | '.'
        | ';' | ':' | '?' | '!' | '%' | '％' | '‰' | '‱' | '°' | '℃' | '℉' | '′' | '″' | '·'
        | '‧' | '・' | '•' | '～' | '~' | '-' | '‐' | '‑' | '–' | '−' | '－' | '/' | '／' | '|'
        | '｜' | '々' | '〻' | 'ー' | '㎡' | '㎢' | '¢' | '￠' => Class::Closing,
        '—' | '―' | '…' | '⋯' | '⸺' => Class::Dash,
        _ if is_letter(c) => Class::Letter,
        _ => Class::Other,
    }
}

/// Letters of alphabets that are written in words: up to and with Cyrillic, and those with marks.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{aa}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_in_both_widths() {
        for (marks, expected) in [
            ("（(「《“‘￥", Class::Opening),
            ("，。、；：？！", Class::Stop),
            ("）)」》”’%％·/～,.", Class::Closing),
            ("—…", Class::Dash),
            ("aＡéжЯ", Class::Letter),
            ("0９", Class::Digit),
            (" \u{3000}\u{a0}", Class::Blank),
            ("园𠮷㈠①+", Class::Other),
        ] {
            for mark in marks.chars() {
                assert_eq!(class(&mark.to_string()), expected, "{mark}");
            }
        }
    }
}
