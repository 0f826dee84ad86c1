//! Codes of all drawings of a data set, read block by block.

use super::assortment::AssortmentError;
use super::clusters::ClusterError;
use super::code::embedding::{Embedding, EmbeddingError, OfValues};
use super::code::{CodeError, CodeMaker, Codes, Measure, Sample, WIDTH};
use super::comparison::Comparison;
use super::query::{Neighbour, Of, nearest};
use super::rows_of_numbers::NumbersError;
use super::side_by_side::SideError;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::values::InkTable;
use crate::progress::{Cancelled, Progress};
use thiserror::Error;

/// Bytes of drawings that are read at once, unless one drawing is more.
const BLOCK_BYTES: usize = 4 << 20;
/// How much of the work it is to read a sample, and to fit to it.
const SAMPLED: f64 = 0.15;
const FITTED: f64 = 0.3;

/// Why the drawings of a set cannot be compared.
#[derive(Debug, Error)]
pub enum LikenessError {
    /// They cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// They have no codes.
    #[error("the drawings cannot be compared: {0}")]
    Code(CodeError),
    /// The rows of numbers by which they are to be compared cannot be had.
    #[error("the drawings cannot be compared: {0}")]
    Numbers(NumbersError),
    /// They cannot be put into clusters.
    #[error("there are no clusters: {0}")]
    Clusters(ClusterError),
    /// They cannot be compared in this way.
    #[error("{0}")]
    Refused(String),
    /// There is no room for their codes.
    #[error(
        "the drawings cannot be compared: their codes take {}, which the system does not give; open fewer rows with --rows",
        crate::words::size(*.0)
    )]
    Memory(u64),
    /// It was foretold that there is none.
    #[error("{0}")]
    NoRoom(String),
    /// Nobody wants to know any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl LikenessError {
    /// Whether it is the machine's fault, not the drawings'.
    pub fn is_of_the_environment(&self) -> bool {
        match self {
            Self::Open(error) => error.is_of_the_environment(),
            Self::Memory(_) | Self::NoRoom(_) => true,
            Self::Numbers(error) => error.is_of_the_environment(),
            Self::Code(_) | Self::Clusters(_) | Self::Refused(_) | Self::Cancelled(_) => false,
        }
    }
}

impl From<NumbersError> for LikenessError {
    fn from(error: NumbersError) -> Self {
        match error {
            NumbersError::Embedding(EmbeddingError::Cancelled(cancelled)) => Self::Cancelled(cancelled),
            error => Self::Numbers(error),
        }
    }
}

impl From<ClusterError> for LikenessError {
    fn from(error: ClusterError) -> Self {
        match error {
            ClusterError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            error => Self::Clusters(error),
        }
    }
}

impl From<AssortmentError> for LikenessError {
    fn from(error: AssortmentError) -> Self {
        match error {
            AssortmentError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<SideError> for LikenessError {
    fn from(error: SideError) -> Self {
        match error {
            SideError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<CodeError> for LikenessError {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            error => Self::Code(error),
        }
    }
}

/// What the codes of a set were made from.
#[derive(Debug)]
pub enum MadeFrom {
    /// Its drawings; this makes codes of others that can be compared with them.
    Drawings(Box<CodeMaker>),
    /// Rows of numbers, which decide what is nearest.
    Numbers(Box<Embedding>),
}

/// A way to find what [`nearest`] finds.
pub type Find<'a> = &'a dyn Fn(&Codes, Of<'_>, usize) -> Vec<Neighbour>;

/// The codes of all drawings of a set, and what they were made from.
#[derive(Debug)]
pub struct SetCodes {
    /// A code a row.
    pub codes: Codes,
    /// What they were made from.
    pub made_from: MadeFrom,
}

/// A row that looks like another, and how far it is from being the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    /// The row.
    pub row: u32,
    /// 1 less the cosine of both codes or rows of numbers, or the straight distance of these.
    pub distance: f64,
    /// The dot product of both codes, where these decide.
    pub dot: Option<i32>,
}

impl SetCodes {
    /// Compares the drawings of a set in this way; `table` makes ink of their values.
    pub fn of(
        dataset: &Dataset,
        table: &InkTable,
        comparison: &Comparison,
        progress: Progress<'_>,
    ) -> Result<Self, LikenessError> {
        if let Some(measure) = comparison.by.measure() {
            let measure = measure.in_color(dataset.channels() > 1);
            return Self::of_drawings(dataset, table, measure, progress);
        }
        let numbers = comparison.open_numbers(dataset)?.read(comparison.metric, progress.part(0.0, FITTED))?;
        let codes = numbers.codes(progress.part(FITTED, 1.0)).map_err(NumbersError::from)?;
        Ok(Self { codes, made_from: MadeFrom::Numbers(Box::new(numbers)) })
    }

    /// The `k` rows that look most like a row, the most alike first; of rows equally alike the one with the lower number first.
    pub fn nearest(&self, row: u32, k: usize) -> Vec<Alike> {
        self.nearest_by(&nearest, row, k)
    }

    /// The same, where codes decide by another way to find the same rows.
    pub fn nearest_by(&self, find: Find<'_>, row: u32, k: usize) -> Vec<Alike> {
        match &self.made_from {
            MadeFrom::Drawings(_) => self.nearest_to(find, Of::Row(row), k),
            MadeFrom::Numbers(numbers) => {
                let found = numbers.nearest(OfValues::Row(row), k).into_iter();
                found.map(|near| Alike { row: near.row, distance: numbers.distance(near), dot: None }).collect()
            }
        }
    }

    /// Whether colours were compared, and not ink alone.
    pub fn is_in_color(&self) -> bool {
        matches!(&self.made_from, MadeFrom::Drawings(maker) if maker.measure().channels() > 1)
    }

    /// The `k` rows that look most like a drawing of any size: ink, 0 to 255, line by line; of a set in colour also red, green, blue
    /// and alpha of each pixel.
    pub fn nearest_to_drawing(
        &self,
        ink: &[u8],
        (width, height): (u32, u32),
        k: usize,
    ) -> Result<Vec<Alike>, LikenessError> {
        self.nearest_to_drawing_by(&nearest, ink, (width, height), k)
    }

    /// The same by another way to find the same rows.
    pub fn nearest_to_drawing_by(
        &self,
        find: Find<'_>,
        ink: &[u8],
        (width, height): (u32, u32),
        k: usize,
    ) -> Result<Vec<Alike>, LikenessError> {
        match &self.made_from {
            MadeFrom::Drawings(maker) => {
                let code = maker.encode_one(ink, width, height)?;
                Ok(self.nearest_to(find, Of::Code(&code), k))
            }
            MadeFrom::Numbers(_) => {
                let what = "a drawing from elsewhere cannot be compared by rows of numbers that it has none of: compare by \
                            `direction` or by `ink`";
                Err(LikenessError::Refused(what.to_owned()))
            }
        }
    }

    fn nearest_to(&self, find: Find<'_>, of: Of<'_>, k: usize) -> Vec<Alike> {
        let found = find(&self.codes, of, k).into_iter();
        found
            .map(|near| {
                let distance = 1.0 - Codes::cosine(near.similarity);
                Alike { row: near.row, distance: distance.max(0.0), dot: Some(near.similarity) }
            })
            .collect()
    }

    /// Reads all drawings, once and a sample of them twice. Looks in at `progress` after each 4 MiB. The codes take 64 bytes a row.
    fn of_drawings(
        dataset: &Dataset,
        table: &InkTable,
        measure: Measure,
        progress: Progress<'_>,
    ) -> Result<Self, LikenessError> {
        let (width, height, rows) = (dataset.width(), dataset.height(), dataset.rows());
        let mut sample = Sample::new(measure, width, height)?;
        let is_colored = measure.channels() > 1;
        let bytes = width as usize * height as usize * measure.channels();
        let block_rows = (BLOCK_BYTES / bytes.max(1)).max(1);
        let sampled: Vec<u32> = Sample::rows_of(rows).collect();
        let mut ink = Vec::new();
        for (at, some) in sampled.chunks(block_rows).enumerate() {
            progress.part(0.0, SAMPLED).reach((at * block_rows) as f64 / sampled.len() as f64)?;
            ink.resize(some.len() * bytes, 0);
            if is_colored {
                dataset.read_scattered(some, &mut ink)?;
            } else {
                dataset.read_ink_scattered(some, &mut ink, table)?;
            }
            dataset.clear_broken(some.iter().copied(), &mut ink);
            sample.add(&ink)?;
        }
        let maker = sample.fit(progress.part(SAMPLED, FITTED))?;
        let values = rows as usize * WIDTH;
        let mut codes = Vec::new();
        codes.try_reserve_exact(values).map_err(|_| LikenessError::Memory(values as u64))?;
        codes.resize(values, 0);
        for (at, codes) in codes.chunks_mut(block_rows * WIDTH).enumerate() {
            let first = at * block_rows;
            progress.part(FITTED, 1.0).reach(first as f64 / f64::from(rows))?;
            ink.resize(codes.len() / WIDTH * bytes, 0);
            if is_colored {
                dataset.read_rows(first as u32, &mut ink)?;
            } else {
                dataset.read_ink(first as u32, &mut ink, table)?;
            }
            let next = first as u32 + (codes.len() / WIDTH) as u32;
            dataset.clear_broken(first as u32..next, &mut ink);
            maker.encode(&ink, codes)?;
        }
        progress.reach(1.0)?;
        Ok(Self { codes: Codes::new(WIDTH, codes)?, made_from: MadeFrom::Drawings(Box::new(maker)) })
    }
}
