//! A condition's text as words, texts in quotation marks, and signs.

use super::error::{ConditionError, Spot};
use super::{MAX_BYTES, MAX_DEPTH};

/// What stands between or around names and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Like,
    Unlike,
    Not,
    Open,
    Close,
    Comma,
}

/// All spellings, longer ones before those that they begin with.
const SIGNS: [(&str, Sign); 18] = [
    ("==", Sign::Equal),
    ("=~", Sign::Like),
    ("=", Sign::Equal),
    ("!=", Sign::NotEqual),
    ("!~", Sign::Unlike),
    ("!", Sign::Not),
    ("<>", Sign::NotEqual),
    ("<=", Sign::LessEqual),
    ("<", Sign::Less),
    (">=", Sign::GreaterEqual),
    (">", Sign::Greater),
    ("~", Sign::Like),
    ("(", Sign::Open),
    (")", Sign::Close),
    (",", Sign::Comma),
    ("≠", Sign::NotEqual),
    ("≤", Sign::LessEqual),
    ("≥", Sign::GreaterEqual),
];

/// A piece of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    Word(&'t str),
    /// What stands between marks, in which a doubled `mark` is one.
    Text {
        raw: &'t str,
        mark: char,
    },
    Sign(Sign),
}

/// A piece and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Takes a condition apart; what cannot be is a text without an end, or parentheses that open without end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, ConditionError> {
    if text.len() > MAX_BYTES {
        return Err(ConditionError::TooLong { bytes: text.len() });
    }
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let (kind, length) = if let Some(ends) = closing(first) {
            let length = first.len_utf8();
            let inside = rest.get(length..).unwrap_or_default();
            let unclosed = || ConditionError::Unclosed(Spot::new(text, start..start + length));
            let (raw, behind) = quoted(inside, first, ends).ok_or_else(unclosed)?;
            (Kind::Text { raw, mark: first }, length + behind)
        } else if let Some((spelling, sign)) = SIGNS.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            (Kind::Sign(*sign), spelling.len())
        } else {
            let word = with_clock(rest, word(rest));
            (Kind::Word(word), word.len())
        };
        match kind {
            Kind::Sign(Sign::Open) => depth += 1,
            Kind::Sign(Sign::Close) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(ConditionError::TooDeep(Spot::new(text, start..start + length)));
        }
        tokens.push(Token { kind, start, end: start + length });
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// The marks that end a text which begins with this one. Those of typesetting come along where text is copied.
fn closing(first: char) -> Option<&'static [char]> {
    match first {
        '"' => Some(&['"']),
        '\'' => Some(&['\'']),
        '`' => Some(&['`']),
        '“' | '”' | '„' => Some(&['”', '“']),
        '‘' | '’' | '‚' => Some(&['’', '‘']),
        _ => None,
    }
}

/// The text up to its end, and how many bytes that takes with the mark there; `None` where it has no end.
fn quoted<'t>(inside: &'t str, mark: char, ends: &[char]) -> Option<(&'t str, usize)> {
    let mut from = 0;
    loop {
        let behind = inside.get(from..)?;
        let at = from + behind.find(ends)?;
        let end = inside.get(at..)?.chars().next()?;
        let next = at + end.len_utf8();
        if end == mark && inside.get(next..)?.starts_with(mark) {
            from = next + mark.len_utf8();
        } else {
            return Some((inside.get(..at)?, next));
        }
    }
}

/// What a text says.
pub(super) fn unquoted(raw: &str, mark: char) -> String {
    raw.replace(&String::from_iter([mark, mark]), &mark.to_string())
}

/// The word at the beginning: all up to a blank, a quotation mark or a sign.
pub(super) fn word(rest: &str) -> &str {
    let end = rest.char_indices().find(|&(at, c)| {
        let not = || rest.get(at..).is_some_and(|here| here.starts_with("!=") || here.starts_with("!~"));
        ends_word(c) || (c == '!' && not())
    });
    end.and_then(|(at, _)| rest.get(..at)).unwrap_or(rest)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '=' | '<' | '>' | '~' | '(' | ')' | ',' | '"' | '\'' | '≠' | '≤' | '≥')
}

/// A date with the time of day that follows it behind a blank, as records write it: `2017-03-08 21:12:07.26604 UTC`.
fn with_clock<'t>(rest: &'t str, date: &'t str) -> &'t str {
    let longer = || {
        let behind = rest.get(date.len()..)?.strip_prefix(' ')?;
        let clock = word(behind);
        if !has_shape(date, "0000-00-00") || !has_shape(clock.get(..5)?, "00:00") {
            return None;
        }
        let zone = behind.get(clock.len()..)?.strip_prefix(' ').map(word).filter(|zone| *zone == "UTC");
        rest.get(..date.len() + 1 + clock.len() + zone.map_or(0, |zone| 1 + zone.len()))
    };
    longer().unwrap_or(date)
}

/// Whether a text has a digit for each 0 of the shape, and its other characters.
pub(super) fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, shape): (u8, u8)| if shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
