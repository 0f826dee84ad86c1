//! When two names are the same but for how they are written: Unicode forms, case, blanks, marks that browsers and file managers
//! add to copies.

use percent_encoding::percent_decode_str;

use crate::words::nfc;

/// How file managers call a copy, in NFC and lower case; those of one script without blanks are told from the rest by not being
/// set apart.
const COPIES: [&str; 14] = [
    "copy",
    "copie",
    "kopie",
    "kopi",
    "kopia",
    "kópia",
    "kopija",
    "copia",
    "cópia",
    "másolat",
    "kopya",
    "копия",
    "копія",
    "kopio",
];
/// The same where words are not set apart by blanks.
const COPIES_UNSPACED: [&str; 4] = ["コピー", "的副本", "副本", "복사본"];
/// How they begin a copy's name, a blank behind.
const COPIES_OF: [&str; 7] = ["copy of", "kopie von", "copie de", "copia de", "cópia de", "kopie van", "копия"];
/// Digits of a copy's number.
const MOST_DIGITS: usize = 3;

/// The text without what spellings differ in: composed, in lower case, one blank for each run of blanks, `_` and `-`.
pub(super) fn loose(text: &str) -> String {
    let mut loose = String::with_capacity(text.len());
    for c in nfc(text).chars().flat_map(char::to_lowercase) {
        if !is_gap(c) {
            loose.push(c);
        } else if !loose.is_empty() && !loose.ends_with(' ') {
            loose.push(' ');
        }
    }
    // Lower case may have taken a letter apart.
    nfc(loose.trim_end()).into_owned()
}

/// The text as it was before an address or a form was made of it: `alarm clock` of `alarm%20clock`, `alarm%2520clock`, `alarm+clock`.
pub(super) fn decoded(text: &str) -> String {
    let mut text = text.replace('+', " ");
    // What was encoded twice is decoded twice.
    for _ in 0..2 {
        match percent_decode_str(&text).decode_utf8() {
            Ok(plain) if plain != text => text = plain.replace('/', "_"),
            _ => break,
        }
    }
    text
}

/// The name without the marks of a copy, at its end or beginning: `octopus` of `octopus (1)`, `octopus - Copy (2)`, `Copy of octopus`.
/// Nothing is left of no name.
pub(super) fn without_marks(name: &str) -> &str {
    let mut plain = name;
    while let Some(shorter) = without_last_mark(plain).or_else(|| without_first_mark(plain)) {
        if shorter.is_empty() {
            break;
        }
        plain = shorter;
    }
    plain
}

fn without_last_mark(name: &str) -> Option<&str> {
    let name = name.trim_end_matches(is_gap);
    if let Some((before, inside)) = name.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        // "(1)", "(copy)", "(another copy)", "(3rd copy)", "(copy 2)"
        let is_mark = is_count(inside) || without_copy(inside).is_some();
        return is_mark.then(|| before.trim_end_matches(is_gap));
    }
    without_copy(name)
}

/// Without "copy" or "copy 2" at the end.
fn without_copy(name: &str) -> Option<&str> {
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = is_count(name.get(unnumbered.len()..).unwrap_or_default());
    let word_end = if numbered { unnumbered.trim_end_matches(is_gap) } else { name };
    let before = word_end.char_indices().rev().take(12).find_map(|(at, _)| {
        let (before, word) = word_end.split_at_checked(at)?;
        let word = loose(word);
        let apart = before.is_empty() || before.ends_with(is_gap);
        let is_copy = (apart && COPIES.contains(&word.as_str())) || COPIES_UNSPACED.contains(&word.as_str());
        is_copy.then_some(before)
    })?;
    Some(before.trim_end_matches(is_gap))
}

fn without_first_mark(name: &str) -> Option<&str> {
    name.char_indices().skip(4).take(12).find_map(|(at, c)| {
        let (first, rest) = name.split_at_checked(at)?;
        let is_mark = is_gap(c) && COPIES_OF.contains(&loose(first).as_str());
        is_mark.then(|| rest.trim_start_matches(is_gap))
    })
}

fn is_count(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_copies_are_taken_off_and_nothing_else() {
        for copy in [
            "octopus (1)",
            "octopus(1)",
            "octopus - Copy",
            "octopus - Copy (2)",
            "octopus copy",
            "octopus copy 3",
            "octopus_copy",
            "octopus (copy)",
            "octopus (another copy)",
            "octopus (3rd copy)",
            "octopus – Kopie",
            "octopus - Co\u{301}pia",
            "octopus - コピー",
            "octopus副本",
            "Copy of octopus",
            "Kopie von octopus",
            "octopus (1) (1)",
            "octopus(12)",
        ] {
            assert_eq!(without_marks(copy), "octopus", "{copy}");
        }
        for name in [
            "octopus_2000",
            "octopus 2",
            "octopus-1",
            "octopus (2000)",
            "bat (animal)",
            "photocopy",
            "copy",
            "(1)",
            "copy 2",
            "",
        ] {
            assert_eq!(without_marks(name), name, "{name}");
        }
    }

    #[test]
    fn spellings_of_one_name_are_loosely_the_same() {
        for name in ["Alarm Clock", "alarm_clock", "alarm-clock", "alarm  clock ", "ALARM\u{a0}CLOCK"] {
            assert_eq!(loose(name), "alarm clock", "{name}");
        }
        assert_eq!(loose("Cafe\u{301}"), loose("CAFÉ"));
        for name in ["alarm%20clock", "alarm+clock", "alarm%2520clock"] {
            assert_eq!(decoded(name), "alarm clock", "{name}");
        }
        // What is no address stays as it is.
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
