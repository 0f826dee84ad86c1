//! How a scene's rows look, and which of them are selected.

use super::Scene;
use crate::data::Row;
use crate::data::columns::query::ConditionError;
use crate::data::tags::Tags;
use crate::scene::overlay::Legend;
use crate::scene::palette::{Colormap, Theme};
use crate::scene::rows::filter::Filter;
use crate::scene::rows::{ColorMeaning, Pick, RowColors, RowStyle, RowTable};
use crate::scene::selection::{Combine, Region, Selection};
use rayon::prelude::*;
use std::sync::Arc;

/// Rows that a thread tests against a region at once.
const TESTED_ROWS: usize = 1 << 14;
/// Many rows are one of so few.
const MANY: u64 = 8;
/// Values of a scale that are kept in their order, so that its ends can be dragged.
const KEPT_VALUES: usize = 1 << 22;

impl Scene {
    /// Gives every row its look; which ones are selected stays as it is.
    pub fn set_styles(&mut self, colors: RowColors, style: impl Fn(u32) -> RowStyle + Sync) {
        self.flash(None);
        let revision = self.row_table.revision() + 1;
        let marked = self.marked();
        let style = |row| RowStyle { selected: marked.contains(row), ..style(row) };
        self.row_table = RowTable::new(revision, self.rows, colors, style);
        self.placed_when_styled = self.placed.layout.only().cloned();
    }

    /// Whether rows have the looks that the placement in force asks for: without a place they are hidden.
    pub fn is_styled(&self) -> bool {
        self.placed_when_styled.as_ref() == self.placed.layout.only()
    }

    /// The selection as far as pictures show it: a colour map other than ink leaves no room for another colour.
    fn marked(&self) -> Selection {
        if self.settings.colormap == Colormap::Ink { self.selection.clone() } else { Selection::default() }
    }

    /// Selects these rows and no others.
    pub fn select(&mut self, selection: Selection) {
        if selection == self.selection {
            return;
        }
        self.flash(None);
        self.selection = selection;
        self.row_table = self.row_table.with_selected(self.rows, &self.marked());
    }

    /// The selected rows.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The tags of rows.
    pub fn tags(&self) -> &Tags {
        &self.tags
    }

    /// Gives rows other tags.
    pub fn set_tags(&mut self, tags: Tags) {
        self.tags = tags;
    }

    /// Selects rows whose centres lie in a region, as far as the pointer can find them, or takes them away.
    pub fn select_region(&mut self, region: &Region, how: Combine) {
        let meant = self.rows_in(region);
        self.select(self.selection.combined(&meant, how));
    }

    /// The rows whose centres lie in a region and that the pointer can find.
    pub fn rows_in(&self, region: &Region) -> Selection {
        let placed = &self.placed;
        let is_in =
            |row: &u32| self.is_found(*row) && placed.layout.center(*row).is_some_and(|center| region.contains(center));
        // Of many, all rows in their order are faster to look through than some in that of the index.
        if placed.index.rows_in(&region.bounds()) > u64::from(self.rows) / MANY {
            return Selection::where_true(self.rows, |row| is_in(&row));
        }
        let candidates: Vec<&[u32]> = placed.index.candidate_runs(&region.bounds()).collect();
        let chunks = candidates.par_iter().flat_map(|run| run.par_chunks(TESTED_ROWS));
        let inside: Vec<Vec<u32>> = chunks.map(|rows| rows.iter().copied().filter(is_in).collect()).collect();
        Selection::of_rows(self.rows, inside.into_iter().flatten())
    }

    /// All rows that the pointer can find: those that no filter leaves out.
    pub fn all_found(&self) -> Selection {
        Selection::where_true(self.rows, |row| self.is_found(row))
    }

    /// Says what the colours of the looks in force mean.
    pub(in crate::scene) fn set_meaning(&mut self, meaning: Option<ColorMeaning>) {
        let legend = |meaning: &ColorMeaning, theme| Arc::new(meaning.legend(&self.row_table, theme));
        self.legends = meaning.as_ref().map(|meaning| [Theme::Paper, Theme::Night].map(|theme| legend(meaning, theme)));
        self.meaning = meaning;
    }

    /// The filter after a click on an entry of the legend; `None` where there is no legend.
    pub fn picked_in_legend(&self, entry: u8, pick: Pick) -> Option<Result<Option<Filter>, ConditionError>> {
        let filter = self.settings.appearance.filter.as_ref();
        self.meaning.as_ref().map(|meaning| meaning.picked(filter, entry, pick))
    }

    /// The values of the first and the last colour of a scale, and those at the edges of its histogram.
    pub fn color_ends(&self) -> Option<([f64; 2], [f64; 2])> {
        self.meaning.as_ref().and_then(ColorMeaning::ends)
    }

    /// Fades all drawings but those of an entry of the palette for as long as this is so, or none; answers whether pictures change. What
    /// is found, selected and remembered is as without it.
    pub fn flash(&mut self, entry: Option<u8>) -> bool {
        if self.flashed.as_ref().map(|(flashed, _)| *flashed) == entry {
            return false;
        }
        let revision = self.row_table.revision() + 1;
        if let Some((_, unflashed)) = self.flashed.take() {
            self.row_table = unflashed.renewed(revision);
        }
        if let Some(entry) = entry {
            let unflashed = self.row_table.clone();
            self.row_table = unflashed.with_others_faded(self.rows, entry).renewed(revision);
            self.flashed = Some((entry, unflashed));
        }
        true
    }

    /// The entry of the palette whose drawings flash.
    pub fn flashing(&self) -> Option<u8> {
        self.flashed.as_ref().map(|(entry, _)| *entry)
    }

    /// A row as it looks without a flash.
    pub fn lasting_style(&self, row: u32) -> RowStyle {
        self.flashed.as_ref().map_or(&self.row_table, |(_, unflashed)| unflashed).style(row)
    }

    /// The values of a column in their order, which are made where they are not known.
    pub(in crate::scene) fn scale_values(&mut self, name: &str, make: impl FnOnce() -> Arc<[f64]>) -> Arc<[f64]> {
        let known = self.scale_values.take().filter(|(known, _)| known == name);
        let (name, values) = known.unwrap_or_else(|| (name.to_owned(), make()));
        // Of more it takes too much memory to keep them.
        self.scale_values = (values.len() <= KEPT_VALUES).then(|| (name, Arc::clone(&values)));
        values
    }

    /// What colours mean in a theme.
    pub fn legend(&self, theme: Theme) -> Option<Arc<Legend>> {
        let [paper, night] = self.legends.as_ref()?;
        Some(Arc::clone(if theme == Theme::Night { night } else { paper }))
    }

    /// The looks of the rows.
    pub fn row_table(&self) -> &RowTable {
        &self.row_table
    }

    /// Whether the pointer can find a row: it has arrived, and is neither hidden nor faded.
    pub fn is_found(&self, row: u32) -> bool {
        row < self.rows_ready && self.lasting_style(row).is_picked()
    }

    /// The first row from `from` on, or back from there, that no filter leaves out.
    pub(super) fn next_found(&self, from: u32, back: bool) -> Option<Row> {
        let is_found = |row: &u32| self.lasting_style(*row).is_picked();
        let found = if back { (0..=from).rev().find(is_found) } else { (from..self.rows).find(is_found) };
        found.map(Row)
    }
}
