//! Sets whose values become what is shown while they are read, by one range for all their parts: of types that are wider than a byte, and
//! colour with a range that was chosen. The range is found from all values, once, before the first drawing is read.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::Dataset;
use super::error::OpenError;
use super::part::Part;
use super::read::by_part;
use crate::data::source::{DeepEnds, ImageSource, Watch, both, finer_of, spread_of};
use crate::data::values::{RangeChoice, Scale, Spread, Summary, ValueMap, ValueRange};

/// When it is first said how many values have been looked at, and how often from then on.
const FIRST_WORD: Duration = Duration::from_secs(1);
const NEXT_WORD: Duration = Duration::from_secs(5);

/// Rows of one source.
type Rows<'a> = (&'a dyn ImageSource, Range<u32>);

/// How many of a set's values have been looked at, while that is done: in thousandths, and one more.
#[derive(Debug, Default)]
pub(super) struct Looked(AtomicU32);

impl Looked {
    /// 0 to 1; `None` before and after.
    fn part(&self) -> Option<f32> {
        Some(self.0.load(Ordering::Relaxed).checked_sub(1)? as f32 / 1000.0)
    }
}

/// How the values of such a set become what is shown.
#[derive(Clone, Debug)]
pub struct Ranged {
    /// The range and how it came about.
    pub map: ValueMap,
    /// What was found out about all values; of colour those of red, green and blue.
    pub summary: Summary,
    /// The same of each part that has a say in the range, by its number.
    pub(super) parts: Vec<(usize, Summary)>,
    scale: Scale,
    /// What a uint8 beside other types is shown as.
    table: [u8; 256],
}

impl Ranged {
    /// The alpha that is opaque.
    pub(super) fn opaque(&self) -> f64 {
        self.scale.opaque
    }

    /// Makes bytes of a part whose type needs no range what they are shown as, in place.
    pub(super) fn apply(&self, part: &Part, channels: u32, bytes: &mut [u8]) {
        let table = |byte: &mut u8| *byte = self.table.get(usize::from(*byte)).copied().unwrap_or_default();
        if part.is_bool() {
            // Beside numbers a bool is nothing or all.
            if self.scale.inverted {
                let pixels = bytes.chunks_mut(channels.max(1) as usize);
                pixels.flat_map(|pixel| pixel.iter_mut().take(3)).for_each(|byte| *byte = 255 - *byte);
            }
        } else if channels == 4 {
            bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|[colours @ .., _]| colours.iter_mut().for_each(table));
        } else {
            bytes.iter_mut().for_each(table);
        }
    }
}

impl Dataset {
    /// Whether values become what is shown while they are read.
    pub(super) fn is_ranged(&self) -> bool {
        let asks = self.values.invert || (self.values.between().is_some() && !self.is_by_range());
        self.parts.iter().any(Part::needs_range) || (self.channels == 4 && asks)
    }

    /// Whether the range that was asked for is one of pictures of more than 8 bits a value: their source has gone by it.
    pub(super) fn is_by_range(&self) -> bool {
        self.parts.iter().filter_map(Part::source).any(ImageSource::is_by_range)
    }

    /// The ends of the values of pictures of more than 8 bits a value, as far as these were decoded.
    pub(super) fn deep_ends(&self) -> DeepEnds {
        let ends = self.parts.iter().filter_map(Part::source).map(ImageSource::deep_ends);
        let both_ends = |all: DeepEnds, one: DeepEnds| DeepEnds {
            words: both(all.words, one.words),
            numbers: both(all.numbers, one.numbers),
            are_all_words: all.are_all_words && one.are_all_words,
        };
        ends.reduce(both_ends).unwrap_or_default()
    }

    /// What is to be said where pictures were written that have more than 8 bits a value, as far as they were decoded.
    pub fn written_as_shown(&self) -> Option<String> {
        let [least, most] = self.deep_ends().all()?;
        let advice =
            if self.values.range.is_none() { ": --range A:B chooses which of their values these are" } else { "" };
        Some(format!(
            "pictures of more than 8 bits a value, from {least} to {most}, are written as they are shown, in 8 bits{advice}"
        ))
    }

    /// How values become what is shown while they are read; `None` where they are read as they are. Reads all values the first time.
    pub fn ranged(&self) -> Result<Option<&Ranged>, OpenError> {
        self.ranged_while(&|_| true)
    }

    /// How many values have been looked at, 0 to 1, while [`Self::ranged`] does that for the first time.
    pub fn looked_at(&self) -> Option<f32> {
        self.looked.part()
    }

    /// As [`Self::ranged`]; `watch` hears how many values have been looked at, and says whether to go on.
    pub(crate) fn ranged_while(&self, watch: &Watch<'_>) -> Result<Option<&Ranged>, OpenError> {
        if !self.is_ranged() {
            return Ok(None);
        }
        if let Some(known) = self.ranged.get() {
            return Ok(Some(known));
        }
        // Whoever else finds it out at the same time finds out the same.
        let found = self.found_while(watch);
        self.looked.0.store(0, Ordering::Relaxed);
        let found = found?;
        Ok(Some(self.ranged.get_or_init(|| {
            self.parts.iter().filter_map(Part::source).for_each(|source| source.show_with(found.scale));
            found
        })))
    }

    /// The same, and says from time to time how far that is.
    fn found_while(&self, watch: &Watch<'_>) -> Result<Ranged, OpenError> {
        let next = Mutex::new(Instant::now() + FIRST_WORD);
        self.found(&|part| {
            let thousandths = (1000.0 * part) as u32;
            self.looked.0.store(1 + thousandths, Ordering::Relaxed);
            // One of all threads says it.
            if let Ok(mut next) = next.try_lock()
                && Instant::now() >= *next
            {
                *next = Instant::now() + NEXT_WORD;
                let percent = thousandths / 10;
                tracing::info!(target: "inkfield::waits", "looking at all values for their range, {percent} % so far");
            }
            watch(part)
        })
    }

    fn found(&self, watch: &Watch<'_>) -> Result<Ranged, OpenError> {
        let (numbers, rows): (Vec<usize>, Vec<Rows<'_>>) = by_part(self, 0, self.rows())
            .filter_map(|rows| {
                let part = self.parts.get(rows.part)?;
                // Nobody knows what a bool is beside numbers: it has no part in their range.
                let source = part.source().filter(|_| !part.is_bool())?;
                Some((rows.part, (source, rows.first..rows.first.saturating_add(rows.rows))))
            })
            .unzip();
        // They may have to be looked at twice.
        let half = if self.values.range.is_some() { 1.0 } else { 0.5 };
        let all: f64 = rows.iter().map(|(_, rows)| rows.len() as f64).sum();
        let (mut spread, mut parts, mut before) = (Spread::default(), Vec::new(), 0.0);
        for (number, one) in numbers.into_iter().zip(&rows) {
            let these = one.1.len() as f64;
            let own = spread_of(std::slice::from_ref(one), &|part| watch(half * (before + part * these) / all))?;
            before += these;
            parts.push((number, own.summary()));
            spread = spread.plus(&own);
        }
        let floats = self.parts.iter().filter(|part| !part.is_bool()).all(Part::is_float);
        let range = match self.values.range {
            Some(RangeChoice::Between(_)) if self.is_by_range() => ValueRange::BYTES,
            Some(RangeChoice::Between(range)) => range,
            Some(RangeChoice::Raw) if floats => ValueRange::BOOLS,
            Some(RangeChoice::Raw) => ValueRange::BYTES,
            None => self.range_of(&rows, &spread, &|part| watch(half + half * part))?,
        };
        let (chosen, inverted) = (self.values.range.is_some(), self.values.invert);
        let scale = Scale::new(range, inverted, floats, spread.summary());
        let mut table = [0; 256];
        (0..=u8::MAX).zip(&mut table).for_each(|(value, byte)| *byte = scale.byte(value.into()));
        let (mut summary, mut range) = (spread.summary(), range);
        if let Some(named) = self.values.between().filter(|_| self.is_by_range()) {
            range = named;
            let ends = self.deep_ends().all();
            summary.ends = ends.map(|[least, most]| (least.into(), most.into())).or(summary.ends);
        }
        let map = ValueMap { range, chosen, inverted, bools: false, in_reading: true };
        Ok(Ranged { map, summary, parts, scale, table })
    }

    fn range_of(
        &self,
        rows: &[(&dyn ImageSource, Range<u32>)],
        spread: &Spread,
        watch: &Watch<'_>,
    ) -> Result<ValueRange, OpenError> {
        // Colour of bytes is shown as it is.
        if !self.parts.iter().any(Part::needs_range) {
            return Ok(ValueRange::BYTES);
        }
        match spread.range_of_most() {
            Some(range) => Ok(range),
            None => Ok(finer_of(rows, &spread.finer(), watch)?.range(spread.summary())),
        }
    }
}
