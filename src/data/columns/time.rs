//! Points in time: reads RFC 3339 and the published `2017-03-08 21:12:07.26604 UTC`, writes them for people and JSON.
//!
//! A time is microseconds since 1970-01-01 00:00 UTC in the proleptic Gregorian calendar, years 0000 to 9999, and
//! nanoseconds beyond them. More than nine digits of a second, and leap seconds (`:60`), have no place on that line: such
//! texts are no times.

use std::fmt::Write;

pub(super) const SECOND_US: i64 = 1_000_000;
pub(super) const DAY_US: i64 = 86_400 * SECOND_US;
/// Days in the 400 years after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;
pub(super) const FIRST_US: i64 = -62_167_219_200 * SECOND_US;
pub(super) const END_US: i64 = 253_402_300_800 * SECOND_US;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How a time was spelled, so that its very text can be given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeForm {
    /// Between date and time of day: `T`, `t` or a space.
    separator: char,
    /// Digits of the fraction, 0 to 9.
    digits: u8,
    zone: Zone,
}

impl TimeForm {
    /// RFC 3339 in UTC with `digits` digits of fraction.
    pub(super) const fn utc(digits: u8) -> Self {
        Self { separator: 'T', digits, zone: Zone::Zulu }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// ` UTC`
    Utc,
    /// `Z`
    Zulu,
    /// `z`
    LowerZulu,
    /// `+01:30`, `-00:00`
    Offset { west: bool, minutes: u16 },
}

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Microseconds since 1970 UTC.
    pub(super) us: i64,
    /// Nanoseconds beyond them, 0 to 999.
    pub(super) nanos: u16,
}

/// Reads a time; `None` when the text is not one. Microseconds since 1970 UTC.
pub fn parse(text: &str) -> Option<i64> {
    parse_form(text).map(|(moment, _)| moment.us)
}

/// Reads a time and how it was spelled.
pub(super) fn parse_form(text: &str) -> Option<(Moment, TimeForm)> {
    let (date, rest) = text.as_bytes().split_first_chunk::<10>()?;
    let (&separator, rest) = rest.split_first()?;
    let (clock, rest) = rest.split_first_chunk::<8>()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *date else {
        return None;
    };
    let [h0, h1, b':', i0, i1, b':', s0, s1] = *clock else {
        return None;
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[i0, i1])?, number(&[s0, s1])?);
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction_ns, digits, rest) = fraction(rest)?;
    let zone = zone(rest)?;
    let local_us = days_from_date(year, month, day) * DAY_US
        + ((hour * 60 + minute) * 60 + second) * SECOND_US
        + fraction_ns / 1000;
    let moment = Moment { us: local_us - zone.offset_us(), nanos: (fraction_ns % 1000) as u16 };
    let form = TimeForm { separator: char::from(separator), digits, zone };
    (FIRST_US..END_US).contains(&moment.us).then_some((moment, form))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

/// Splits `.26604` off: nanoseconds, how many digits they were written with, the rest.
fn fraction(rest: &[u8]) -> Option<(i64, u8, &[u8])> {
    let Some((b'.', rest)) = rest.split_first() else {
        return Some((0, 0, rest));
    };
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = rest.split_at(count);
    let ns = number(digits.get(..count.min(10))?)?;
    (1..=9).contains(&count).then(|| (ns * 10_i64.pow(9 - count as u32), count as u8, rest))
}

fn zone(rest: &[u8]) -> Option<Zone> {
    match rest {
        b" UTC" => Some(Zone::Utc),
        b"Z" => Some(Zone::Zulu),
        b"z" => Some(Zone::LowerZulu),
        &[sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let (hours, minutes) = (number(&[h0, h1])?, number(&[m0, m1])?);
            let minutes = (hours < 24 && minutes < 60).then_some((hours * 60 + minutes) as u16)?;
            Some(Zone::Offset { west: sign == b'-', minutes })
        }
        _ => None,
    }
}

impl Zone {
    fn offset_us(self) -> i64 {
        match self {
            Self::Offset { west, minutes } => i64::from(minutes) * 60 * SECOND_US * if west { -1 } else { 1 },
            _ => 0,
        }
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date. Years are counted from March, so that the leap day is a year's last.
pub(super) fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

/// A time taken apart, in UTC.
struct Parts {
    year: i64,
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
}

fn parts(us: i64) -> Parts {
    let (days, of_day) = (us.div_euclid(DAY_US) + 719_468, us.rem_euclid(DAY_US));
    let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
    // Leap days that have passed: one in 4 years, none in 100, one at the era's end.
    let of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let seconds = of_day / SECOND_US;
    Parts {
        year: of_era + era * 400 + i64::from(month <= 2),
        month: month as usize,
        day: day_of_year - (153 * month_from_march + 2) / 5 + 1,
        hour: seconds / 3600,
        minute: seconds / 60 % 60,
        second: seconds % 60,
        micros: of_day % SECOND_US,
    }
}

/// The spelling `form` of a time.
pub(super) fn spell(moment: Moment, form: TimeForm) -> String {
    let p = parts(moment.us.saturating_add(form.zone.offset_us()));
    let mut text = format!(
        "{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}",
        p.year, p.month, p.day, form.separator, p.hour, p.minute, p.second
    );
    if form.digits > 0 {
        let digits = usize::from(form.digits.min(9));
        let kept = (p.micros * 1000 + i64::from(moment.nanos)) / 10_i64.pow(9 - digits as u32);
        _ = write!(text, ".{kept:0digits$}");
    }
    match form.zone {
        Zone::Utc => text.push_str(" UTC"),
        Zone::Zulu => text.push('Z'),
        Zone::LowerZulu => text.push('z'),
        Zone::Offset { west, minutes } => {
            let sign = if west { '-' } else { '+' };
            _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        }
    }
    text
}

/// RFC 3339 in UTC: `2017-03-20T10:26:01.123450Z`; without a fraction where that is zero.
pub fn rfc3339(us: i64) -> String {
    rfc3339_of(Moment { us, nanos: 0 })
}

/// The same to the nanosecond where there are some.
pub(super) fn rfc3339_of(moment: Moment) -> String {
    let digits = match moment {
        Moment { nanos: 1.., .. } => 9,
        Moment { us, .. } if us.rem_euclid(SECOND_US) == 0 => 0,
        Moment { .. } => 6,
    };
    spell(moment, TimeForm::utc(digits))
}

/// To the second, for people: `2017-03-20 10:26:01 UTC`.
pub fn long_time(us: i64) -> String {
    spell(Moment { us, nanos: 0 }, TimeForm { separator: ' ', digits: 0, zone: Zone::Utc })
}

/// Year, month from 1 and day of a time, in UTC.
pub(super) fn date(us: i64) -> (i64, i64, i64) {
    let p = parts(us);
    (p.year, p.month as i64, p.day)
}

/// To the minute, for a tooltip, in UTC: `20 Mar 2017 10:26`.
pub fn short_time(us: i64) -> String {
    let p = parts(us);
    let month = MONTHS.get(p.month.wrapping_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {} {:02}:{:02}", p.day, p.year, p.hour, p.minute)
}
