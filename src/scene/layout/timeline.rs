//! `timeline`: times in bins of the calendar, a column of drawings each, with axes. Rows without a time stand in a column of their own.
//!
//! A column is as many drawings wide as makes the whole nearest to 1.6 : 1, and grows upwards from a common base: its uppermost line
//! is the one that may be shorter.

use glam::DVec2;

use super::index::ASPECT;
use super::{
    Axes, Axis, By, Lattice, LatticeBlock, Layout, LayoutError, LayoutInput, LayoutKind, LayoutSpec, Param, Publish,
    Tick, frac_bits_for,
};
use crate::data::Row;
use crate::data::columns::{Column, ColumnType, TimeBins, number_ticks, quoted};
use crate::progress::Progress;
use crate::words::{MISSING, counted};

/// Most bins, besides that of rows without a time.
const MOST_BINS: u32 = 100;

impl LayoutKind {
    /// A column of drawings a bin of the calendar.
    pub const TIMELINE: Self = Self(&LayoutSpec {
        name: "timeline",
        title: "Timeline",
        about: "a column a day, week …",
        params: &[Param::By(BY)],
        point_px: 0.0,
        check: |input| chosen(input).map(drop),
        build,
    });
}

/// Times.
const BY: By = By { count: 1, help: "a time [default: the first]", kinds: &[ColumnType::Time] };

/// The column of times: the one that is named, else the first.
fn chosen(input: LayoutInput<'_>) -> Result<&Column, LayoutError> {
    let refused = |text: String| Err(LayoutError::Refused(text));
    let Some(columns) = input.columns.filter(|columns| !columns.is_empty()) else {
        return refused("cannot place by time: there are no records; name the .ndjson file, too".to_owned());
    };
    let Some(by) = &input.params.by else {
        let mut times = columns.iter().filter(|column| column.kind() == ColumnType::Time);
        return times
            .next()
            .map_or_else(|| refused(format!("cannot place by time: no column holds times; {}", columns.known())), Ok);
    };
    match columns.named(by) {
        Some(column) if column.kind() == ColumnType::Time => Ok(column),
        Some(column) => {
            let name = quoted(column.name());
            refused(format!(
                "cannot place by {name} on a timeline: it holds {} values, and times are needed",
                column.kind()
            ))
        }
        None => refused(format!("cannot place by {}: there is no such column; {}", quoted(by), columns.known())),
    }
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let (column, LayoutInput { rows, progress, .. }) = (chosen(input)?, input);
    if rows == 0 {
        return Err(LayoutError::NoRows);
    }
    let name = quoted(column.name());
    let bins = column.time_bins(MOST_BINS, progress.part(0.0, 0.2))?;
    let bins = bins.ok_or_else(|| LayoutError::Refused(format!("cannot place by {name}: no row has a value of it")))?;
    let counts = count(&bins, rows, progress.part(0.2, 0.4))?;
    let frame = Frame::of(&counts);
    let (lattice, fixed, frac_bits) = place(&bins, &counts, &frame, rows, progress.part(0.4, 1.0))?;
    let missing = counts.last().copied().unwrap_or(0);
    let without = counted(missing.into(), "row", "rows");
    let said = format!("{name} {}", bins.in_words());
    let note = if missing > 0 { format!("{said}; without a value: {without}, at the right") } else { said };
    let layout = Layout::of(LayoutKind::TIMELINE, frame.size(), Some(lattice), fixed, frac_bits);
    publish(Layout { axes: Some(frame.axes(column, &bins)), note: Some(note), ..layout })
}

/// How many rows each bin has, and last how many have no time.
fn count(bins: &TimeBins<'_>, rows: u32, progress: Progress<'_>) -> Result<Vec<u32>, LayoutError> {
    let mut counts = vec![0_u32; bins.count() as usize + 1];
    for block in progress.blocks(rows) {
        for row in block? {
            let bin = bins.of(Row(row)).map_or(counts.len() - 1, |bin| bin as usize);
            counts[bin] += 1;
        }
    }
    Ok(counts)
}

/// How the columns of drawings lie in the world.
struct Frame {
    /// Drawings that a column is wide.
    wide: u32,
    /// Lines of the highest column.
    lines: u32,
    /// From the left edge of one column to that of the next, world units.
    pitch: f64,
    /// Left edge of the column of rows without a time; `None` where there is no such row.
    apart: Option<f64>,
    /// Columns of times.
    bins: u32,
    /// Drawings of the highest column.
    most: u32,
}

impl Frame {
    /// The frame nearest to 1.6 : 1.
    fn of(counts: &[u32]) -> Self {
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let bins = counts.len() as u32 - 1;
        let is_apart = counts.last().is_some_and(|&missing| missing > 0);
        let with = |wide: u32| {
            let pitch = f64::from(wide) + gap(wide);
            let apart = is_apart.then(|| f64::from(bins) * pitch + sixteenths(f64::from(wide) / 2.0));
            Self { wide, lines: most.div_ceil(wide), pitch, apart, bins, most }
        };
        let off = |frame: &Self| {
            let size = frame.size();
            (size.x / size.y / ASPECT).ln().abs()
        };
        // Wider frames are no nearer: from there on they only grow wider and lower.
        let widest = (ASPECT * f64::from(most)).sqrt().ceil() as u32 + 1;
        let nearest = |a: Self, b: Self| if off(&b) < off(&a) { b } else { a };
        (2..=widest).map(with).fold(with(1), nearest)
    }

    fn size(&self) -> DVec2 {
        let left = self.apart.unwrap_or_else(|| self.left(self.bins.saturating_sub(1)));
        DVec2::new(left + f64::from(self.wide), f64::from(self.lines))
    }

    /// Left edge of a bin's column; that of rows without a time comes last.
    fn left(&self, bin: u32) -> f64 {
        self.apart.filter(|_| bin == self.bins).unwrap_or(f64::from(bin) * self.pitch)
    }

    fn axes(&self, column: &Column, bins: &TimeBins<'_>) -> Axes {
        let wide = f64::from(self.wide);
        let tick = |(bin, part, text): (u32, f64, String)| Tick { at: self.left(bin) + part * wide, text };
        let apart = self.apart.map(|left| Tick { at: left + wide / 2.0, text: MISSING.to_owned() });
        let x = bins.ticks().into_iter().map(tick).chain(apart).collect();
        let counts = number_ticks(0.0, self.most.into()).into_iter().filter(|(count, _)| count.fract() == 0.0);
        let y = counts.map(|(count, text)| Tick { at: count / wide - f64::from(self.lines), text }).collect();
        Axes {
            x: Axis { title: format!("{} {}", column.name(), bins.in_words()), ticks: x },
            y: Axis { title: "drawings".to_owned(), ticks: y },
        }
    }
}

/// Between two columns.
fn gap(wide: u32) -> f64 {
    sixteenths(f64::from(wide) / 8.0).max(0.125)
}

fn sixteenths(v: f64) -> f64 {
    (v * 16.0).round() / 16.0
}

type Placed = (Lattice, Vec<[i32; 2]>, u32);

/// The blocks of all columns, the place of each row, and how many of its bits lie behind the point.
fn place(
    bins: &TimeBins<'_>,
    counts: &[u32],
    frame: &Frame,
    rows: u32,
    progress: Progress<'_>,
) -> Result<Placed, LayoutError> {
    let size = frame.size();
    let frac_bits = frac_bits_for(size.x, size.y)?;
    let unit = f64::from(1_u32 << frac_bits);
    // Edges are multiples of 1/16: exact as soon as there are 4 fractional bits.
    let corner = |bin: u32, line: u32| [(frame.left(bin) * unit) as i32, -(line << frac_bits).cast_signed()];
    let (mut blocks, mut starts, mut start) = (Vec::new(), Vec::new(), 0);
    for (&count, bin) in counts.iter().zip(0..) {
        starts.push(start);
        let top = frame.lines - count.div_ceil(frame.wide);
        let first = count % frame.wide;
        if first > 0 {
            blocks.push(LatticeBlock { left_top: corner(bin, top), columns: first, rows: first, start });
        }
        if count > first {
            let left_top = corner(bin, top + u32::from(first > 0));
            blocks.push(LatticeBlock { left_top, columns: frame.wide, rows: count - first, start: start + first });
        }
        start += count;
    }
    let mut placed = vec![0_u32; counts.len()];
    let mut order = vec![0_u32; rows as usize];
    let half = 1_i32 << (frac_bits - 1);
    let places = (0..rows).map(|row| {
        let bin = bins.of(Row(row)).unwrap_or(frame.bins);
        let at = bin as usize;
        let k = placed[at];
        placed[at] += 1;
        order[(starts[at] + k) as usize] = row;
        let (wide, first) = (frame.wide, counts[at] % frame.wide);
        let (line, column) =
            if k < first { (0, k) } else { ((k - first) / wide + u32::from(first > 0), (k - first) % wide) };
        let [left, top] = corner(bin, frame.lines - counts[at].div_ceil(wide) + line);
        [left + (column << frac_bits).cast_signed() + half, top - half]
    });
    let fixed = progress.collect(places)?;
    Ok((Lattice { blocks, order: Some(order), ascends: true }, fixed, frac_bits))
}
