//! Answers that come late, or not at all.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::{Hover, row_by_index};
use crate::app::waiter::Waiter;
use crate::data::dataset::{Dataset, OpenOptions};
use crate::gpu::context::{GpuOptions, gpu_for_tests};
use crate::gpu::pick::PickQuestion;
use crate::headless::{Headless, unheard};
use crate::scene::camera::{Camera, Viewport};
use crate::scene::layout::LayoutKind;
use crate::scene::{Action, Settings, oracle};
use glam::DVec2;
use std::sync::Arc;
use std::time::Duration;

const NEVER: Duration = Duration::from_hours(1);
const AT: [i32; 2] = [150, 100];

/// A set on the GPU, with the hover that asks about it.
struct Stage {
    headless: Headless,
    hover: Hover,
    waiter: Waiter,
}

impl Stage {
    fn new() -> Option<Self> {
        gpu_for_tests()?;
        let dataset = Arc::new(Dataset::open(&["demo:2000:1"], &OpenOptions::default()).unwrap());
        let (viewport, options) = (Viewport::new(300, 200, 1.0), GpuOptions::default());
        let headless = Headless::new(&dataset, None, Settings::default(), viewport, &options, &mut unheard).unwrap();
        let hover = Hover::new(&headless.renderer);
        let waiter = Waiter::start(headless.renderer.gpu().device.clone(), || ());
        Some(Self { headless, hover, waiter })
    }

    fn question(&self, at: [i32; 2]) -> PickQuestion {
        let scene = &self.headless.scene;
        let (view, layout_revision) = (scene.view(), scene.placed().revision);
        let rows_revision = scene.row_table().revision();
        PickQuestion { view, layout_revision, rows_revision, rows_ready: scene.rows_ready(), at, radius_px: 6.0 }
    }

    fn ask(&mut self, question: PickQuestion) {
        self.headless.renderer.hold(&self.headless.scene);
        assert!(self.hover.ask(&mut self.headless.renderer, &self.waiter, question, 1));
    }

    /// Waits for everything that is on its way.
    fn arrive(&mut self) -> bool {
        let gpu = Arc::clone(self.headless.renderer.gpu());
        gpu.wait().unwrap();
        self.hover.collect(&gpu.device, NEVER)
    }

    fn shown(&self, now: &PickQuestion) -> Option<u32> {
        self.hover.row_for(now, &self.headless.scene).map(|(row, _)| row)
    }

    fn truth(&self, now: &PickQuestion) -> Option<u32> {
        let placed = self.headless.scene.placed();
        let at = DVec2::new(now.at[0].into(), now.at[1].into());
        oracle::pick(&now.view, &placed.layout, &placed.index, at, now.radius_px).map(|answer| answer.row.0)
    }
}

#[test]
fn faults_24_an_answer_for_another_layout_is_dropped() {
    let Some(mut stage) = Stage::new() else { return };
    let before = stage.question(AT);
    stage.ask(before);
    stage.headless.scene.set_layout(LayoutKind::INDEX, None, false).unwrap();
    assert!(stage.arrive());
    assert!(stage.hover.is_answered(&before), "it has come");
    assert_eq!(stage.shown(&stage.question(AT)), None, "and is shown for no layout but its own");
}

#[test]
fn faults_24_an_answer_for_another_camera_is_shown_only_where_it_is_still_true() {
    let Some(mut stage) = Stage::new() else { return };
    let (mut shown, mut dropped) = (0, 0);
    for step in 0..40 {
        // Another pixel each time: what has been asked already is not asked again.
        let at = [AT[0] + step, AT[1] - step];
        stage.ask(stage.question(at));
        let Camera { center, zoom } = stage.headless.scene.camera();
        // A side is some four pixels: most steps bring another drawing under the pointer.
        let moved = DVec2::new(f64::from(step % 5) * 0.3, f64::from(step % 3) * 0.2);
        stage.headless.scene.apply(Action::SetCamera(Camera { center: center + moved, zoom }));
        assert!(stage.arrive());
        let now = stage.question(at);
        match stage.shown(&now) {
            Some(row) => {
                assert_eq!(Some(row), stage.truth(&now), "step {step}");
                shown += 1;
            }
            None => dropped += 1,
        }
        stage.headless.scene.apply(Action::SetCamera(Camera { center, zoom }));
    }
    assert!(shown >= 3 && dropped >= 3, "{shown} shown, {dropped} dropped");
}

#[test]
fn faults_24_an_answer_for_drawings_that_are_gone_is_dropped_and_older_ones_do_not_replace_newer() {
    let Some(mut stage) = Stage::new() else { return };
    let question = stage.question(AT);
    stage.ask(question);
    stage.arrive();
    let row = stage.shown(&question).unwrap();
    assert_eq!(Some(row), stage.truth(&question));
    // As after a filter, or a device that was lost: the row is not on screen (yet).
    assert_eq!(stage.shown(&PickQuestion { rows_ready: row, ..question }), None);
    assert_eq!(stage.shown(&PickQuestion { rows_ready: row + 1, ..question }), Some(row));
    // The pointer has gone elsewhere and come back meanwhile: both answers arrive at once, the newest counts.
    let other = stage.question([AT[0] + 60, AT[1] + 40]);
    stage.ask(other);
    stage.ask(question);
    assert!(stage.arrive());
    assert!(stage.hover.is_answered(&question) && !stage.hover.is_answered(&other));
    // What was known is forgotten with the data it was about.
    stage.hover.clear();
    assert_eq!(stage.shown(&question), None);
}

#[test]
fn while_drawings_arrive_the_index_tells_the_best_of_those_on_screen() {
    let Some(mut stage) = Stage::new() else { return };
    stage.headless.scene.set_layout(LayoutKind::INDEX, None, false).unwrap();
    let mut others = 0;
    for step in 0..30 {
        let at = [40 + 7 * step, 160 - 4 * step];
        let whole = stage.question(at);
        // What will lie there in the end has not arrived yet.
        let Some(rows_ready) = stage.truth(&whole) else { continue };
        let question = PickQuestion { rows_ready, ..whole };
        stage.ask(question);
        assert!(stage.arrive());
        let told = row_by_index(&question, &stage.headless.scene);
        assert_eq!(told, stage.shown(&question), "at {at:?} the GPU is right");
        others += usize::from(told.is_some());
    }
    assert!(others >= 3, "another drawing lay there {others} times only");
}

#[test]
fn faults_25_hovering_goes_on_when_answers_never_come() {
    let Some(mut stage) = Stage::new() else { return };
    let gpu = Arc::clone(stage.headless.renderer.gpu());
    // A waiter without its thread: nobody polls.
    stage.waiter = Waiter::idle();
    for at in 0..3 {
        stage.ask(stage.question([AT[0] + 20 * at, AT[1]]));
    }
    let fourth = stage.question([20, 20]);
    let ask_fourth = |stage: &mut Stage| stage.hover.ask(&mut stage.headless.renderer, &stage.waiter, fourth, 1);
    assert!(!ask_fourth(&mut stage), "all slots are taken");
    assert!(stage.hover.collect(&gpu.device, Duration::ZERO), "they are given up, which is news: somebody asks again");
    assert!(ask_fourth(&mut stage));
    assert!(stage.arrive());
    assert_eq!(stage.shown(&fourth), stage.truth(&fourth));
    stage.headless.renderer.gpu().wait().unwrap();
    assert_eq!(gpu.errors(), 0);
}
