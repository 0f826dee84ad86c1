//! From an array's shape to drawings: how many, how high, how wide.

use super::error::NpyFault;

/// The largest height and width of a drawing, in pixels.
pub const MAX_SIDE: u32 = 4096;

/// What a shape means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Geometry {
    /// Drawings, not yet checked against the file.
    pub(super) rows: u64,
    /// Pixels.
    pub(super) height: u32,
    /// Pixels.
    pub(super) width: u32,
}

impl Geometry {
    /// Bytes of one drawing, at one byte a pixel.
    pub(super) fn drawing_bytes(self) -> u64 {
        u64::from(self.height) * u64::from(self.width)
    }

    /// The rules in their order: `wanted` (height, width); `(N, h, w)`; axes of length 1 dropped; `(N, k)` with k a square.
    pub(super) fn of(shape: &[usize], wanted: Option<(u32, u32)>) -> Result<Self, NpyFault> {
        let refuse = |what: String| NpyFault::Shape { shape: shown(shape), what };
        let Some((&rows, axes)) = shape.split_first() else {
            return Err(refuse("a single value, no drawings".to_owned()));
        };
        if axes.is_empty() {
            return Err(refuse("one axis only; a set of drawings has shape (N, h, w) or (N, h·w)".to_owned()));
        }
        if axes.contains(&0) {
            return Err(refuse("an axis of length 0 has no pixels".to_owned()));
        }
        let (height, width) = match wanted {
            Some(wanted) => as_wanted(axes, wanted).map_err(refuse)?,
            None => by_rule(axes).map_err(refuse)?,
        };
        if height.max(width) > u64::from(MAX_SIDE) {
            return Err(refuse(format!("drawings of {height}x{width} pixels; at most {MAX_SIDE} a side are accepted")));
        }
        if rows == 0 {
            return Err(NpyFault::NoDrawings { shape: shown(shape) });
        }
        Ok(Self { rows: rows as u64, height: height as u32, width: width as u32 })
    }
}

/// `--shape HxW`: whatever the axes are, as long as they hold that many pixels.
fn as_wanted(axes: &[usize], (height, width): (u32, u32)) -> Result<(u64, u64), String> {
    let pixels = axes.iter().try_fold(1_u64, |product, &axis| product.checked_mul(axis as u64));
    let asked = u64::from(height) * u64::from(width);
    if pixels == Some(asked) {
        return Ok((u64::from(height), u64::from(width)));
    }
    let has = pixels.map_or_else(|| "more than 2^64".to_owned(), |pixels| pixels.to_string());
    Err(format!("a row has {has} values, but --shape {height}x{width} asks for {asked}"))
}

/// Without `--shape`.
fn by_rule(axes: &[usize]) -> Result<(u64, u64), String> {
    let long: Vec<u64> = axes.iter().filter(|&&axis| axis != 1).map(|&axis| axis as u64).collect();
    match long.as_slice() {
        [] => Ok((1, 1)),
        &[width] => {
            let side = width.isqrt();
            if side * side == width {
                return Ok((side, side));
            }
            Err(format!("rows of {width} values are no square; say how they are to be cut with --shape HxW"))
        }
        &[_, _, channels @ (3 | 4)] | &[channels @ (3 | 4), _, _] => Err(format!(
            "drawings of {channels} colour channels; only one channel is drawn so far, make them grey first"
        )),
        &[height, width] => Ok((height, width)),
        _ => {
            Err("too many axes; accepted are (N, h, w), (N, h, w, 1), (N, 1, k) and (N, k), or say --shape HxW"
                .to_owned())
        }
    }
}

/// As numpy prints a shape, at most eight axes of it.
pub(super) fn shown(shape: &[usize]) -> String {
    let mut axes: Vec<String> = shape.iter().take(8).map(usize::to_string).collect();
    if shape.len() > 8 {
        axes.push("…".to_owned());
    }
    match axes.as_slice() {
        [one] => format!("({one},)"),
        _ => format!("({})", axes.join(", ")),
    }
}
