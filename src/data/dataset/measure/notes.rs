//! What is to be said of values: that they are stretched, that all look alike, or those of one file.

use std::path::Path;

use super::{Measure, Measured, Scope, alphas};
use crate::data::report::LoadReport;
use crate::data::values::{RangeChoice, Summary, ValueMap, ValueRange, not_finite};
use crate::words::thousands;

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
            let hint = self.words_in_words().map(|hint| format!("; {hint}"));
            report.warn(format!("{text}{}", hint.unwrap_or_default()), None);
        } else {
            self.report_parts(&mut report);
        }
        let dark = self.dark_in_words().filter(|_| flat.is_none());
        for text in dark
            .into_iter()
            .chain(self.numbers_in_words())
            .chain(self.unused_in_words())
            .chain(alphas::in_words(self.dataset))
        {
            report.warn(text, None);
        }
        Measured { map: self.map, flat, report }
    }

    /// That pictures use so small a part of their values that they look black: masks of class numbers, 12 bits in 16.
    fn dark_in_words(&self) -> Option<String> {
        let (_, most) = self.set.tally.ends()?;
        let is_known = self.set.open && self.asks_whether_dark() && most < DARK;
        let deep = self.words_in_words();
        let shows = deep.unwrap_or_else(|| format!("--range 0:{most} shows the largest, {most}, as white"));
        is_known.then(|| format!("all values of the pictures lie below {DARK} of 255, and look black: {shows}"))
    }

    /// Which range shows pictures of 16 bits a channel, where nobody chose one.
    fn words_in_words(&self) -> Option<String> {
        let ends = self.dataset.deep_ends();
        let [_, most] = ends.words.filter(|_| self.dataset.values.range.is_none())?;
        let most = most as u32;
        let has = format!(
            "pictures of 16 bits a channel are shown by their upper 8, and hold {} at most",
            thousands(most.into())
        );
        // All bits that the greatest takes; beside other pictures a range within 0…255 is of values of 8 bits.
        let full = most.saturating_add(1).next_power_of_two() - 1;
        match most {
            0 => None,
            1..=255 if !ends.are_all_words => Some(format!(
                "{has}: --range 0:256 shows them as they are (as an array, such as .npy, they are shown in the range of all their values)"
            )),
            _ => Some(format!("{has}: --range 0:{full} shows {full} as white")),
        }
    }

    /// That pictures of floats, or of long whole numbers, hold more than is shown without a range.
    fn numbers_in_words(&self) -> Option<String> {
        let [least, most] = self.dataset.deep_ends().numbers.filter(|_| self.dataset.values.range.is_none())?;
        let is_beyond = least < most && (least < 0.0 || most > 1.0);
        is_beyond.then(|| {
            format!(
                "pictures of floats, or of whole numbers that are no bytes, hold values from {least} to {most}; floats are shown from 0 to 1, \
                 whole numbers from 0 to 65,535: --range {least}:{most} shows all"
            )
        })
    }

    /// That a range beyond 8 bits was chosen where no picture has more.
    fn unused_in_words(&self) -> Option<String> {
        let range = self.dataset.values.between().filter(|_| self.dataset.is_by_range())?;
        let is_of_use = self.dataset.deep_ends().all().is_some();
        (!is_of_use).then(|| {
            let range = RangeChoice::Between(range);
            format!(
                "--range {range} is for values of more than 8 bits, and no picture has such: all are shown as they are"
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
