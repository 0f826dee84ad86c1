//! Records of pictures: what is known of each, as one line of JSON, and as columns through the same reader as records of files.

use std::ops::Range;
use std::sync::Arc;

use image::metadata::Orientation;
use rayon::prelude::*;

use super::json;
use super::picture::{Beside, More, Picture};
use super::place::{Fault, Place};
use super::source::PictureSource;
use crate::data::columns::{Batch, time};
use crate::data::ndjson::parse_block;
use crate::data::source::{ImageError, ImageFault, OwnRecords};

/// What a record counts in the progress.
const RECORD_BYTES: u64 = 200;
/// The longest line that is read; what a picture's record is made of is shorter.
const MOST_LINE_BYTES: usize = 16 << 20;
/// The most bytes of a file that is read for a record.
const MOST_BYTES: u64 = 1 << 20;

/// Which columns a set has of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own {
    pub(super) split: bool,
    pub(super) category: bool,
    pub(super) taken: bool,
    pub(super) orientation: bool,
    pub(super) broken: bool,
    pub(super) text: bool,
}

impl Own {
    /// Of these pictures.
    pub(super) fn of(pictures: &[Picture]) -> Self {
        let beside = |has: fn(&Beside) -> bool| {
            pictures.iter().any(|picture| matches!(&picture.more, More::Beside(beside) if has(beside)))
        };
        Self {
            split: pictures.iter().any(|picture| picture.split.is_some()),
            category: pictures.iter().any(|picture| picture.category.is_some())
                || beside(|beside| beside.class.is_some()),
            taken: pictures.iter().any(|picture| picture.header.as_ref().is_ok_and(|header| header.taken_us.is_some())),
            orientation: pictures.iter().any(|picture| {
                picture.header.as_ref().is_ok_and(|header| header.orientation != Orientation::NoTransforms)
            }),
            broken: pictures.iter().any(|picture| picture.header.is_err()),
            text: beside(|beside| beside.text.is_some()),
        }
    }

    /// Their names: a field of others that is called so gets another name.
    pub(super) fn names(self) -> Vec<&'static str> {
        let mut names = vec!["file_name", "width_px", "height_px", "bytes"];
        let more = [
            ("split", self.split),
            ("category", self.category),
            ("taken", self.taken),
            ("orientation", self.orientation),
            ("broken", self.broken),
            ("text", self.text),
        ];
        names.extend(more.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name));
        names
    }
}

impl PictureSource {
    /// The record of a row; `fields` are those of its row in a file of columns.
    fn record(&self, row: u32, fields: Option<&str>) -> Result<String, ImageError> {
        let Some(picture) = self.picture(row) else {
            let (first, rows) = (u64::from(row), self.pictures.len() as u32);
            return Err(ImageFault::OutOfRange { first, end: first + 1, rows }.at(&self.path));
        };
        let mut line = "{".to_owned();
        json::push_text(&mut line, "file_name", &picture.name);
        if let Some(split) = &picture.split {
            json::push_text(&mut line, "split", split);
        }
        let beside = if let More::Beside(beside) = &picture.more { beside.as_ref() } else { &Beside::default() };
        let class = self.text_of(row, beside.class.as_ref())?;
        if let Some(category) = class.as_deref().map(str::trim).or(picture.category.as_deref()) {
            json::push_text(&mut line, "category", category);
        }
        if let Ok(header) = &picture.header {
            let (height, width) = header.size();
            json::push(&mut line, "width_px", &width.to_string());
            json::push(&mut line, "height_px", &height.to_string());
        }
        if let Some(bytes) = picture.bytes() {
            json::push(&mut line, "bytes", &bytes.to_string());
        }
        if let Some(taken) = picture.header.as_ref().ok().and_then(|header| header.taken_us) {
            json::push_text(&mut line, "taken", &time::rfc3339(taken));
        }
        if let Some(header) = picture.header.as_ref().ok().filter(|_| self.own.orientation) {
            json::push(&mut line, "orientation", &header.orientation.to_exif().to_string());
        }
        if self.own.broken {
            json::push(&mut line, "broken", if picture.header.is_err() { "true" } else { "false" });
        }
        if let Some(text) = self.text_of(row, beside.text.as_ref())? {
            json::push_text(&mut line, "text", text.trim_end());
        }
        if let Some(record) = self.bytes_of(row, beside.record.as_ref())? {
            match json::fields(&record) {
                Some(fields) => json::push_fields(&mut line, &fields, &self.own.names()),
                None => self.odd(row, "its .json is no JSON object"),
            }
        }
        if let Some(fields) = fields.and_then(|fields| json::fields(format!("{{{fields}}}").as_bytes())) {
            json::push_fields(&mut line, &fields, &self.own.names());
        }
        if let More::Fields(fields) = &picture.more
            && !fields.is_empty()
        {
            line.push(',');
            line.push_str(fields);
        }
        line.push('}');
        Ok(line)
    }
}

impl PictureSource {
    /// What files of columns say of some rows: each file is read from front to back.
    fn fields(&self, rows: Range<u32>) -> Result<Vec<Option<String>>, ImageError> {
        let mut fields = vec![None; rows.len()];
        let mut at = 0;
        while let Some(picture) = rows.clone().nth(at).and_then(|row| self.picture(row)) {
            let More::Row(records, first) = &picture.more else {
                at += 1;
                continue;
            };
            let follows = |number: u32| {
                let picture = rows.clone().nth(at + number as usize).and_then(|row| self.picture(row));
                let more = picture.map(|picture| &picture.more);
                matches!(more, Some(More::Row(other, row)) if Arc::ptr_eq(records, other) && *row == first + number)
            };
            let count = (1..rows.len() as u32).find(|number| !follows(*number)).unwrap_or(rows.len() as u32);
            records.fields((*first).into()..u64::from(first + count), &mut |text| {
                if let Some(field) = fields.get_mut(at) {
                    *field = Some(text.to_owned());
                }
                at += 1;
            })?;
        }
        Ok(fields)
    }
}

impl PictureSource {
    fn text_of(&self, row: u32, place: Option<&Place>) -> Result<Option<String>, ImageError> {
        Ok(self.bytes_of(row, place)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The first bytes of a file beside a picture; of one that is damaged none.
    fn bytes_of(&self, row: u32, place: Option<&Place>) -> Result<Option<Vec<u8>>, ImageError> {
        let Some(place) = place else { return Ok(None) };
        match place.read(0..MOST_BYTES) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Fault::Machine(error)) => Err(error.into()),
            Err(Fault::Own(what)) => {
                place.file().check_unchanged()?;
                self.odd(row, &format!("what lies beside it cannot be read: {what}"));
                Ok(None)
            }
        }
    }
}

impl OwnRecords for PictureSource {
    fn bytes(&self) -> u64 {
        self.pictures.len() as u64 * RECORD_BYTES
    }

    fn batch(&self, rows: Range<u32>) -> Result<Batch, ImageError> {
        let fields = self.fields(rows.clone())?;
        let lines: Result<Vec<String>, ImageError> =
            rows.into_par_iter().zip(&fields).map(|(row, fields)| self.record(row, fields.as_deref())).collect();
        Ok(parse_block(lines?.join("\n").as_bytes(), 0, 0, MOST_LINE_BYTES).batch)
    }

    fn line(&self, row: u32) -> Result<String, ImageError> {
        let fields = self.fields(row..row.saturating_add(1))?;
        self.record(row, fields.first().and_then(Option::as_deref))
    }
}
