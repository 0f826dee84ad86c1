//! Drawings as sheets: PNG files of one channel with the files' own values, drawings in lines of cells.

use super::super::error::Failure;
use super::super::{Drawings, OnRows};
use crate::atlas::canvas_side;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;

/// Sides of sheets, in values: textures of twice that height exist everywhere.
const SIDE: u32 = 1024;

/// How drawings lie on sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sheets {
    /// Drawings in a line of cells.
    pub(super) columns: u32,
    /// Drawings on a sheet; the last one may have fewer.
    pub(super) drawings: u32,
}

impl Sheets {
    pub(super) fn of(drawings: Drawings<'_>) -> Self {
        let fits = (SIDE / canvas_side(drawings.dataset.width(), drawings.dataset.height())).max(1);
        let columns = fits.min(drawings.rows.len() as u32).max(1);
        Self { columns, drawings: columns * fits }
    }
}

/// Writes an element a sheet, `sheet-0`, `sheet-1` and so on.
pub(super) fn write(drawings: Drawings<'_>, on: OnRows<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let sheets = Sheets::of(drawings);
    let size = [drawings.dataset.width(), drawings.dataset.height()].map(|side| side as usize);
    let make = |rows: &[u32], values: Vec<u8>| {
        Ok(STANDARD.encode(png_of(&values, size, sheets.columns as usize, rows.len())?))
    };
    let mut number = 0;
    let take = |base64: String| {
        writeln!(out, "<script type=\"text/plain\" id=\"sheet-{number}\">{base64}</script>")?;
        number += 1;
        Ok(())
    };
    drawings.in_blocks(sheets.drawings as usize, make, take, on)
}

/// The PNG of some drawings. Its lines are not filtered: strokes on empty paper become no smaller by that, and the page reads
/// values as they stand.
fn png_of(
    values: &[u8],
    [width, height]: [usize; 2],
    columns: usize,
    count: usize,
) -> Result<Vec<u8>, png::EncodingError> {
    let pitch = width * columns;
    let lines = count.div_ceil(columns) * height;
    let mut pixels = vec![0; pitch * lines];
    for (at, drawing) in values.chunks_exact(width * height).enumerate() {
        for (y, line) in drawing.chunks_exact(width).enumerate() {
            let start = (at / columns * height + y) * pitch + at % columns * width;
            if let Some(to) = pixels.get_mut(start..start + width) {
                to.copy_from_slice(line);
            }
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, pitch as u32, lines as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(png)
}
