//! Who draws differently by a column, of all drawings or of those that a condition keeps, and two groups beside each other: the same for
//! the window and for the command.

use super::Compared;
use crate::data::columns::{Codes, Column, quoted};
use crate::likeness::LikenessError;
use crate::likeness::assortment::{self, Assortment, assortment};
use crate::likeness::drawings::Drawings;
use crate::likeness::side_by_side::{self, SideBySide, side_by_side};
use crate::progress::Progress;

/// A group, or a pixel, counts where chance makes any of them differ as much this seldom.
pub const SIGNIFICANT: f64 = 0.05;

/// The drawings in groups by a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// For each row its group; [`Codes::MISSING`] where it has none.
    of_row: Vec<u32>,
    /// The value of each group.
    labels: Vec<String>,
}

impl Grouped {
    /// The groups of a column; rows that are not `kept` are in none. Fails where it has too many values, or is given up.
    pub fn new(column: &Column, kept: Option<&[bool]>, progress: Progress<'_>) -> Result<Self, LikenessError> {
        let too_many = || LikenessError::Refused(format!("{} has too many different values", quoted(column.name())));
        let codes = column.codes_within(progress)?.ok_or_else(too_many)?;
        let mut of_row = codes.codes.into_owned();
        for (of, is_kept) in of_row.iter_mut().zip(kept.into_iter().flatten()) {
            if !is_kept {
                *of = Codes::MISSING;
            }
        }
        Ok(Self { of_row, labels: codes.labels })
    }

    /// The value of a group.
    pub fn label(&self, group: u32) -> &str {
        self.labels.get(group as usize).map_or("", String::as_str)
    }

    /// The group of a value.
    pub fn named(&self, label: &str) -> Option<u32> {
        self.labels.iter().position(|known| known == label).map(|at| at as u32)
    }

    /// The rows of a group, ascending.
    pub fn rows_of(&self, group: u32) -> Vec<u32> {
        (0..).zip(&self.of_row).filter(|(_, of)| **of == group).map(|(row, _)| row).collect()
    }
}

/// The groups of a column, and which of them draw differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// The groups.
    pub groups: Grouped,
    /// Those that are large enough, the most unusual one first.
    pub found: Assortment,
}

impl Compared {
    /// Which groups have drawings that are more like each other than chance makes them.
    pub fn differing(&self, groups: Grouped, progress: Progress<'_>) -> Result<Differing, LikenessError> {
        let found = assortment(&groups.of_row, &self.graph, &assortment::Test::default(), progress)?;
        Ok(Differing { groups, found })
    }

    /// Two groups of rows beside each other.
    pub fn side_by_side(&self, groups: [&[u32]; 2], progress: Progress<'_>) -> Result<SideBySide, LikenessError> {
        let read = |rows: &[u32], out: &mut [u8]| self.read(rows, out);
        let (rows, width, height) = (self.dataset.rows(), self.dataset.width(), self.dataset.height());
        let drawings = Drawings { rows, width, height, read: &read };
        side_by_side(&drawings, &self.set.codes, groups, &side_by_side::Test::default(), progress)
    }
}
