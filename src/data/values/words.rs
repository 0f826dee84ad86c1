//! Values in words: which are paper and ink, and how many there are of each.

use super::{Tally, ValueMap};

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
            (_, true) => Some(format!("range {}…{}", range.low, range.high)),
            (_, false) => Some(format!("values {}…{} stretched", range.low, range.high)),
        };
        let inverted = self.inverted.then(|| "inverted".to_owned());
        let parts: Vec<String> = stretched.into_iter().chain(inverted).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// "0 is paper, 2 is ink", "0 is paper, 3 and above are ink". `min` and `max` are the values that occur.
    pub fn ends_in_words(&self, (min, max): (u8, u8)) -> String {
        let (low, high) = (self.range.low, self.range.high);
        let below = if f64::from(min) < low { " and below are" } else { " is" };
        let above = if f64::from(max) > high { " and above are" } else { " is" };
        if self.inverted {
            format!("{high}{above} paper, {low}{below} ink")
        } else {
            format!("{low}{below} paper, {high}{above} ink")
        }
    }

    /// The note that values were stretched without being asked to; `None` where they were not.
    pub fn stretch_in_words(&self, ends: (u8, u8)) -> Option<String> {
        let stretched = !self.chosen && self.range != self.plain();
        stretched.then(|| {
            format!(
                "values {} are stretched: {} (--range raw shows them as they are)",
                self.range,
                self.ends_in_words(ends)
            )
        })
    }

    /// What is wrong where all values have the same ink; `None` where they differ, or where there are none.
    pub fn flat_in_words(&self, tally: &Tally) -> Option<String> {
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

/// The line of `info`: `values 0 … 2 (3 distinct), shown stretched: 0 is paper, 2 is ink; --range raw shows them as they are`.
pub fn in_words(tally: &Tally, map: &ValueMap) -> String {
    let Some((min, max)) = tally.ends() else { return "no values".to_owned() };
    let held = if min == max {
        format!("every value is {min}")
    } else {
        format!("values {min} … {max} ({} distinct)", tally.values().count())
    };
    let ends = map.ends_in_words((min, max));
    let range = map.range;
    match (range == map.plain(), map.chosen) {
        (true, false) => format!("{held}: {ends}"),
        (true, true) => format!("{held}, shown as they are: {ends}"),
        (false, false) => format!("{held}, shown stretched: {ends}; --range raw shows them as they are"),
        (false, true) => format!("{held}, shown with --range {}:{}: {ends}", range.low, range.high),
    }
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
