//! Clusters in the window: the panel that shows them, and what is done with them.

use super::commands::CommandId;
use super::history::Deed;
use super::pace::News;
use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::{ClusterWish, ClustersModel};
use crate::data::columns::query::Choice;
use crate::data::columns::{Added, Column};
use crate::scene::clusters::Resolution;
use crate::scene::layout::LayoutKind;

impl App {
    /// Shows the panel of clusters, which are sought where there are none and then give the drawings their colours; or closes it.
    pub(super) fn toggle_clusters(&mut self) {
        if !self.toggle_left(LeftPanel::Clusters) {
            return;
        }
        let Some(session) = &mut self.session else { return };
        session.retry_clusters();
        if session.scene.settings.appearance.clusters.is_none() {
            self.ask_for_clusters(Resolution::default());
        }
    }

    /// Divides drawings so finely; the first time clusters give them their colours, where nothing else does.
    fn ask_for_clusters(&mut self, resolution: Resolution) {
        let Some(session) = &self.session else { return };
        let looks = &session.scene.settings.appearance;
        self.colors_by_clusters |= looks.clusters.is_none() && looks.color_by.is_none();
        self.begin(Deed::Command(CommandId::Clusters));
        if let Err(why) = self.change_looks_on(|looks| looks.clusters = Some(resolution)) {
            self.complain(&why);
        }
        self.color_by_clusters();
    }

    /// Gives drawings the colours of clusters that were asked for, once these are there. It belongs to the step that asked.
    fn color_by_clusters(&mut self) {
        let Some(session) = &mut self.session else { return };
        session.follow_clusters();
        if session.clusters().progress().is_some() || !std::mem::take(&mut self.colors_by_clusters) {
            return;
        }
        let is_free = session.scene.settings.appearance.color_by.is_none();
        let name = self.cluster_column().map(|column| column.name().to_owned()).filter(|_| is_free);
        if let Some(name) = name
            && let Err(why) = self.change_looks_on(|looks| (looks.color_by, looks.range) = (Some(name), None))
        {
            self.complain(&why);
        }
    }

    /// Takes in clusters that have been found.
    pub(super) fn take_clusters(&mut self) {
        let Some(session) = &mut self.session else { return };
        let (is_new, errors) = session.take_clusters();
        for error in errors {
            self.complain(&error.to_string());
        }
        if is_new {
            self.color_by_clusters();
            self.show_news(News::Milestone);
        }
    }

    /// Does what the panel asks for.
    pub(super) fn on_clusters(&mut self, wish: ClusterWish) {
        if let ClusterWish::Divide(resolution) = wish {
            self.ask_for_clusters(resolution);
            return;
        }
        let Some(name) = self.cluster_column().map(|column| column.name().to_owned()) else { return };
        match wish {
            ClusterWish::Divide(_) => {}
            ClusterWish::Color => {
                let gives_colors = self.gives_colors(&name);
                self.color_by((!gives_colors).then_some(name));
            }
            ClusterWish::Group => self.arrange_by(LayoutKind::GROUPS, &[name]),
            ClusterWish::Only(cluster) => {
                let choice = if self.only_cluster() == Some(cluster) { Choice::default() } else { only(cluster) };
                self.choose_in_facet(&name, &choice, false);
            }
            ClusterWish::Select(cluster) => {
                let condition = self.cluster_column().and_then(|column| only(cluster).condition(column));
                self.select_where(&condition.unwrap_or_default());
            }
        }
    }

    fn cluster_column(&self) -> Option<&Column> {
        self.session.as_ref()?.columns.added(Added::Clusters)
    }

    fn gives_colors(&self, name: &str) -> bool {
        let looks = self.session.as_ref().map(|session| &session.scene.settings.appearance);
        looks.is_some_and(|looks| looks.color_by.as_deref() == Some(name))
    }

    /// The cluster that alone is kept.
    fn only_cluster(&self) -> Option<u32> {
        let session = self.session.as_ref()?;
        let choice = session.facets().chosen.choice(session.columns.added(Added::Clusters)?.name())?;
        match choice.values.as_slice() {
            [value] if *choice == (Choice { values: vec![value.clone()], ..Choice::default() }) => {
                value.parse::<u32>().ok()?.checked_sub(1)
            }
            _ => None,
        }
    }

    /// What the panel shows, where it is open.
    pub(super) fn clusters(&self) -> Option<ClustersModel<'_>> {
        let session = self.session.as_ref().filter(|_| self.left == Some(LeftPanel::Clusters))?;
        let known = session.clusters();
        let name = self.cluster_column().map(Column::name);
        let by = session.by();
        let is_grouped = session.scene.placed().layout.kind == LayoutKind::GROUPS;
        Some(ClustersModel {
            found: known.found().map(|found| &**found),
            progress: known.progress(),
            why_not: known.why_not(),
            is_asked: session.scene.settings.appearance.clusters.is_some(),
            resolution: session.scene.settings.appearance.clusters.unwrap_or_default(),
            gives_colors: name.is_some_and(|name| self.gives_colors(name)),
            gives_groups: is_grouped && name.is_some_and(|name| by == [name]),
            only: self.only_cluster(),
            means: session.means(),
            why_no_means: session.why_no_means(),
        })
    }
}

/// The rows of a cluster alone.
fn only(cluster: u32) -> Choice {
    Choice { values: vec![(cluster + 1).to_string()], ..Choice::default() }
}
