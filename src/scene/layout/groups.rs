//! `groups`: one labelled block per value of a column, packed in reading order.
//!
//! Blocks fill shelves from left to right, the largest first. A shelf is as high as its first block needs to be near-square;
//! what follows stands in stacks of a common width, as many blocks on one another as keep them nearest to squares.

use glam::DVec2;

use super::{
    By, Label, Lattice, LatticeBlock, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish,
    by_count_then_value, frac_bits_for,
};
use crate::data::columns::{Column, ColumnType, GroupError, quoted};
use crate::progress::{BLOCK, Progress};
use crate::scene::camera::Bounds;

impl LayoutKind {
    /// One labelled block per value of a column.
    pub const GROUPS: Self = Self(&LayoutSpec {
        name: "groups",
        title: "Groups",
        about: "a block per value",
        params: &[Param::By(BY)],
        point_px: 0.0,
        check: |input| column(input).map(drop),
        build,
    });
}

/// Any column that has few enough values, or can be put into bins.
const BY: By = By { count: 1, help: "one [default: category, word, label …]", kinds: &ColumnType::ALL };

/// The column to group by.
fn column(input: LayoutInput<'_>) -> Result<&Column, LayoutError> {
    Ok(input.columns.ok_or(GroupError::NoRecords)?.group_column(input.params.by.as_deref())?)
}

/// Groups by a column, by its values or, where too many differ, in bins.
fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let (column, progress) = (column(input)?, input.progress);
    let codes = column.codes_within(progress.part(0.0, 0.5))?.ok_or(GroupError::NoValues)?;
    let layout = Layout::groups(&codes.codes, &codes.labels, progress.part(0.5, 1.0))?;
    let note = codes.bins.map(|bins| format!("grouped by {} {bins}", quoted(column.name())));
    publish(Layout { note, ..layout })
}

/// The code of a missing value.
pub const MISSING: u32 = u32::MAX;
/// Width over height that the packing aims at.
const ASPECT: f64 = 1.6;
/// The lowest gap above a block, world units.
const LEAST_GAP: f64 = 0.625;
/// A block that a shelf would squeeze to more than this begins a new one.
const MAX_ELONGATION: f64 = 3.5;
/// How many widths of the world are tried.
const WIDTHS: u32 = 48;

impl Layout {
    /// Blocks of equal `codes`: most frequent first (ties by value, numbers as numbers), missing ([`MISSING`]) last, rows ascending inside.
    ///
    /// `codes[row]` is an index into `dictionary`, whose values should differ. Fails without rows, for a code outside it, and
    /// where it is given up.
    pub fn groups(codes: &[u32], dictionary: &[String], progress: Progress<'_>) -> Result<Self, LayoutError> {
        if codes.is_empty() {
            return Err(LayoutError::NoRows);
        }
        let groups = sorted_groups(codes, dictionary, progress.part(0.0, 0.2))?;
        let blocks = pack(&groups, codes.len());
        let (width, height) = extent(&blocks);
        let frac_bits = frac_bits_for(width, height)?;
        let unit = f64::from(1_u32 << frac_bits);

        let mut block_of = vec![0; dictionary.len() + 1];
        for (i, group) in groups.iter().enumerate() {
            block_of[slot(group.code, dictionary)] = i;
        }
        let lattice_blocks = lattice_blocks(&groups, &blocks, unit);
        let mut order = vec![0_u32; codes.len()];
        let mut placed = vec![0_u32; blocks.len()];
        let places = (0..codes.len()).map(|row| {
            let i = block_of[slot(codes[row], dictionary)];
            let (block, k) = (&blocks[i], placed[i]);
            order[(lattice_blocks[i].start + k) as usize] = row as u32;
            placed[i] += 1;
            let column = f64::from(k % block.columns) + 0.5;
            let line = f64::from(k / block.columns) + 0.5;
            // Offsets are multiples of 1/16: exact as soon as there are 4 fractional bits.
            [((block.x + column) * unit) as i32, (-(block.y + block.gap + line) * unit) as i32]
        });
        let fixed = progress.part(0.2, 1.0).collect(places)?;
        let labels = groups.iter().zip(&blocks).map(|(group, block)| block.label(group, dictionary));
        let lattice = Lattice { blocks: lattice_blocks, order: Some(order), ascends: true };
        let layout = Self::of(LayoutKind::GROUPS, DVec2::new(width, height), Some(lattice), fixed, frac_bits);
        Ok(Self { labels: labels.collect(), ..layout })
    }
}

fn lattice_blocks(groups: &[Group], blocks: &[Block], unit: f64) -> Vec<LatticeBlock> {
    let mut start = 0;
    let place = |(group, block): (&Group, &Block)| {
        let left_top = [(block.x * unit) as i32, (-(block.y + block.gap) * unit) as i32];
        let placed = LatticeBlock { left_top, columns: block.columns, rows: group.rows, start };
        start += group.rows;
        placed
    };
    groups.iter().zip(blocks).map(place).collect()
}

/// A value and how many rows have it.
struct Group {
    code: u32,
    rows: u32,
}

/// Where a group's gap and drawings lie; y runs down from the top of the world.
struct Block {
    x: f64,
    y: f64,
    gap: f64,
    /// Drawings per line; the stack may be wider.
    columns: u32,
    lines: u32,
    stack_width: u32,
}

impl Block {
    fn label(&self, group: &Group, dictionary: &[String]) -> Label {
        let top = -(self.y + self.gap);
        let right = self.x + f64::from(self.columns);
        let bottom = top - f64::from(self.lines);
        let gap_right = self.x + f64::from(self.stack_width);
        let value = dictionary.get(group.code as usize);
        Label {
            text_value: value.cloned().unwrap_or_default(),
            code: value.map(|_| group.code),
            rows: group.rows,
            block: Bounds::new(DVec2::new(self.x, bottom), DVec2::new(right, top)),
            gap: Bounds::new(DVec2::new(self.x, top), DVec2::new(gap_right, -self.y)),
        }
    }
}

/// A code's place in tables of one entry per value and a last one for missing values.
fn slot(code: u32, dictionary: &[String]) -> usize {
    (code as usize).min(dictionary.len())
}

fn sorted_groups(codes: &[u32], dictionary: &[String], progress: Progress<'_>) -> Result<Vec<Group>, LayoutError> {
    let mut counts = vec![0_u32; dictionary.len() + 1];
    for (row, &code) in codes.iter().enumerate() {
        if row.is_multiple_of(BLOCK as usize) {
            progress.reach(row as f64 / codes.len() as f64)?;
        }
        if code != MISSING && code as usize >= dictionary.len() {
            return Err(LayoutError::Code { row: row as u32, code, values: dictionary.len() });
        }
        counts[slot(code, dictionary)] += 1;
    }
    let missing = counts.pop().unwrap_or(0);
    let mut groups: Vec<Group> =
        counts.iter().zip(0..).filter(|&(&rows, _)| rows > 0).map(|(&rows, code)| Group { code, rows }).collect();
    let ranked = |group: &Group| (group.rows, dictionary.get(group.code as usize));
    groups.sort_by(|a, b| by_count_then_value(ranked(a), ranked(b)));
    if missing > 0 {
        groups.push(Group { code: MISSING, rows: missing });
    }
    Ok(groups)
}

/// The packing that a 1.6 : 1 viewport shows largest, of those with some widths about the right one.
fn pack(groups: &[Group], rows: usize) -> Vec<Block> {
    let root = (rows as f64).sqrt();
    let full_gap = sixteenths(0.02 * root).max(LEAST_GAP);
    let ideal = (ASPECT * rows as f64).sqrt();
    let shown = |blocks: &[Block]| {
        let (width, height) = extent(blocks);
        (width / ASPECT).max(height)
    };
    let mut best = shelves(groups, ideal, full_gap);
    let mut best_size = shown(&best);
    for i in 1..WIDTHS {
        let width = ideal * (1.0 + f64::from(i) / f64::from(WIDTHS));
        let blocks = shelves(groups, width, full_gap);
        let size = shown(&blocks);
        if size < best_size {
            (best, best_size) = (blocks, size);
        }
    }
    best
}

/// Fills shelves no wider than `max_width` (wider only for a first block that is).
fn shelves(groups: &[Group], max_width: f64, full_gap: f64) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(groups.len());
    let (mut x, mut y, mut shelf_height) = (0.0, 0.0, 0.0);
    let mut rest = groups;
    while let Some(first) = rest.first() {
        let gap = gap_above(first.rows, full_gap);
        if x == 0.0 {
            let columns = near_square(first.rows);
            shelf_height = gap + f64::from(first.rows.div_ceil(columns));
        }
        let (count, width) = stack(rest, shelf_height, full_gap);
        let fits = x + f64::from(width) <= max_width && elongation(first.rows, width) <= MAX_ELONGATION;
        if x > 0.0 && !fits {
            (x, y) = (0.0, y + shelf_height + sixteenths(gap / 8.0));
            continue;
        }
        let mut top = y;
        let (stacked, others) = rest.split_at(count);
        for group in stacked {
            let columns = width.min(group.rows);
            let lines = group.rows.div_ceil(columns);
            let gap = gap_above(group.rows, full_gap);
            blocks.push(Block { x, y: top, gap, columns, lines, stack_width: width });
            top += gap + f64::from(lines);
        }
        x += f64::from(width) + sixteenths(gap / 3.5);
        rest = others;
    }
    blocks
}

/// How many of the next groups stand on one another in a shelf, and how wide: the choice nearest to squares.
fn stack(groups: &[Group], shelf_height: f64, full_gap: f64) -> (usize, u32) {
    let largest = groups.first().map_or(1, |group| group.rows);
    let high = gap_above(largest, full_gap) + f64::from(near_square(largest));
    // As many as surely fit; trying all smaller numbers first would be quadratic for thousands of groups.
    let sure = ((shelf_height / high) as usize).clamp(1, groups.len().max(1));
    let mut best: Option<(usize, u32, f64)> = None;
    for count in sure..=groups.len() {
        let stacked = &groups[..count];
        let Some(width) = least_width(stacked, shelf_height, full_gap) else {
            break;
        };
        let worst = stacked.iter().map(|group| elongation(group.rows, width)).fold(1.0, f64::max);
        if best.is_some_and(|(.., least)| worst > least) {
            break;
        }
        best = Some((count, width, worst));
    }
    best.map_or((1, near_square(largest)), |(count, width, _)| (count, width))
}

/// The least common width with which the groups fit on one another, if any.
fn least_width(groups: &[Group], shelf_height: f64, full_gap: f64) -> Option<u32> {
    let height = |width: u32| -> f64 {
        groups.iter().map(|g| gap_above(g.rows, full_gap) + f64::from(g.rows.div_ceil(width))).sum()
    };
    let (mut low, mut high) = (1, groups.iter().map(|g| g.rows).max()?);
    if height(high) > shelf_height {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if height(middle) <= shelf_height {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// The longer side over the shorter one of a block in a stack of a width.
fn elongation(rows: u32, width: u32) -> f64 {
    let (w, h) = (f64::from(width), f64::from(rows.div_ceil(width)));
    w.max(h) / w.min(h)
}

fn near_square(rows: u32) -> u32 {
    f64::from(rows).sqrt().ceil() as u32
}

/// Small blocks have lower gaps: half the block's side, so that zooming to the block shows its label.
fn gap_above(rows: u32, full_gap: f64) -> f64 {
    sixteenths(f64::from(rows).sqrt() / 2.0).clamp(LEAST_GAP, full_gap)
}

fn sixteenths(v: f64) -> f64 {
    (v * 16.0).round() / 16.0
}

fn extent(blocks: &[Block]) -> (f64, f64) {
    blocks.iter().fold((1.0, 1.0), |(w, h), block| {
        let right = block.x + f64::from(block.stack_width);
        let bottom = block.y + block.gap + f64::from(block.lines);
        (f64::max(w, right), f64::max(h, bottom))
    })
}
