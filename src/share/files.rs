//! All that one export writes, file after file: the same for `inkfield export` and for the window.

use super::{ContactSheet, Drawings, Page, Pair, Replay, Replayed, ShareError, Told, measure_ink, write_table_of};
use crate::data::columns::Columns;
use crate::data::values::InkTable;
use crate::scene::{Background, Scene, ThemeChoice};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Pixels a side of a replayed drawing, as the published bitmaps have them, before it is enlarged.
const STROKE_SIDE: u32 = 28;

/// Where each kind of file goes; what has no path is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outputs {
    /// One web page.
    pub page: Option<PathBuf>,
    /// The drawings.
    pub bitmaps: Option<PathBuf>,
    /// Their records.
    pub records: Option<PathBuf>,
    /// Their columns.
    pub table: Option<PathBuf>,
    /// A grid of all of them.
    pub sheet: Option<PathBuf>,
    /// The same while they are drawn.
    pub replay: Option<PathBuf>,
}

impl Outputs {
    /// What a replay is called.
    pub const REPLAY: &str = "replay";

    /// What is written, and where.
    pub fn named(&self) -> Vec<(&'static str, &Path)> {
        let Self { page, bitmaps, records, table, sheet, replay } = self;
        let all = [
            ("page", page),
            ("bitmaps", bitmaps),
            ("records", records),
            ("table", table),
            ("contact sheet", sheet),
            (Self::REPLAY, replay),
        ];
        all.into_iter().filter_map(|(what, path)| Some((what, path.as_deref()?))).collect()
    }

    /// Whether drawings are painted: that takes a scene, and how values become ink.
    pub fn are_painted(&self) -> bool {
        self.page.is_some() || self.sheet.is_some() || self.replay.is_some()
    }
}

/// Hears what is being made, and how many drawings of how many are done; a break gives the export up.
pub type OnStep<'a> = &'a mut dyn FnMut(&'static str, u32, u32) -> ControlFlow<()>;

/// What painted drawings look like.
#[derive(Debug)]
pub struct Painted<'a> {
    /// Layout, camera and looks. Where it knows the ink of no drawing, that is measured when it is needed.
    pub scene: &'a mut Scene,
    /// From values to ink.
    pub table: &'a InkTable,
}

/// One export.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// Which files.
    pub outputs: &'a Outputs,
    /// Of which drawings.
    pub drawings: Drawings<'a>,
    /// What is known of them.
    pub columns: &'a Columns,
    /// Columns of page and table; all of them where none is named.
    pub fields: &'a [String],
    /// Heading of the page.
    pub title: &'a str,
    /// Theme of the page.
    pub theme: ThemeChoice,
    /// Size of the page's scatter in logical pixels; it fills the page where none is given.
    pub size: Option<[f64; 2]>,
    /// The page shows whatever the scene does not hide, faded drawings as well.
    pub shows_faded: bool,
    /// Drawings in a line of the contact sheet.
    pub sheet_columns: Option<u32>,
    /// Whole pixels a value on the contact sheet.
    pub enlarge: u32,
    /// What the drawings of the contact sheet lie on.
    pub background: Background,
}

impl Export<'_> {
    /// Writes each of the files, whole or not at all.
    pub fn write(&self, painted: Option<Painted<'_>>, on: OnStep<'_>) -> Result<Told, ShareError> {
        let replayed = painted.map(|painted| self.paint(painted, on)).transpose()?.flatten();
        let count = self.drawings.rows.len() as u32;
        let Outputs { bitmaps, records, table, .. } = self.outputs;
        let pair =
            Pair { bitmaps: bitmaps.as_deref(), records: records.as_deref(), columns: self.columns, complete: false };
        let told = Told { replayed, ..pair.write(self.drawings, &mut |rows| on("drawings", rows, count))? };
        if let Some(path) = table {
            let rows = self.drawings.rows;
            write_table_of(path, self.columns, self.fields, rows, &mut |rows| on("table", rows, count))?;
        }
        Ok(told)
    }

    /// Writes what shows drawings; what became of a replay.
    fn paint(&self, Painted { scene, table }: Painted<'_>, on: OnStep<'_>) -> Result<Option<Replayed>, ShareError> {
        let Drawings { dataset, rows } = self.drawings;
        if let Some(path) = &self.outputs.page {
            let all = dataset.rows();
            if scene.rows_ready() == 0 {
                measure_ink(dataset, table, scene, &mut |rows| on("ink", rows, all))?;
            }
            let is_shown = |row: &u32| !scene.row_table().style(*row).hidden;
            let shown: Vec<u32> = if self.shows_faded { (0..all).filter(is_shown).collect() } else { rows.to_vec() };
            let (fields, title, theme, size) = (self.fields, self.title, self.theme, self.size);
            let page = Page { scene, columns: self.columns, fields, table, title, theme, size };
            let count = shown.len() as u32;
            page.write(path, Drawings { dataset, rows: &shown }, &mut |rows| on("page", rows, count))?;
        }
        if let Some(path) = &self.outputs.sheet {
            let (columns, enlarge, background) = (self.sheet_columns, self.enlarge, self.background);
            let sheet = ContactSheet { scene, table, columns, enlarge, background };
            let count = rows.len() as u32;
            sheet.write(path, self.drawings, &mut |rows| on("contact sheet", rows, count))?;
        }
        let Some(path) = &self.outputs.replay else { return Ok(None) };
        let replay = Replay { scene, columns: self.sheet_columns, side: STROKE_SIDE * self.enlarge };
        replay.write(path, self.drawings, &mut |percent| on("replay", percent, 100)).map(Some)
    }
}
