//! What an array may mean, and which of that it is taken for: by what the user says, by the number of its records, by its
//! sizes and its order.

use super::axes::{Axes, Role};
use super::candidates::{self, Candidate};
use super::refusal;
use super::shape::{Array, Reading, shown};
use crate::data::report::Severity;
use crate::data::source::ImageFault;

/// As far as records are counted to decide: their number matters where few drawings could be meant.
const MOST_COUNTED: u32 = 20_000;

/// A reading that is ahead of the next by this much is no guess.
const CLEARLY: u32 = 2;

/// Sides of rows of bytes that are drawings; shorter ones are as likely values.
const SMALLEST_SIDE: u32 = 8;

/// How a user says that arrays are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShapeOptions {
    /// `--shape`: height and width of a drawing in pixels.
    pub size: Option<(u32, u32)>,
    /// `--axes`: what each axis means.
    pub axes: Option<Axes>,
}

/// The records that belong to an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// How many there are.
    pub records: u32,
    /// Whether there are more, which were not counted.
    pub and_more: bool,
}

/// What was decided, where the user should know.
pub type Told = Option<(Severity, String)>;

/// What an array may mean.
#[derive(Clone, Debug)]
pub(super) struct Readings {
    array: Array,
    options: ShapeOptions,
    candidates: Vec<Candidate>,
    /// Why it is not opened unless records say what it is.
    refusal: Option<String>,
}

impl Readings {
    /// Everything that an array may mean, most plausible first; an error where that is nothing.
    pub(super) fn of(array: Array, options: &ShapeOptions) -> Result<Self, ImageFault> {
        if let Some(axes) = &options.axes {
            let roles = axes.roles_for(&array.shape).ok_or_else(|| {
                array.refuse(format!("--axes {axes} does not fit it: it takes a letter for each axis longer than 1"))
            })?;
            let reading = array.read_as(&roles, options.size)?;
            return Ok(Self::decided(array, options, reading));
        }
        let candidates = match options.size {
            Some(size) => candidates::of_size(&array, size),
            None => candidates::plausible(&array),
        };
        let refusal = match options.size {
            None => refusal::refusal(&array, &candidates),
            Some(_) => None,
        };
        if candidates.is_empty() && refusal.is_none() {
            return Err(refusal::why_none(&array, options.size));
        }
        Ok(Self { array, options: options.clone(), candidates, refusal })
    }

    fn decided(array: Array, options: &ShapeOptions, reading: Reading) -> Self {
        let candidates = vec![Candidate { reading, score: CLEARLY }];
        Self { array, options: options.clone(), candidates, refusal: None }
    }

    /// How many records must be counted to decide; `None` where their number would change nothing.
    pub(super) fn counts_to(&self) -> Option<u32> {
        if self.options.axes.is_some() {
            return None;
        }
        if self.refusal.is_some() {
            return Some(MOST_COUNTED);
        }
        let rows = self.candidates.iter().map(|candidate| candidate.reading.rows).max()?;
        (self.candidates.len() > 1 && self.lead() <= CLEARLY + 1).then_some(rows.saturating_add(1).min(MOST_COUNTED))
    }

    /// The most drawings that it may be; any number where records decide.
    pub(super) fn most_rows(&self) -> u32 {
        if self.refusal.is_some() {
            return u32::MAX;
        }
        self.candidates.iter().map(|candidate| candidate.reading.rows).max().unwrap_or(u32::MAX)
    }

    /// Whether it may be so many drawings, without a word from records.
    pub(super) fn may_have(&self, rows: u64) -> bool {
        self.refusal.is_none() && self.candidates.iter().any(|candidate| u64::from(candidate.reading.rows) == rows)
    }

    /// Whether it may be a single drawing.
    pub(super) fn may_be_one(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.reading.rows == 1)
    }

    /// Whether it is drawings beyond doubt: by what the user says of it, by three axes or more, or as rows of bytes. Two axes of wider
    /// types may as well be what a model made of drawings, or how these differ.
    pub(super) fn are_sure(&self) -> bool {
        let axes = self.array.shape.iter().filter(|len| **len > 1).count();
        let is_said = self.options != ShapeOptions::default();
        let is_large = |Candidate { reading, .. }: &Candidate| reading.height.min(reading.width) >= SMALLEST_SIDE;
        let are_bytes = || !self.array.element.needs_range() && self.candidates.first().is_some_and(is_large);
        self.refusal.is_none() && (is_said || axes > 2 || (self.array.shape.last() > Some(&1) && are_bytes()))
    }

    /// How far the first is ahead of the second.
    fn lead(&self) -> u32 {
        lead(&self.candidates.iter().collect::<Vec<_>>())
    }

    /// The reading, and what is to be told of it.
    pub(super) fn decide(&self, counted: Option<Counted>) -> Result<(Reading, Told), ImageFault> {
        if let Some(counted) = counted {
            let by_records = self.that_have(counted);
            if let Some(told) = by_records.first().filter(|_| by_records.len() == 1) {
                let told = told.clone();
                let note = (!told.axes.is_plain()).then(|| (Severity::Info, because_of(&told, counted)));
                return Ok((told, note));
            }
        }
        if let Some(what) = &self.refusal {
            return Err(self.array.refuse(what.clone()));
        }
        // Records that fit several readings still rule out the others.
        let fitting: Vec<&Candidate> =
            self.candidates.iter().filter(|candidate| fits(&candidate.reading, counted)).collect();
        let left = if fitting.is_empty() { self.candidates.iter().collect() } else { fitting };
        let Some((first, others)) = left.split_first() else {
            return Err(refusal::why_none(&self.array, self.options.size));
        };
        let others: Vec<&Reading> = others.iter().map(|candidate| &candidate.reading).collect();
        let note = if self.options.axes.is_some() { None } else { self.note(&first.reading, &others, lead(&left)) };
        Ok((first.reading.clone(), note))
    }

    /// The readings with as many drawings as there are records, and those that only this number makes possible.
    fn that_have(&self, counted: Counted) -> Vec<Reading> {
        let known = self.candidates.iter().map(|candidate| &candidate.reading).chain(&[]);
        let mut readings: Vec<Reading> = known.filter(|reading| fits(reading, Some(counted))).cloned().collect();
        let also = candidates::only_by_records(&self.array, self.options.size, counted);
        readings
            .extend(also.into_iter().filter(|reading| !self.candidates.iter().any(|known| known.reading == *reading)));
        readings
    }

    /// What is told of a choice among several: a warning where it is a guess.
    fn note(&self, chosen: &Reading, others: &[&Reading], lead: u32) -> Told {
        let shape = shown(&self.array.shape);
        let (words, how) = (in_words(chosen), self.how(chosen));
        let else_ways: Vec<String> =
            others.iter().take(2).map(|other| format!("{} reads {}", self.how(other), in_words(other))).collect();
        if lead < CLEARLY {
            let text =
                format!("shape {shape} may mean several things: read as {words} ({how}); {}", else_ways.join(", "));
            return Some((Severity::Warning, text));
        }
        let may_be_planes =
            self.array.is_batch_of_one() && self.array.shape.get(1) == Some(&(chosen.channels as usize));
        if chosen.axes.is_plain() && !may_be_planes {
            return None;
        }
        let order = if self.array.fortran_order { " in Fortran order" } else { "" };
        let mut text = format!("shape {shape}{order} is read as {words} ({how})");
        if !else_ways.is_empty() {
            text = format!("{text}; {}", else_ways.join(", "));
        }
        Some((Severity::Info, text))
    }

    /// The arguments that ask for a reading.
    fn how(&self, reading: &Reading) -> String {
        let Reading { axes, height, width, .. } = reading;
        if axes.contains(Role::Many) {
            return format!("--shape {height}x{width}");
        }
        let size = self.options.size.map_or_else(String::new, |(height, width)| format!(" --shape {height}x{width}"));
        format!("--axes {axes}{size}")
    }
}

/// How far the first of some candidates is ahead of the second.
fn lead(candidates: &[&Candidate]) -> u32 {
    match candidates {
        [first, second, ..] => first.score.saturating_sub(second.score),
        _ => CLEARLY,
    }
}

/// Whether a reading has as many drawings as there are records.
fn fits(reading: &Reading, counted: Option<Counted>) -> bool {
    counted.is_none_or(
        |counted| {
            if counted.and_more { reading.rows >= counted.records } else { reading.rows == counted.records }
        },
    )
}

fn because_of(reading: &Reading, counted: Counted) -> String {
    let (words, axes) = (in_words(reading), &reading.axes);
    let more = if counted.and_more { "at least " } else { "" };
    let records = if counted.records == 1 {
        "is one record".to_owned()
    } else {
        format!("are {more}{} records", counted.records)
    };
    format!("read as {words} (axes {axes}), as there {records}")
}

/// "900 drawings of 28 × 28 pixels", "one drawing in colour of 64 × 64 pixels".
fn in_words(reading: &Reading) -> String {
    let Reading { rows, height, width, channels, .. } = reading;
    let drawings = if *rows == 1 { "one drawing".to_owned() } else { format!("{rows} drawings") };
    let colour = if *channels == 1 { "" } else { " in colour" };
    format!("{drawings}{colour} of {height} × {width} pixels")
}
