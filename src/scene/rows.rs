//! How each row looks: hidden, faded, selected, coloured. One word a row, read by [`RowTable::style`] here and by `row_style`
//! in the shaders, and by nothing else.

pub mod appearance;
pub mod categories;
pub mod filter;
mod legend;

use super::palette::{Palette, Rgb, Theme, viridis};
use super::selection::Selection;
pub use legend::ColorMeaning;
use std::sync::Arc;

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
    /// viridis in [`RowColors::SCALE_STEPS`] steps, then a grey for rows without a value.
    Scale,
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
            Self::Scale => {
                let last = u32::from(Self::SCALE_STEPS) - 1;
                let step = |step| viridis(((step * 255 + last / 2) / last) as u8);
                (0..=last).map(step).chain([categories::NO_VALUE]).collect()
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
    pub fn new(revision: u64, rows: u32, colors: RowColors, style: impl Fn(u32) -> RowStyle) -> Self {
        Self::of_words(revision, (0..rows).map(|row| style(row).word()).collect(), colors)
    }

    fn of_words(revision: u64, words: Arc<[u16]>, colors: RowColors) -> Self {
        let all = words.iter().fold(0, |all, word| all | word);
        let selects = all & SELECTED != 0;
        let styling = match all.to_le_bytes() {
            [0, 0] => Styling::Plain,
            [0, _] if !selects => Styling::Flags,
            _ => Styling::Colors,
        };
        let words = if styling == Styling::Plain { Arc::default() } else { words };
        Self { revision, words, styling, fades: all & FADED != 0, selects, colors }
    }

    /// The same looks with other rows selected, as the next revision.
    #[must_use]
    pub fn with_selected(&self, rows: u32, selection: &Selection) -> Self {
        let word = |row| self.word(row) & !SELECTED | if selection.contains(row) { SELECTED } else { 0 };
        Self::of_words(self.revision + 1, (0..rows).map(word).collect(), self.colors)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_survives_its_word() {
        for bits in 0..8 {
            let style =
                RowStyle { hidden: bits & 1 > 0, faded: bits & 2 > 0, selected: bits & 4 > 0, color: 200 + bits };
            assert_eq!(RowStyle::from_word(style.word()), style);
        }
        assert_eq!(RowStyle::default().word(), 0);
    }

    #[test]
    fn a_table_knows_what_pictures_must_read() {
        let of = |style: RowStyle| {
            RowTable::new(1, 3, RowColors::Categories, |row| if row == 2 { style } else { RowStyle::default() })
        };
        assert_eq!(of(RowStyle::default()).styling(), Styling::Plain);
        assert_eq!(of(RowStyle { faded: true, ..RowStyle::default() }).styling(), Styling::Flags);
        assert_eq!(of(RowStyle { selected: true, ..RowStyle::default() }).styling(), Styling::Colors);
        let colored = of(RowStyle { color: 1, ..RowStyle::default() });
        assert_eq!(colored.styling(), Styling::Colors);
        assert_eq!([0, 1, 2, 3].map(|row| colored.style(row).color), [0, 0, 1, 0]);
        assert_eq!(colored.palette(Theme::Night)[..2], [Palette::of(Theme::Night).ink, [0xE6, 0x9F, 0x00]]);
        assert_eq!(colored.palette(Theme::Night)[255], Palette::of(Theme::Night).ink);
    }

    #[test]
    fn another_selection_changes_nothing_else() {
        let style = |row: u32| RowStyle { faded: row == 1, color: row as u8, ..RowStyle::default() };
        let before = RowTable::new(3, 4, RowColors::Categories, style);
        let selection = Selection::of_rows(4, [1, 3]);
        let after = before.with_selected(4, &selection);
        for row in 0..4 {
            assert_eq!(after.style(row), RowStyle { selected: selection.contains(row), ..style(row) });
        }
        assert_eq!((after.revision(), after.selects(), before.selects()), (4, true, false));
        assert_eq!(after.with_selected(4, &Selection::default()).words, before.words);
        // Of nothing a table of plain rows is left.
        let plain = RowTable::default().with_selected(4, &selection).with_selected(4, &Selection::default());
        assert_eq!(plain.styling(), Styling::Plain);
    }

    #[test]
    fn small_selected_drawings_have_the_selections_colour_and_large_ones_their_own() {
        let table = RowTable::new(1, 1, RowColors::Categories, |_| RowStyle::default());
        let selected = RowStyle { selected: true, color: 2, ..RowStyle::default() };
        let paint = |side_px| table.paints(Theme::Paper, side_px)[selected.paint()];
        let own = table.paints(Theme::Paper, 3.0)[2];
        assert_eq!(paint(OUTLINED_FROM_PX - 0.1), Paint { color: Palette::of(Theme::Paper).selection, washes: true });
        assert_eq!(paint(OUTLINED_FROM_PX), own);
        let plain = RowStyle { selected: true, ..RowStyle::default() }.paint();
        assert!(!table.paints(Theme::Paper, 20.0)[plain].washes, "rows without a colour wash nothing");
    }

    #[test]
    fn the_scale_is_viridis_from_end_to_end() {
        let palette = RowTable::new(1, 1, RowColors::Scale, |_| RowStyle::default()).palette(Theme::Paper);
        assert_eq!([palette[1], palette[254], palette[255]], [viridis(0), viridis(255), categories::NO_VALUE]);
        // Two neighbours of the published table are equal in bytes, twice.
        let equal = |colors: &[Rgb]| colors.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let table: Vec<Rgb> = (0..=255).map(viridis).collect();
        assert_eq!((equal(&palette[1..255]), equal(&table)), (2, 2));
    }

    #[test]
    fn hidden_counts_before_faded() {
        let style = RowStyle { hidden: true, faded: true, ..RowStyle::default() };
        assert_eq!((style.weight(), style.is_picked()), (0.0, false));
        assert_eq!(RowStyle { faded: true, ..RowStyle::default() }.weight(), FADED_INK);
    }
}
