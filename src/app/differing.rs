//! Who draws differently, in the window: by which column, which groups are beside each other, and what is done with a group.

use super::commands::CommandId;
use super::gui::GuiFrame;
use super::history::Deed;
use super::model::ModelTexts;
use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::{DifferModel, DifferWish, InspectorPage};
use crate::data::columns::query::Choice;
use crate::data::columns::{Column, ColumnType, Columns};
use crate::headless::likeness::{Differing, SIGNIFICANT};
use crate::scene::layout::LayoutKind;
use crate::scene::selection::Selection;
use serde::{Deserialize, Serialize};

/// What is looked at in the panel.
#[derive(Debug, Default)]
pub(super) struct DifferPanel {
    /// The column; the one that gives colours or groups is taken when the panel is opened.
    column: Option<String>,
    /// The values of the groups that are beside each other, two at most, in the order in which they were chosen.
    pair: Vec<String>,
}

/// A group that is in sight, for the state log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupLine {
    /// Its value.
    pub value: String,
    /// Its drawings.
    pub rows: u32,
    /// How many times as often as by chance.
    pub ratio: f64,
    /// How often chance makes any group differ as much.
    pub p_corrected: f64,
    /// The middles of what keeps it alone, selects it, and puts it beside another, in physical pixels of the window.
    pub only_px: [f64; 2],
    /// See there.
    pub select_px: [f64; 2],
    /// See there.
    pub beside_px: [f64; 2],
}

/// Two groups beside each other, for the state log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BesideLine {
    /// Their values.
    pub groups: [String; 2],
    /// How many drawings each has.
    pub rows: [u32; 2],
    /// The drawing in the middle of each.
    pub medoids: [Option<u32>; 2],
    /// Pixels that differ more than chance makes any.
    pub pixels: usize,
    /// Left and top edge, width and height of both means and their difference, in physical pixels of the window.
    pub pictures: Vec<[f64; 4]>,
}

impl DifferPanel {
    /// The groups of a column, of which these are beside each other.
    pub fn of(column: Option<String>, pair: Vec<String>) -> Self {
        Self { column, pair }
    }

    /// The column, and the groups that are beside each other.
    pub fn chosen(&self) -> (Option<String>, Vec<String>) {
        (self.column.clone(), self.pair.clone())
    }

    /// The groups that are beside each other, where both are listed.
    fn groups(&self, found: &Differing) -> [Option<u32>; 2] {
        let is_listed = |group: &u32| found.found.groups.iter().any(|listed| listed.group == *group);
        let at = |at: usize| found.groups.named(self.pair.get(at)?).filter(is_listed);
        match [at(0), at(1)] {
            [None, second] => [second, None],
            groups => groups,
        }
    }

    /// One more group that is to be beside another, in place of the second one where there are two, or one less.
    fn toggle(&mut self, value: &str) {
        let before = self.pair.len();
        self.pair.retain(|known| known != value);
        if self.pair.len() == before {
            self.pair.truncate(1);
            self.pair.push(value.to_owned());
        }
    }
}

impl App {
    /// Finds out what the panel shows, while it is open.
    pub(super) fn follow_differing(&mut self) {
        let Some(session) = &mut self.session else { return };
        if self.left != Some(LeftPanel::Differ) {
            session.leave_differing();
            return;
        }
        session.chosen_in_facets();
        if !session.columns.is_finished() {
            return;
        }
        let DifferPanel { column, pair } = &mut self.differing;
        // Of another set.
        column.take_if(|name| session.columns.get(name).is_none());
        if column.is_none() {
            let layout = session.scene.placed().layout.kind;
            let by = session.by().into_iter().next().filter(|_| layout == LayoutKind::GROUPS);
            let colored_by = session.scene.settings.appearance.color_by.clone();
            *column = first_column(&session.columns, [colored_by, by]).map(|column| column.name().to_owned());
            pair.clear();
        }
        let Some(column) = column.clone() else { return };
        session.follow_differing(&column);
        let groups = session.who_differs().groups.found().map(|found| self.differing.groups(found));
        let both = groups.and_then(|[first, second]| Some([first?, second?]));
        session.follow_beside(both);
    }

    /// Does what the panel asks for.
    pub(super) fn on_differ(&mut self, wish: DifferWish) {
        match wish {
            DifferWish::By(column) => self.differing = DifferPanel::of(Some(column), Vec::new()),
            DifferWish::Alone => self.differing.pair.clear(),
            DifferWish::Beside(group) => {
                if let Some(value) = self.group_value(group) {
                    self.differing.toggle(&value);
                }
            }
            DifferWish::Only(group) => {
                let (Some(column), Some(value)) = (self.differing.column.clone(), self.group_value(group)) else {
                    return;
                };
                let is_only = self.only_group(&column).as_deref() == Some(&*value);
                let choice = Choice { values: vec![value], ..Choice::default() };
                self.choose_in_facet(&column, &if is_only { Choice::default() } else { choice }, false);
            }
            DifferWish::Select(group) => self.select_group(group),
        }
    }

    fn group_value(&self, group: u32) -> Option<String> {
        let found = self.session.as_ref()?.who_differs().groups.found()?;
        Some(found.groups.label(group).to_owned())
    }

    /// Selects the drawings of a group, as far as no filter leaves them out.
    fn select_group(&mut self, group: u32) {
        let Some(session) = &self.session else { return };
        let Some(found) = session.who_differs().groups.found() else { return };
        let rows = found.groups.rows_of(group).into_iter().filter(|&row| session.scene.is_found(row));
        let selection = Selection::of_rows(session.scene.rows(), rows.collect::<Vec<u32>>());
        if selection.is_empty() {
            self.tell("nothing is selected: the filter leaves out all drawings of this group".to_owned());
            return;
        }
        self.begin(Deed::Command(CommandId::Differ));
        if let Some(session) = &mut self.session {
            session.scene.select(selection);
        }
        self.page = InspectorPage::Selection;
    }

    /// The value that alone is kept of a column.
    fn only_group(&self, column: &str) -> Option<String> {
        let choice = self.session.as_ref()?.facets().chosen.choice(column)?;
        match choice.values.as_slice() {
            [value] if *choice == (Choice { values: vec![value.clone()], ..Choice::default() }) => Some(value.clone()),
            _ => None,
        }
    }

    /// What the panel shows, where it is open.
    pub(super) fn differ<'a>(&'a self, texts: &'a ModelTexts) -> Option<DifferModel<'a>> {
        let why_no_columns = texts.why_no_columns.as_deref();
        self.differ_model().map(|model| DifferModel { why_no_columns, ..model })
    }

    fn differ_model(&self) -> Option<DifferModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.left == Some(LeftPanel::Differ))?;
        let (known, column) = (session.who_differs(), self.differing.column.as_deref());
        let found = known.groups.found().map(|found| &**found);
        let kind = column.and_then(|column| session.columns.get(column)).map(Column::kind);
        let only = column.and_then(|column| self.only_group(column));
        Some(DifferModel {
            column,
            why_no_columns: None,
            found,
            progress: known.groups.progress(),
            why_not: known.groups.why_not(),
            can_keep: matches!(kind, Some(ColumnType::Category | ColumnType::Flag)),
            only: only.and_then(|value| found?.groups.named(&value)),
            pair: found.map_or([None; 2], |found| self.differing.groups(found)),
            beside: known.beside.found(),
            beside_progress: known.beside.progress(),
            why_not_beside: known.beside.why_not(),
            size: [session.dataset.width(), session.dataset.height()],
        })
    }

    /// What of it is in sight, for the state log: the groups of which there is a line, and the two beside each other.
    pub(super) fn log_differing(&self, gui: &GuiFrame) -> (Vec<GroupLine>, Option<BesideLine>) {
        let Some(model) = self.differ_model() else { return (Vec::new(), None) };
        let px = |at: f32| f64::from(at * gui.pixels_per_point);
        let middle = |rect: egui::Rect| [px(rect.center().x), px(rect.center().y)];
        let Some(found) = model.found else { return (Vec::new(), None) };
        let line = |place: &super::ui::GroupPlace| {
            let group = found.found.groups.get(place.at)?;
            Some(GroupLine {
                value: found.groups.label(group.group).to_owned(),
                rows: group.rows,
                ratio: group.ratio,
                p_corrected: group.p_corrected,
                only_px: middle(place.only),
                select_px: middle(place.select),
                beside_px: middle(place.beside),
            })
        };
        let [first, second] = model.pair;
        let beside = model.beside.zip(first.zip(second)).map(|(beside, (first, second))| BesideLine {
            groups: [first, second].map(|group| found.groups.label(group).to_owned()),
            rows: [0, 1].map(|at| beside.sides[at].rows),
            medoids: [0, 1].map(|at| beside.sides[at].medoid),
            pixels: beside.p.iter().filter(|&&p| p <= SIGNIFICANT).count(),
            pictures: {
                let place = |rect: &egui::Rect| [rect.left(), rect.top(), rect.width(), rect.height()].map(px);
                gui.output.beside.iter().map(place).collect()
            },
        });
        (gui.output.groups.iter().filter_map(line).collect(), beside)
    }
}

/// The first of these columns that can be grouped, else the usual one, else any that can.
fn first_column(columns: &Columns, named: [Option<String>; 2]) -> Option<&Column> {
    let is_grouped = |name: &str| columns.group_column(Some(name)).is_ok();
    let named = named.into_iter().flatten().find(|name| is_grouped(name)).and_then(|name| columns.named(&name));
    let usual = || columns.usual().filter(|column| is_grouped(column.name()));
    named.or_else(usual).or_else(|| columns.iter().find(|column| is_grouped(column.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_at_most_are_beside_each_other() {
        let mut panel = DifferPanel::default();
        for (value, expected) in
            [("KR", &["KR"][..]), ("US", &["KR", "US"]), ("DE", &["KR", "DE"]), ("KR", &["DE"]), ("DE", &[])]
        {
            panel.toggle(value);
            assert_eq!(panel.pair, expected);
        }
    }
}
