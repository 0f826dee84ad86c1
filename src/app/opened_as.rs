//! What is open, in words that open it again: paths from the root and the options of reading.

use super::recent::absolute;
use crate::data::dataset::OpenOptions;
use crate::data::file::is_stream;
use crate::data::formats::pictures;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::Path;

/// Inputs and how they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedAs {
    /// Files and folders from the root, and demos.
    pub inputs: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) shape: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) axes: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) tables: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) join: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) stroke_columns: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sprite: Option<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) range: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) invert: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) no_records: bool,
}

impl OpenedAs {
    /// `None` where something cannot be opened again: a pipe, a name that is no text.
    pub fn of(inputs: &[OsString], options: &OpenOptions) -> Option<Self> {
        let again = |input: &OsString| if is_stream(Path::new(input)) { None } else { absolute(input) };
        Some(Self {
            inputs: inputs.iter().map(again).collect::<Option<_>>()?,
            rows: options.rows.map(|rows| rows.to_string()),
            shape: options.shape,
            axes: options.axes.as_ref().map(ToString::to_string),
            tables: options.tables.iter().map(|path| again(&path.into())).collect::<Option<_>>()?,
            join: options.join.clone(),
            stroke_columns: options.stroke_columns,
            cell: options.cell,
            sprite: options.sprite,
            range: options.values.range.map(|range| range.to_string()),
            invert: options.values.invert,
            no_records: !options.records,
        })
    }

    /// The options that open it again; what of them is none, otherwise.
    pub fn options(&self) -> Result<OpenOptions, String> {
        fn read<T: std::str::FromStr<Err: ToString>>(text: Option<&String>) -> Result<Option<T>, String> {
            text.map(|text| text.parse::<T>().map_err(|error| error.to_string())).transpose()
        }
        let mut options = OpenOptions {
            rows: read(self.rows.as_ref())?,
            shape: self.shape,
            axes: read(self.axes.as_ref())?,
            cell: self.cell.filter(|side| pictures::CELLS.contains(side)),
            sprite: self.sprite,
            kept: crate::kept::cells(),
            records: !self.no_records,
            tables: self.tables.iter().map(Into::into).collect(),
            join: self.join.clone(),
            stroke_columns: self.stroke_columns,
            ..OpenOptions::default()
        };
        options.values.range = read(self.range.as_ref())?;
        options.values.invert = self.invert;
        Ok(options)
    }

    /// The inputs as they are opened.
    pub fn files(&self) -> Vec<OsString> {
        self.inputs.iter().map(Into::into).collect()
    }

    /// The words of a command line that open it.
    pub fn words(&self) -> Vec<String> {
        let size = |(height, width)| format!("{height}x{width}");
        let (shape, sprite) = (self.shape.map(size), self.sprite.map(size));
        let cell = self.cell.map(|side| side.to_string());
        let options = [
            ("--rows", &self.rows),
            ("--shape", &shape),
            ("--axes", &self.axes),
            ("--cell", &cell),
            ("--sprite", &sprite),
            ("--range", &self.range),
            ("--join", &self.join),
        ];
        let mut words = self.inputs.clone();
        words.extend(self.tables.iter().flat_map(|table| ["--table".to_owned(), table.clone()]));
        for (option, value) in options {
            words.extend(value.iter().flat_map(|value| [option.to_owned(), value.clone()]));
        }
        let flags =
            [("--invert", self.invert), ("--no-records", self.no_records), ("--stroke-columns", self.stroke_columns)];
        words.extend(flags.into_iter().filter(|(_, is_on)| *is_on).map(|(flag, _)| flag.to_owned()));
        words
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn what_was_opened_is_opened_again_with_the_same_options() {
        let mut options = OpenOptions {
            rows: Some("-5:".parse().unwrap()),
            shape: Some((8, 16)),
            axes: Some("FN".parse().unwrap()),
            cell: Some(64),
            sprite: Some((7, 9)),
            records: false,
            stroke_columns: true,
            tables: vec!["t.csv".into()],
            join: Some("the key".to_owned()),
            ..OpenOptions::default()
        };
        options.values.range = Some("0:100.5".parse().unwrap());
        let opened = OpenedAs::of(&["demo:30:2".into(), "a b.npy".into()], &options).unwrap();
        let here = std::env::current_dir().unwrap().join("a b.npy").to_str().unwrap().to_owned();
        let table = std::env::current_dir().unwrap().join("t.csv").to_str().unwrap().to_owned();
        let words = [
            "demo:30:2",
            &here,
            "--table",
            &table,
            "--rows",
            "-5:",
            "--shape",
            "8x16",
            "--axes",
            "FN",
            "--cell",
            "64",
            "--sprite",
            "7x9",
            "--range",
            "0:100.5",
            "--join",
            "the key",
            "--no-records",
            "--stroke-columns",
        ];
        assert_eq!(opened.words(), words);
        let again: OpenedAs = serde_json::from_str(&serde_json::to_string(&opened).unwrap()).unwrap();
        assert_eq!(OpenedAs::of(&again.files(), &again.options().unwrap()), Some(opened));
        assert_eq!(OpenedAs::of(&["-".into()], &options), None);
        let wrong = OpenedAs { rows: Some("x".to_owned()), ..OpenedAs::default() };
        assert!(wrong.options().unwrap_err().contains("no slice of rows"));
    }
}
