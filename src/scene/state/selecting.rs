//! Selecting rows by a condition.

use super::Scene;
use crate::data::columns::Columns;
use crate::data::columns::query::Kept;
use crate::scene::rows::appearance::AppearanceError;
use crate::scene::rows::filter::Filter;
use crate::scene::selection::Selection;

impl Scene {
    /// Selects the rows that a condition is true of and that no filter leaves out, and no others; answers what may be meant instead, a
    /// sentence each.
    pub fn select_where(
        &mut self,
        condition: &Filter,
        columns: Option<&Columns>,
    ) -> Result<Vec<String>, AppearanceError> {
        let kept = condition.kept(columns, self.rows()).map_err(|error| AppearanceError::Select(Box::new(error)))?;
        let Kept { rows, mut notes } = kept;
        let is_meant = |row: u32| rows.get(row as usize) == Some(&true) && self.lasting_style(row).is_picked();
        let selection = Selection::where_true(self.rows(), is_meant);
        if selection.is_empty() {
            notes.push(format!("nothing is selected: no drawing that is shown fulfils {condition}"));
        }
        self.select(selection);
        Ok(notes)
    }

    /// Selects what the settings ask for at first, once.
    pub fn select_first(&mut self, columns: Option<&Columns>) -> Result<Vec<String>, AppearanceError> {
        match self.settings.select.take() {
            Some(condition) => self.select_where(&condition, columns),
            None => Ok(Vec::new()),
        }
    }
}
