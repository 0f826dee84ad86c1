//! What the inspector shows of one drawing, or of the selected ones: plain data.

use super::hand::HandModel;
use crate::app::original::{Mark, Original};
use crate::data::source::PixelValue;
use crate::likeness::comparison::ComparedBy;
use crate::scene::selection::ColumnMakeup;
use std::sync::Arc;

/// How much is known of one field of the looked-at record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldState {
    /// The value is shown.
    Known,
    /// Its record has not arrived; the fraction of records read, 0…1.
    Reading(f32),
    /// All records are read and this one has no such field.
    Unknown,
}

/// One line of the inspector's table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field<'a> {
    /// "country", "time".
    pub label: &'a str,
    /// The whole value as in the record; shown clipped and escaped, copied whole.
    pub value: &'a str,
    /// Secondary text after the value ("DE", "(in the record)"), or empty.
    pub detail: &'a str,
    /// Known, being read, or missing.
    pub state: FieldState,
}

/// One texel under the pointer in the inspector's picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelReadout {
    /// Column from 0, left to right.
    pub column: u32,
    /// Row of texels from 0, top to bottom.
    pub row: u32,
    /// The file's own value, where that is not the ink.
    pub value: Option<PixelValue>,
    /// 0…255, 255 is drawn; `None` of colour.
    pub ink: Option<u8>,
}

impl PixelReadout {
    /// "column 3 · row 5 · ink 255", "column 3 · row 5 · value 0.7314 · ink 187", "column 3 · row 5 · value 12, 200, 31".
    pub fn in_words(&self) -> String {
        let value = self.value.map_or_else(String::new, |value| format!(" · value {value}"));
        let ink = self.ink.map_or_else(String::new, |ink| format!(" · ink {ink}"));
        format!("column {} · row {}{value}{ink}", self.column, self.row)
    }
}

/// The drawing in the inspector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InspectorModel<'a> {
    /// Its row.
    pub row: u32,
    /// Its word or category.
    pub title: &'a str,
    /// It stays while the pointer moves on.
    pub pinned: bool,
    /// What is known of it.
    pub fields: &'a [Field<'a>],
    /// The texel under the pointer.
    pub pixel: Option<PixelReadout>,
    /// Width and height of a drawing in texels.
    pub size: [u32; 2],
    /// The picture that it was made of, in its own size, once it has been decoded.
    pub original: Option<&'a Arc<Original>>,
    /// How it was drawn, where its record says so.
    pub hand: Option<HandModel<'a>>,
    /// What tables mark in it.
    pub marks: &'a [Mark],
    /// A quiet line under the fields ("joined by position").
    pub footnote: Option<&'a str>,
    /// What looks like it; `None` where nobody wants to know.
    pub alike: Option<AlikeModel<'a>>,
    /// By what drawings are compared.
    pub compared_by: ComparedBy,
    /// Whether there is a file of rows of numbers to compare them by.
    pub has_embedding: bool,
}

/// What looks like a drawing, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AlikeModel<'a> {
    /// It is about to be.
    Unknown,
    /// All drawings are being compared: so much of them, 0…1.
    Comparing(f32),
    /// The rows that look most like it, the most alike first; none where there is nothing to compare it by.
    Rows(&'a [u32]),
    /// Why it cannot be known.
    Failed(&'a str),
}

/// A field of two drawings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparedField<'a> {
    /// "country", "time".
    pub label: &'a str,
    /// What each of them has there.
    pub values: [Field<'a>; 2],
}

impl ComparedField<'_> {
    /// Whether both have the same there.
    pub fn is_same(&self) -> bool {
        let [first, second] = self.values;
        (first.value, first.detail, first.state) == (second.value, second.detail, second.state)
    }
}

/// Two drawings beside each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompareModel<'a> {
    /// The row that the other one is compared with.
    pub first: u32,
    /// The other one; `None` until one is pinned or hovered.
    pub second: Option<u32>,
    /// What is known of both.
    pub fields: &'a [ComparedField<'a>],
    /// The ink of the second one as `selected`, that of the first as `all`.
    pub inks: Option<&'a MeanDrawing>,
}

/// What the inspector shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InspectorPage {
    /// One drawing.
    #[default]
    Drawing,
    /// The selected drawings together.
    Selection,
}

/// The selected drawings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionModel<'a> {
    /// Their rows in ascending order, as far as they are listed.
    pub rows: &'a [u32],
    /// Their values by column; empty where there are no records, or not yet.
    pub makeup: &'a [ColumnMakeup],
    /// Their mean drawing and that of all; `None` until it has come.
    pub mean: Option<&'a MeanDrawing>,
}

/// The mean ink of drawings, pixel by pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanDrawing {
    /// Width and height in pixels.
    pub size: [u32; 2],
    /// Of the selected ones, row by row from the top, 0…1.
    pub selected: Vec<f32>,
    /// Of all.
    pub all: Arc<[f32]>,
    /// Of the selected ones as they are seen, where they are in colour: RGBA, 0…1, multiplied by alpha.
    pub colors: Option<Vec<[f32; 4]>>,
}
