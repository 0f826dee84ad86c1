//! The proven join: whether records belong to the bitmaps that they are joined to, by their strokes.

use super::Dataset;
use super::error::OpenError;
use super::part::Part;
use crate::data::Cancel;
use crate::data::ndjson::{LineSpan, RecordFile};
use crate::data::report::LoadReport;
use crate::data::source::{Element, ImageSource};
use crate::data::strokes::{FITS, Proof, Renderer, SIDES, Strays, apart};
use crate::words::thousands;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Bytes of bitmaps that are looked at in one go.
const AT_ONCE: usize = 8 << 20;
/// Lines that one thread renders in one go.
const LINES_AT_ONCE: usize = 16;

/// What was found out of a part.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The bitmaps.
    pub bitmaps: PathBuf,
    /// The records.
    pub records: PathBuf,
    /// What they have to do with each other.
    pub proof: Proof,
}

impl Dataset {
    /// Renders the strokes of the records of every part, all or so many spread evenly, and compares them with the bitmaps. `on` hears how
    /// many bytes of records have been read, and of how many; a break gives it up.
    ///
    /// Fails where a part cannot be checked: it has no records of its own file, or its bitmaps are none that strokes are rendered to.
    pub fn check(
        &self,
        sample: Option<u32>,
        on: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Vec<Checked>, OpenError> {
        let total = self.parts.iter().filter_map(|part| part.records.as_ref()).map(RecordFile::bytes).sum();
        let mut before = 0;
        let mut all = Vec::new();
        for part in &self.parts {
            let (Some(bitmaps), Some(records)) = (part.path(), &part.records) else {
                return Err(OpenError::NotChecked { why: "it has no file of records", path: part.named() });
            };
            let pair = Pair::of(part).ok_or_else(|| OpenError::NotChecked {
                why: "its drawings are no squares of 28 to 256 pixels of uint8 ink, as strokes are rendered",
                path: bitmaps.to_path_buf(),
            })?;
            let proof = pair.check(records, sample, &mut |done| on(before + done, total))?;
            before += records.bytes();
            all.push(Checked { bitmaps: bitmaps.to_path_buf(), records: records.path().to_path_buf(), proof });
        }
        Ok(all)
    }
}

/// Bitmaps that strokes may have been rendered to.
pub(super) struct Pair<'a> {
    source: &'a dyn ImageSource,
    side: u32,
    pixels: usize,
}

impl<'a> Pair<'a> {
    /// `None` where the drawings of a part are none.
    pub(super) fn of(part: &'a Part) -> Option<Self> {
        let source = part.source()?;
        let side = source.width();
        let is_one = source.height() == side
            && SIDES.contains(&side)
            && source.channels() == 1
            && source.element() == Element::U8
            && part.form() != super::alone::FORM;
        is_one.then(|| Self { source, side, pixels: source.drawing_bytes() })
    }

    /// Looks at all rows, or at so many spread evenly.
    fn check(
        &self,
        records: &RecordFile,
        sample: Option<u32>,
        on: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Proof, OpenError> {
        let rows = self.source.rows();
        let mut proof = Proof { rows, ..Proof::default() };
        let mut strays = Strays::default();
        // A row is looked at where its share of the sample reaches the next whole number.
        let reached = |row: u32| u64::from(row) * u64::from(sample.unwrap_or(rows).min(rows)) / u64::from(rows.max(1));
        records.walk::<OpenError>(&Cancel::new(), &mut |lines, done| {
            for lines in lines.chunks((AT_ONCE / self.pixels).max(1)) {
                let first = proof.lines;
                proof.lines += lines.len() as u32;
                let wanted = (first..rows).zip(lines).filter(|(row, _)| reached(row + 1) > reached(*row));
                let texts: Vec<(u32, &[u8])> = wanted.map(|(row, line)| (row, line.text.unwrap_or_default())).collect();
                self.compare(&texts, &mut proof, &mut strays)?;
            }
            if on(done).is_break() { Err(OpenError::Cancelled) } else { Ok(()) }
        })?;
        self.find(&mut strays)?;
        Ok(strays.conclude(proof))
    }

    /// Renders lines, in the order of their rows, and compares each with its bitmap.
    fn compare(&self, lines: &[(u32, &[u8])], proof: &mut Proof, strays: &mut Strays) -> Result<(), OpenError> {
        let rows: Vec<u32> = lines.iter().map(|(row, _)| *row).collect();
        let mut bitmaps = vec![0; rows.len() * self.pixels];
        self.source.read_scattered(&rows, &mut bitmaps)?;
        let mut drawn = vec![0; bitmaps.len()];
        let each = drawn.par_chunks_exact_mut(self.pixels).zip(bitmaps.par_chunks_exact(self.pixels)).zip(lines);
        let differ: Vec<Option<u32>> = each
            .with_min_len(LINES_AT_ONCE)
            .map_init(
                || Renderer::new(self.side),
                |renderer, ((drawn, bitmap), (_, line))| match renderer.record(line, drawn) {
                    Ok(true) => Some(apart(drawn, bitmap)),
                    // What is wrong with a line is said where records are read.
                    Ok(false) | Err(_) => None,
                },
            )
            .collect();
        let fits = (FITS * self.pixels as f64) as u32;
        for ((row, differ), drawn) in rows.iter().zip(differ).zip(drawn.chunks_exact(self.pixels)) {
            match differ {
                None => proof.without_strokes += 1,
                Some(differ) => {
                    proof.checked += 1;
                    if differ <= fits {
                        proof.fitting += 1;
                    } else {
                        strays.push(*row, drawn, differ);
                    }
                }
            }
        }
        Ok(())
    }

    /// Looks for the strays among all bitmaps.
    fn find(&self, strays: &mut Strays) -> Result<(), OpenError> {
        if strays.held().is_empty() {
            return Ok(());
        }
        let rows = self.source.rows();
        let at_once = (AT_ONCE / self.pixels).max(1) as u32;
        let mut bitmaps = Vec::new();
        for first in (0..rows).step_by(at_once as usize) {
            let count = at_once.min(rows - first) as usize;
            bitmaps.resize(count * self.pixels, 0);
            self.source.read_rows(first, &mut bitmaps)?;
            self.find_among(strays, first, &bitmaps);
        }
        Ok(())
    }

    /// Looks for the strays among the bitmaps of the rows from `first` on.
    fn find_among(&self, strays: &mut Strays, first: u32, bitmaps: &[u8]) {
        let ink = |bitmap: &[u8]| bitmap.iter().map(|&ink| u32::from(ink)).sum::<u32>();
        let inks: Vec<u32> = bitmaps.par_chunks_exact(self.pixels).map(ink).collect();
        strays.held().into_par_iter().for_each(|stray| {
            let own = ink(&stray.drawn);
            for ((row, bitmap), &theirs) in (first..).zip(bitmaps.chunks_exact(self.pixels)).zip(&inks) {
                // Bitmaps are at least as far apart as their sums.
                if own.abs_diff(theirs) <= stray.nearest.1 {
                    stray.see(row, apart(&stray.drawn, bitmap));
                }
            }
        });
    }

    /// Says whether a few lines, which lie in the file where `spans` says, belong to their bitmaps, where they have strokes. All records
    /// have been read: a file that changed since costs the check alone.
    pub(super) fn say(&self, records: &RecordFile, spans: &[(u32, LineSpan)], report: &mut LoadReport) {
        let proof = match self.sample(records, spans) {
            Ok(Some(proof)) => proof,
            Ok(None) => return,
            Err(error) => {
                let text = format!("whether records belong to bitmaps was not checked ({error})");
                return report.info(text, Some(records.path()));
            }
        };
        if proof.is_fine() {
            return report.info(proof.in_words(), Some(records.path()));
        }
        let (fitting, checked) = (thousands(proof.fitting.into()), thousands(proof.checked.into()));
        let text = format!(
            "the records do not belong to the bitmaps row by row: {fitting} of {checked} checked do; `inkfield check` says what is wrong"
        );
        report.warn(text, Some(records.path()));
    }

    /// Checks a few lines, which lie in the file where `spans` says, by their bitmaps alone: strays are looked for among these.
    /// `None` where none of the first ones has strokes.
    fn sample(&self, records: &RecordFile, spans: &[(u32, LineSpan)]) -> Result<Option<Proof>, OpenError> {
        let mut proof = Proof { rows: self.source.rows(), ..Proof::default() };
        let mut strays = Strays::default();
        let (mut first, mut most) = (0, FIRST_LINES);
        while let Some(some) = spans.get(first..).filter(|some| !some.is_empty()) {
            let some = some.get(..most).unwrap_or(some);
            let texts = some
                .iter()
                .map(|(row, span)| Ok((*row, records.line_bytes(*span)?)))
                .collect::<Result<Vec<_>, OpenError>>()?;
            let texts: Vec<(u32, &[u8])> = texts.iter().map(|(row, text)| (*row, text.as_slice())).collect();
            self.compare(&texts, &mut proof, &mut strays)?;
            if proof.checked == 0 {
                return Ok(None);
            }
            (first, most) = (first + some.len(), LINES_A_TIME);
        }
        let rows: Vec<u32> = spans.iter().map(|(row, _)| *row).collect();
        if !strays.held().is_empty() {
            let mut bitmaps = vec![0; self.pixels];
            for row in rows {
                self.source.read_rows(row, &mut bitmaps)?;
                self.find_among(&mut strays, row, &bitmaps);
            }
        }
        Ok(Some(strays.conclude(proof)))
    }
}

/// Lines of a sample by which it is known whether records have strokes, and those read together of the others.
const FIRST_LINES: usize = 8;
const LINES_A_TIME: usize = 128;
