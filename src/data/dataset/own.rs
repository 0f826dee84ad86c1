//! Drawings as their files hold them, whatever range they are shown with: what is written when they are taken away.

use super::error::OpenError;
use super::part::Part;
use super::{Dataset, read};
use crate::data::Row;
use crate::data::joined::{MarkedBox, Table};
use crate::data::source::{Element, ImageFault};
use std::path::Path;

/// Whole numbers from here on have no 64-bit float each.
const INEXACT: f64 = 9_007_199_254_740_992.0;

impl Dataset {
    /// Whether tables join the records.
    pub fn has_tables(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether tables know of boxes in pictures.
    pub fn has_boxes(&self) -> bool {
        self.tables.iter().any(Table::has_boxes)
    }

    /// The boxes that tables know of in the picture of a row, which is called so in the column `file_name`.
    pub fn boxes(&self, row: Row, file_name: &str) -> Vec<MarkedBox> {
        let turned = read::turned(self, row);
        self.tables.iter().flat_map(|table| table.boxes(file_name, turned)).collect()
    }

    /// The type that holds the values of all files, and how many there are a pixel (1, 3 or 4). Floats of 16 bits are held by those of 32,
    /// files of several types by floats of 64 bits; bools beside uint8 are bytes.
    pub fn own_form(&self) -> (Element, u32) {
        let elements: Vec<Element> = self.distinct(Part::element);
        let element = match elements.as_slice() {
            [Element::F16] => Element::F32,
            [only] => *only,
            several if !several.iter().any(|element| element.needs_range()) => Element::U8,
            _ => Element::F64,
        };
        let opaque = self.parts.iter().filter_map(Part::source).all(|source| source.file_channels() == 3);
        (element, if opaque { 3 } else { self.channels })
    }

    /// The values of some rows, of the type and as many as [`Self::own_form`] says, the lowest byte first, one drawing after the other.
    ///
    /// Fails where a file cannot be read, and on integers of 64 bits that are too large for a float to tell apart.
    pub fn read_own(&self, rows: &[u32]) -> Result<Vec<u8>, OpenError> {
        let (element, channels) = self.own_form();
        if self.channels == 1 && !self.is_ranged() {
            let mut values = vec![0; rows.len() * self.drawing_bytes()];
            self.read_scattered(rows, &mut values)?;
            if element == Element::Bool {
                for value in &mut values {
                    *value = (*value).min(1);
                }
            }
            return Ok(values);
        }
        let mut bytes = Vec::with_capacity(rows.len() * self.pixels() * channels as usize * element.bytes());
        let mut own = Vec::new();
        for &row in rows {
            read::own(self, row, &mut own)?;
            let held = own.len() / self.pixels().max(1);
            if held == channels as usize {
                own.iter().try_for_each(|&value| self.push(element, value, &mut bytes))?;
                continue;
            }
            // Three channels beside files of four: opaque, as they are shown.
            let opaque = self.ranged()?.map_or(255.0, super::ranged::Ranged::opaque);
            for pixel in own.chunks(held.max(1)) {
                let pixel = pixel.iter().copied().chain(std::iter::once(opaque)).take(channels as usize);
                pixel.into_iter().try_for_each(|value| self.push(element, value, &mut bytes))?;
            }
        }
        Ok(bytes)
    }

    fn push(&self, element: Element, value: f64, bytes: &mut Vec<u8>) -> Result<(), OpenError> {
        match element {
            Element::U8 | Element::Bool => bytes.push(value as u8),
            Element::I8 => bytes.extend((value as i8).to_le_bytes()),
            Element::U16 => bytes.extend((value as u16).to_le_bytes()),
            Element::I16 => bytes.extend((value as i16).to_le_bytes()),
            Element::U32 => bytes.extend((value as u32).to_le_bytes()),
            Element::I32 => bytes.extend((value as i32).to_le_bytes()),
            Element::U64 | Element::I64 if value.abs() >= INEXACT => {
                let (what, advice) = ("a set with integers of more than 53 bits", "take these away with numpy");
                return Err(ImageFault::Foreign { what, advice }.at(Path::new(self.title())).into());
            }
            Element::U64 => bytes.extend((value as u64).to_le_bytes()),
            Element::I64 => bytes.extend((value as i64).to_le_bytes()),
            Element::F16 | Element::F32 => bytes.extend((value as f32).to_le_bytes()),
            Element::F64 => bytes.extend(value.to_le_bytes()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::OpenOptions;
    use ndarray::{Array3, Array4};

    #[test]
    fn values_come_as_the_file_has_them_whatever_range_they_are_shown_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.npy");
        let open = |options: &OpenOptions| Dataset::open(&[&path], options).unwrap();
        let floats = Array3::from_shape_fn((5, 8, 8), |(n, y, x)| (n * 64 + y * 8 + x) as f32 * 0.37 - 20.0);
        ndarray_npy::write_npy(&path, &floats).unwrap();
        let dataset = open(&OpenOptions::default());
        assert_eq!(dataset.own_form(), (Element::F32, 1));
        let expected: Vec<u8> = [3, 0]
            .iter()
            .flat_map(|&n| {
                floats.index_axis(ndarray::Axis(0), n).iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(dataset.read_own(&[3, 0]).unwrap(), expected);

        let large =
            Array3::from_shape_fn((4, 8, 8), |(n, y, x)| if n == 3 { i64::MAX } else { (n * y * x) as i64 - 9 });
        ndarray_npy::write_npy(&path, &large).unwrap();
        let dataset = open(&OpenOptions { axes: Some("NHW".parse().unwrap()), ..OpenOptions::default() });
        let expected: Vec<u8> =
            large.index_axis(ndarray::Axis(0), 1).iter().flat_map(|value| value.to_le_bytes()).collect();
        assert_eq!((dataset.own_form().0, dataset.read_own(&[1]).unwrap()), (Element::I64, expected));
        assert!(dataset.read_own(&[3]).unwrap_err().to_string().contains("more than 53 bits"));

        let colors = Array4::from_shape_fn((3, 8, 10, 3), |(n, y, x, c)| (n * 31 + y * 7 + x * 3 + c * 50) as u8);
        ndarray_npy::write_npy(&path, &colors).unwrap();
        let mut options = OpenOptions::default();
        options.values.range = Some("10:100".parse().unwrap());
        for options in [OpenOptions::default(), options] {
            let dataset = open(&options);
            assert_eq!(dataset.own_form(), (Element::U8, 3));
            let expected: Vec<u8> = colors.index_axis(ndarray::Axis(0), 2).iter().copied().collect();
            assert_eq!(dataset.read_own(&[2]).unwrap(), expected);
        }
    }
}
