//! What is to be said of values: that they are stretched, that all look alike, or those of one file.

use std::path::Path;

use super::{Measure, Measured, Scope};
use crate::data::report::LoadReport;
use crate::data::values::{RangeChoice, Summary, ValueMap, ValueRange, not_finite};

/// Inks that differ by less than this are hard to tell apart.
const FAINT: u8 = 32;
/// Pictures in colour without a value from this one on look black.
pub(super) const DARK: u8 = 32;
/// A file is cut off where more than one in this many of its values lies above the range.
const CUT_OFF: u64 = 100;

impl Measure<'_> {
    /// What has been found, all told.
    pub(super) fn measured(&self) -> Measured {
        let (mut report, tally) = (LoadReport::new(), &self.set.tally);
        let ends = tally.ends().map(|(min, max)| (min.into(), max.into()));
        let ends = self.ranged.map_or(ends, |ranged| ranged.summary.ends);
        if let Some(text) = ends.and_then(|ends| self.map.stretch_in_words(ends)) {
            report.info(text, None);
        }
        if let Some(text) = self.ranged.and_then(|ranged| not_finite(&ranged.summary)) {
            report.info(text, None);
        }
        let flat = match self.ranged {
            Some(ranged) => self.map.summary_flat_in_words(&ranged.summary, self.dataset.channels == 4),
            // What was not counted to its end is not alike.
            None if self.set.open => self.map.flat_in_words(tally),
            None => None,
        };
        if let Some(text) = &flat {
            report.warn(text.clone(), None);
        } else {
            self.report_parts(&mut report);
            if let Some(text) = self.dark_in_words() {
                report.warn(text, None);
            }
        }
        Measured { map: self.map, flat, report }
    }

    /// That pictures use so small a part of their values that they look black: masks of class numbers, 12 bits in 16.
    fn dark_in_words(&self) -> Option<String> {
        let (_, most) = self.set.tally.ends()?;
        let is_known = self.set.open && self.asks_whether_dark() && most < DARK;
        is_known.then(|| {
            format!(
                "all values of the pictures lie below {DARK} of 255, and look black: --range 0:{most} shows the largest, {most}, as white \
                 (pictures of 16 bits are shown by their upper 8: as an array, such as .npy, they are shown in the range of all their values)"
            )
        })
    }

    /// Files that the range of the whole set does not suit.
    fn report_parts(&self, report: &mut LoadReport) {
        for (scope, part) in self.parts.iter().zip(&self.dataset.parts).filter(|(scope, _)| scope.total > 0) {
            if let Some(text) = unsuited(scope, &self.map) {
                report.warn(text, Some(part.path().unwrap_or(Path::new(part.stem()))));
            }
        }
        let ranged = self.ranged.filter(|ranged| ranged.parts.len() > 1 && !self.map.chosen);
        for (number, summary) in ranged.into_iter().flat_map(|ranged| &ranged.parts) {
            if let (Some(part), Some(text)) = (self.dataset.parts.get(*number), unsuited_by_range(summary, &self.map)) {
                report.warn(text, Some(part.path().unwrap_or(Path::new(part.stem()))));
            }
        }
    }
}

/// The same of a file whose values are read by a range.
fn unsuited_by_range(part: &Summary, map: &ValueMap) -> Option<String> {
    let (low, high) = part.ends?;
    if low >= high {
        return Some(format!("every value of this file is {low}"));
    }
    let own = ValueRange { low, high };
    let are_alike = map.range.ink_of(high).abs_diff(map.range.ink_of(low)) < FAINT;
    are_alike.then(|| {
        format!(
            "the values of this file, {own}, are hardly told apart where the set is shown with {}: open it alone, or \
             choose --range {}",
            map.range,
            RangeChoice::Between(own)
        )
    })
}

/// What is wrong with showing a file as the set is shown; `None` where nothing is.
fn unsuited(part: &Scope, map: &ValueMap) -> Option<String> {
    let counted = part.tally.total();
    let (min, max) = part.tally.ends()?;
    if part.open && min == max {
        return Some(format!("every value of this file is {min}"));
    }
    let own = ValueRange::of(&part.tally);
    let range = if own == ValueRange::BYTES { RangeChoice::Raw } else { RangeChoice::Between(own) };
    let advice = format!("open it alone, or choose --range {range}");
    let inks = part.tally.used(counted).map(|value| map.ink(value));
    let (least, most) = inks.fold((255, 0), |(least, most): (u8, u8), ink| (least.min(ink), most.max(ink)));
    if most.saturating_sub(least) < FAINT && map.range != own {
        return Some(format!(
            "the values of this file, {min} … {max}, are hardly told apart where the set is shown with {}: {advice}",
            map.range
        ));
    }
    let above = part.tally.values().filter(|&value| value < 255 && f64::from(value) > map.range.high);
    let above: u64 = above.map(|value| part.tally.of_value(value)).sum();
    (above * CUT_OFF > counted).then(|| {
        format!(
            "values of this file lie above {}, the range that the set is shown with, and are full ink: {advice}",
            map.range
        )
    })
}
