//! What is asked of columns in the window: which ones arrange the drawings or colour them, which drawings they keep.

use super::{Arrived, Session};
use crate::data::columns::{ColumnType, Columns};
use crate::headless::HeadlessError;
use crate::likeness::comparison::ComparedBy;
use crate::scene::PlacementRequest;
use crate::scene::layout::{LayoutKind, LayoutParams};
use crate::scene::rows::appearance::Appearance;
use crate::scene::snapshot::Snapshot;

impl Session {
    /// Why a layout cannot be shown yet; `None` when it can.
    pub fn why_unavailable(&self, kind: LayoutKind) -> Option<String> {
        if self.scene.needs_columns(kind)
            && let Some(reason) = self.why_no_columns()
        {
            return Some(reason);
        }
        let refused = || self.refused.iter().find(|(refused, _)| *refused == kind).map(|(_, reason)| reason.clone());
        self.why_unread(kind).or_else(refused)
    }

    /// Why a layout that goes by all drawings cannot be made yet; `None` when it can.
    pub fn why_unread(&self, kind: LayoutKind) -> Option<String> {
        (kind.reads_drawings() && self.scene.ink.moments(self.scene.rows()).is_none()).then(|| {
            let part = self.scene.rows_ready() as f32 / self.scene.rows().max(1) as f32;
            format!("reading drawings… {}", crate::words::percent(part))
        })
    }

    /// Why nothing can go by columns yet; `None` when it can.
    pub fn why_no_columns(&self) -> Option<String> {
        if self.columns.is_finished() && !self.records_failed {
            return None;
        }
        let Some(part) = self.records else { return Some("there are no records to go by".to_owned()) };
        if self.records_failed {
            return Some("the records could not be read to their end".to_owned());
        }
        Some(format!("reading records… {}", crate::words::percent(part)))
    }

    /// The parameters of a layout that is chosen: by these columns, else by those that it went by last.
    pub(super) fn params_by(&mut self, kind: LayoutKind, by: Option<String>) -> LayoutParams {
        self.remember_columns();
        let mut params = self.scene.settings.layout_params.clone();
        let last = || self.by.iter().find(|(known, _)| *known == kind).map(|(_, by)| by.clone());
        if let Some(by) = by.map(Some).or_else(last) {
            params.by = by;
        }
        params
    }

    /// Keeps which columns the layout on screen goes by, for when it is chosen again.
    fn remember_columns(&mut self) {
        let kind = self.scene.placed().layout.kind;
        if kind.by_count() > 0 {
            let settings = &self.scene.settings;
            let own = kind.own_params(&settings.layout_params, kind == settings.layout, self.finished_columns());
            self.by.retain(|(known, _)| *known != kind);
            self.by.push((kind, own.by));
        }
    }

    pub(super) fn request(&self, kind: LayoutKind, params: &LayoutParams, is_meant: bool) -> PlacementRequest {
        let is_meant = is_meant || kind == self.scene.settings.layout;
        self.scene.request_with(kind, params, is_meant, self.finished_columns())
    }

    /// Compares drawings by something else; answers what came of the layout on screen, where it goes by that.
    pub fn compare_by(&mut self, by: ComparedBy, glides: bool) -> Option<Arrived> {
        let kind = self.arranging().unwrap_or(self.scene.placed().layout.kind);
        self.scene.settings.layout_params.comparison.by = by;
        if !kind.reads_likeness() {
            return None;
        }
        let params = self.params_by(kind, None);
        Some(self.choose(kind, params, false, glides))
    }

    /// A layout that was chosen is there: from now on its parameters are in force.
    pub(super) fn take_params(&mut self, kind: LayoutKind, params: &LayoutParams) {
        let settings = &mut self.scene.settings;
        if params.by != settings.layout_params.by {
            // They are meant for this one.
            settings.layout = kind;
        }
        settings.layout_params = params.clone();
        self.refused.retain(|(refused, _)| *refused != kind);
    }

    /// A snapshot with what its layout goes by and nothing else, as a command line or a session says it.
    pub fn as_asked(&self, snapshot: Snapshot) -> Snapshot {
        let is_meant = snapshot.layout == self.scene.settings.layout;
        let own = snapshot.layout.own_params(&snapshot.layout_params, is_meant, self.finished_columns());
        // Clusters and look-alikes go by that in every layout.
        let own = LayoutParams { comparison: snapshot.layout_params.comparison.clone(), ..own };
        Snapshot { layout_params: own, ..snapshot }
    }

    /// The columns that the layout on screen goes by.
    pub fn by(&self) -> Vec<String> {
        let (layout, settings) = (&self.scene.placed().layout, &self.scene.settings);
        let (kind, columns) = (layout.kind, self.finished_columns());
        let named = kind.named_columns(&settings.layout_params, kind == settings.layout, columns);
        match &layout.axes {
            _ if !named.is_empty() => named,
            Some(axes) if kind.by_count() == 2 => vec![axes.x.title.clone(), axes.y.title.clone()],
            _ if kind == LayoutKind::GROUPS => {
                columns.and_then(Columns::usual).map(|column| column.name().to_owned()).into_iter().collect()
            }
            _ if kind == LayoutKind::SORTED => {
                let typed = settings.layout_params.sorted_within.as_deref();
                // As it is called, not as it was typed.
                let column = typed.and_then(|typed| columns?.named(typed));
                column.map(|column| column.name().to_owned()).into_iter().collect()
            }
            _ if kind == LayoutKind::TIMELINE => {
                let mut times =
                    columns.into_iter().flat_map(Columns::iter).filter(|column| column.kind() == ColumnType::Time);
                times.next().map(|column| column.name().to_owned()).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Gives rows other looks; where that is not possible they keep theirs.
    pub fn set_appearance(&mut self, appearance: Appearance) -> Result<(), HeadlessError> {
        let before = std::mem::replace(&mut self.scene.settings.appearance, appearance);
        match self.scene.restyle(self.columns.is_finished().then_some(&*self.columns)) {
            Ok(restyled) => {
                self.matching = restyled.matching;
                // What the condition may mean instead.
                self.untold.extend(restyled.notes);
                self.hover.clear();
                Ok(())
            }
            Err(error) => {
                self.scene.settings.appearance = before;
                Err(error.into())
            }
        }
    }

    /// How many rows a filter keeps; `None` without one.
    pub fn matching(&self) -> Option<u32> {
        self.matching
    }

    /// Whether records are still to come.
    pub fn is_reading_records(&self) -> bool {
        self.records.is_some() && self.loader.is_some() && !self.records_failed && !self.columns.is_finished()
    }
}
