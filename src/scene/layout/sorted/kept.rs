//! Rows that stay in their cells while all others are sorted around them.

use crate::scene::layout::Lattice;
use crate::words::thousands;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Rows and where each lies in the reading order of a sorted grid, block after block; rows ascend. Many steps of a history share one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u32, u32)>", into = "Vec<(u32, u32)>")]
pub struct Kept(Arc<[(u32, u32)]>);

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new([]))
    }
}

impl TryFrom<Vec<(u32, u32)>> for Kept {
    type Error = String;

    fn try_from(mut all: Vec<(u32, u32)>) -> Result<Self, String> {
        if all.len() > Self::MOST {
            let (count, most) = (thousands(all.len() as u64), thousands(Self::MOST as u64));
            return Err(format!("{count} drawings are to stay in their cells, and {most} at most can: select fewer"));
        }
        all.sort_unstable();
        Ok(Self(all.into()))
    }
}

impl From<Kept> for Vec<(u32, u32)> {
    fn from(kept: Kept) -> Self {
        kept.0.to_vec()
    }
}

/// Rows and their places as a command line has them: `7:120,9:3`.
impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.iter().map(|(row, position)| format!("{row}:{position}")).collect();
        f.write_str(&all.join(","))
    }
}

impl FromStr for Kept {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let pair = |text: &str| {
            let (row, position) = text.split_once(':')?;
            Some((row.trim().parse().ok()?, position.trim().parse().ok()?))
        };
        let all = text.split(',').map(pair).collect::<Option<Vec<(u32, u32)>>>();
        all.ok_or("rows and their cells in reading order are needed, as in `7:120,9:3`")?.try_into()
    }
}

impl Kept {
    /// So many drawings can stay: every step of the history and every session holds them.
    pub const MOST: usize = 1 << 16;

    /// Rows in the cells that they have in a lattice.
    pub fn of(lattice: &Lattice, is_kept: impl Fn(u32) -> bool) -> Result<Self, String> {
        let order = lattice.order.as_deref().unwrap_or_default();
        let all = (0..).zip(order).filter(|&(_, &row)| is_kept(row)).map(|(position, &row)| (row, position));
        all.collect::<Vec<_>>().try_into()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each row and its position.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.0.iter().copied()
    }

    /// The same where there are only these rows, which ascend and are counted from 0 on.
    #[must_use]
    pub fn among(&self, rows: &[u32]) -> Self {
        let number = |(row, position): (u32, u32)| Some((rows.binary_search(&row).ok()? as u32, position));
        Self(self.iter().filter_map(number).collect())
    }
}
