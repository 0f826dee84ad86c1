//! Values in words: which are paper and ink, and how many there are of each.

use super::map::shown;
use super::{Summary, Tally, ValueMap};
use crate::words::thousands;

/// A few values are named one by one.
const FEW: usize = 8;
/// More are gathered in bins of this many.
const BIN: usize = 32;

impl ValueMap {
    /// For the status line: "values 0…2 stretched", "range 10…20", "inverted"; `None` where values are shown as they are.
    pub fn in_short(&self) -> Option<String> {
        let range = self.range;
        let stretched = match (range == self.plain(), self.chosen) {
            (true, _) => None,
            (_, true) => Some(format!("range {}…{}", shown(range.low), shown(range.high))),
            (_, false) => Some(format!("values {}…{} stretched", shown(range.low), shown(range.high))),
        };
        let inverted = self.inverted.then(|| "inverted".to_owned());
        let parts: Vec<String> = stretched.into_iter().chain(inverted).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// "0 is paper, 2 is ink", "0 is paper, 3 and above are ink". `min` and `max` are the values that occur.
    pub fn ends_in_words(&self, (min, max): (f64, f64)) -> String {
        let below = if min < self.range.low { " and below are" } else { " is" };
        let above = if max > self.range.high { " and above are" } else { " is" };
        let (low, high) = (shown(self.range.low), shown(self.range.high));
        if self.inverted {
            format!("{high}{above} paper, {low}{below} ink")
        } else {
            format!("{low}{below} paper, {high}{above} ink")
        }
    }

    /// The note that values were stretched without being asked to; `None` where they were not.
    pub fn stretch_in_words(&self, ends: (f64, f64)) -> Option<String> {
        let stretched = !self.chosen && self.range != self.plain();
        stretched.then(|| {
            let share = if are_of_bytes(ends) { "" } else { ", 99.8 % of all" };
            let ends = self.ends_in_words(ends);
            if self.in_reading {
                format!("values {} are stretched{share}: {ends} (--range A:B chooses others)", self.range)
            } else {
                format!("values {} are stretched: {ends} (--range raw shows them as they are)", self.range)
            }
        })
    }

    /// What is wrong where all values of a set that was measured while it was read have the same ink.
    pub fn summary_flat_in_words(&self, summary: &Summary, is_colour: bool) -> Option<String> {
        let Some((min, max)) = summary.ends else {
            return Some("no value is a finite number: there is nothing to be seen".to_owned());
        };
        let ink = self.range.ink_of(min);
        if ink != self.range.ink_of(max) || summary.infinite > 0 {
            return None;
        }
        let seen = match if self.inverted { 255 - ink } else { ink } {
            _ if is_colour => "there is nothing to be seen",
            0 => "the paper is blank",
            255 => "the paper is covered with ink",
            _ => "the paper has one even shade",
        };
        Some(if min < max {
            format!("all values, {} … {}, look alike with {}: {seen}", shown(min), shown(max), self.range)
        } else {
            format!("every value is {}: {seen}", shown(min))
        })
    }

    /// What is wrong where all values have the same ink; `None` where they differ, or where there are none.
    pub fn flat_in_words(&self, tally: &Tally) -> Option<String> {
        if self.in_reading {
            return Self::default().flat_in_words(tally);
        }
        let (min, max) = tally.ends()?;
        let ink = self.ink(min);
        if tally.values().any(|value| self.ink(value) != ink) {
            return None;
        }
        let seen = match ink {
            0 => "the paper is blank",
            255 => "the paper is covered with ink",
            _ => "the paper has one even shade",
        };
        Some(if min == max {
            format!("every value is {min}: {seen}")
        } else {
            format!("all values, {min} … {max}, look alike with --range {}:{}: {seen}", self.range.low, self.range.high)
        })
    }
}

/// Whether values with these ends are shown as bytes of the same values are, and not by percentiles.
fn are_of_bytes((min, max): (f64, f64)) -> bool {
    min >= 0.0 && max <= 255.0
}

/// The line of `info`: `values 0 … 2 (3 distinct), shown stretched: 0 is paper, 2 is ink; --range raw shows them as they are`.
pub fn in_words(tally: &Tally, map: &ValueMap) -> String {
    let Some((min, max)) = tally.ends() else { return "no values".to_owned() };
    let held = if min == max {
        format!("every value is {min}")
    } else {
        format!("values {min} … {max} ({} distinct)", tally.values().count())
    };
    let ends = map.ends_in_words((min.into(), max.into()));
    let range = map.range;
    match (range == map.plain(), map.chosen) {
        (true, false) => format!("{held}: {ends}"),
        (true, true) => format!("{held}, shown as they are: {ends}"),
        (false, false) => format!("{held}, shown stretched: {ends}; --range raw shows them as they are"),
        (false, true) => format!("{held}, shown with --range {}:{}: {ends}", range.low, range.high),
    }
}

/// The same of values that were measured while they were read.
pub fn summary_in_words(summary: &Summary, map: &ValueMap) -> String {
    let Some((min, max)) = summary.ends else { return "no value is a finite number".to_owned() };
    let held = if min < max {
        format!("values {} … {}", shown(min), shown(max))
    } else {
        format!("every value is {}", shown(min))
    };
    let ends = map.ends_in_words((min, max));
    match (map.chosen, map.range == map.plain()) {
        (true, _) => format!("{held}, shown with --range {}:{}: {ends}", map.range.low, map.range.high),
        (_, true) => format!("{held}: {ends}"),
        (_, false) if are_of_bytes((min, max)) => {
            format!("{held}, shown stretched: {ends}; --range A:B chooses others")
        }
        (_, false) => format!("{held}, shown from the 0.1 to the 99.9 percentile: {ends}; --range A:B chooses others"),
    }
}

/// How many values are not finite, and what they are shown as; `None` where all are.
pub fn not_finite(summary: &Summary) -> Option<String> {
    let of = |count: u64, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("one value is {one}")),
        _ => Some(format!("{} values are {many}", thousands(count))),
    };
    let nan = of(summary.nan, "no number (NaN) and shown as paper", "no numbers (NaN) and shown as paper");
    let infinite = of(summary.infinite, "infinite and shown as an end", "infinite and shown as ends of the range");
    let all: Vec<String> = nan.into_iter().chain(infinite).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// How the values are distributed: `0 78.5 %, 1 8.2 %, 2 13.3 %`, or in bins of 32: `0–31 80.2 %, …`.
pub fn shares(tally: &Tally) -> String {
    let total = tally.total();
    if tally.values().count() <= FEW {
        let few = tally.values().map(|value| format!("{value} {}", share(tally.of_value(value), total)));
        return few.collect::<Vec<_>>().join(", ");
    }
    let bins = tally.counts().chunks(BIN).enumerate();
    let bins =
        bins.map(|(i, counts)| format!("{}–{} {}", i * BIN, (i + 1) * BIN - 1, share(counts.iter().sum(), total)));
    bins.collect::<Vec<_>>().join(", ")
}

/// Percent with one digit; what is there is never 0 %, and what is not all never 100 %.
fn share(count: u64, total: u64) -> String {
    let percent = count as f64 * 100.0 / total.max(1) as f64;
    match count {
        0 => "0 %".to_owned(),
        _ if count == total => "100 %".to_owned(),
        _ if percent < 0.05 => "< 0.1 %".to_owned(),
        _ => format!("{:.1} %", percent.min(99.9)),
    }
}
