//! Duplicates and odd drawings in the window: the panel that lists them, and the walk from one finding to the next.

use super::commands::CommandId;
use super::history::Deed;
use super::state::App;
use super::ui::{InspectorPage, SuspectWish, SuspectsModel};
use crate::data::Row;
use crate::headless::likeness::{Suspect, Suspects};
use crate::likeness::duplicates::NEAR;
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
}

/// What is looked at in the panel.
#[derive(Debug)]
pub(super) struct Suspecting {
    kind: Suspect,
    /// It was chosen; else the first is shown of which there are some.
    is_chosen: bool,
    /// How far apart near ones are at most.
    distance: f64,
    /// The findings of that kind, with what they were listed from.
    list: Option<Listed>,
    /// The one that was gone to last.
    at: Option<usize>,
}

#[derive(Debug)]
struct Listed {
    from: Arc<Suspects>,
    kind: Suspect,
    distance: f64,
    across: Option<String>,
    findings: Vec<Vec<u32>>,
    /// How many there are of each kind.
    counts: [usize; Suspect::ALL.len()],
}

impl Default for Suspecting {
    fn default() -> Self {
        Self { kind: Suspect::Equal, is_chosen: false, distance: NEAR, list: None, at: None }
    }
}

impl App {
    /// Shows the panel of duplicates and odd drawings, or closes it.
    pub(super) fn toggle_suspects(&mut self) {
        let is_open = self.left == Some(LeftPanel::Suspects);
        self.left = (!is_open).then_some(LeftPanel::Suspects);
        if let Some(session) = self.session.as_mut().filter(|_| is_open) {
            session.leave_suspects();
        }
    }

    /// Seeks them while the panel is open, and lists what it shows.
    pub(super) fn follow_suspects(&mut self) {
        let Some(session) = self.session.as_mut().filter(|_| self.left == Some(LeftPanel::Suspects)) else { return };
        session.follow_suspects();
        let Some(found) = session.suspected().found() else {
            (self.suspecting.list, self.suspecting.at) = (None, None);
            return;
        };
        // What is drawn in colours is what duplicates may not share.
        let across = session.scene.settings.appearance.color_by.clone();
        let Suspecting { kind, is_chosen, distance, list, at } = &mut self.suspecting;
        let is_listed = list.as_ref().is_some_and(|list| {
            Arc::ptr_eq(&list.from, found) && (list.kind, list.distance, &list.across) == (*kind, *distance, &across)
        });
        if is_listed {
            return;
        }
        let codes = across.as_ref().and_then(|name| session.columns.named(name)?.codes());
        let values = codes.as_ref().map(|codes| &*codes.codes);
        let of = |kind| found.findings(kind, *distance, values);
        let counts = Suspect::ALL.map(|kind| of(kind).len());
        if !*is_chosen {
            let first = Suspect::ALL.into_iter().zip(counts).find(|(_, count)| *count > 0);
            *kind = first.map_or(Suspect::Equal, |(kind, _)| kind);
        }
        *at = None;
        *list = Some(Listed {
            from: Arc::clone(found),
            kind: *kind,
            distance: *distance,
            across: across.filter(|_| values.is_some()),
            findings: of(*kind),
            counts,
        });
    }

    /// Does what the panel asks for.
    pub(super) fn on_suspects(&mut self, wish: SuspectWish) {
        match wish {
            SuspectWish::Show(kind) => {
                (self.suspecting.kind, self.suspecting.is_chosen, self.suspecting.at) = (kind, true, None);
            }
            SuspectWish::Distance(distance) => self.suspecting.distance = distance,
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
        let Some(count) = self.suspecting.list.as_ref().map(|list| list.findings.len()).filter(|count| *count > 0)
        else {
            return;
        };
        let at = match (self.suspecting.at, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.go_to_finding(at);
    }

    fn go_to_finding(&mut self, at: usize) {
        let findings = self.suspecting.list.as_ref().map(|list| &list.findings);
        let Some(row) = findings.and_then(|findings| findings.get(at)?.first().copied()) else { return };
        self.suspecting.at = Some(at);
        (self.page, self.inspector_open) = (InspectorPage::Drawing, true);
        self.go_to(Row(row));
    }

    /// Selects all that is listed, or what of it is to spare: all but the first of each finding.
    fn select_suspects(&mut self, spare: bool) {
        let (Some(list), Some(session)) = (&self.suspecting.list, &self.session) else { return };
        let mut rows: Vec<u32> = list
            .findings
            .iter()
            .flat_map(|finding| &finding[usize::from(spare).min(finding.len())..])
            .copied()
            .collect();
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
        let list = self.suspecting.list.as_ref().filter(|_| self.left == Some(LeftPanel::Suspects))?;
        Some((self.suspecting.at, list.findings.len()))
    }

    /// What the panel shows, where it is open.
    pub(super) fn suspects(&self) -> Option<SuspectsModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.left == Some(LeftPanel::Suspects))?;
        let (known, Suspecting { kind, distance, list, at, .. }) = (session.suspected(), &self.suspecting);
        let list = list.as_ref();
        Some(SuspectsModel {
            findings: list.map(|list| list.findings.as_slice()),
            counts: list.map_or([0; Suspect::ALL.len()], |list| list.counts),
            progress: known.progress(),
            why_not: known.why_not(),
            kind: *kind,
            distance: *distance,
            at: *at,
            across: list.and_then(|list| list.across.as_deref()),
        })
    }
}
