//! A column of numbers as an array: its values in the spool, one row after the other, as `.npy` has them.

use std::sync::Arc;

use super::at_once::Numbers;
use super::candidate::Holds;
use super::choice::Choice;
use super::container::Columnar;
use super::numbers::Column;
use super::records::Records;
use crate::data::array::{ArrayHeader, ArrayProbe, ShapeOptions};
use crate::data::formats::format::OpenAs;
use crate::data::formats::opened::Opened;
use crate::data::source::{Element, ImageError, ImageFault, Stored};
use crate::words::shown_text;

/// What the axes of lists of lists mean.
const ROWS_OF_LINES: &str = "NHW";
/// What they mean of colours.
const ROWS_OF_PIXELS: &str = "NHWC";

/// Opens the column that was chosen, which holds an array in each row.
pub(super) fn open(columnar: &Arc<Columnar>, choice: Choice, how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    // The lists in a row, and the axes of what they hold.
    let (element, lists, axes, is_packed) = match choice.image.holds.clone() {
        Holds::Array(element, axes) => (element, axes.clone(), axes, false),
        Holds::Tensor(element, axes) => (element, vec![axes.iter().product()], axes, false),
        Holds::Packed(axes) => (Element::U8, Vec::new(), axes, true),
        Holds::Pictures | Holds::Unknown => return Err(columnar.fault("it holds no array")),
    };
    let shape: Vec<usize> =
        std::iter::once(usize::try_from(columnar.rows).unwrap_or(usize::MAX)).chain(axes.iter().copied()).collect();
    if columnar.rows == 0 {
        let shape = crate::data::array::shown(&shape);
        return Err(ImageFault::NoDrawings { shape }.at(columnar.path()));
    }
    let name = shown_text(&choice.image.name, 60);
    let numbers = Numbers { element, lists };
    let column = Column { columnar: Arc::clone(columnar), number: choice.image.column, name, numbers };
    let file = if is_packed { column.one_after_the_other(Some(&axes), how.spool)? } else { column.open(how.spool)? };
    let stored = Stored { element, big_endian: cfg!(target_endian = "big") };
    let header = ArrayHeader { stored, shape, fortran_order: false, data_offset: 0 };
    // Rows are drawings, however few there are: lists of lists in three rows are no picture in colour.
    let known = match axes.len() {
        2 => ROWS_OF_LINES.parse().ok(),
        3 if is_packed => ROWS_OF_PIXELS.parse().ok(),
        _ => None,
    };
    let shape = ShapeOptions { axes: how.shape.axes.clone().or(known), ..how.shape.clone() };
    let mut probe = ArrayProbe::of(file, header, &shape)?;
    if let Some(records) = Records::new(columnar, choice.others) {
        probe.take_records(columnar.rows, Box::new(records));
    }
    Ok(Opened { chosen: choice.said, ..Opened::array(probe) })
}
