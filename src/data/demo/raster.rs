//! Strokes to a 28 × 28 bitmap by the published recipe, in portable arithmetic (+ − × ÷ √ only).
//!
//! The recipe is a cairo surface of 28 × 28 pixels, scaled by 28 / (256 + 48), translated by 24, with a pen 16 wide,
//! round caps and joins, white on black. What it paints is the union of capsules (segments with round ends), so
//! no anti-aliased blending takes place: each pixel is the covered share of its area. Here that share is counted on
//! 10 × 16 samples a pixel, in a bit mask: setting a bit twice is the union. Against published bitmaps the mean difference is
//! 0.7 of 255 (15 rows, as cairo takes them, give 0.57 and take half as long again).

/// Width and height of a bitmap, in pixels.
pub const SIDE: usize = 28;
/// Bytes of one bitmap.
pub const PIXELS: usize = SIDE * SIDE;

/// The canvas of simplified strokes, in its own units.
pub(super) const CANVAS: f32 = 256.0;
/// Border round the canvas: one pen width and half of another.
pub(super) const BORDER: f32 = 24.0;
/// Half the pen's width, in canvas units.
pub(super) const PEN_RADIUS: f32 = 8.0;
/// Pixels per canvas unit.
const SCALE: f32 = SIDE as f32 / (CANVAS + 2.0 * BORDER);

/// Sample rows per pixel.
const ROWS_PER_PIXEL: usize = 10;
/// Sample columns per pixel: four pixels fill a word exactly.
const COLUMNS_PER_PIXEL: usize = 16;
const SAMPLES_PER_PIXEL: u32 = (ROWS_PER_PIXEL * COLUMNS_PER_PIXEL) as u32;
const ROWS: usize = SIDE * ROWS_PER_PIXEL;
const COLUMNS: usize = SIDE * COLUMNS_PER_PIXEL;
const WORDS: usize = COLUMNS / 64;
/// Sample rows whose spans are computed together.
const BLOCK: usize = 8;

/// Renders strokes of a 256-unit canvas (x right, y down, moved to the top-left corner) to 28 × 28 bytes, row by row;
/// 0 is paper, 255 ink. A stroke of one point is a dot; what lies outside the canvas is cut off.
pub fn render_strokes(strokes: &[Vec<[f32; 2]>]) -> [u8; PIXELS] {
    let mut max = [0.0_f32; 2];
    for point in strokes.iter().flatten() {
        max = [max[0].max(point[0]), max[1].max(point[1])];
    }
    // Equal margins on both sides of each axis.
    let place = |point: &[f32; 2]| [0, 1].map(|axis| (point[axis] + (CANVAS - max[axis]) / 2.0 + BORDER) * SCALE);
    render_placed(strokes, PEN_RADIUS * SCALE, place)
}

/// Renders strokes to 28 × 28 bytes as [`render_strokes`] does, with a pen of this radius; `place` says where among the pixels a point
/// lies. What lies outside of these is cut off.
pub(super) fn render_placed(
    strokes: &[Vec<[f32; 2]>],
    radius: f32,
    place: impl Fn(&[f32; 2]) -> [f32; 2],
) -> [u8; PIXELS] {
    let mut samples = Samples::new(radius);
    for stroke in strokes {
        let mut previous = None;
        for [x, y] in stroke.iter().map(&place) {
            let point = [x * COLUMNS_PER_PIXEL as f32, y];
            samples.disc(point);
            if let Some(previous) = previous {
                samples.bar(previous, point);
            }
            previous = Some(point);
        }
    }
    samples.coverage()
}

/// One bit per sample. Points are `[x in sample columns, y in pixels]`.
struct Samples {
    /// Seven words of samples and one that stays empty: a span may then always be written into two words.
    rows: Vec<[u64; WORDS + 1]>,
    /// Half the pen's width, in pixels.
    radius: f32,
}

impl Samples {
    fn new(radius: f32) -> Self {
        Self { rows: vec![[0; WORDS + 1]; ROWS], radius }
    }

    /// The round cap or join at a vertex.
    fn disc(&mut self, [x, y]: [f32; 2]) {
        let radius = self.radius;
        self.fill(y - radius, y + radius, |row_y| {
            let dy = row_y - y;
            let half = at_least(radius * radius - dy * dy, 0.0).sqrt() * COLUMNS_PER_PIXEL as f32;
            (x - half, x + half)
        });
    }

    /// The straight part between two vertices: a rectangle, the intersection of the strip along the segment with the strip
    /// across it. On a sample row each strip is an interval whose ends are linear in y.
    fn bar(&mut self, a: [f32; 2], b: [f32; 2]) {
        let columns = COLUMNS_PER_PIXEL as f32;
        let (dx, dy) = ((b[0] - a[0]) / columns, b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt();
        if length < 1e-4 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        // Half the height of the pen across the segment.
        let reach = self.radius * ux.abs();
        let along = Strip::new(-uy, ux, -self.radius, self.radius);
        let across = Strip::new(ux, uy, 0.0, length);
        self.fill(a[1].min(b[1]) - reach, a[1].max(b[1]) + reach, |row_y| {
            let (low, high) = along.interval(row_y - a[1]);
            let (start, end) = across.interval(row_y - a[1]);
            (a[0] + at_least(low, start) * columns, a[0] - at_least(-high, -end) * columns)
        });
    }

    /// Sets, on every sample row whose middle lies between two heights, the samples whose middles lie in `span(y)`.
    fn fill(&mut self, top: f32, bottom: f32, span: impl Fn(f32) -> (f32, f32)) {
        let rows = ROWS_PER_PIXEL as f32;
        let first = nearest_within(top * rows, ROWS);
        let last = nearest_within(bottom * rows, ROWS).max(first);
        let mut y = (first as f32 + 0.5) / rows;
        // Arithmetic and memory apart, in blocks, lets the compiler use vector instructions for the first.
        for block in self.rows[first..last].chunks_mut(BLOCK) {
            let mut ends = [(0, 0); BLOCK];
            for (index, end) in ends.iter_mut().enumerate() {
                let (from, to) = span(y + index as f32 / rows);
                *end = (nearest_within(from, COLUMNS), nearest_within(to, COLUMNS));
            }
            for (bits, (from, to)) in block.iter_mut().zip(ends) {
                set_span(bits, from, to);
            }
            y += BLOCK as f32 / rows;
        }
    }

    /// The covered share of each pixel, 0…255.
    fn coverage(&self) -> [u8; PIXELS] {
        let mut out = [0; PIXELS];
        for (pixels, rows) in out.chunks_exact_mut(SIDE).zip(self.rows.chunks_exact(ROWS_PER_PIXEL)) {
            // Bits are counted per byte: 10 rows of at most 8 fit.
            let mut counts = [0_u64; WORDS];
            for row in rows {
                for (count, bits) in counts.iter_mut().zip(row) {
                    let pairs = bits - ((bits >> 1) & 0x5555_5555_5555_5555);
                    let nibbles = (pairs & 0x3333_3333_3333_3333) + ((pairs >> 2) & 0x3333_3333_3333_3333);
                    *count += (nibbles + (nibbles >> 4)) & 0x0f0f_0f0f_0f0f_0f0f;
                }
            }
            for (four, count) in pixels.chunks_exact_mut(4).zip(counts) {
                let bytes = count.to_le_bytes();
                for (pixel, halves) in four.iter_mut().zip(bytes.chunks_exact(2)) {
                    let covered: u32 = halves.iter().map(|&half| u32::from(half)).sum();
                    *pixel = ((covered * 255 + SAMPLES_PER_PIXEL / 2) / SAMPLES_PER_PIXEL) as u8;
                }
            }
        }
        out
    }
}

/// The points p with `low ≤ n·p ≤ high`, solved for x.
struct Strip {
    low: f32,
    high: f32,
    slope: f32,
}

impl Strip {
    fn new(nx: f32, ny: f32, low: f32, high: f32) -> Self {
        // A strip parallel to the rows bounds y alone, which the caller's range of rows already does.
        if nx.abs() < 1e-5 {
            return Self { low: f32::MIN, high: f32::MAX, slope: 0.0 };
        }
        let (p, q) = (low / nx, high / nx);
        Self { low: p.min(q), high: p.max(q), slope: -ny / nx }
    }

    fn interval(&self, y: f32) -> (f32, f32) {
        let shift = self.slope * y;
        (self.low + shift, self.high + shift)
    }
}

/// `f32::max` for numbers: one instruction, where the standard one also looks for NaN.
fn at_least(value: f32, least: f32) -> f32 {
    if value > least { value } else { least }
}

/// The integer nearest to a number, brought into `0..=limit`. Adding 2²³ leaves that integer in the low bits, which costs
/// two instructions where a saturating `as` costs six.
fn nearest_within(value: f32, limit: usize) -> usize {
    let bounded = -at_least(-at_least(value, 0.0), -(limit as f32));
    ((bounded + 8_388_608.0).to_bits() & 0x007f_ffff) as usize
}

/// Sets the samples `first..last` of a row.
fn set_span(bits: &mut [u64; WORDS + 1], first: usize, last: usize) {
    if first >= last {
        return;
    }
    let (mut word, mut shift, mut length) = (first / 64, first % 64, last - first);
    while length > 64 {
        bits[word] |= u64::MAX << shift;
        length -= 64 - shift;
        word += 1;
        shift = 0;
    }
    let mask = u64::MAX >> (64 - length);
    bits[word] |= mask << shift;
    bits[word + 1] |= (mask >> 1) >> (63 - shift);
}
