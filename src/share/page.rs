//! One web page that holds everything: drawings as PNG sheets, fields as JSON, and a script that draws as `render` does.
//!
//! Markup, style and script are ordinary files in `page/`; between `%%` stands what is filled in. Nothing is loaded from anywhere.

mod data;
mod escape;
mod fields;
mod sheets;

use super::error::{Failure, ShareError, whole};
use super::{Drawings, OnRows};
use crate::data::columns::Columns;
use crate::data::values::InkTable;
use crate::scene::{Scene, ThemeChoice};
use crate::words::{counted, thousands};
use std::io::Write;
use std::path::Path;

const MARKUP: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");
/// In the order in which they build on one another.
const SCRIPT: [&str; 7] = [
    include_str!("page/data.js"),
    include_str!("page/view.js"),
    include_str!("page/software.js"),
    include_str!("page/webgl.js"),
    include_str!("page/outlines.js"),
    include_str!("page/overlay.js"),
    include_str!("page/figure.js"),
];

/// What a page shows.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Layout, camera, looks; it knows the mean inks of all drawings.
    pub scene: &'a Scene,
    /// What is known of the drawings.
    pub columns: &'a Columns,
    /// Which columns, the first ones in the tooltip; all of them where none is named.
    pub fields: &'a [String],
    /// From values to ink.
    pub table: &'a InkTable,
    /// Heading.
    pub title: &'a str,
    /// Paper, night, or as the reader's system says.
    pub theme: ThemeChoice,
    /// Size of the scatter in logical pixels; it fills the page where none is given.
    pub size: Option<[f64; 2]>,
}

impl Page<'_> {
    /// Writes the page of these drawings: those that are hidden are not among them.
    pub fn write(&self, path: &Path, drawings: Drawings<'_>, on: OnRows<'_>) -> Result<(), ShareError> {
        let fields = fields::Fields::choose(self)?;
        whole("page", path, |out| {
            // Known once the sheets, which come first, were written.
            let mut tints = Vec::new();
            for (place, part) in MARKUP.split("%%").enumerate() {
                if place % 2 == 0 {
                    out.write_all(part.as_bytes())?;
                } else {
                    self.fill(part, (&fields, &mut tints), drawings, out, on)?;
                }
            }
            Ok(())
        })
    }

    /// Fills in one place of the markup.
    fn fill(
        &self,
        place: &str,
        (fields, tints): (&fields::Fields<'_>, &mut Vec<u8>),
        drawings: Drawings<'_>,
        out: &mut dyn Write,
        on: OnRows<'_>,
    ) -> Result<(), Failure> {
        match place {
            "title" => out.write_all(escape::html(self.title).as_bytes())?,
            "counts" => out.write_all(counts(drawings).as_bytes())?,
            "version" => out.write_all(env!("CARGO_PKG_VERSION").as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => SCRIPT.iter().try_for_each(|part| out.write_all(part.as_bytes()))?,
            "frame" => {
                if let Some([width, height]) = self.size {
                    write!(out, " class=\"sized\" style=\"--width: {width}px; --height: {height}px\"")?;
                }
            }
            "sheets" => *tints = sheets::write(drawings, on, out)?,
            "data" => data::write(self, (fields, tints), drawings, out)?,
            _ => {}
        }
        Ok(())
    }
}

/// "30 of 150,152 drawings".
fn counts(drawings: Drawings<'_>) -> String {
    let (shown, all) = (drawings.rows.len() as u64, u64::from(drawings.dataset.total_rows()));
    let drawings = counted(all, "drawing", "drawings");
    if shown == all { drawings } else { format!("{} of {drawings}", thousands(shown)) }
}
