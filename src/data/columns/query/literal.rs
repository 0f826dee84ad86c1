//! Values as they are typed: numbers, whole numbers, flags, times.

use super::ranges::Marks;
use super::token::has_shape;
use crate::data::columns::time::{DAY_US, Moment, SECOND_US, date, days_from_date, parse_form};
use std::cmp::Ordering;

/// A number, in any spelling that floats have; what is no number has none.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| !number.is_nan())
}

/// A number beside whole ones, which may be longer than a float is exact.
pub(super) fn beside_whole(text: &str) -> Option<Marks> {
    let whole = text.trim().parse().ok().map(Marks::of_whole);
    whole.or_else(|| number(text).map(Marks::of_number))
}

pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// A point in time, or the second, minute, day, month or year that is written; in nanoseconds, the first and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: i128,
    pub(super) to: i128,
}

/// Reads a time as records write it, and without zone (UTC then), seconds, time of day, day or month.
pub(super) fn span(text: &str) -> Option<Span> {
    let text = text.trim();
    let whole = |completed: String, end_us: fn(i64) -> i64| {
        let from = read(&completed)?.us;
        Some(Span { from: in_ns(from), to: in_ns(end_us(from)) - 1 })
    };
    let day = |us: i64| us + DAY_US;
    if has_shape(text, "0000") {
        return whole(format!("{text}-01-01T00:00:00Z"), |us| month_after(us, 12));
    }
    if has_shape(text, "0000-00") {
        return whole(format!("{text}-01T00:00:00Z"), |us| month_after(us, 1));
    }
    if has_shape(text, "0000-00-00") {
        return whole(format!("{text}T00:00:00Z"), day);
    }
    let (minute, zone) = (text.get(..16)?, text.get(16..)?);
    if !zone.starts_with(':') {
        return whole(format!("{minute}:00{zone}"), |us| us + 60 * SECOND_US);
    }
    let digits = zone.split_once('.').map(|(_, behind)| behind.bytes().take_while(u8::is_ascii_digit).count());
    let moment = read(text)?;
    let from = in_ns(moment.us) + i128::from(moment.nanos);
    let length = match digits {
        None => in_ns(SECOND_US),
        // Records in microseconds are compared as such.
        Some(..=6) => 1000,
        Some(_) => 1,
    };
    Some(Span { from, to: from + length - 1 })
}

fn in_ns(us: i64) -> i128 {
    i128::from(us) * 1000
}

fn read(text: &str) -> Option<Moment> {
    let read = |text: &str| parse_form(text).map(|(moment, _)| moment);
    read(text).or_else(|| read(&format!("{text}Z")))
}

/// The first microsecond so many months after a month's first.
fn month_after(us: i64, months: i64) -> i64 {
    let (year, month, _) = date(us);
    let months = year * 12 + month - 1 + months;
    days_from_date(months.div_euclid(12), months.rem_euclid(12) + 1, 1) * DAY_US
}

/// Whether a bare word is a number or a time wherever it stands.
pub(super) fn is_number_or_time(word: &str) -> bool {
    let begins = word.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit());
    begins && (number(word).is_some() || span(word).is_some())
}

/// Whole numbers as texts, in their order; they may be longer than any type holds, and have zeros in front.
pub(super) fn compare_whole(a: &str, b: &str) -> Ordering {
    let ((a, a_is_negative), (b, b_is_negative)) = (digits(a), digits(b));
    let sizes = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
    match (a_is_negative, b_is_negative) {
        (false, false) => sizes,
        (true, true) => sizes.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// The digits of a whole number without zeros in front, and whether it is below zero.
fn digits(text: &str) -> (&str, bool) {
    let (digits, has_minus) = text.strip_prefix('-').map_or((text, false), |digits| (digits, true));
    let digits = digits.trim_start_matches('0');
    (digits, has_minus && !digits.is_empty())
}
