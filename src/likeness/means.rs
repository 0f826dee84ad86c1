//! Mean drawings: exact sums of ink or of colours, of some rows or of many groups of rows in one reading.

#[cfg(test)]
mod tests;

use super::drawings::Drawings;
use crate::progress::{Cancelled, Progress};

/// Most pixels a side of a mean drawing. One of larger drawings has a pixel for each square of so many whole ones of theirs that no
/// side has more: the sums of 256 groups take at most 32 MiB, in colour 128, whatever the drawings are.
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
        self.add_values(ink, u64::from);
    }

    /// The same of pixels of any type and a value of each, whose mean is then in parts of 255.
    fn add_values<T: Copy>(&mut self, pixels: &[T], value: impl Fn(T) -> u64) {
        let ([width, _], square) = (self.drawing, self.square);
        self.rows += 1;
        if square == 1 {
            self.sums.iter_mut().zip(pixels).for_each(|(sum, &pixel)| *sum += value(pixel));
            return;
        }
        let across = width.div_ceil(square);
        for (sums, lines) in self.sums.chunks_mut(across).zip(pixels.chunks(width * square)) {
            for line in lines.chunks(width) {
                for (sum, pixels) in sums.iter_mut().zip(line.chunks(square)) {
                    *sum += pixels.iter().map(|&pixel| value(pixel)).sum::<u64>();
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
}

impl ColorSums {
    /// Sums of no drawing yet, each of which has this width and height.
    pub fn new(width: u32, height: u32) -> Self {
        let none = InkSums::new(width, height);
        Self { colors: [none.clone(), none.clone(), none.clone()], alpha: none }
    }

    /// Adds a drawing: its pixels, RGBA, line by line.
    pub fn add(&mut self, rgba: &[u8]) {
        let (pixels, Self { colors: [red, green, blue], alpha }) = (rgba.as_chunks::<4>().0, self);
        red.add_values(pixels, |[red, .., alpha]| u64::from(red) * u64::from(alpha));
        green.add_values(pixels, |[_, green, _, alpha]| u64::from(green) * u64::from(alpha));
        blue.add_values(pixels, |[_, _, blue, alpha]| u64::from(blue) * u64::from(alpha));
        alpha.add_values(pixels, |[.., alpha]| alpha.into());
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
    /// The mean drawing of each group.
    pub of: Vec<Mean>,
}

/// A mean drawing, line by line.
#[derive(Clone, Debug, PartialEq)]
pub enum Mean {
    /// Ink, 0 to 1; paper where there is no drawing.
    Ink(Vec<f32>),
    /// Red, green, blue and alpha, 0 to 1, multiplied by alpha; transparent where there is no drawing.
    Color(Vec<[f32; 4]>),
}

/// Sums of one group.
#[derive(Clone)]
enum Sums {
    Ink(InkSums),
    Color(ColorSums),
}

/// The mean drawings of the first `groups` groups, from the group of each row; rows of none, or of a later one, are not read. Drawings
/// are read as one byte a pixel, its ink, or, where there are 4 `channels`, as red, green, blue and alpha.
///
/// Reads each drawing of these once, a few MiB at a time, however many groups there are. Fails where drawings cannot be read, or it
/// is given up.
pub fn means<E: From<Cancelled>>(
    drawings: &Drawings<'_, E>,
    channels: u32,
    group_of: &[Option<u32>],
    groups: usize,
    progress: Progress<'_>,
) -> Result<Means, E> {
    let (width, height) = (drawings.width, drawings.height);
    let bytes = drawings.pixels() * channels as usize;
    let at_once = (drawings.at_once() / channels.max(1) as usize).max(1);
    let empty = InkSums::new(width, height);
    let none = if channels == 4 { Sums::Color(ColorSums::new(width, height)) } else { Sums::Ink(empty.clone()) };
    let mut sums = vec![none; groups];
    let is_wanted = |row: &u32| group_of.get(*row as usize).copied().flatten().is_some_and(|of| (of as usize) < groups);
    let mut wanted = (0..drawings.rows).filter(is_wanted).peekable();
    let mut values = Vec::new();
    while let Some(&first) = wanted.peek() {
        progress.reach(f64::from(first) / f64::from(drawings.rows.max(1)))?;
        let rows: Vec<u32> = wanted.by_ref().take(at_once).collect();
        values.resize(rows.len() * bytes, 0);
        (drawings.read)(&rows, &mut values)?;
        for (&row, drawing) in rows.iter().zip(values.chunks_exact(bytes.max(1))) {
            let group = group_of.get(row as usize).copied().flatten();
            match group.and_then(|group| sums.get_mut(group as usize)) {
                Some(Sums::Ink(sums)) => sums.add(drawing),
                Some(Sums::Color(sums)) => sums.add(drawing),
                None => {}
            }
        }
    }
    progress.reach(1.0)?;
    let mean = |sums: &Sums| match sums {
        Sums::Ink(sums) => (sums.rows(), Mean::Ink(sums.mean())),
        Sums::Color(sums) => (sums.alpha.rows(), Mean::Color(sums.mean())),
    };
    let (rows, of) = sums.iter().map(mean).unzip();
    Ok(Means { size: empty.size(), square: empty.square(), rows, of })
}
