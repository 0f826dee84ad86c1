//! The lists that a frame's model of the panels points to, borrowed from the application's state.

use super::describe::{FieldText, Knowledge};
use super::dialog::Dialog;
use super::model::ModelTexts;
use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::{
    self, ColumnModel, ColumnsModel, ComparedField, FacetModel, FacetsModel, Field, FieldLine, FieldState, FilterModel,
    Notice, Recent, ReportLine,
};
use crate::data::columns::{Column, ColumnType};
use crate::scene::layout::LayoutKind;

/// Borrowed lists of one frame.
#[derive(Debug)]
pub struct Lists<'a> {
    pub(super) fields: Vec<Field<'a>>,
    pub(super) field_lines: Vec<FieldLine<'a>>,
    pub(super) compared: Vec<ComparedField<'a>>,
    pub(super) notices: Vec<Notice<'a>>,
    pub(super) report: Vec<ReportLine<'a>>,
    pub(super) recent: Vec<Recent<'a>>,
    pub(super) unavailable: Vec<(LayoutKind, &'a str)>,
    choices: Vec<&'a str>,
    columns: Vec<ColumnModel<'a>>,
    facets: Vec<FacetModel<'a>>,
}

impl App {
    /// The lists that a model points to.
    pub(super) fn lists<'a>(&'a self, texts: &'a ModelTexts) -> Lists<'a> {
        let inspected = texts.inspected.as_ref().map_or(&[][..], |(_, _, fields)| fields.as_slice());
        let fields = inspected.iter().filter(|(_, is_shown)| *is_shown).map(|(text, _)| field(text)).collect();
        let line = |(text, is_shown): &'a (FieldText, bool)| FieldLine {
            name: &text.name,
            label: &text.label,
            is_shown: *is_shown,
        };
        let columns = self.session.as_ref().map(|session| &*session.columns).filter(|columns| columns.is_finished());
        let compared = texts.compared.as_ref().map_or(&[][..], |compared| compared.fields.as_slice());
        let both =
            |(label, [a, b]): &'a (String, [FieldText; 2])| ComparedField { label, values: [field(a), field(b)] };
        let offers = self.session.as_ref().map_or(0, |session| session.report.offers.len());
        Lists {
            fields,
            field_lines: inspected.iter().map(line).collect(),
            compared: compared.iter().map(both).collect(),
            notices: self
                .notices
                .iter()
                .map(|notice| Notice { what: &notice.what, advice: notice.advice, is_error: notice.is_error })
                .collect(),
            report: texts
                .report
                .iter()
                .enumerate()
                .map(|(at, (text, is_warning))| ReportLine {
                    text,
                    is_warning: *is_warning,
                    offer: Some(at).filter(|at| *at < offers),
                })
                .collect(),
            recent: texts.recent.iter().map(|(title, path)| Recent { title, path }).collect(),
            unavailable: texts.unavailable.iter().map(|(kind, reason)| (*kind, reason.as_str())).collect(),
            choices: match &texts.dialog {
                Dialog::Goto(goto) => goto.choices.iter().map(|choice| choice.label.as_str()).collect(),
                _ => Vec::new(),
            },
            columns: columns.map_or_else(Vec::new, |columns| columns.iter().map(column).collect()),
            facets: self.facet_list(),
        }
    }
}

impl App {
    fn facet_list(&self) -> Vec<FacetModel<'_>> {
        let session = self
            .session
            .as_ref()
            .filter(|session| self.left == Some(LeftPanel::Facets) && session.columns.is_finished());
        let Some(session) = session else { return Vec::new() };
        let known = session.facets();
        let all = session.columns.iter().enumerate();
        all.map(|(place, column)| FacetModel {
            name: column.name(),
            kind: column.kind().as_str(),
            choice: known.chosen.choice(column.name()),
            counts: known.counts.as_ref().and_then(|counts| counts.columns.get(place)),
            bins: known.bins.as_ref().and_then(|bins| bins.bins(place)),
        })
        .collect()
    }

    /// The panel of facets, where it is open.
    pub(super) fn facets<'a>(&self, texts: &'a ModelTexts, lists: &'a Lists<'a>) -> Option<FacetsModel<'a>> {
        let session = self.session.as_ref().filter(|_| self.left == Some(LeftPanel::Facets))?;
        Some(FacetsModel {
            columns: &lists.facets,
            why_none: texts.why_no_columns.as_deref(),
            fades: texts.fades,
            is_filtered: session.scene.settings.appearance.filter.is_some(),
            is_rearranged: session.only().is_some(),
        })
    }
}

/// What the panels know of columns.
pub(super) fn columns<'a>(texts: &'a ModelTexts, lists: &'a Lists<'a>) -> ColumnsModel<'a> {
    ColumnsModel {
        all: &lists.columns,
        why_none: texts.why_no_columns.as_deref(),
        by: &texts.by,
        color_by: texts.color_by.as_deref(),
        scale: texts.scale,
        sort: texts.sort.as_deref(),
    }
}

fn column(column: &Column) -> ColumnModel<'_> {
    ColumnModel { name: column.name(), kind: column.kind().as_str(), is_text: column.kind() == ColumnType::Text }
}

fn field(text: &FieldText) -> Field<'_> {
    let state = match text.state {
        Knowledge::Known => FieldState::Known,
        Knowledge::Reading(part) => FieldState::Reading(part),
        Knowledge::Unknown => FieldState::Unknown,
    };
    Field { label: &text.label, value: &text.value, detail: &text.detail, state }
}

/// The card that is open.
pub(super) fn dialog<'a>(texts: &'a ModelTexts, lists: &'a Lists<'a>) -> ui::Dialog<'a> {
    match &texts.dialog {
        Dialog::None => ui::Dialog::None,
        Dialog::Help => ui::Dialog::Help,
        Dialog::Palette => ui::Dialog::Palette,
        Dialog::Goto(goto) => ui::Dialog::Goto(ui::GotoModel {
            asked: &goto.asked,
            error: goto.error.as_deref(),
            note: goto.note.as_deref(),
            choices: &lists.choices,
        }),
        Dialog::Find(find) => ui::Dialog::Find(ui::FindModel {
            asked: &find.asked,
            count: find.rows.len() as u32,
            at: find.at.and_then(|at| Some((at as u32, *find.rows.get(at)?))),
        }),
        Dialog::Filter(refused) => ui::Dialog::Filter(FilterModel {
            text: &texts.filter,
            refused: refused.as_ref().map(|refused| (refused.text.as_str(), refused.why.as_str())),
            fades: texts.fades,
            matching: texts.matching.as_deref(),
            refused_at: None,
            completed: None,
        }),
        // Filled in from what is played.
        Dialog::Together => ui::Dialog::Together(ui::TogetherModel::default()),
        Dialog::Export(card) => ui::Dialog::Export(texts.export.model(card)),
        Dialog::OpenPath(error) => ui::Dialog::OpenPath { text: "", error: error.as_deref() },
    }
}
