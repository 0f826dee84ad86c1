//! The panel of clusters: what shows them, what is asked of them, and what it says where there are none.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{ClusterWish, ClustersModel, UiAction, UiModel};
use inkfield::likeness::means::{Mean, Means};
use inkfield::scene::clusters::{Portrait, Resolution, SetClusters, Trait};
use std::sync::Arc;

use super::harness::{Window, clicked, desk, out, viewing};

fn found() -> &'static SetClusters {
    let own = |value: &str, lift| Trait { column: "countrycode".to_owned(), value: value.to_owned(), rows: 9, lift };
    let portrait = |rows, first: u32, traits| Portrait { rows, examples: (first..first + 8).collect(), traits };
    Box::leak(Box::new(SetClusters {
        resolution: Resolution::default(),
        cluster_of: Vec::new(),
        count: 3,
        outside: 1,
        portraits: vec![portrait(1234, 100, vec![own("KR", 3.84), own("NO", 2.0)]), portrait(56, 300, Vec::new())],
    }))
}

fn model(clusters: ClustersModel<'static>) -> UiModel<'static> {
    UiModel { clusters: Some(clusters), ..viewing() }
}

const NONE: ClustersModel<'static> = ClustersModel {
    found: None,
    progress: None,
    why_not: None,
    is_asked: true,
    resolution: Resolution::USUAL,
    gives_colors: false,
    gives_groups: false,
    only: None,
    means: None,
    why_no_means: None,
};

fn says(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

#[test]
fn each_cluster_is_shown_by_its_drawings_and_by_what_it_has_more_of() {
    let mut window = desk(&model(ClustersModel { found: Some(found()), gives_colors: true, ..NONE }));
    window.run();
    for text in ["3 clusters of drawings that look alike; 1 drawing looks like nothing", "KR × 3.8", "and 1 smaller"] {
        assert!(says(&window, text), "{text}");
    }
    let rows: Vec<u32> = out(&window).drawings.iter().map(|slot| slot.row).collect();
    assert!((100..108).chain(300..308).all(|row| rows.contains(&row)), "{rows:?}");
    let wish = UiAction::Clusters;
    assert_eq!(clicked(&mut window, Role::Button, "Only cluster 1 · 1,234 drawings"), [wish(ClusterWish::Only(0))]);
    assert_eq!(clicked(&mut window, Role::Button, "Select cluster 2"), [wish(ClusterWish::Select(1))]);
    assert_eq!(clicked(&mut window, Role::Button, "Colour by cluster"), [wish(ClusterWish::Color)]);
    assert_eq!(clicked(&mut window, Role::Button, "Group by cluster"), [wish(ClusterWish::Group)]);
    assert_eq!(clicked(&mut window, Role::Button, "Hide clusters"), [UiAction::Run(CommandId::Clusters)]);
    assert!(out(&window).left_slider.is_some());
    assert!(window.query_by_role_and_label(Role::Slider, "How finely drawings are divided").is_some());
}

#[test]
fn where_there_are_none_it_says_why_and_what_to_do() {
    let text = |clusters, more: fn(&mut UiModel<'static>)| {
        let mut model = model(clusters);
        more(&mut model);
        let mut window = desk(&model);
        window.run();
        window
    };
    assert!(says(&text(ClustersModel { progress: Some(0.4), ..NONE }, |_| ()), "finding clusters… 40 %"));
    assert!(says(&text(NONE, |model| model.rows_loaded = 5), "once all drawings have been read"));
    let stopped = text(NONE, |model| (model.rows_loaded, model.loading_stopped) = (5, true));
    assert!(says(&stopped, "the drawings were not read to their end"));
    assert!(says(&text(ClustersModel { why_not: Some("not enough memory"), ..NONE }, |_| ()), "not enough memory"));
    // Undo took back that they were asked for.
    let mut window = text(ClustersModel { is_asked: false, ..NONE }, |_| ());
    assert_eq!(
        clicked(&mut window, Role::Button, "Find clusters"),
        [UiAction::Clusters(ClusterWish::Divide(Resolution::default()))]
    );
}

#[test]
fn the_mean_of_each_cluster_stands_beside_its_drawings() {
    let means = Means { size: [28, 28], square: 1, rows: vec![1234, 56], of: vec![Mean::Ink(vec![0.5; 784]); 2] };
    let means: &'static Arc<Means> = Box::leak(Box::new(Arc::new(means)));
    let mut window = desk(&model(ClustersModel { found: Some(found()), means: Some(means), ..NONE }));
    window.run();
    let first = window.get_by_role_and_label(Role::Image, "Mean of cluster 1: 1,234 drawings").rect();
    let second = window.get_by_role_and_label(Role::Image, "Mean of cluster 2: 56 drawings").rect();
    assert!(says(&window, "mean of 1,234") && says(&window, "mean of 56"));
    // Three points a pixel; the eight drawings lie to the right, in the panel.
    assert_eq!((first.size(), second.size()), (egui::vec2(84.0, 84.0), egui::vec2(84.0, 84.0)));
    assert_eq!(out(&window).means, [first, second]);
    let panel = out(&window).panels.iter().find(|panel| panel.contains_rect(first)).copied().unwrap();
    let slots: Vec<_> = out(&window).drawings.iter().filter(|slot| (100..108).contains(&slot.row)).collect();
    assert_eq!(slots.len(), 8);
    for slot in slots {
        assert!(slot.rect.left() >= first.right() && panel.contains_rect(slot.rect), "{slot:?} beside {first:?}");
        assert!(slot.rect.top() >= first.top() - 1.0 && slot.rect.bottom() < second.top(), "{slot:?}");
    }
    // Until they have been made their place is kept, and where they cannot be it is said why.
    let mut window = desk(&model(ClustersModel { found: Some(found()), ..NONE }));
    window.run();
    assert_eq!((window.query_all_by_label("mean…").count(), out(&window).means.len()), (2, 0));
    let why_no_means = Some("the file has changed");
    let mut window = desk(&model(ClustersModel { found: Some(found()), why_no_means, ..NONE }));
    window.run();
    assert!(says(&window, "there are no mean drawings: the file has changed"));
    assert_eq!(window.query_all_by_label("mean…").count(), 0);
}
