//! Which columns may hold drawings: by their types, and by the first values where types say too little.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field};

use super::container::Columnar;
use super::{flat, packed, tensor};
use crate::data::formats::pictures;
use crate::data::source::{Element, ImageError};
use crate::words::shown_text;

/// Rows that are looked at where a type says too little.
const LOOKED_AT: u64 = 64;
/// Lists in lists at most that are an array.
const MOST_AXES: usize = 5;
/// Fewer numbers a row are as likely values of it (a box, a colour) as a drawing.
const SMALLEST: usize = 64;
/// Characters of a name that are shown.
pub(super) const NAME: usize = 60;

/// A column that may hold drawings.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The column's number.
    pub(super) column: usize,
    pub(super) name: String,
    pub(super) holds: Holds,
}

/// What a column holds in each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The bytes of an encoded picture.
    Pictures,
    /// An array of numbers with axes of these lengths.
    Array(Element, Vec<usize>),
    /// The same of axes that one list holds all values of.
    Tensor(Element, Vec<usize>),
    /// An array of bytes that lies as a PNG picture.
    Packed(Vec<usize>),
    /// Bytes or a list of no known meaning: all that was looked at is missing or empty.
    Unknown,
}

impl Candidate {
    pub(super) fn told(&self) -> String {
        let name = shown_text(&self.name, NAME);
        match &self.holds {
            Holds::Pictures => format!("{name} (encoded pictures)"),
            Holds::Array(element, axes) | Holds::Tensor(element, axes) => {
                let axes: Vec<String> = axes.iter().map(usize::to_string).collect();
                format!("{name} ({} {})", axes.join(" × "), element.name())
            }
            Holds::Packed(axes) => {
                let axes: Vec<String> = axes.iter().map(usize::to_string).collect();
                format!("{name} ({} {}, as PNG)", axes.join(" × "), Element::U8.name())
            }
            Holds::Unknown => format!("{name} (no pictures in its first rows)"),
        }
    }

    /// Whether it is a drawing beyond doubt.
    pub(super) fn is_drawing(&self) -> bool {
        match &self.holds {
            Holds::Pictures | Holds::Packed(_) => true,
            Holds::Array(..) | Holds::Tensor(..) => self.values() >= SMALLEST,
            Holds::Unknown => false,
        }
    }

    /// Numbers a row of an array.
    pub(super) fn values(&self) -> usize {
        if let Holds::Array(_, axes) | Holds::Tensor(_, axes) = &self.holds {
            axes.iter().fold(1, |all, axis| all.saturating_mul(*axis))
        } else {
            0
        }
    }

    /// Whether it is a list of floats in each row.
    pub(super) fn is_list_of_floats(&self) -> bool {
        matches!(&self.holds, Holds::Array(element, axes) if element.is_float() && axes.len() == 1)
    }

    /// Whether its values would be read into records: short lists of numbers alone.
    pub(super) fn is_value(&self, columnar: &Columnar) -> bool {
        !self.is_drawing()
            && columnar
                .schema
                .fields()
                .get(self.column)
                .is_some_and(|field| !is_bytes(field.data_type()) && picture_bytes(field.data_type()).is_none())
    }
}

/// All columns that may hold drawings, in their order.
pub(super) fn candidates(columnar: &Arc<Columnar>) -> Result<Vec<Candidate>, ImageError> {
    let fields = columnar.schema.fields();
    let may_be: Vec<usize> =
        (0..fields.len()).filter(|column| may_be(fields.get(*column).map(AsRef::as_ref))).collect();
    let mut found: Vec<Candidate> = may_be
        .iter()
        .filter_map(|&column| Some((column, fields.get(column)?)))
        .map(|(column, field)| {
            let holds = match picture_bytes(field.data_type()) {
                Some(_) => {
                    packed::axes(columnar.schema.metadata(), field.name()).map_or(Holds::Pictures, Holds::Packed)
                }
                None => tensor::of(field).unwrap_or_else(|| of_type(field.data_type())),
            };
            Candidate { column, name: field.name().clone(), holds }
        })
        .collect();
    find_marks(columnar, &mut found)?;
    let is_unsure = |one: &&Candidate| {
        let kind = fields.get(one.column).map(|field| field.data_type());
        one.holds == Holds::Unknown && kind.is_some_and(|kind| picture_bytes(kind).is_none())
    };
    let unsure: Vec<usize> = found.iter().filter(is_unsure).map(|one| one.column).collect();
    if unsure.is_empty() || columnar.rows == 0 {
        return Ok(found);
    }
    let mut batches = columnar.read(&unsure, 0..columnar.rows.min(LOOKED_AT))?;
    while let Some(batch) = batches.next()? {
        for (values, column) in batch.columns().iter().zip(&unsure) {
            let candidate = found.iter_mut().find(|one| one.column == *column && one.holds == Holds::Unknown);
            if let Some(candidate) = candidate {
                candidate.holds = of_values(values);
            }
        }
    }
    Ok(found)
}

/// Finds out which pictures are arrays by the mark that the first one of a column has.
fn find_marks(columnar: &Arc<Columnar>, found: &mut [Candidate]) -> Result<(), ImageError> {
    let pictures: Vec<usize> = found.iter().filter(|one| one.holds == Holds::Pictures).map(|one| one.column).collect();
    if pictures.is_empty() || columnar.rows == 0 {
        return Ok(());
    }
    find_others(columnar, &pictures, found)?;
    let Some(batch) = columnar.read(&pictures, 0..1)?.next()? else { return Ok(()) };
    for (column, number) in batch.columns().iter().zip(pictures) {
        let (bytes, _) = pictures_of(column);
        let is_there = column.is_valid(0) && bytes.is_valid(0);
        let axes = flat::bytes_at(&bytes, 0).filter(|_| is_there).and_then(packed::axes_of);
        if let Some((one, axes)) = found.iter_mut().find(|one| one.column == number).zip(axes) {
            one.holds = Holds::Packed(axes);
        }
    }
    Ok(())
}

/// Finds out which columns of the type of pictures hold something else, or nothing, in their first rows, where others hold pictures.
fn find_others(columnar: &Arc<Columnar>, pictures: &[usize], found: &mut [Candidate]) -> Result<(), ImageError> {
    if pictures.len() < 2 {
        return Ok(());
    }
    let mut holding = vec![false; pictures.len()];
    let mut batches = columnar.read(pictures, 0..columnar.rows.min(LOOKED_AT))?;
    while let Some(batch) = batches.next()? {
        for (column, holds) in batch.columns().iter().zip(&mut holding) {
            let (bytes, _) = pictures_of(column);
            let mut rows = (0..column.len()).filter(|row| column.is_valid(*row) && bytes.is_valid(*row));
            *holds |= rows.any(|row| flat::bytes_at(&bytes, row).is_some_and(pictures::is_picture));
        }
    }
    if holding.contains(&true) {
        for (column, _) in pictures.iter().zip(holding).filter(|(_, holds)| !holds) {
            found.iter_mut().filter(|one| one.column == *column).for_each(|one| one.holds = Holds::Unknown);
        }
    }
    Ok(())
}

fn may_be(field: Option<&Field>) -> bool {
    field.map(Field::data_type).is_some_and(|kind| {
        picture_bytes(kind).is_some() || is_bytes(kind) || flat::element_of(kind, MOST_AXES).is_some()
    })
}

/// The number of the bytes in a struct of the bytes and the path of a picture, and that of the path where it has one.
pub(super) fn picture_bytes(kind: &DataType) -> Option<(usize, Option<usize>)> {
    let DataType::Struct(fields) = kind else { return None };
    let place = |name: &str| fields.iter().position(|field| field.name() == name);
    let bytes = place("bytes").filter(|at| fields.get(*at).is_some_and(|field| is_binary(field.data_type())))?;
    let path = place("path");
    (fields.len() == 1 + usize::from(path.is_some())).then_some((bytes, path))
}

/// Whether a type is bytes of any number, and whether it is bytes of one number.
fn is_binary(kind: &DataType) -> bool {
    matches!(kind, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

fn is_bytes(kind: &DataType) -> bool {
    is_binary(kind) || matches!(kind, DataType::FixedSizeBinary(_))
}

/// What a type alone says.
fn of_type(kind: &DataType) -> Holds {
    let (mut axes, mut kind) = (Vec::new(), kind);
    while let DataType::FixedSizeList(item, length) = kind {
        axes.extend(usize::try_from(*length));
        kind = item.data_type();
    }
    match (kind, flat::element(kind)) {
        (DataType::FixedSizeBinary(_), _) => Holds::Unknown,
        (_, Some(element)) => Holds::Array(element, axes),
        _ => Holds::Unknown,
    }
}

/// What the first value that is there says.
fn of_values(values: &ArrayRef) -> Holds {
    let Some(row) = (0..values.len()).find(|row| values.is_valid(*row) && length_at(values, *row) > 0) else {
        return Holds::Unknown;
    };
    if let Some(bytes) = flat::bytes_at(values, row) {
        let is_picture = pictures::is_picture(bytes);
        return if is_picture { Holds::Pictures } else { Holds::Array(Element::U8, vec![bytes.len()]) };
    }
    let (mut axes, mut inner) = (Vec::new(), values.slice(row, 1));
    while let Some(list) = flat::list_at(&inner, 0) {
        axes.push(list.len());
        inner = list;
    }
    flat::element(inner.data_type()).map_or(Holds::Unknown, |element| Holds::Array(element, axes))
}

fn length_at(values: &ArrayRef, row: usize) -> usize {
    flat::bytes_at(values, row).map(<[u8]>::len).or_else(|| Some(flat::list_at(values, row)?.len())).unwrap_or(0)
}

/// The bytes and the paths of pictures in a batch of their column; the paths only where there are some.
pub(super) fn pictures_of(column: &ArrayRef) -> (ArrayRef, Option<ArrayRef>) {
    let Some((bytes, path)) = picture_bytes(column.data_type()) else { return (Arc::clone(column), None) };
    let of = column.as_struct();
    (Arc::clone(of.column(bytes)), path.map(|path| Arc::clone(of.column(path))))
}
