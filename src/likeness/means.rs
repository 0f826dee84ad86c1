//! Mean drawings: exact sums of ink, of some rows or of many groups of rows in one reading.

#[cfg(test)]
mod tests;

use super::drawings::Drawings;
use crate::progress::{Cancelled, Progress};

/// Most pixels a side of a mean drawing. One of larger drawings has a pixel for each square of so many whole ones of theirs that no
/// side has more: the sums of 256 groups take at most 32 MiB, whatever the drawings are.
pub const MOST_SIDE: u32 = 128;

/// Exact sums of the ink of drawings of one size, pixel by pixel or square by square.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InkSums {
    /// Width and height of a drawing, at least 1.
    drawing: [usize; 2],
    /// Side of a square of its pixels that are added up, at least 1.
    square: usize,
    sums: Vec<u64>,
    rows: u64,
}

impl InkSums {
    /// Sums of no drawing yet, each of which has this width and height.
    pub fn new(width: u32, height: u32) -> Self {
        let drawing = [width, height].map(|side| side.max(1) as usize);
        let square = width.max(height).max(1).div_ceil(MOST_SIDE) as usize;
        let [across, down] = drawing.map(|side| side.div_ceil(square));
        Self { drawing, square, sums: vec![0; across * down], rows: 0 }
    }

    /// Width and height of the mean drawing, pixels.
    pub fn size(&self) -> [u32; 2] {
        self.drawing.map(|side| side.div_ceil(self.square) as u32)
    }

    /// Side of the squares of a drawing's pixels that are one of the mean's; 1 where none are put together.
    pub fn square(&self) -> u32 {
        self.square as u32
    }

    /// How many drawings were added.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a drawing: its ink, 0 to 255, line by line; what is missing of it counts as paper.
    pub fn add(&mut self, ink: &[u8]) {
        self.add_values(ink);
    }

    /// The same of values of any type, whose mean is then in parts of 255.
    fn add_values<T: Copy + Into<u64>>(&mut self, ink: &[T]) {
        let ([width, _], square) = (self.drawing, self.square);
        self.rows += 1;
        if square == 1 {
            self.sums.iter_mut().zip(ink).for_each(|(sum, &ink)| *sum += ink.into());
            return;
        }
        let across = width.div_ceil(square);
        for (sums, lines) in self.sums.chunks_mut(across).zip(ink.chunks(width * square)) {
            for line in lines.chunks(width) {
                for (sum, inks) in sums.iter_mut().zip(line.chunks(square)) {
                    *sum += inks.iter().map(|&ink| ink.into()).sum::<u64>();
                }
            }
        }
    }

    /// The mean ink of the drawings, 0 to 1, line by line; paper where there are none.
    pub fn mean(&self) -> Vec<f32> {
        let ([width, height], square) = (self.drawing, self.square);
        let across = width.div_ceil(square);
        // Squares at the right and lower edge may have fewer pixels.
        let part = |at: usize, side: usize| square.min(side - at * square) as f64;
        let full = 255.0 * self.rows.max(1) as f64;
        let of = |(at, &sum): (usize, &u64)| {
            let pixels = part(at % across, width) * part(at / across, height);
            (sum as f64 / (full * pixels)) as f32
        };
        self.sums.iter().enumerate().map(of).collect()
    }
}

/// Exact sums of the colours of drawings of one size, weighed by their alpha, pixel by pixel or square by square as [`InkSums`].
#[derive(Clone, Debug)]
pub struct ColorSums {
    /// Red, green and blue, each times alpha.
    colors: [InkSums; 3],
    alpha: InkSums,
    /// One channel of the drawing that is added.
    weighed: Vec<u32>,
}

impl ColorSums {
    /// Sums of no drawing yet, each of which has this width and height.
    pub fn new(width: u32, height: u32) -> Self {
        let none = InkSums::new(width, height);
        Self { colors: [none.clone(), none.clone(), none.clone()], alpha: none, weighed: Vec::new() }
    }

    /// Adds a drawing: its pixels, RGBA, line by line.
    pub fn add(&mut self, rgba: &[u8]) {
        let Self { colors, alpha, weighed } = self;
        let pixels = rgba.as_chunks::<4>().0;
        for (channel, sums) in colors.iter_mut().chain([alpha]).enumerate() {
            weighed.clear();
            weighed.extend(pixels.iter().map(|&[red, green, blue, alpha]| match channel {
                0 => u32::from(red) * u32::from(alpha),
                1 => u32::from(green) * u32::from(alpha),
                2 => u32::from(blue) * u32::from(alpha),
                _ => u32::from(alpha),
            }));
            sums.add_values(weighed);
        }
    }

    /// The mean colour of each pixel, 0 to 1, multiplied by alpha, line by line; transparent where there is none.
    pub fn mean(&self) -> Vec<[f32; 4]> {
        let [red, green, blue] = self.colors.each_ref().map(InkSums::mean);
        let colors = red.iter().zip(&green).zip(&blue).zip(self.alpha.mean());
        // Two factors of up to 255 in each.
        colors.map(|(((red, green), blue), alpha)| [red / 255.0, green / 255.0, blue / 255.0, alpha]).collect()
    }
}

/// The mean drawings of groups of rows, all of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Means {
    /// Width and height, pixels.
    pub size: [u32; 2],
    /// Side of the squares of a drawing's pixels that are one of these; 1 where none are put together.
    pub square: u32,
    /// How many drawings each group has.
    pub rows: Vec<u64>,
    /// The mean ink of each group, 0 to 1, line by line; paper where it has no drawing.
    pub inks: Vec<Vec<f32>>,
}

/// The mean drawings of the first `groups` groups, from the group of each row; rows of none, or of a later one, are not read.
///
/// Reads each drawing of these once, a few MiB at a time, however many groups there are. Fails where drawings cannot be read, or it
/// is given up.
pub fn means<E: From<Cancelled>>(
    drawings: &Drawings<'_, E>,
    group_of: &[Option<u32>],
    groups: usize,
    progress: Progress<'_>,
) -> Result<Means, E> {
    let mut sums = vec![InkSums::new(drawings.width, drawings.height); groups];
    let is_wanted = |row: &u32| group_of.get(*row as usize).copied().flatten().is_some_and(|of| (of as usize) < groups);
    let mut wanted = (0..drawings.rows).filter(is_wanted).peekable();
    let mut ink = Vec::new();
    while let Some(&first) = wanted.peek() {
        progress.reach(f64::from(first) / f64::from(drawings.rows.max(1)))?;
        let rows: Vec<u32> = wanted.by_ref().take(drawings.at_once()).collect();
        drawings.read_into(&rows, &mut ink)?;
        for (&row, drawing) in rows.iter().zip(ink.chunks_exact(drawings.pixels().max(1))) {
            let group = group_of.get(row as usize).copied().flatten();
            if let Some(sums) = group.and_then(|group| sums.get_mut(group as usize)) {
                sums.add(drawing);
            }
        }
    }
    progress.reach(1.0)?;
    let empty = InkSums::new(drawings.width, drawings.height);
    let rows = sums.iter().map(InkSums::rows).collect();
    Ok(Means { size: empty.size(), square: empty.square(), rows, inks: sums.iter().map(InkSums::mean).collect() })
}
