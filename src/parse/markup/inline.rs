//! The marks of converters within a line: links, pictures, tags, escapes.
//! Must not look further than a fixed reach for the end of one.

/// Longest part of a line that is looked through for the end of a mark, in bytes; so that a wall of brackets costs no more
/// than its length.
const REACH: usize = 4096;

/// The start of `text`, as far as an end is looked for.
pub(super) fn near(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The length of the picture that `text` begins with, and whether its attributes go on in the next line.
pub(super) fn picture(text: &str) -> Option<(usize, bool)> {
    let (_, length) = link(text.strip_prefix('!')?)?;
    let length = length + 1;
    match near(&text[length..]).strip_prefix('{') {
        Some(attributes) => match attributes.find('}') {
            Some(end) => Some((length + 1 + end + 1, false)),
            None => Some((text.len(), true)),
        },
        None => Some((length, false)),
    }
}

/// The words and the length of the link that `text` begins with.
pub(super) fn link(text: &str) -> Option<(&str, usize)> {
    let inner = near(text.strip_prefix('[')?);
    let mut depth = 0_u32;
    let end = inner.char_indices().find_map(|(at, c)| {
        match c {
            // Brackets in brackets in brackets are no words of a link; and a wall of them is looked at once.
            '[' if depth == 2 => return Some(None),
            '[' => depth += 1,
            ']' if depth == 0 => return Some(Some(at)),
            ']' => depth -= 1,
            _ => {}
        }
        None
    })??;
    let behind = &text[end + 2..];
    // `[words]{.class}`, `[]{#anchor}`, `![][1]`.
    if let Some(attributes) = behind.strip_prefix(['{', '[']) {
        let closer = if behind.starts_with('{') { '}' } else { ']' };
        let close = near(attributes).find(closer)?;
        let plain = attributes[..close].is_ascii() && close < 80;
        return plain.then_some((&inner[..end], end + 2 + close + 2));
    }
    let target = near(behind.strip_prefix('(')?);
    let close = target.find(')')?;
    let address = target[..close].chars();
    // “[注](见下)” is text; an address is ASCII, or a file of the document.
    let plain = address.clone().all(|c| c.is_ascii()) || target.starts_with(['#', '.', '/']);
    plain.then_some((&inner[..end], end + 2 + close + 2))
}

/// The length of the end of a span that began on a line before: `]{.h}`.
pub(super) fn span_end(text: &str) -> Option<usize> {
    let attributes = near(text.strip_prefix("]{")?);
    let close = attributes.find('}')?;
    attributes[..close].is_ascii().then_some(close + 3)
}

/// The words between two single asterisks, and the length of all.
pub(super) fn emphasis(text: &str) -> Option<(&str, usize)> {
    let inner = near(text.strip_prefix('*')?);
    let end = inner.find('*')?;
    let words = &inner[..end];
    let whole = !words.is_empty() && words.trim().len() == words.len();
    whole.then_some((words, end + 2))
}

/// The length of the tag or comment that `text` begins with.
pub(super) fn tag(text: &str) -> Option<usize> {
    let inner = near(text.strip_prefix('<')?);
    if inner.starts_with("!--") {
        return inner.find("-->").map(|end| end + 4);
    }
    let end = inner
        .find(['>', '<'])
        .filter(|end| inner[*end..].starts_with('>'))?;
    let name = inner[..end].trim_start_matches('/');
    let letters = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let known = TAGS
        .split(' ')
        .any(|tag| tag.eq_ignore_ascii_case(&name[..letters]));
    let parted = name[letters..].starts_with(|c: char| c == '/' || c.is_ascii_whitespace());
    let whole = letters == name.len();
    // `</` and `>` as well.
    (known && (parted || whole)).then_some(end + 2)
}

const TAGS: &str = "a b i u p br hr em div img sub sup font span table thead tbody tr td th ul ol li h1 h2 h3 h4 h5 h6 \
    strong center figure figcaption";

/// What an entity, an escape or a run of hyphens stands for, and its length.
pub(super) fn character(text: &str) -> Option<(&'static str, usize)> {
    const ENTITIES: [(&str, &str); 8] = [
        ("&nbsp;", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&middot;", "·"),
        // Three hyphens are a dash where a writer of Markdown keeps to ASCII.
        ("---", "—"),
        ("\\\\", "\\"),
    ];
    if let Some((name, character)) = ENTITIES.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((character, name.len()));
    }
    let escaped = text.strip_prefix('\\')?;
    match escaped.chars().next() {
        // A line end that is to be kept.
        None => Some(("", 1)),
        Some(c) if c.is_ascii_punctuation() => Some(("", 1)),
        Some(_) => None,
    }
}
