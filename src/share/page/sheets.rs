//! Drawings as sheets: PNG files of one channel with the files' own values, or of four, drawings in lines of cells.

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

/// Writes an element a sheet, `sheet-0`, `sheet-1` and so on. Of pictures in colour the mean of each over its canvas: red, green and blue
/// multiplied by alpha, and alpha; of ink nothing.
pub(super) fn write(drawings: Drawings<'_>, on: OnRows<'_>, out: &mut dyn Write) -> Result<Vec<u8>, Failure> {
    let sheets = Sheets::of(drawings);
    let size = [drawings.dataset.width(), drawings.dataset.height()].map(|side| side as usize);
    let channels = drawings.dataset.channels() as usize;
    let canvas = u64::from(canvas_side(drawings.dataset.width(), drawings.dataset.height()));
    let make = |rows: &[u32], values: Vec<u8>| {
        let tints: Vec<u8> = match channels {
            1 => Vec::new(),
            _ => values.chunks_exact(drawings.bytes_each()).flat_map(|drawing| mean_of(drawing, canvas)).collect(),
        };
        Ok((STANDARD.encode(png_of(&values, size, channels, sheets.columns as usize, rows.len())?), tints))
    };
    let (mut number, mut all) = (0, Vec::new());
    let take = |(base64, tints): (String, Vec<u8>)| {
        all.extend(tints);
        writeln!(out, "<script type=\"text/plain\" id=\"sheet-{number}\">{base64}</script>")?;
        number += 1;
        Ok(())
    };
    drawings.in_blocks(sheets.drawings as usize, make, take, on)?;
    Ok(all)
}

/// The mean of a picture over its canvas, colours multiplied by alpha.
fn mean_of(drawing: &[u8], canvas: u64) -> [u8; 4] {
    let mut sums = [0; 4];
    for &[red, green, blue, alpha] in drawing.as_chunks::<4>().0 {
        let of = |value: u8| u64::from(value) * u64::from(alpha);
        let weighted = [of(red), of(green), of(blue), 255 * u64::from(alpha)];
        sums.iter_mut().zip(weighted).for_each(|(sum, value)| *sum += value);
    }
    let all = 255 * canvas * canvas;
    sums.map(|sum| ((sum + all / 2) / all.max(1)) as u8)
}

/// The PNG of some drawings. Its lines are not filtered: strokes on empty paper become no smaller by that, and the page reads
/// values as they stand.
fn png_of(
    values: &[u8],
    [width, height]: [usize; 2],
    channels: usize,
    columns: usize,
    count: usize,
) -> Result<Vec<u8>, png::EncodingError> {
    let (line_bytes, pitch) = (width * channels, width * channels * columns);
    let lines = count.div_ceil(columns) * height;
    let mut pixels = vec![0; pitch * lines];
    for (at, drawing) in values.chunks_exact(line_bytes * height).enumerate() {
        for (y, line) in drawing.chunks_exact(line_bytes).enumerate() {
            let start = (at / columns * height + y) * pitch + at % columns * line_bytes;
            if let Some(to) = pixels.get_mut(start..start + line_bytes) {
                to.copy_from_slice(line);
            }
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, (width * columns) as u32, lines as u32);
    encoder.set_color(if channels == 1 { png::ColorType::Grayscale } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(png)
}
