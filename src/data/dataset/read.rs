//! Reading drawings across parts, and single record lines.

use std::path::Path;

use super::error::OpenError;
use super::part::Part;
use super::{Dataset, Ranged};
use crate::data::Row;
use crate::data::ndjson::LineSpan;
use crate::data::source::{ImageFault, ImageSource, OriginalPicture, OwnValues, ReducedFrom, Turned};
use crate::data::values::PixelValue;

/// See [`Dataset::read_rows`].
pub(super) fn rows(dataset: &Dataset, first: u32, out: &mut [u8]) -> Result<(), OpenError> {
    let (drawing, ranged) = (dataset.drawing_bytes(), dataset.ranged()?);
    let count = out.len().div_ceil(drawing) as u64;
    let end = u64::from(first) + count;
    if end > u64::from(dataset.rows()) {
        let rows = dataset.rows();
        return Err(OpenError::OutOfRange { first: u64::from(first), end, rows });
    }
    let mut rest = out;
    for PartRows { part, first, rows } in by_part(dataset, first, count as u32) {
        let (some, after) = rest.split_at_mut((rows as usize * drawing).min(rest.len()));
        if let Some((part, source)) = part_of(dataset, part) {
            source.read_rows(first, some)?;
            shown(dataset, part, ranged, some);
        }
        rest = after;
    }
    Ok(())
}

/// Bytes that are held besides the caller's buffer where rows come from several parts, or one drawing where that is more.
const BLOCK_BYTES: usize = 4 << 20;

/// See [`Dataset::read_scattered`].
pub(super) fn scattered(dataset: &Dataset, rows: &[u32], out: &mut [u8]) -> Result<(), OpenError> {
    let (drawing, ranged) = (dataset.drawing_bytes(), dataset.ranged()?);
    if rows.len().checked_mul(drawing) != Some(out.len()) {
        return Err(dataset.no_whole_drawings(out.len(), drawing));
    }
    let mut of_parts: Vec<(usize, Vec<(u32, usize)>)> = Vec::new();
    for (&row, place) in rows.iter().zip(0..) {
        let (number, own) = place_of(dataset, row)?;
        match of_parts.iter_mut().find(|(part, _)| *part == number) {
            Some((_, rows)) => rows.push((own, place)),
            None => of_parts.push((number, vec![(own, place)])),
        }
    }
    if let [(only, own)] = of_parts.as_slice() {
        let own: Vec<u32> = own.iter().map(|(row, _)| *row).collect();
        if let Some((part, source)) = part_of(dataset, *only) {
            source.read_scattered(&own, out)?;
            shown(dataset, part, ranged, out);
        }
        return Ok(());
    }
    let most = (BLOCK_BYTES / drawing).max(1);
    let mut block = Vec::new();
    for (part, mut wanted) in of_parts {
        wanted.sort_unstable();
        let Some((part, source)) = part_of(dataset, part) else { continue };
        for wanted in wanted.chunks(most) {
            let own: Vec<u32> = wanted.iter().map(|(row, _)| *row).collect();
            block.resize(own.len() * drawing, 0);
            source.read_scattered(&own, &mut block)?;
            shown(dataset, part, ranged, &mut block);
            for (&(_, place), drawing) in wanted.iter().zip(block.chunks(drawing)) {
                let to = out.get_mut(place * drawing.len()..(place + 1) * drawing.len());
                if let Some(to) = to {
                    to.copy_from_slice(drawing);
                }
            }
        }
    }
    Ok(())
}

fn part_of(dataset: &Dataset, number: usize) -> Option<(&Part, &dyn ImageSource)> {
    let part = dataset.parts.get(number)?;
    Some((part, part.source()?))
}

/// Makes what was read of a part what is shown, where that is done in reading; its source has done it where its type needs a range.
fn shown(dataset: &Dataset, part: &Part, ranged: Option<&Ranged>, bytes: &mut [u8]) {
    if let Some(ranged) = ranged.filter(|_| !part.needs_range()) {
        ranged.apply(part, dataset.channels, bytes);
    }
}

/// How the picture of a drawing is turned to be seen.
pub(super) fn turned(dataset: &Dataset, row: Row) -> Option<Turned> {
    let (part, own) = place_of(dataset, row.0).ok()?;
    dataset.parts.get(part)?.source()?.turned(own)
}

impl Dataset {
    /// The error of a buffer that does not hold whole drawings of so many bytes.
    pub(super) fn no_whole_drawings(&self, len: usize, drawing: usize) -> OpenError {
        ImageFault::Buffer { len, drawing }.at(Path::new(self.title())).into()
    }
}

/// See [`Dataset::pixel`].
pub(super) fn pixel(dataset: &Dataset, row: Row, at: usize) -> Result<Option<PixelValue>, OpenError> {
    let (part, own) = place_of(dataset, row.0)?;
    match dataset.parts.get(part).and_then(Part::source) {
        Some(source) => Ok(source.pixel(own, at)?),
        None => Ok(None),
    }
}

impl Dataset {
    /// Whether some drawings show pictures smaller than these are.
    pub fn is_reduced(&self) -> bool {
        self.parts.iter().filter_map(Part::source).any(ImageSource::is_reduced)
    }

    /// The sizes of the picture that a drawing shows smaller than it is; `None` of others.
    pub fn reduced_from(&self, row: Row) -> Option<ReducedFrom> {
        let (part, own) = place_of(self, row.0).ok()?;
        self.parts.get(part)?.source()?.reduced_from(own)
    }

    /// Height and width in pixels of the picture that a drawing was made of, where these are not the drawing's.
    pub fn own_size(&self, row: Row) -> Option<(u32, u32)> {
        let (part, own) = place_of(self, row.0).ok()?;
        self.parts.get(part)?.source()?.own_size(own)
    }

    /// Whether a drawing is missing, since its picture cannot be decoded: known once it has been read.
    pub fn is_broken(&self, row: Row) -> bool {
        let place = place_of(self, row.0).ok().and_then(|(part, own)| Some((self.parts.get(part)?.source()?, own)));
        place.is_some_and(|(source, own)| source.is_broken(own))
    }

    /// Makes drawings that are missing blank, so that what marks them is not taken for one: `out` holds these rows as they were read.
    pub fn clear_broken(&self, rows: impl ExactSizeIterator<Item = u32>, out: &mut [u8]) {
        // Pictures alone can be.
        if self.parts.iter().filter_map(Part::source).all(|source| source.names().is_none()) {
            return;
        }
        let each = out.len() / rows.len().max(1);
        let broken = out.chunks_exact_mut(each.max(1)).zip(rows).filter(|(_, row)| self.is_broken(Row(*row)));
        broken.for_each(|(drawing, _)| drawing.fill(0));
    }

    /// The picture that a drawing was made of, in its own size, as it is shown and with the values of its file; `None` where the drawing is
    /// all that there is.
    pub fn original(&self, row: Row) -> Result<Option<OriginalPicture>, OpenError> {
        self.picture(row, true)
    }

    /// The same without the values of its file.
    pub fn shown_picture(&self, row: Row) -> Result<Option<OriginalPicture>, OpenError> {
        self.picture(row, false)
    }

    fn picture(&self, row: Row, with_values: bool) -> Result<Option<OriginalPicture>, OpenError> {
        let (number, own) = place_of(self, row.0)?;
        let Some((part, source)) = self.parts.get(number).and_then(|part| Some((part, part.source()?))) else {
            return Ok(None);
        };
        let Some(mut picture) = source.original(own, with_values)? else { return Ok(None) };
        if let Some(ranged) = self.ranged()?.filter(|_| !part.needs_range()) {
            if with_values && picture.own.is_none() {
                picture.own = Some(OwnValues::of_rgba(picture.rgba.clone()));
            }
            ranged.apply(part, self.channels, &mut picture.rgba);
        }
        Ok(Some(picture))
    }
}

/// The values of one drawing as its file has them; see [`ImageSource::own_values`].
pub(super) fn own(dataset: &Dataset, row: u32, out: &mut Vec<f64>) -> Result<(), OpenError> {
    let (part, own) = place_of(dataset, row)?;
    match dataset.parts.get(part).and_then(Part::source) {
        Some(source) => Ok(source.own_values(own, 1, out)?),
        None => Ok(()),
    }
}

/// The part that an open row lies in, and its number there.
fn place_of(dataset: &Dataset, row: u32) -> Result<(usize, u32), OpenError> {
    let place = (row < dataset.rows()).then(|| by_part(dataset, row, 1).next()).flatten();
    place.map(|place| (place.part, place.first)).ok_or_else(|| out_of_range(dataset, row))
}

fn out_of_range(dataset: &Dataset, row: u32) -> OpenError {
    let first = u64::from(row);
    OpenError::OutOfRange { first, end: first + 1, rows: dataset.rows() }
}

/// Rows of one part that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartRows {
    /// Which part.
    pub(super) part: usize,
    /// The first one, counted within the part.
    pub(super) first: u32,
    /// How many.
    pub(super) rows: u32,
}

/// The parts that the open rows `first, first + 1, …` lie in; what lies beyond the last part is left out.
pub(super) fn by_part(dataset: &Dataset, first: u32, rows: u32) -> impl Iterator<Item = PartRows> + '_ {
    let start = dataset.rows.start.saturating_add(first);
    let end = start.saturating_add(rows);
    // Parts follow one another: the first that reaches beyond the start is found without going through all before it.
    let before = dataset.parts.partition_point(|part| part.end() <= start);
    let parts = dataset.parts.iter().enumerate().skip(before);
    parts.take_while(move |(_, part)| part.first < end).map(move |(i, part)| {
        let from = part.first.max(start);
        PartRows { part: i, first: from - part.first, rows: part.end().min(end) - from }
    })
}

/// See [`Dataset::record_line`].
pub(super) fn line(dataset: &Dataset, row: Row, span: Option<LineSpan>) -> Result<Option<String>, OpenError> {
    let text =
        |bytes| String::from_utf8(bytes).unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned());
    Ok(line_bytes(dataset, row, span)?.map(text))
}

/// See [`Dataset::record_bytes`].
pub(super) fn line_bytes(dataset: &Dataset, row: Row, span: Option<LineSpan>) -> Result<Option<Vec<u8>>, OpenError> {
    let (number, own) = place_of(dataset, row.0)?;
    let Some(part) = dataset.parts.get(number) else {
        return Ok(None);
    };
    match (part.own_records(), &part.records, span) {
        (Some(records), ..) => Ok(Some(records.line(own)?.into_bytes())),
        (_, Some(records), Some(span)) => Ok(Some(records.line_bytes(span)?)),
        _ => Ok(None),
    }
}
