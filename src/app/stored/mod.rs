//! Sessions as files: what is looked at, by what the drawings' files are known by and by the rows in them.

mod error;
mod panels;
#[cfg(test)]
mod tests;

pub use error::StoredError;
pub use panels::Panels;

use super::opened_as::OpenedAs;
use crate::data::dataset::{Identity, SetIdentity};
use crate::data::runs::{Run, are_runs, rows_in, rows_of, runs_of};
use crate::data::tags::now_ms;
use crate::export::write_whole;
use crate::scene::camera::Viewport;
use crate::scene::selection::Selection;
use crate::scene::snapshot::Snapshot;
use crate::words::counted;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// The version of the form that is written here.
const VERSION: u32 = 1;
/// A session begins so, whatever it is called.
const BEGINNING: &[u8] = b"{\"inkfield_session\":";
/// A selection of every other row of the largest sets fits; what is longer is none.
const MOST_BYTES: u64 = 1 << 30;

/// A session as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    inkfield_session: u32,
    /// When it was saved, in milliseconds since 1970.
    saved_at: u64,
    /// What was open.
    opened: OpenedAs,
    /// Drawings that were open.
    rows: u32,
    /// The scatter viewport.
    size_px: [u32; 2],
    scale: f64,
    view: Snapshot,
    #[serde(default, skip_serializing_if = "Panels::is_usual")]
    panels: Panels,
    /// The pinned row: the number of its file, and the row in it.
    pin: Option<(usize, u32)>,
    files: Vec<StoredFile>,
}

/// A file of drawings, and which of its rows were selected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct StoredFile {
    file: Identity,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    selected: Vec<Run>,
}

/// What of a session fits what is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// What is to be looked at, in rows of what is open.
    pub snapshot: Snapshot,
    /// What is chosen in panels.
    pub panels: Panels,
    /// The camera means the same there.
    pub keeps_camera: bool,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

impl Stored {
    /// What is looked at, to be written.
    pub fn new(
        opened: OpenedAs,
        set: &SetIdentity,
        (snapshot, panels): (Snapshot, Panels),
        viewport: &Viewport,
    ) -> Self {
        let mut selected = vec![Vec::new(); set.files().count()];
        for (number, row) in snapshot.selection.rows().filter_map(|row| set.in_file(row)) {
            if let Some(rows) = selected.get_mut(number) {
                rows.push(row);
            }
        }
        let files = set.files().cloned().zip(selected);
        let mut view = Snapshot { pin: None, selection: Selection::default(), ..snapshot };
        // That is known again from what is open.
        view.layout_params.slice = None;
        for path in view.layout_params.files_mut() {
            *path = std::path::absolute(&*path).unwrap_or_else(|_| std::mem::take(path));
        }
        Self {
            inkfield_session: VERSION,
            saved_at: now_ms(),
            opened,
            rows: set.rows(),
            size_px: [viewport.width_px, viewport.height_px],
            scale: viewport.scale,
            view,
            panels,
            pin: snapshot.pin.and_then(|row| set.in_file(row)),
            files: files.map(|(file, rows)| StoredFile { file, selected: runs_of(rows.into_iter()) }).collect(),
        }
    }

    /// Reads one.
    pub fn read(path: &Path) -> Result<Self, StoredError> {
        let read = |source| StoredError::Read { source, path: path.to_owned() };
        let broken = |what: String| StoredError::Broken { what, path: path.to_owned() };
        if path.is_dir() {
            return Err(read(ErrorKind::IsADirectory.into()));
        }
        let mut json = Vec::new();
        let file = std::fs::File::open(path).map_err(read)?;
        file.take(MOST_BYTES).read_to_end(&mut json).map_err(read)?;
        let value: serde_json::Value = serde_json::from_slice(&json).map_err(|error| broken(error.to_string()))?;
        match value.get("inkfield_session").and_then(serde_json::Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(version) => return Err(StoredError::Version { version, path: path.to_owned() }),
            None => return Err(broken("\"inkfield_session\" is missing".to_owned())),
        }
        let stored: Self = serde_json::from_value(value).map_err(|error| broken(error.to_string()))?;
        stored.check().map_err(broken)?;
        Ok(stored)
    }

    /// What is no session although it reads as one.
    fn check(&self) -> Result<(), String> {
        for StoredFile { file, selected } in &self.files {
            if !are_runs(selected, file.rows) {
                return Err(format!("the selected rows of {} do not ascend from 0 to {}", file.name, file.rows));
            }
        }
        if let Some((number, row)) = self.pin {
            let file = self.files.get(number).ok_or_else(|| format!("there is no file {number} for the pinned row"))?;
            if row >= file.file.rows {
                return Err(format!("{} has no row {row} to be pinned", file.file.name));
            }
        }
        let view = &self.view;
        let is_usual = (0.0..=1.0).contains(&view.opacity)
            && view.zoom > 0.0
            && view.point_size.is_none_or(|side| (0.0..=10_000.0).contains(&side))
            && view.layout_params.columns != Some(0)
            && (0.25..=16.0).contains(&self.scale)
            && self.size_px.iter().all(|side| (1..=16_384).contains(side));
        if !is_usual || self.files.is_empty() || self.opened.inputs.is_empty() {
            return Err("a number in it lies beyond what can be".to_owned());
        }
        self.panels.check()?;
        self.opened.options().map(drop)
    }

    /// Whether a file begins as sessions do.
    pub fn is_one(path: &Path) -> bool {
        let mut head = Vec::new();
        let mut read = |file: std::fs::File| file.take(BEGINNING.len() as u64).read_to_end(&mut head);
        // Opening a pipe would wait for whoever writes into it.
        path.is_file() && std::fs::File::open(path).and_then(&mut read).is_ok() && head == BEGINNING
    }

    /// Writes it, whole or not at all, and over nothing but an earlier session.
    pub fn write(&self, path: &Path) -> Result<(), StoredError> {
        let write = |source| StoredError::Write { source, path: path.to_owned() };
        if path.metadata().is_ok_and(|found| found.is_file() && found.len() > 0) && !Self::is_one(path) {
            return Err(StoredError::NotOne(path.to_owned()));
        }
        let json = serde_json::to_string(self).map_err(|error| write(error.into()))?;
        write_whole(path, |out| out.write_all(format!("{json}\n").as_bytes())).map_err(write)
    }

    /// When it was saved.
    pub fn saved_at(&self) -> u64 {
        self.saved_at
    }

    /// What opens the drawings again: where they were, or beside the session where they have moved along with it.
    pub fn opened(&self, path: &Path) -> OpenedAs {
        let moved = |input: &String| {
            let name =
                Path::new(input).file_name().filter(|_| !input.starts_with("demo:") && !Path::new(input).exists());
            let beside =
                path.parent().zip(name).map(|(folder, name)| folder.join(name)).filter(|beside| beside.exists());
            beside.and_then(|beside| Some(std::path::absolute(beside).ok()?.to_str()?.to_owned()))
        };
        let inputs = self.opened.inputs.iter().map(|input| moved(input).unwrap_or_else(|| input.clone()));
        OpenedAs { inputs: inputs.collect(), ..self.opened.clone() }
    }

    /// The viewport that it was saved in.
    pub fn viewport(&self) -> Viewport {
        let [width, height] = self.size_px;
        Viewport::new(width, height, self.scale)
    }

    /// What of it fits these drawings. Rows of files that hold other drawings now are left out, and that is said; of drawings of which
    /// none is known, nothing fits.
    pub fn fit(&self, set: &SetIdentity, path: &Path) -> Result<Fit, StoredError> {
        let numbers: Vec<Option<usize>> = self.files.iter().map(|stored| set.find(&stored.file)).collect();
        let (mut notes, mut rows, mut is_of_these) = (Vec::new(), Vec::new(), false);
        for (StoredFile { file, selected }, number) in self.files.iter().zip(&numbers) {
            is_of_these |= number.is_some() || set.find_version(file).is_some();
            let meant = rows_in(selected);
            let found: Vec<u32> = match number {
                Some(number) => rows_of(selected).filter_map(|row| set.of_file(*number, row)).collect(),
                None => Vec::new(),
            };
            let left_out = meant - found.len() as u64;
            rows.extend(found);
            if number.is_none() {
                notes.push(match set.find_version(file) {
                    Some(_) => {
                        format!("{} has other drawings than when the session was saved: {}", file.name, NOT_ROWS)
                    }
                    None => format!("{} of the session is not open", file.name),
                });
            } else if left_out > 0 {
                let drawings = counted(left_out, "selected drawing", "selected drawings");
                notes.push(format!("{drawings} of {} left out: these rows are not open", file.name));
            }
        }
        if !is_of_these {
            let of = self.files.first().map_or_else(String::new, |stored| stored.file.name.clone());
            return Err(StoredError::Foreign { of, path: path.to_owned() });
        }
        let pin = self.pin.and_then(|(file, row)| set.of_file((*numbers.get(file)?)?, row));
        let selection = Selection::of_rows(set.rows(), rows);
        let mut snapshot = Snapshot { pin, selection, ..self.view.clone() };
        let keeps_camera = self.rows == set.rows();
        if !keeps_camera {
            snapshot.zoom = 1.0;
            notes.push("the session was saved with another number of drawings: everything is shown".to_owned());
        }
        Ok(Fit { snapshot, panels: self.panels.clone(), keeps_camera, notes })
    }
}

const NOT_ROWS: &str = "which of its rows were selected and pinned is left out";

impl Fit {
    /// What a scene starts with.
    pub fn settings(&self) -> crate::scene::Settings {
        let settings = self.snapshot.settings();
        if self.keeps_camera { settings } else { crate::scene::Settings { center: None, ..settings } }
    }
}

/// A session that the command line names: its file, and what stands in it unless it is yet to be written.
#[derive(Clone, Debug)]
pub struct NamedSession {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub stored: Option<Box<Stored>>,
}
