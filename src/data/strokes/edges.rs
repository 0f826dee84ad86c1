//! Convex outlines to spans of sub-lines, and spans to the covered area of pixels: integers alone.
//!
//! A pixel is 256 units wide and has 15 sub-lines, which are looked at in their middle. What is painted is the union of all outlines of
//! a stroke: a sub-line keeps its spans, and those that overlap count once.

/// Units of a pixel along x and y.
pub(super) const UNITS: i32 = 256;
/// Sub-lines of a pixel.
const LINES: i32 = 15;
/// Fraction bits of an edge's x while it is followed.
const FRACTION: u32 = 32;
/// Half a unit: the ends of spans are rounded.
const HALF: i64 = 1 << (FRACTION - 1);
/// Spans that a sub-line holds before those that overlap are put together.
const CROWDED: usize = 64;

/// A point in units.
pub(super) type Point = [i32; 2];

/// What a stroke covers of a square bitmap.
#[derive(Debug)]
pub(super) struct Coverage {
    /// Pixels.
    side: usize,
    lines: Vec<SubLine>,
    /// The sub-lines that hold spans, as a range.
    touched: std::ops::Range<usize>,
    /// Where the outline that is being filled begins and ends on each sub-line.
    ends: Vec<(i64, i64)>,
    /// Of a line of pixels: how much is covered, as differences from one to the next.
    area: Vec<i32>,
}

#[derive(Clone, Debug, Default)]
struct SubLine {
    /// From and to, in units.
    spans: Vec<(i32, i32)>,
    /// How many there were when overlapping ones were last put together.
    settled: usize,
}

impl SubLine {
    fn add(&mut self, from: i32, to: i32) {
        // Pieces that follow one another nearly always overlap.
        if let Some(last) = self.spans.last_mut().filter(|last| from <= last.1 && last.0 <= to) {
            *last = (last.0.min(from), last.1.max(to));
            return;
        }
        if self.spans.len() >= CROWDED + 2 * self.settled {
            self.settle();
            self.settled = self.spans.len();
        }
        self.spans.push((from, to));
    }

    /// Sorts the spans and puts together those that overlap.
    fn settle(&mut self) {
        if self.spans.len() < 2 {
            return;
        }
        self.spans.sort_unstable_by_key(|span| span.0);
        self.spans.dedup_by(|next, span| {
            let overlaps = next.0 <= span.1;
            if overlaps {
                span.1 = span.1.max(next.1);
            }
            overlaps
        });
    }
}

impl Coverage {
    pub(super) fn new(side: usize) -> Self {
        let lines = side * LINES as usize;
        Self {
            side,
            lines: vec![SubLine::default(); lines],
            touched: 0..0,
            ends: vec![(i64::MAX, i64::MIN); lines],
            area: vec![0; side + 2],
        }
    }

    /// Adds a convex outline; what lies beyond the bitmap is cut off.
    pub(super) fn fill(&mut self, outline: &[Point]) {
        let Some(&last) = outline.last() else { return };
        let (mut top, mut bottom) = (i32::MAX, i32::MIN);
        for point in outline {
            top = top.min(point[1]);
            bottom = bottom.max(point[1]);
        }
        let rows = self.sub_line(top)..self.sub_line(bottom);
        let Some(ends) = self.ends.get_mut(rows.clone()) else { return };
        ends.fill((i64::MAX, i64::MIN));
        let mut from = last;
        for &to in outline {
            self.follow(from, to);
            from = to;
        }
        let right = self.side as i32 * UNITS;
        let ends = self.ends.get(rows.clone()).unwrap_or_default();
        for (line, &(from, to)) in self.lines.get_mut(rows.clone()).unwrap_or_default().iter_mut().zip(ends) {
            let whole = |x: i64| (x >> FRACTION).clamp(0, right.into()) as i32;
            let (from, to) = (whole(from), whole(to));
            if to > from {
                line.add(from, to);
            }
        }
        if !rows.is_empty() {
            let touched = &self.touched;
            self.touched =
                if touched.is_empty() { rows } else { touched.start.min(rows.start)..touched.end.max(rows.end) };
        }
    }

    /// The first sub-line whose middle does not lie above `y`.
    fn sub_line(&self, y: i32) -> usize {
        ((LINES * y + 127) >> 8).clamp(0, self.lines.len() as i32) as usize
    }

    /// Widens the spans of an outline to an edge of it.
    fn follow(&mut self, from: Point, to: Point) {
        let (upper, lower) = if from[1] <= to[1] { (from, to) } else { (to, from) };
        let rows = self.sub_line(upper[1])..self.sub_line(lower[1]);
        if rows.is_empty() {
            return;
        }
        // Heights in parts of which a sub-line has 256.
        let height = i64::from(LINES * (lower[1] - upper[1]));
        let slope = (i64::from(lower[0] - upper[0]) << FRACTION) / height;
        let middle = (2 * rows.start as i64 + 1) * 128;
        let below = middle - i64::from(LINES * upper[1]);
        let mut x = (i64::from(upper[0]) << FRACTION) + below * slope + HALF;
        for end in self.ends.get_mut(rows).unwrap_or_default() {
            *end = (end.0.min(x), end.1.max(x));
            x += 256 * slope;
        }
    }

    /// Paints what is covered over a bitmap, and forgets it.
    pub(super) fn paint(&mut self, out: &mut [u8]) {
        let lines = LINES as usize;
        let rows = self.touched.start / lines..self.touched.end.div_ceil(lines);
        for row in rows {
            self.area.fill(0);
            for line in self.lines.get_mut(row * lines..(row + 1) * lines).unwrap_or_default() {
                line.settle();
                for &(from, to) in &line.spans {
                    add_area(&mut self.area, from, to);
                }
                line.spans.clear();
                line.settled = 0;
            }
            let pixels = out.get_mut(row * self.side..(row + 1) * self.side).unwrap_or_default();
            let mut covered = 0;
            for (pixel, change) in pixels.iter_mut().zip(&self.area) {
                covered += change;
                // 3840 are all of a pixel.
                over(pixel, ((17 * 2 * covered as u32 + 256) >> 9) as u8);
            }
        }
        self.touched = 0..0;
    }
}

/// Adds a span to the covered area of the pixels that it lies in.
fn add_area(area: &mut [i32], from: i32, to: i32) {
    let mut edge = |x: i32, sign: i32| {
        let (pixel, within) = ((x / UNITS) as usize, x % UNITS);
        // Of the pixel itself what lies right of the edge, of all that follow everything.
        if let Some([first, second]) = area.get_mut(pixel..pixel + 2) {
            *first += sign * (UNITS - within);
            *second += sign * within;
        }
    };
    edge(from, 1);
    edge(to, -1);
}

/// White of this opacity over a pixel, rounded as 8-bit compositing does.
fn over(pixel: &mut u8, opacity: u8) {
    if opacity > 0 {
        let rest = u32::from(*pixel) * u32::from(255 - opacity) + 127;
        *pixel = opacity.saturating_add(((rest + (rest >> 8)) >> 8) as u8);
    }
}
