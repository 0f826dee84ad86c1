//! Recognises one document where records are expected: an array, an object over many lines, a table.

use super::flaw::Flaw;
use super::lines::is_blank;
use super::value::{Cursor, Tolerated};
use std::borrow::Cow;

/// What a text is instead of records, and what to do about it.
type Found = Option<(&'static str, Cow<'static, str>)>;

/// A text that begins with `[`: records if it is an array with one of them a line, or arrays, which are told line by line.
pub(super) fn array(text: &[u8]) -> Found {
    let found =
        Some(("one JSON array", "write each record on a line of its own: jq -c '.[]' FILE > FILE.ndjson".into()));
    let mut cursor = Cursor::new(text, 1);
    match cursor.pass_blanks() {
        None | Some(b']') => found,
        Some(b'{') => {
            let start = cursor.at();
            let whole = cursor.pass_value().is_ok() && !has_line_end(text.get(start..cursor.at()).unwrap_or_default());
            let rest = cursor.rest();
            let line = rest.split(|&byte| byte == b'\n' || byte == b'\r').next().unwrap_or_default();
            let alone = line.iter().all(|&byte| is_blank(byte) || byte == b',' || byte == b']');
            if whole && alone { None } else { found }
        }
        // A line with nothing but the bracket.
        Some(_) if has_line_end(text.get(1..cursor.at()).unwrap_or_default()) => found,
        Some(_) => None,
    }
}

/// A text that begins with `{`.
pub(super) fn object(text: &[u8]) -> Found {
    let mut cursor = Cursor::new(text, 0);
    let read = cursor.pass_value();
    let seen = text.get(..cursor.at()).unwrap_or(text);
    if !matches!(read, Ok(()) | Err(Flaw::Cut)) || !has_line_end(seen) {
        return None;
    }
    let advice = match wrapping_key(text) {
        Some(key) => format!("write each record on one line: jq -c '.{key}[]' FILE > FILE.ndjson").into(),
        None => "write each record on one line: jq -c . FILE > FILE.ndjson".into(),
    };
    Some(("JSON spread over several lines", advice))
}

fn has_line_end(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
}

/// The first key of an object whose value is an array of objects, if its name needs no quotes in jq.
fn wrapping_key(text: &[u8]) -> Option<Cow<'_, str>> {
    let (mut cursor, mut tolerated) = (Cursor::new(text, 1), Tolerated::default());
    loop {
        cursor.open_key().ok()?;
        let key = cursor.text(&mut tolerated).ok()?;
        cursor.pass_colon().ok()?;
        cursor.pass_blanks();
        let mut inside = cursor.clone();
        if inside.pass(b'[') && inside.pass_blanks() == Some(b'{') {
            let plain = key.starts_with(|first: char| first.is_ascii_alphabetic());
            return Some(key)
                .filter(|key| plain && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        }
        cursor.pass_value().ok()?;
        if !cursor.more(b'}').ok()? {
            return None;
        }
    }
}

/// A text that begins with neither: a table if its first two lines have the same number of separators.
pub(super) fn table(text: &[u8]) -> Found {
    let mut lines = text.split(|&byte| byte == b'\n' || byte == b'\r').filter(|line| !line.is_empty());
    let (head, first) = (lines.next()?, lines.next()?);
    if first.starts_with(b"{") {
        return None;
    }
    let separated = |separator| {
        let columns = count(head, separator);
        columns > 0 && columns == count(first, separator)
    };
    let python = |delimiter: &str| {
        format!(
            "turn it into records: python3 -c 'import csv, json, sys; \
             [print(json.dumps(row)) for row in csv.DictReader(sys.stdin{delimiter})]' < FILE > FILE.ndjson"
        )
    };
    if separated(b'\t') {
        return Some(("tab-separated values (TSV)", python(", delimiter=\"\\t\"").into()));
    }
    if separated(b',') {
        return Some(("comma-separated values (CSV)", python("").into()));
    }
    separated(b';').then(|| ("semicolon-separated values (CSV)", python(", delimiter=\";\"").into()))
}

/// Separators outside of quotes.
fn count(line: &[u8], separator: u8) -> usize {
    let mut quoted = false;
    line.iter()
        .filter(|&&byte| {
            quoted ^= byte == b'"';
            byte == separator && !quoted
        })
        .count()
}
