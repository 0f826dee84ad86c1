//! From an array's shape and the meaning of its axes to drawings: how many, how high, how wide, and where they lie.

use super::axes::{Axes, Role};
use super::order::{Order, PixelAxis};
use crate::data::source::{Element, ImageFault, MAX_ROWS, MAX_SIDE};

/// An array as its header says: axis lengths, none of them 0, and whether the first axis is the fastest.
#[derive(Clone, Debug)]
pub(super) struct Array {
    pub(super) shape: Vec<usize>,
    pub(super) fortran_order: bool,
    pub(super) element: Element,
}

/// What a shape means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The role of every axis.
    pub(super) axes: Axes,
    /// Drawings.
    pub(super) rows: u32,
    /// Pixels.
    pub(super) height: u32,
    /// Pixels.
    pub(super) width: u32,
    /// Values of a pixel: 1, 3 or 4.
    pub(super) channels: u32,
    /// Where the bytes of the pixels' values lie.
    pub(super) order: Order,
}

impl Array {
    /// The fault of this array in words.
    pub(super) fn refuse(&self, what: String) -> ImageFault {
        ImageFault::Shape { shape: shown(&self.shape), lengths: self.shape.clone(), what }
    }

    /// Whether it is a batch of one, as a model takes it: of four axes the first has a length of 1.
    pub(super) fn is_batch_of_one(&self) -> bool {
        matches!(self.shape.as_slice(), [1, _, _, _])
    }

    /// Bytes of all values; `None` beyond 2⁶⁴.
    pub(super) fn bytes(&self) -> Option<u64> {
        let size = self.element.bytes() as u64;
        self.shape.iter().try_fold(size, |product, &axis| product.checked_mul(axis as u64))
    }

    /// What a header claims, in a message: drawings × bytes where the first axis counts them.
    pub(super) fn claim(&self) -> String {
        let size = self.element.bytes() as u64;
        let Some((rows, pixels)) = self.shape.split_first() else { return size.to_string() };
        match pixels.iter().try_fold(size, |product, &axis| product.checked_mul(axis as u64)) {
            Some(bytes) => format!("{rows} × {bytes}"),
            None => shown(&self.shape),
        }
    }

    /// What the axes mean with these roles, one for each; `size` is the (height, width) of `--shape`.
    pub(super) fn read_as(&self, roles: &[Role], size: Option<(u32, u32)>) -> Result<Reading, ImageFault> {
        let values = self.lengths(roles, |role| !matches!(role, Role::Count | Role::Many | Role::One));
        let counted = self.lengths(roles, |role| role == Role::Count);
        let many = self.lengths(roles, |role| role == Role::Many);
        let channels = self.channels(roles, values, size).map_err(|what| self.refuse(what))?;
        let pixels = values.and_then(|values| values.checked_div(channels));
        let (height, width) = match size {
            Some((height, width)) => {
                let asked = u64::from(height) * u64::from(width);
                let holds = match many {
                    Some(values) if roles.contains(&Role::Many) => asked > 0 && values.is_multiple_of(asked),
                    _ => pixels == Some(asked),
                };
                if !holds {
                    return Err(self.refuse(mismatch(pixels.zip(many).map(|(a, b)| a * b), (height, width), roles)));
                }
                (u64::from(height), u64::from(width))
            }
            None => self.sides(roles, pixels).map_err(|what| self.refuse(what))?,
        };
        if height.max(width) > u64::from(MAX_SIDE) {
            let what = format!("drawings of {height}x{width} pixels; at most {MAX_SIDE} a side are accepted");
            return Err(self.refuse(what));
        }
        let rows = if roles.contains(&Role::Many) { many.map(|values| values / (height * width)) } else { counted };
        let rows = rows.and_then(|rows| u32::try_from(rows).ok()).filter(|rows| *rows <= MAX_ROWS);
        let rows = rows.ok_or_else(|| self.refuse(format!("at most {MAX_ROWS} drawings are accepted")))?;
        let (height, width, channels) = (height as u32, width as u32, channels as u32);
        let order = self.order(roles, rows as usize, (height as usize, width as usize), channels as usize)?;
        Ok(Reading { axes: Axes::of(roles), rows, height, width, channels, order })
    }

    /// Values of a pixel; `values` are those of a drawing.
    fn channels(&self, roles: &[Role], values: Option<u64>, size: Option<(u32, u32)>) -> Result<u64, String> {
        let channels = match roles.iter().find(|role| matches!(role, Role::Planes | Role::FlatPixels)) {
            Some(_) => of_flat(values.unwrap_or(u64::MAX), size)?,
            None => self.lengths(roles, |role| role == Role::Channels).unwrap_or(u64::MAX),
        };
        match channels {
            1 => Ok(1),
            3 | 4 => Ok(channels),
            _ => Err(format!("an axis of {channels} values holds no channels of colour: these are 3 or 4")),
        }
    }

    /// The product of the axes with such roles.
    fn lengths(&self, roles: &[Role], such: impl Fn(Role) -> bool) -> Option<u64> {
        let mut lengths = self.shape.iter().zip(roles).filter(|(_, role)| such(**role));
        lengths.try_fold(1_u64, |product, (&len, _)| product.checked_mul(len as u64))
    }

    /// Height and width without `--shape`.
    fn sides(&self, roles: &[Role], pixels: Option<u64>) -> Result<(u64, u64), String> {
        let side = |wanted| self.lengths(roles, |role| role == wanted);
        if roles.contains(&Role::Height) {
            return side(Role::Height).zip(side(Role::Width)).ok_or_else(String::new);
        }
        if let Some(values) = side(Role::Many).filter(|_| roles.contains(&Role::Many)) {
            return Err(flat_advice(values));
        }
        let values = pixels.unwrap_or(u64::MAX);
        match values.isqrt() {
            side if side * side == values => Ok((side, side)),
            _ => Err(no_square(values)),
        }
    }

    /// The values' order in the file.
    fn order(
        &self,
        roles: &[Role],
        rows: usize,
        (height, width): (usize, usize),
        channels: usize,
    ) -> Result<Order, ImageFault> {
        let long_counts = self.shape.iter().zip(roles).filter(|(len, role)| **role == Role::Count && **len > 1).count();
        if self.fortran_order && long_counts > 1 {
            let what = "in Fortran order two axes cannot count drawings together; save it in C order first (in Python: \
                        numpy.ascontiguousarray(a))";
            return Err(self.refuse(what.to_owned()));
        }
        // By axis in the array's order: the axes within it, slowest first; `None` counts drawings. Steps are in bytes of a drawing.
        let mut within: Vec<Vec<Option<PixelAxis>>> = Vec::with_capacity(roles.len() + 1);
        let value = self.element.bytes();
        let pixel = value * channels;
        let mut flat_step = pixel;
        for (&len, role) in self.shape.iter().zip(roles).rev() {
            let axis = |len, step| Some(PixelAxis { len, step });
            within.push(match role {
                Role::One => Vec::new(),
                Role::Count => vec![None],
                Role::Height => vec![axis(len, width_of(&self.shape, roles) * pixel)],
                Role::Width => vec![axis(len, pixel)],
                Role::Channels => vec![axis(len, value)],
                Role::Planes => vec![axis(channels, value), axis(height * width, pixel)],
                Role::FlatPixels => vec![axis(height * width * channels, value)],
                Role::Flat => {
                    let step = flat_step;
                    flat_step *= len;
                    vec![axis(len, step)]
                }
                Role::FlatByColumns => vec![axis(width, pixel), axis(height, width * pixel)],
                Role::Many => vec![None, axis(height * width, pixel)],
            });
        }
        if !self.fortran_order {
            within.reverse();
        }
        let bytes = Some(PixelAxis { len: value, step: 1 });
        let slowest_first: Vec<Option<PixelAxis>> = within.into_iter().flatten().chain([bytes]).collect();
        let first = slowest_first.iter().position(Option::is_none).unwrap_or_default();
        let (outer, inner) = slowest_first.split_at(first);
        let pixels = |axes: &[Option<PixelAxis>]| axes.iter().copied().flatten().collect::<Vec<_>>();
        Ok(Order::new(rows, &pixels(outer), &pixels(inner)))
    }
}

/// Channels of drawings whose values lie on one axis.
fn of_flat(values: u64, size: Option<(u32, u32)>) -> Result<u64, String> {
    let fits = |channels: &u64| match size {
        Some((height, width)) => Some(values) == (u64::from(height) * u64::from(width)).checked_mul(*channels),
        None => values.is_multiple_of(*channels) && (values / channels).isqrt().pow(2) == values / channels,
    };
    [3, 4].into_iter().find(fits).ok_or_else(|| match size {
        Some((height, width)) => format!("rows of {values} values hold no 3 or 4 channels of --shape {height}x{width}"),
        None => {
            format!("rows of {values} values hold no 3 or 4 square channels; say how large they are with --shape HxW")
        }
    })
}

/// Length of the axis that is the width.
fn width_of(shape: &[usize], roles: &[Role]) -> usize {
    shape.iter().zip(roles).find(|(_, role)| **role == Role::Width).map_or(1, |(len, _)| *len)
}

/// What to say of rows of so many values that are no square.
pub(super) fn no_square(values: u64) -> String {
    let side = |channels: u64| Some((values / channels).isqrt()).filter(|side| side * side * channels == values);
    let colour = [3, 4].into_iter().find_map(|channels| Some((channels, side(channels).filter(|side| *side > 1)?)));
    let colour = colour.map_or_else(String::new, |(channels, side)| {
        format!(", or as {channels} channels of {side} × {side} with --axes N(CHW) or N(HWC)")
    });
    format!("rows of {values} values are no square; say how they are to be cut with --shape HxW{colour}")
}

/// What `--shape` asks for and the array does not have.
fn mismatch(has: Option<u64>, (height, width): (u32, u32), roles: &[Role]) -> String {
    let has = has.map_or_else(|| "more than 2^64".to_owned(), |values| values.to_string());
    let asked = u64::from(height) * u64::from(width);
    if roles.contains(&Role::Many) {
        return format!("{has} values are no whole number of drawings of --shape {height}x{width}, which have {asked}");
    }
    let coloured = [3, 4]
        .into_iter()
        .any(|channels| asked.checked_mul(channels).map(|asked| asked.to_string()) == Some(has.clone()));
    let advice = if coloured { "; as colour it is read with --axes N(CHW) or N(HWC)" } else { "" };
    format!("a row has {has} values, but --shape {height}x{width} asks for {asked}{advice}")
}

/// What to say of one long axis.
pub(super) fn flat_advice(values: u64) -> String {
    let root = values.isqrt();
    let whole = (root * root == values && root <= u64::from(MAX_SIDE)).then_some(root);
    let side = [28, 32, 64, 16, 8].into_iter().find(|side| values.is_multiple_of(side * side)).or(whole);
    let example = side.map_or_else(String::new, |side| {
        let drawings = values / (side * side);
        format!(
            ", such as --shape {side}x{side} for {}",
            if drawings == 1 { "one drawing".to_owned() } else { format!("{drawings} drawings") }
        )
    });
    format!("one axis of {values} values; say how large a drawing is with --shape HxW{example}")
}

/// As numpy prints a shape, at most eight axes of it.
pub(in crate::data) fn shown(shape: &[usize]) -> String {
    let mut axes: Vec<String> = shape.iter().take(8).map(usize::to_string).collect();
    if shape.len() > 8 {
        axes.push("…".to_owned());
    }
    match axes.as_slice() {
        [one] => format!("({one},)"),
        _ => format!("({})", axes.join(", ")),
    }
}
