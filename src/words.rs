//! How numbers and strangers' strings are written in the window. Pure functions.

use std::borrow::Cow;
use std::fmt::Write as _;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The text in Unicode's composed form (NFC), by which texts that look the same are the same.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { ComposingNormalizerBorrowed::new_nfc().normalize(text) }
}

/// A number with thousands separators: 150152 → "150,152".
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A counted noun: "1 drawing", "150,152 drawings".
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// How an empty text is shown where a missing value shows otherwise.
pub const EMPTY: &str = "\"\"";

/// How a missing value is shown; "unknown" is a value that people write.
pub const MISSING: &str = "(missing)";

/// A size on disk in powers of ten, as file managers write it: "784 bytes", "1.2 MB", "699 MB".
pub fn size(bytes: u64) -> String {
    if bytes < 1000 {
        return counted(bytes, "byte", "bytes");
    }
    let mut value = bytes as f64 / 1e3;
    let mut units = ["kB", "MB", "GB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    for next in units {
        if value < 999.5 {
            break;
        }
        (value, unit) = (value / 1e3, next);
    }
    if value < 9.95 { format!("{value:.1} {unit}") } else { format!("{} {unit}", thousands(value.round() as u64)) }
}

/// A fraction as whole percent: "38 %". 100 % is only said when everything is there, 0 % only when nothing is.
pub fn percent(fraction: f32) -> String {
    let fraction = if fraction.is_finite() { fraction.clamp(0.0, 1.0) } else { 0.0 };
    let rounded = (fraction * 100.0).round() as u32;
    let shown = match rounded {
        100 if fraction < 1.0 => 99,
        0 if fraction > 0.0 => 1,
        other => other,
    };
    format!("{shown} %")
}

/// "reading… 38 %".
pub fn reading(fraction: f32) -> String {
    format!("reading… {}", percent(fraction))
}

/// A length on screen with as many digits as mean something: "2.4", "44", "1,240".
pub fn length(px: f32) -> String {
    if !px.is_finite() {
        return "–".to_owned();
    }
    if px < 9.95 { format!("{px:.1}") } else { thousands(px.round() as u64) }
}

/// A zoom: "×1.0", "×15.7", "×1,024".
pub fn zoom(zoom: f32) -> String {
    if !zoom.is_finite() {
        return "×–".to_owned();
    }
    if zoom < 99.95 { format!("×{zoom:.1}") } else { format!("×{}", thousands(zoom.round() as u64)) }
}

/// At most `max` characters; a longer text keeps its head and ends in "…".
pub fn elide(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some(_) => text.chars().take(max.saturating_sub(1)).chain(std::iter::once('…')).collect(),
    }
}

/// Like [`elide`], but keeps the tail: the end of a path says more than its start.
pub fn elide_start(text: &str, max: usize) -> String {
    let count = text.chars().count();
    if count <= max {
        return text.to_owned();
    }
    std::iter::once('…').chain(text.chars().skip(count - max.saturating_sub(1))).collect()
}

/// The longest side that can be asked for, pixels.
pub const LONGEST_PX: u32 = 16_384;

/// Two lengths from 1 to 16384: `28x28`, or as other programs write them, `28X28`, `28×28`, `28*28`, `28,28`, `(28, 28)`, `[28, 28]`.
pub fn two_lengths(text: &str) -> Option<[u32; 2]> {
    let text = text.trim();
    let within = |open: char, close: char| text.strip_prefix(open)?.strip_suffix(close);
    let bare = within('(', ')').or_else(|| within('[', ']')).unwrap_or(text);
    let (a, b) = bare.split_once(['x', 'X', '×', '*', ','])?;
    let lengths = [a.trim().parse().ok()?, b.trim().parse().ok()?];
    lengths.iter().all(|length| (1..=LONGEST_PX).contains(length)).then_some(lengths)
}

/// A string as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Escaped and clipped.
    pub text: String,
    /// It differs from the original.
    pub altered: bool,
}

/// A stranger's string made harmless: characters that steer (controls, line breaks, text direction, zero width) are written as
/// `\n`, `\u{202e}` …, a heap of combining marks as well, and at most `max` characters of the original are shown.
///
/// The work is in proportion to `max`, not to the length of the string.
pub fn shown(text: &str, max: usize) -> Shown {
    let mut out = Shown { text: String::new(), altered: false };
    let mut marks = 0_u32;
    for (i, c) in text.chars().enumerate() {
        if i == max {
            out.text.push('…');
            out.altered = true;
            break;
        }
        marks = if is_combining(c) { marks + 1 } else { 0 };
        if is_steering(c) || marks > 2 {
            escape(c, &mut out.text);
            out.altered = true;
        } else {
            out.text.push(c);
        }
    }
    out
}

/// [`shown`] for one line of at most `max` characters.
pub fn shown_text(text: &str, max: usize) -> String {
    shown(text, max).text
}

fn escape(c: char, out: &mut String) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Writing to a String cannot fail.
        _ => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
    }
}

/// Characters that show nothing themselves but change how others are shown.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0xE000..=0xF8FF
            | 0xE_0000..=0xE_0FFF
            | 0xF_0000..=0x10_FFFF)
}

fn is_combining(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        for (n, want) in [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (150_152, "150,152")] {
            assert_eq!(thousands(n), want);
        }
        assert_eq!(thousands(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(counted(1, "drawing", "drawings"), "1 drawing");
        assert_eq!(counted(27_997, "drawing", "drawings"), "27,997 drawings");
    }

    #[test]
    fn percent_says_all_and_nothing_only_when_true() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.0001), "1 %");
        assert_eq!(percent(0.381), "38 %");
        assert_eq!(percent(0.9999), "99 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(f32::NAN), "0 %");
        assert_eq!(percent(7.0), "100 %");
    }

    #[test]
    fn lengths_and_zooms_keep_meaning_digits() {
        assert_eq!(length(2.44), "2.4");
        assert_eq!(length(44.2), "44");
        assert_eq!(length(1240.4), "1,240");
        assert_eq!(zoom(1.0), "×1.0");
        assert_eq!(zoom(15.66), "×15.7");
        assert_eq!(zoom(1024.0), "×1,024");
        assert_eq!(zoom(f32::INFINITY), "×–");
    }

    #[test]
    fn eliding_counts_characters_not_bytes() {
        assert_eq!(elide("Größe", 5), "Größe");
        assert_eq!(elide("Größer", 5), "Größ…");
        assert_eq!(elide_start("/data/octopus.npy", 12), "…octopus.npy");
        assert_eq!(elide_start("short", 12), "short");
        assert_eq!(elide("abc", 0), "…");
    }

    #[test]
    fn faults_28_steering_characters_become_visible() {
        let got = shown("a\u{202e}b\n\u{0}\u{feff}\u{2066}", 100);
        assert_eq!(got.text, "a\\u{202e}b\\n\\u{0}\\u{feff}\\u{2066}");
        assert!(got.altered);
        let plain = shown("Côte d’Ivoire · 日本 <b>", 100);
        assert_eq!(plain.text, "Côte d’Ivoire · 日本 <b>");
        assert!(!plain.altered);
    }

    #[test]
    fn faults_28_a_heap_of_marks_is_cut_and_a_long_value_clipped() {
        let zalgo = format!("e{}", "\u{0301}".repeat(50));
        assert!(shown(&zalgo, 100).text.starts_with("e\u{301}\u{301}\\u{301}"));
        let long = "x".repeat(10_000_000);
        let got = shown(&long, 300);
        assert_eq!(got.text.chars().count(), 301);
        assert!(got.altered);
    }
}
