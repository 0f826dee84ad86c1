//! Sprite sheets, as `TensorBoard`'s projector has them: one picture of a grid of drawings of one size, row by row from the top.

use std::path::Path;
use std::sync::Arc;

use super::decode;
use super::deep::Deep;
use super::fit::CHANNELS;
use super::place::{Fault, Place};
use crate::data::array::{ArrayHeader, ArrayProbe, ShapeOptions};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::formats::Opened;
use crate::data::source::{Element, ImageError, ImageFault, Stored};
use crate::words::thousands;

/// What `info` calls the form.
const FORM: &str = "sprite";
const AXES: &str = "NHWC";

/// A sheet, and how it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) struct Sheet {
    /// Height and width of a drawing in pixels.
    pub(in crate::data) size: (u32, u32),
    /// How many drawings there are, where something beside the sheet says so; else the grid is full.
    pub(in crate::data) rows: Option<SheetRows>,
}

/// How many drawings something beside a sheet says that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetRows {
    /// Lines of metadata, or as a configuration says.
    pub rows: u64,
    /// Whether the first line may be a heading, where there is one line more than places.
    pub or_one_less: bool,
}

/// Opens a picture as the drawings in it.
pub(in crate::data) fn open(file: PlainFile, sheet: Sheet, spool: &Spool) -> Result<Opened, ImageError> {
    let path = file.path().to_path_buf();
    let file = Arc::new(file);
    let place = Place::whole(Arc::clone(&file));
    let at = |fault: Fault| fault_at(fault, &path);
    let header = decode::header(&place).map_err(at)?;
    let rows = sheet.rows_of(header.size()).map_err(|what| {
        let advice = "--sprite names the height and width of one drawing, as in 28x28".to_owned();
        ImageFault::Archive { what, advice }.at(&path)
    })?;
    let (pixels, _) = decode::seen(&place, &header, &Deep::default(), false).map_err(at)?;
    let (pixels, line) = (pixels.as_raw(), pixels.width() as usize * CHANNELS);
    let is_opaque = pixels.as_chunks::<CHANNELS>().0.iter().all(|[.., alpha]| *alpha == u8::MAX);
    let channels = if is_opaque { CHANNELS - 1 } else { CHANNELS };
    let [height, width] = [sheet.size.0, sheet.size.1].map(|side| side as usize);
    let columns = line / CHANNELS / width;
    let mut making = Making::begin(&file, spool)?;
    let mut values = Vec::with_capacity(width * channels);
    for drawing in 0..rows {
        for y in 0..height {
            let start = (drawing / columns * height + y) * line + drawing % columns * width * CHANNELS;
            let pixels = pixels.get(start..start + width * CHANNELS).unwrap_or_default();
            values.clear();
            values.extend(pixels.as_chunks::<CHANNELS>().0.iter().flat_map(|pixel| pixel.iter().take(channels)));
            making.write(&values)?;
        }
    }
    let unpacked = making.finish("its drawings")?;
    let header = ArrayHeader {
        stored: Stored { element: Element::U8, big_endian: false },
        shape: vec![rows, height, width, channels],
        fortran_order: false,
        data_offset: 0,
    };
    let shape = ShapeOptions { size: None, axes: AXES.parse().ok() };
    Ok(Opened { form: FORM, ..Opened::array(ArrayProbe::of(unpacked, header, &shape)?) })
}

fn fault_at(fault: Fault, path: &Path) -> ImageError {
    match fault {
        Fault::Machine(error) => error.into(),
        Fault::Own(what) => {
            let (what, advice) = (format!("a sprite sheet that cannot be drawn ({what})"), "get it again".to_owned());
            ImageFault::Archive { what, advice }.at(path)
        }
    }
}

impl Sheet {
    /// Drawings in a picture of this height and width; else what is wrong with it.
    fn rows_of(self, (height, width): (u32, u32)) -> Result<usize, String> {
        let (own_height, own_width) = self.size;
        let is_grid =
            own_height > 0 && own_width > 0 && height.is_multiple_of(own_height) && width.is_multiple_of(own_width);
        if !is_grid {
            return Err(format!("a picture of {height}x{width} pixels, which is no grid of {own_height}x{own_width}"));
        }
        let most = u64::from(height / own_height) * u64::from(width / own_width);
        match self.rows {
            Some(SheetRows { rows: 0, .. }) => Err("a sprite sheet whose metadata has no lines".to_owned()),
            Some(SheetRows { rows, or_one_less: true }) if rows == most + 1 => Ok(most as usize),
            Some(SheetRows { rows, .. }) if rows > most => Err(format!(
                "a sprite sheet of {} drawings of {own_height}x{own_width} pixels, whose metadata has {} lines",
                thousands(most),
                thousands(rows)
            )),
            rows => Ok(rows.map_or(most, |known| known.rows) as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_a_grid_that_may_end_early() {
        let sheet =
            |rows: Option<u64>| Sheet { size: (4, 6), rows: rows.map(|rows| SheetRows { rows, or_one_less: false }) };
        let or_less = Sheet { size: (4, 6), rows: Some(SheetRows { rows: 10, or_one_less: true }) };
        assert_eq!(or_less.rows_of((12, 18)), Ok(9));
        assert_eq!(sheet(None).rows_of((12, 18)), Ok(9));
        assert_eq!(sheet(Some(7)).rows_of((12, 18)), Ok(7));
        for (rows, size) in [(None, (12, 16)), (None, (10, 18)), (Some(10), (12, 18)), (Some(0), (12, 18))] {
            assert!(sheet(rows).rows_of(size).is_err(), "{rows:?} {size:?}");
        }
        assert!(Sheet { size: (0, 6), rows: None }.rows_of((12, 18)).is_err());
    }
}
