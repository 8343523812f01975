//! Characters of symbol fonts: the bullets of word processors are letters of Wingdings or stand in the private use area.
//! Must not touch what a text font draws.

/// What the character `c` of a font called `font` means: a bullet of the weekly where it draws one, else itself.
pub(super) fn meant(c: char, font: Option<&str>) -> char {
    let font = font.map(str::to_ascii_lowercase).unwrap_or_default();
    let code = u32::from(c);
    // Microsoft's symbol encoding (platform 3, encoding 0) puts the codes of the font at U+F000.
    let code = if (0xf020..=0xf0ff).contains(&code) {
        code - 0xf000
    } else if code < 0x100 && (font.contains("wingdings") || font.contains("dingbats")) {
        code
    } else {
        return c;
    };
    if font.contains("dingbats") {
        return zapf(code).unwrap_or(c);
    }
    if font.contains("symbol") && code == 0xb7 {
        return '●';
    }
    wingdings(code).unwrap_or(c)
}

/// The signs of Wingdings that word processors offer as bullets.
const fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6c | 0x9f | 0xb7 => '●',
        0x6e | 0xa7 => '■',
        0x6f | 0x71 | 0xa8 => '□',
        0x75 | 0x77 => '◆',
        0xa1 | 0x6d => '○',
        0xd8 => '➢',
        0xfc => '✓',
        _ => return None,
    })
}

/// The same of Zapf Dingbats.
const fn zapf(code: u32) -> Option<char> {
    Some(match code {
        0x6c => '●',
        0x6d => '○',
        0x6e => '■',
        0x6f..=0x72 => '□',
        0x75 => '◆',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_of_symbol_fonts_are_bullets() {
        assert_eq!(meant('\u{f06c}', Some("Wingdings-Regular")), '●');
        assert_eq!(meant('n', Some("ABCDEF+Wingdings")), '■');
        assert_eq!(meant('\u{f0b7}', Some("SymbolMT")), '●');
        assert_eq!(meant('\u{f06e}', None), '■');
        assert_eq!(meant('u', Some("ZapfDingbats")), '◆');
    }

    #[test]
    fn text_stays() {
        assert_eq!(meant('n', Some("Times-Roman")), 'n');
        assert_eq!(meant('●', Some("OpenSymbol")), '●');
        assert_eq!(meant('\u{f8ff}', Some("Wingdings")), '\u{f8ff}');
        assert_eq!(meant('Z', Some("Wingdings")), 'Z');
    }
}
