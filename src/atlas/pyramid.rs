//! One drawing's canvas on every level: exact sums over blocks, each rounded once. A value is a byte of ink, or a pixel of colour, of
//! which each channel is summed by itself.

/// Lines whose bytes in one column 16 bits still sum up.
const LINES_OF_16_BITS: usize = 257;

/// What a canvas consists of.
pub(super) trait Value: Copy + Default {
    type Sum: Copy + Default;

    /// The sum of four.
    fn four(values: [Self; 4]) -> Self::Sum;

    /// The sum of two sums.
    fn both(one: Self::Sum, other: Self::Sum) -> Self::Sum;

    /// A sum over `area` values to the nearest value; `bits` are those of a power of two.
    fn mean(sum: Self::Sum, area: u32, bits: Option<u32>) -> Self;

    /// Sums `block` values each over all of the lines, which are `canvas` wide. What `columns` held is lost.
    fn blocks(lines: &[Self], canvas: usize, block: usize, columns: &mut [u16], sums: &mut [Self::Sum]);
}

impl Value for u8 {
    type Sum = u32;

    #[inline]
    fn four([a, b, c, d]: [Self; 4]) -> u32 {
        // Neighbours are read as one number, many of which the compiler adds at once.
        let two = |pair| {
            let both = u16::from_le_bytes(pair);
            (both & 0xff) + (both >> 8)
        };
        u32::from(two([a, b]) + two([c, d]))
    }

    #[inline]
    fn both(one: u32, other: u32) -> u32 {
        one + other
    }

    #[inline]
    fn mean(sum: u32, area: u32, bits: Option<u32>) -> Self {
        let sum = sum + area / 2;
        (if let Some(bits) = bits { sum >> bits } else { sum / area }) as Self
    }

    #[inline]
    fn blocks(lines: &[Self], canvas: usize, block: usize, columns: &mut [u16], sums: &mut [u32]) {
        sums.fill(0);
        for lines in lines.chunks(canvas * LINES_OF_16_BITS) {
            sum_columns(lines, canvas, columns);
            for (columns, sum) in columns.chunks_exact(block).zip(sums.iter_mut()) {
                *sum += columns.iter().map(|&column| u32::from(column)).sum::<u32>();
            }
        }
    }
}

/// Sums the bytes of each column over some lines, [`LINES_OF_16_BITS`] at most.
#[inline]
fn sum_columns(lines: &[u8], canvas: usize, columns: &mut [u16]) {
    // Canvases of fewer columns are halved alone.
    const AT_ONCE: usize = 8;
    // Some columns at a time, whose sums stay in registers; the last ones overlap those before.
    for first in (0..canvas).step_by(AT_ONCE) {
        let first = first.min(canvas - AT_ONCE);
        let mut some = [0_u16; AT_ONCE];
        for line in lines.chunks_exact(canvas) {
            some.iter_mut().zip(&line[first..first + AT_ONCE]).for_each(|(sum, &value)| *sum += u16::from(value));
        }
        columns[first..first + AT_ONCE].copy_from_slice(&some);
    }
}

impl Value for [u8; 4] {
    type Sum = [u32; 4];

    #[inline]
    fn four([a, b, c, d]: [Self; 4]) -> [u32; 4] {
        std::array::from_fn(|channel| u8::four([a[channel], b[channel], c[channel], d[channel]]))
    }

    #[inline]
    fn both(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
        std::array::from_fn(|channel| one[channel] + other[channel])
    }

    #[inline]
    fn mean(sum: [u32; 4], area: u32, bits: Option<u32>) -> Self {
        sum.map(|sum| u8::mean(sum, area, bits))
    }

    #[inline]
    fn blocks(lines: &[Self], canvas: usize, block: usize, _: &mut [u16], sums: &mut [[u32; 4]]) {
        sums.fill([0; 4]);
        for line in lines.chunks_exact(canvas) {
            for (values, sum) in line.chunks_exact(block).zip(sums.iter_mut()) {
                *sum = values.iter().fold(*sum, |sum, value| Self::both(sum, value.map(u32::from)));
            }
        }
    }
}

/// A canvas on every level; scratch memory that is used again for each drawing.
pub(super) struct Pyramid<V: Value> {
    canvas: usize,
    levels: Vec<Level<V>>,
    /// Sums over the blocks of the last level that was made.
    sums: Vec<V::Sum>,
    /// Those of the next one, while they are made.
    halves: Vec<V::Sum>,
    columns: Vec<u16>,
}

struct Level<V> {
    side: usize,
    /// Lines and columns of an even number: sides that are odd are filled up with a line and a column of nothing.
    values: Vec<V>,
}

impl<V: Value> Pyramid<V> {
    /// With levels of these sides, the first of which is the canvas.
    pub(super) fn new(canvas: u32, sides: &[u32]) -> Self {
        let level = |&side: &u32| {
            let even = side.next_multiple_of(2) as usize;
            Level { side: side as usize, values: vec![V::default(); even * even] }
        };
        let canvas = canvas as usize;
        let sums = vec![V::Sum::default(); canvas * canvas / 4];
        Self { canvas, levels: sides.iter().map(level).collect(), halves: sums.clone(), sums, columns: vec![0; canvas] }
    }

    /// Makes the levels of a canvas on which `lay` puts a drawing: it has the values of the whole canvas, those of another drawing.
    pub(super) fn fill(&mut self, lay: impl FnOnce(&mut [V])) {
        if let Some(finest) = self.levels.first_mut() {
            lay(&mut finest.values);
        }
        // Usual sizes get code of their own: with a width known beforehand the compiler unrolls and vectorises.
        match self.canvas {
            28 => self.fill_sized::<28>(),
            32 => self.fill_sized::<32>(),
            64 => self.fill_sized::<64>(),
            _ => self.fill_sized::<0>(),
        }
    }

    /// `SIDE` is the canvas, or 0 where it is known only now.
    #[inline]
    fn fill_sized<const SIDE: usize>(&mut self) {
        let canvas = if SIDE > 0 { SIDE } else { self.canvas };
        let Some((finest, coarser)) = self.levels.split_first_mut() else { return };
        let finest = &finest.values[..canvas * canvas];
        let mut side = canvas;
        for level in coarser {
            if level.side * 2 != side {
                let block = canvas / level.side;
                for (lines, sums) in finest.chunks_exact(block * canvas).zip(self.sums.chunks_exact_mut(level.side)) {
                    V::blocks(lines, canvas, block, &mut self.columns, sums);
                }
            } else if side == canvas {
                halve::<SIDE, V>(finest, canvas, &mut self.sums);
            } else {
                halve_sums::<V>(&self.sums, side, &mut self.halves);
                std::mem::swap(&mut self.sums, &mut self.halves);
            }
            side = level.side;
            write_means(&self.sums, canvas / side, level);
        }
    }

    /// The values of a level, and how many there are a line.
    pub(super) fn level(&self, level: usize) -> (&[V], usize) {
        let Level { side, values } = &self.levels[level];
        (values, side.next_multiple_of(2))
    }
}

impl Pyramid<u8> {
    /// The sum of all values.
    pub(super) fn total(&self) -> u64 {
        match self.levels.last() {
            Some(last) if last.side < self.canvas => {
                self.sums[..last.side * last.side].iter().map(|&sum| u64::from(sum)).sum()
            }
            last => last.map_or(0, |last| last.values.iter().map(|&value| u64::from(value)).sum()),
        }
    }
}

/// Sums over blocks of 2 × 2.
#[inline]
fn halve<const SIDE: usize, V: Value>(values: &[V], side: usize, sums: &mut [V::Sum]) {
    let side = if SIDE > 0 { SIDE } else { side };
    for (lines, sums) in values.chunks_exact(2 * side).zip(sums.chunks_exact_mut(side / 2)) {
        let (upper, lower) = lines.split_at(side);
        let pairs = upper.as_chunks().0.iter().zip(lower.as_chunks().0);
        for ((&[a, b], &[c, d]), sum) in pairs.zip(sums) {
            *sum = V::four([a, b, c, d]);
        }
    }
}

/// Sums over blocks of 2 × 2 sums, of which there are `side × side`.
#[inline]
fn halve_sums<V: Value>(sums: &[V::Sum], side: usize, halves: &mut [V::Sum]) {
    for (lines, halves) in sums[..side * side].chunks_exact(2 * side).zip(halves.chunks_exact_mut(side / 2)) {
        let (upper, lower) = lines.split_at(side);
        let pairs = upper.as_chunks().0.iter().zip(lower.as_chunks().0);
        for ((&[a, b], &[c, d]), half) in pairs.zip(halves) {
            *half = V::both(V::both(a, c), V::both(b, d));
        }
    }
}

/// The means of sums over `block × block` values.
fn write_means<V: Value>(sums: &[V::Sum], block: usize, level: &mut Level<V>) {
    let side = level.side;
    let area = (block * block) as u32;
    // Lines of an even number of values lie without a gap: one long line is many values at once.
    let (line, stored) = if side.is_multiple_of(2) { (side * side, side * side) } else { (side, side + 1) };
    let mut write = |bits| {
        for (sums, values) in sums[..side * side].chunks_exact(line).zip(level.values.chunks_mut(stored)) {
            for (sum, value) in sums.iter().zip(values) {
                *value = V::mean(*sum, area, bits);
            }
        }
    };
    // Shifts are many at once, divisions are not.
    if area.is_power_of_two() { write(Some(area.ilog2())) } else { write(None) }
}
