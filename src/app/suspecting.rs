//! Duplicates and odd drawings in the window: the panel that lists them, and the walk from one finding to the next.

use super::commands::CommandId;
use super::history::Deed;
use super::state::App;
use super::ui::{AcrossModel, InspectorPage, SuspectWish, SuspectsModel};
use crate::data::Row;
use crate::data::columns::Codes;
use crate::headless::likeness::{Suspect, Suspects};
use crate::likeness::duplicates::{NEAR, rows_of, within};
use crate::scene::selection::Selection;
use std::sync::Arc;

/// The panel at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeftPanel {
    /// What columns hold.
    Facets,
    /// Clusters of what looks alike.
    Clusters,
    /// Duplicates and odd drawings.
    Suspects,
    /// A pad to draw on, and what looks like the drawing.
    Sketch,
    /// Who draws differently by a column.
    Differ,
}

/// What is looked at in the panel.
#[derive(Debug)]
pub(super) struct Suspecting {
    kind: Suspect,
    /// It was chosen; else the first is shown of which there are some.
    is_chosen: bool,
    /// How far apart near ones are at most.
    distance: f64,
    /// The column that was chosen for what stands on both sides of one; else it is the one that gives the colours.
    across: Option<String>,
    list: Option<Listed>,
    /// The finding that was gone to last.
    at: Option<usize>,
}

/// All findings, and what they were listed from.
#[derive(Debug)]
struct Listed {
    from: Arc<Suspects>,
    distance: f64,
    /// The column on both sides of which duplicates may stand, where there is one.
    column: Option<String>,
    /// Its values, where they are known.
    values: Option<Arc<Vec<u32>>>,
    near: Vec<Vec<u32>>,
    blank: Vec<Vec<u32>>,
    odd: Vec<Vec<u32>>,
    across: Vec<Vec<u32>>,
    /// Duplicates without a value there.
    without_value: usize,
}

impl Listed {
    fn new(from: &Arc<Suspects>, distance: f64, column: Option<String>, values: Option<Arc<Vec<u32>>>) -> Self {
        let near = from.near(distance);
        let across = values.as_ref().map_or_else(Vec::new, |values| from.across(&near, values));
        let without = |values: &Arc<Vec<u32>>| {
            let rows = rows_of(&from.exact.groups, within(&from.near, distance));
            rows.iter().filter(|&&row| values.get(row as usize).is_none_or(|value| *value == Codes::MISSING)).count()
        };
        let each = |row: u32| vec![row];
        Self {
            without_value: values.as_ref().map_or(0, without),
            blank: from.exact.blank.iter().copied().map(each).collect(),
            odd: from.outliers.iter().map(|outlier| each(outlier.row)).collect(),
            from: Arc::clone(from),
            distance,
            column,
            values,
            near,
            across,
        }
    }

    fn findings(&self, kind: Suspect) -> &[Vec<u32>] {
        match kind {
            Suspect::Equal => &self.from.exact.groups,
            Suspect::Near => &self.near,
            Suspect::Blank => &self.blank,
            Suspect::Odd => &self.odd,
            Suspect::Across => &self.across,
        }
    }

    fn is_of(&self, from: &Arc<Suspects>, distance: f64) -> bool {
        Arc::ptr_eq(&self.from, from) && self.distance == distance
    }

    fn is_across(&self, column: Option<&str>, values: Option<&Arc<Vec<u32>>>) -> bool {
        let same_values = match (&self.values, values) {
            (Some(own), Some(values)) => Arc::ptr_eq(own, values),
            (own, values) => own.is_none() && values.is_none(),
        };
        self.column.as_deref() == column && same_values
    }
}

impl Default for Suspecting {
    fn default() -> Self {
        Self { kind: Suspect::Equal, is_chosen: false, distance: NEAR, across: None, list: None, at: None }
    }
}

impl Suspecting {
    /// The column that was chosen for what stands on both sides of one.
    pub fn across(&self) -> Option<&str> {
        self.across.as_deref()
    }

    /// Chooses it, or none.
    pub fn go_across(&mut self, column: Option<String>) {
        self.across = column;
    }
}

impl App {
    /// Shows a panel at the left, or closes it; answers whether it is open now.
    pub(super) fn toggle_left(&mut self, panel: LeftPanel) -> bool {
        self.left = (self.left != Some(panel)).then_some(panel);
        self.left.is_some()
    }

    /// Seeks them while the panel is open, and lists what it shows.
    pub(super) fn follow_suspects(&mut self) {
        let Some(session) = &mut self.session else { return };
        if self.left != Some(LeftPanel::Suspects) {
            session.leave_suspects();
            return;
        }
        session.follow_suspects();
        session.follow_strokes(self.suspecting.distance);
        let Some(found) = session.suspected().found() else {
            (self.suspecting.list, self.suspecting.at) = (None, None);
            return;
        };
        let found = Arc::clone(found);
        let column = self.across_column();
        let Some(session) = &mut self.session else { return };
        let values = column.as_deref().and_then(|name| session.follow_across(name));
        let Suspecting { kind, is_chosen, distance, list, at, .. } = &mut self.suspecting;
        let is_same = list.as_ref().is_some_and(|list| list.is_of(&found, *distance));
        if is_same && list.as_ref().is_some_and(|list| list.is_across(column.as_deref(), values.as_ref())) {
            return;
        }
        let listed = Listed::new(&found, *distance, column, values);
        if !*is_chosen {
            let first = Suspect::ALL.into_iter().find(|&kind| !listed.findings(kind).is_empty());
            *kind = first.unwrap_or(Suspect::Equal);
        }
        // The other lists do not go by a column.
        if !is_same || *kind == Suspect::Across {
            *at = None;
        }
        *list = Some(listed);
    }

    /// The column on both sides of which duplicates are looked for: the one that was chosen, else the one that gives the colours.
    fn across_column(&self) -> Option<String> {
        let session = self.session.as_ref().filter(|session| session.columns.is_finished())?;
        let is_there = |name: &&String| session.columns.named(name).is_some();
        let chosen = self.suspecting.across.as_ref().filter(is_there);
        chosen.or(session.scene.settings.appearance.color_by.as_ref().filter(is_there)).cloned()
    }

    /// Does what the panel asks for.
    pub(super) fn on_suspects(&mut self, wish: SuspectWish) {
        match wish {
            SuspectWish::Show(kind) => {
                (self.suspecting.kind, self.suspecting.is_chosen, self.suspecting.at) = (kind, true, None);
            }
            // Whoever moves the slider looks at this list, also where none is left in it.
            SuspectWish::Distance(distance) => {
                (self.suspecting.distance, self.suspecting.is_chosen) = (distance, true);
            }
            SuspectWish::Across(column) => self.suspecting.go_across(column),
            SuspectWish::GoTo(at) => self.go_to_finding(at),
            SuspectWish::Select { spare } => self.select_suspects(spare),
        }
    }

    /// Goes to the next finding, or to the one before.
    pub(super) fn step_finding(&mut self, back: bool) {
        if self.left != Some(LeftPanel::Suspects) {
            self.left = Some(LeftPanel::Suspects);
            return;
        }
        let count = self.findings().map_or(0, <[_]>::len);
        if count == 0 {
            return;
        }
        let at = match (self.suspecting.at, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.go_to_finding(at);
    }

    fn go_to_finding(&mut self, at: usize) {
        let Some(row) = self.findings().and_then(|findings| findings.get(at)?.first().copied()) else { return };
        self.suspecting.at = Some(at);
        (self.page, self.inspector_open) = (InspectorPage::Drawing, true);
        self.go_to(Row(row));
    }

    /// Goes from a row of the finding that was gone to last to its next one, else to the next finding, and stays at the last of all;
    /// whether it was such a row.
    pub(super) fn leave_suspect(&mut self, Row(row): Row) -> bool {
        let Some((Some(at), count)) = self.walked() else { return false };
        let Some(finding) = self.findings().and_then(|findings| findings.get(at)) else { return false };
        let Some(place) = finding.iter().position(|&other| other == row) else { return false };
        match finding.get(place + 1).copied() {
            Some(next) => self.go_to(Row(next)),
            None if at + 1 < count => self.go_to_finding(at + 1),
            None => {}
        }
        true
    }

    /// The findings of the kind that is shown.
    fn findings(&self) -> Option<&[Vec<u32>]> {
        self.suspecting.list.as_ref().map(|list| list.findings(self.suspecting.kind))
    }

    /// Selects all that is listed, or what of it is to spare: all but the first of each finding.
    pub(super) fn select_suspects(&mut self, spare: bool) {
        let (Some(findings), Some(session)) = (self.findings(), &self.session) else { return };
        let of = |finding: &'_ Vec<u32>| finding.iter().copied().skip(usize::from(spare)).collect::<Vec<_>>();
        let mut rows: Vec<u32> = findings.iter().flat_map(of).collect();
        rows.sort_unstable();
        rows.dedup();
        let selection = Selection::of_rows(session.scene.rows(), rows);
        self.begin(Deed::Command(CommandId::Suspects));
        if let Some(session) = &mut self.session {
            session.scene.select(selection);
        }
        self.page = InspectorPage::Selection;
    }

    /// The finding that was gone to last, and how many are listed.
    pub(super) fn walked(&self) -> Option<(Option<usize>, usize)> {
        let findings = self.findings().filter(|_| self.left == Some(LeftPanel::Suspects))?;
        Some((self.suspecting.at, findings.len()))
    }

    /// What is said of the strokes of the finding that was gone to last, or of the first.
    pub(super) fn strokes_of_finding(&self) -> Option<&'static str> {
        let finding = self.findings()?.get(self.suspecting.at.unwrap_or(0))?;
        let Suspecting { kind, distance, .. } = self.suspecting;
        let (are, are_equal) = self.session.as_ref()?.strokes_of_suspects()?.of_finding(kind, distance, finding)?;
        Some(are.in_words(are_equal))
    }

    /// What the panel shows, where it is open.
    pub(super) fn suspects(&self) -> Option<SuspectsModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.left == Some(LeftPanel::Suspects))?;
        let (known, Suspecting { kind, distance, list, at, .. }) = (session.suspected(), &self.suspecting);
        let list = list.as_ref();
        Some(SuspectsModel {
            findings: self.findings(),
            counts: Suspect::ALL.map(|kind| list.map_or(0, |list| list.findings(kind).len())),
            progress: known.progress(),
            why_not: known.why_not(),
            kind: *kind,
            distance: *distance,
            at: *at,
            across: AcrossModel {
                column: list.and_then(|list| list.column.as_deref()),
                is_chosen: self.suspecting.across.is_some(),
                is_known: list.is_some_and(|list| list.values.is_some()),
                without_value: list.map_or(0, |list| list.without_value),
                why_not: session.why_not_across(),
            },
            strokes: session.strokes_of_suspects(),
            why_no_strokes: session.why_no_strokes(),
        })
    }
}
