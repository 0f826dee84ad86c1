//! What entries hold, field by field, and what it must be to be believed. A list is a u64, how many numbers there are, then these.
//!
//! - Codes: a u32 for the measure, width and height of the drawings (u32, pixels), the list of the maker's numbers (f32), the width
//!   of a code (u32), the list of all codes (i8, row by row).
//! - A graph: neighbours a row (u64), the list of neighbours (u32), the list of their similarities (i32).
//! - Places: the list of places (two f32 each), one a row.
//! - Cells: the list of cells (u32), one a row.
//! - A map that was begun: steps that are done (u32), the list of its pairs (two f32 each).

use super::entry::Kind;
use super::sink::Sink;
use super::source::{Fault, Source};
use crate::likeness::code::{CodeMaker, Codes, Measure, WIDTH};
use crate::likeness::graph::Graph;
use crate::likeness::maps::{Begun, Place};
use std::io;

/// What is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Payload<'a> {
    /// Codes, and what makes more of them.
    Codes(&'a Codes, &'a CodeMaker),
    /// The nearest rows of each row.
    Graph(&'a Graph),
    /// A place a row.
    Places(&'a [Place]),
    /// A cell a row.
    Cells(&'a [u32]),
    /// How far a map has come.
    Begun(&'a Begun),
}

impl Payload<'_> {
    /// What it is.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Codes(..) => Kind::Codes,
            Self::Graph(_) => Kind::Graph,
            Self::Places(_) => Kind::Places,
            Self::Cells(_) => Kind::Cells,
            Self::Begun(_) => Kind::Begun,
        }
    }

    /// Bytes that it takes.
    pub(super) fn length(&self) -> io::Result<u64> {
        let mut sink = Sink::counting();
        self.write(&mut sink)?;
        Ok(sink.written())
    }

    /// Writes it.
    pub(super) fn write(&self, out: &mut Sink<'_>) -> io::Result<()> {
        match self {
            Self::Codes(codes, maker) => {
                let (width, height) = maker.size();
                for number in [number_of(maker.measure()), width, height] {
                    out.number(number)?;
                }
                out.list(&maker.numbers())?;
                out.number(codes.width() as u32)?;
                out.list(codes.values())
            }
            Self::Graph(graph) => {
                out.number(graph.k() as u64)?;
                out.list(graph.neighbours())?;
                out.list(graph.similarities())
            }
            Self::Places(places) => out.list(places),
            Self::Cells(cells) => out.list(cells),
            Self::Begun(begun) => {
                out.number(begun.steps)?;
                out.list(&begun.pairs)
            }
        }
    }
}

/// Reads the codes of so many rows: as wide as the maker makes them, with finite numbers for a size that can be compared.
pub(super) fn codes(from: &mut Source<'_>, rows: u32) -> Result<(Codes, CodeMaker), Fault> {
    let measure = measure_of(from.number()?).ok_or(Fault::Wrong)?;
    let size = (from.number()?, from.number()?);
    let maker = CodeMaker::of_numbers(measure, size, &from.list()?).ok_or(Fault::Wrong)?;
    if from.number::<u32>()? as usize != WIDTH {
        return Err(Fault::Wrong);
    }
    let codes = Codes::new(WIDTH, from.list()?).map_err(|_| Fault::Wrong)?;
    if codes.rows() == rows { Ok((codes, maker)) } else { Err(Fault::Wrong) }
}

/// Reads the graph of so many rows: lists such as the computation makes.
pub(super) fn graph(from: &mut Source<'_>, rows: u32) -> Result<Graph, Fault> {
    let k = usize::try_from(from.number::<u64>()?).map_err(|_| Fault::Wrong)?;
    Graph::of_lists(rows, k, from.list()?, from.list()?).ok_or(Fault::Wrong)
}

/// Reads the places of so many rows, all finite.
pub(super) fn places(from: &mut Source<'_>, rows: u32) -> Result<Vec<Place>, Fault> {
    let places: Vec<Place> = from.list()?;
    let are_places = places.len() == rows as usize && places.as_flattened().iter().all(|value| value.is_finite());
    if are_places { Ok(places) } else { Err(Fault::Wrong) }
}

/// Reads the cells of so many rows: different ones, all below `cells`.
pub(super) fn cells(from: &mut Source<'_>, rows: u32, cells: u32) -> Result<Vec<u32>, Fault> {
    let found: Vec<u32> = from.list()?;
    if found.len() == rows as usize && are_different(&found, cells)? { Ok(found) } else { Err(Fault::Wrong) }
}

/// Reads how far a map of at most so many rows has come: at most three pairs of finite numbers a row.
pub(super) fn begun(from: &mut Source<'_>, rows: u32) -> Result<Begun, Fault> {
    let begun = Begun { steps: from.number()?, pairs: from.list()? };
    let is_fit = begun.pairs.len() as u64 <= 3 * u64::from(rows);
    let are_finite = begun.pairs.as_flattened().iter().all(|value| value.is_finite());
    if is_fit && are_finite { Ok(begun) } else { Err(Fault::Wrong) }
}

/// Whether all numbers are below `end`, and none comes twice.
fn are_different(numbers: &[u32], end: u32) -> Result<bool, Fault> {
    let words = end.div_ceil(u64::BITS) as usize;
    let mut seen: Vec<u64> = Vec::new();
    seen.try_reserve_exact(words).map_err(|_| Fault::Refused)?;
    seen.resize(words, 0);
    Ok(numbers.iter().all(|&number| {
        let (word, bit) = ((number / u64::BITS) as usize, 1 << (number % u64::BITS));
        let is_new = number < end && seen[word] & bit == 0;
        if is_new {
            seen[word] |= bit;
        }
        is_new
    }))
}

fn number_of(measure: Measure) -> u32 {
    match measure {
        Measure::Direction => 1,
        Measure::Ink => 2,
        Measure::Colored => 3,
    }
}

fn measure_of(number: u32) -> Option<Measure> {
    [Measure::Direction, Measure::Ink, Measure::Colored].into_iter().find(|&measure| number_of(measure) == number)
}
