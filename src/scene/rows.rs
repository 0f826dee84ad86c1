//! How each row looks: hidden, faded, selected, coloured. One word a row, read by [`RowTable::style`] here and by `row_style`
//! in the shaders, and by nothing else.

pub mod appearance;
pub mod categories;
mod choices;
pub mod filter;
mod legend;
mod picked;
mod scale;
#[cfg(test)]
mod tests;

use super::palette::{Palette, Rgb, Theme};
use super::selection::Selection;
pub use choices::{ColorRange, ScalePalette, Spread, UnknownScale};
pub use legend::ColorMeaning;
pub use picked::Pick;
use rayon::prelude::*;
use std::sync::Arc;

/// Rows that a thread looks at, or gives their looks, at once: fewer are not worth one.
pub(super) const SERIAL_ROWS: usize = 1 << 14;

/// What is left of the ink of a faded row.
pub const FADED_INK: f64 = 0.15;
/// How much of the ground under a coloured drawing takes its colour.
pub const WASH: f64 = 0.12;
/// Bits of a row's word above its colour.
const HIDDEN: u16 = 1 << 8;
const FADED: u16 = 1 << 9;
const SELECTED: u16 = 1 << 10;
/// From this side in pixels on, selected drawings are outlined; smaller ones take the selection's colour.
pub const OUTLINED_FROM_PX: f64 = 8.0;
/// How much of their row's colour smaller pictures in colour take.
pub const PICTURE_TINT: f64 = 0.5;

/// How one row looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowStyle {
    /// Neither drawn nor picked.
    pub hidden: bool,
    /// Drawn with [`FADED_INK`] of its ink, and not picked.
    pub faded: bool,
    /// One of the selected rows.
    pub selected: bool,
    /// Entry of the palette; 0 is a row without a colour.
    pub color: u8,
}

impl RowStyle {
    /// What is drawn of its ink, 0…1.
    pub fn weight(self) -> f64 {
        match self {
            Self { hidden: true, .. } => 0.0,
            Self { faded: true, .. } => FADED_INK,
            _ => 1.0,
        }
    }

    /// Why it is not found in the picture; `None` where it is.
    pub fn in_words(self) -> Option<&'static str> {
        match self {
            Self { hidden: true, .. } => Some("hidden by --where"),
            Self { faded: true, .. } => Some("faded by --where"),
            _ => None,
        }
    }

    /// Its entry in [`RowTable::paints`].
    pub fn paint(self) -> usize {
        usize::from(self.color) + if self.selected { 256 } else { 0 }
    }

    /// Whether the pointer finds it.
    pub fn is_picked(self) -> bool {
        !self.hidden && !self.faded
    }

    fn from_word(word: u16) -> Self {
        let [color, _] = word.to_le_bytes();
        let is = |flag| word & flag != 0;
        Self { hidden: is(HIDDEN), faded: is(FADED), selected: is(SELECTED), color }
    }

    /// The word that the GPU reads, above the 16 bits of mean ink.
    fn word(self) -> u16 {
        let flag = |is: bool, flag| if is { flag } else { 0 };
        u16::from(self.color) | flag(self.hidden, HIDDEN) | flag(self.faded, FADED) | flag(self.selected, SELECTED)
    }
}

/// What a picture must read of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Styling {
    /// Nothing: every row looks as all others.
    #[default]
    Plain,
    /// Flags alone.
    Flags,
    /// Flags and colours; that of the selection is one.
    Colors,
}

/// What entries of the palette, from 1 on, point at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowColors {
    /// No row has a colour.
    #[default]
    None,
    /// See [`categories::palette`].
    Categories,
    /// [`RowColors::SCALE_STEPS`] steps, then a colour for rows without a value.
    Scale(ScalePalette),
}

impl RowColors {
    /// Steps of the scale of numbers and times.
    pub const SCALE_STEPS: u8 = 254;
    /// The entry of rows without a value on that scale.
    pub const SCALE_MISSING: u8 = 255;

    /// The entries from 1 on.
    fn entries(self, theme: Theme) -> Vec<Rgb> {
        match self {
            Self::None => Vec::new(),
            Self::Categories => categories::palette(theme),
            Self::Scale(palette) => {
                let steps = (0..Self::SCALE_STEPS).map(|step| palette.step(theme, step));
                steps.chain([palette.missing()]).collect()
            }
        }
    }
}

/// The looks of all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowTable {
    revision: u64,
    /// Empty where nothing is styled.
    words: Arc<[u16]>,
    styling: Styling,
    fades: bool,
    selects: bool,
    colors: RowColors,
}

/// A colour that rows are painted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// The colour of the ink.
    pub color: Rgb,
    /// The ground takes some of it.
    pub washes: bool,
}

impl RowTable {
    /// A table of `rows` rows that looks as `style` says. `revision` differs from that of every other table of the scene.
    pub fn new(revision: u64, rows: u32, colors: RowColors, style: impl Fn(u32) -> RowStyle + Sync) -> Self {
        Self::of_words(revision, rows, colors, |row| style(row).word())
    }

    fn of_words(revision: u64, rows: u32, colors: RowColors, word: impl Fn(u32) -> u16 + Sync) -> Self {
        let mut words = vec![0; rows as usize];
        let all = words.par_chunks_mut(SERIAL_ROWS).enumerate().map(|(chunk, words)| {
            let first = (chunk * SERIAL_ROWS) as u32;
            (first..).zip(words).fold(0, |all, (row, out)| {
                *out = word(row);
                all | *out
            })
        });
        let all: u16 = all.reduce(|| 0, |all, word| all | word);
        let selects = all & SELECTED != 0;
        let styling = match all.to_le_bytes() {
            [0, 0] => Styling::Plain,
            [0, _] if !selects => Styling::Flags,
            _ => Styling::Colors,
        };
        let words = if styling == Styling::Plain { Arc::default() } else { words.into() };
        Self { revision, words, styling, fades: all & FADED != 0, selects, colors }
    }

    /// The same looks with other rows selected, as the next revision.
    #[must_use]
    pub fn with_selected(&self, rows: u32, selection: &Selection) -> Self {
        let flag = |row| if selection.contains(row) { SELECTED } else { 0 };
        Self::of_words(self.revision + 1, rows, self.colors, |row| self.word(row) & !SELECTED | flag(row))
    }

    /// The same looks with all rows faded but those of one entry of the palette, as the next revision.
    #[must_use]
    pub fn with_others_faded(&self, rows: u32, entry: u8) -> Self {
        let is_other = |word: u16| word.to_le_bytes()[0] != entry;
        let word = |row| self.word(row) | if is_other(self.word(row)) { FADED } else { 0 };
        Self::of_words(self.revision + 1, rows, self.colors, word)
    }

    /// The same looks under another revision.
    pub(super) fn renewed(self, revision: u64) -> Self {
        Self { revision, ..self }
    }

    /// Changes whenever the look of a row or a colour does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What pictures read of it.
    pub fn styling(&self) -> Styling {
        self.styling
    }

    /// Whether any row is faded.
    pub fn fades(&self) -> bool {
        self.fades
    }

    /// Whether any row is selected.
    pub fn selects(&self) -> bool {
        self.selects
    }

    /// How a row looks: the twin of `row_style` in `shaders/row_style.wgsl`.
    pub fn style(&self, row: u32) -> RowStyle {
        self.words.get(row as usize).map_or_else(RowStyle::default, |&word| RowStyle::from_word(word))
    }

    /// What the GPU holds of a row besides its mean ink.
    pub fn word(&self, row: u32) -> u16 {
        self.words.get(row as usize).copied().unwrap_or(0)
    }

    /// What rows are painted in where a drawing is `side_px` wide: an entry for each code, then one for each code of selected rows.
    pub fn paints(&self, theme: Theme, side_px: f64) -> Vec<Paint> {
        let own = self.palette(theme);
        let own = own.iter().enumerate().map(|(code, &color)| Paint { color, washes: code > 0 });
        let selection = Paint { color: Palette::of(theme).selection, washes: true };
        let of_selected = |paint| if side_px < OUTLINED_FROM_PX { selection } else { paint };
        own.clone().chain(own.map(of_selected)).collect()
    }

    /// The 256 colours that codes point at: the theme's ink for rows without a colour.
    pub fn palette(&self, theme: Theme) -> [Rgb; 256] {
        let mut palette = [Palette::of(theme).ink; 256];
        for (entry, color) in palette.iter_mut().skip(1).zip(self.colors.entries(theme)) {
            *entry = color;
        }
        palette
    }
}
