//! A drawing's ink at several sizes: texels of every level are area means of the finest one.

/// One level: `side × side` texels of ink, 0…1, lines from the top. The drawing's square is `[0, 1]²`, y down.
#[derive(Debug, Clone)]
pub(super) struct Level {
    side: usize,
    ink: Vec<f64>,
}

impl Level {
    /// The finest level: a drawing's bytes.
    pub(super) fn from_bytes(side: u32, bytes: &[u8]) -> Self {
        Self::new(side, bytes.iter().map(|&b| f64::from(b) / 255.0).collect())
    }

    /// The finest level by its values, 0…1.
    pub(super) fn new(side: u32, ink: Vec<f64>) -> Self {
        Self { side: side as usize, ink }
    }

    /// The area means of this level in `side × side` texels.
    pub(super) fn reduced(&self, side: u32) -> Self {
        let n = side as usize;
        if n == self.side {
            return self.clone();
        }
        let edge = |i: usize| i as f64 / f64::from(side);
        let parts: Vec<Vec<(usize, f64)>> =
            (0..n).map(|i| overlaps(self.side, [edge(i), edge(i + 1)]).collect()).collect();
        let area = edge(1) * edge(1);
        let mean = |ys: &[(usize, f64)], xs: &[(usize, f64)]| {
            let line = |y| xs.iter().map(|&(x, width)| self.texel(x, y) * width).sum::<f64>();
            ys.iter().map(|&(y, height)| line(y) * height).sum::<f64>() / area
        };
        let ink = parts.iter().flat_map(|ys| parts.iter().map(move |xs| mean(ys, xs)));
        Self { side: n, ink: ink.collect() }
    }

    /// The mean ink of the whole drawing.
    pub(super) fn mean(&self) -> f64 {
        self.ink.iter().sum::<f64>() / self.ink.len().max(1) as f64
    }

    /// The ink of the texel at `(u, v)`.
    pub(super) fn nearest(&self, u: f64, v: f64) -> f64 {
        let texel = |t: f64| ((t * self.side as f64).floor().max(0.0) as usize).min(self.side - 1);
        self.texel(texel(u), texel(v))
    }

    /// The integral of the ink over a rectangle of the drawing's square, which has area 1.
    pub(super) fn integral(&self, u: [f64; 2], v: [f64; 2]) -> f64 {
        let mut sum = 0.0;
        for (y, height) in overlaps(self.side, v) {
            for (x, width) in overlaps(self.side, u) {
                sum += self.texel(x, y) * width * height;
            }
        }
        sum
    }

    fn texel(&self, x: usize, y: usize) -> f64 {
        self.ink.get(y * self.side + x).copied().unwrap_or(0.0)
    }
}

/// The texels that the interval `[from, to]` of `[0, 1]` touches, each with the length of its part in it.
fn overlaps(side: usize, [from, to]: [f64; 2]) -> impl Iterator<Item = (usize, f64)> {
    let n = side as f64;
    let (from, to) = (from.clamp(0.0, 1.0), to.clamp(0.0, 1.0));
    let first = ((from * n).floor() as usize).min(side - 1);
    let last = ((to * n).ceil() as usize).clamp(first + 1, side);
    (first..last).map(move |i| {
        let (lo, hi) = (i as f64 / n, (i + 1) as f64 / n);
        (i, (hi.min(to) - lo.max(from)).max(0.0))
    })
}
