//! What takes long before a scene stands, as it is done.

use super::HeadlessError;
use super::likeness::compare;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::progress::{Cancelled, Watcher};
use crate::scene::Scene;
use crate::scene::layout::LayoutKind;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::sync::Arc;

/// What is being done, and how far that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doing {
    /// Drawings are read: so many are there.
    Reading(u32),
    /// Drawings are compared with each other, 0 to 1.
    Comparing(f64),
    /// The layout finds a place for each, 0 to 1.
    Arranging(f64),
}

/// Hears what is being done; a break gives it up.
pub type OnDoing<'a> = &'a mut dyn FnMut(Doing) -> ControlFlow<()>;

/// Where nobody listens.
pub fn unheard(_: Doing) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// An error where whoever listens wants no more.
pub(super) fn given_up(said: ControlFlow<()>) -> Result<(), Cancelled> {
    if said.is_break() { Err(Cancelled) } else { Ok(()) }
}

/// Lays out drawings that have all been read as a layout does that goes by them.
pub(super) fn arrange(
    scene: &mut Scene,
    dataset: &Arc<Dataset>,
    wanted: LayoutKind,
    values: ValueMap,
    columns: Option<&Columns>,
    on: OnDoing<'_>,
) -> Result<(), HeadlessError> {
    let (on, given_up) = (RefCell::new(on), Cell::new(false));
    let is_wanted = || !given_up.get();
    let hear = |doing| given_up.set(given_up.get() || (on.borrow_mut())(doing).is_break());
    let comparing = |part: f64| hear(Doing::Comparing(part));
    if scene.known_placement(&scene.request(wanted, columns)).is_none() {
        compare(scene, dataset, wanted, values, Watcher::new(&is_wanted, &comparing).progress())?;
    }
    let arranging = |part: f64| hear(Doing::Arranging(part));
    scene.set_layout_watched(wanted, columns, true, Watcher::new(&is_wanted, &arranging).progress())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::OpenOptions;
    use crate::headless::placed_scene;
    use crate::scene::camera::Viewport;
    use crate::scene::{Known, Settings};

    #[test]
    fn what_takes_long_says_how_far_it_is_to_its_end() {
        let dataset = Arc::new(Dataset::open(&["demo:2000:1"], &OpenOptions::default()).unwrap());
        let heard = |layout| {
            let (mut heard, settings) = (Vec::new(), Settings { layout, ..Settings::default() });
            placed_scene(&dataset, settings, Viewport::new(300, 200, 1.0), None, &mut |doing| {
                heard.push(doing);
                ControlFlow::Continue(())
            })
            .unwrap();
            heard
        };
        for layout in [LayoutKind::SORTED, LayoutKind::MAP, LayoutKind::UMAP] {
            let heard = heard(layout);
            assert!(heard.contains(&Doing::Reading(2000)), "{layout}: {heard:?}");
            let parts = |of: fn(&Doing) -> Option<f64>| heard.iter().filter_map(of).collect::<Vec<_>>();
            let comparing = parts(|doing| if let Doing::Comparing(part) = doing { Some(*part) } else { None });
            let arranging = parts(|doing| if let Doing::Arranging(part) = doing { Some(*part) } else { None });
            assert!(!comparing.is_empty() && comparing.is_sorted(), "{layout}: {comparing:?}");
            assert!(arranging.len() > 10 && arranging.is_sorted(), "{layout}: {arranging:?}");
            assert!(arranging.last().is_some_and(|&part| part > 0.99), "{layout}: {arranging:?}");
            // One after the other.
            let begun = heard.iter().position(|doing| matches!(doing, Doing::Arranging(_))).unwrap();
            assert!(heard[begun..].iter().all(|doing| matches!(doing, Doing::Arranging(_))), "{layout}");
        }
        assert_eq!(heard(LayoutKind::GRID), [], "a grid stands at once");
    }

    #[test]
    fn places_that_another_scene_shows_are_taken_over_and_nothing_is_made_once_more() {
        let dataset = Arc::new(Dataset::open(&["demo:600:1"], &OpenOptions::default()).unwrap());
        let viewport = Viewport::new(300, 200, 1.0);
        let settings = Settings { layout: LayoutKind::MAP, ..Settings::default() };
        let mut shown = placed_scene(&dataset, settings.clone(), viewport, None, &mut unheard).unwrap();
        let finished = shown.placed().clone();
        // A map that was interrupted after its first picture.
        let request = shown.request(LayoutKind::MAP, None);
        let codes = shown.codes.as_ref().map(|set| &set.codes);
        let known = Known { codes, graphs: shown.graphs.as_deref(), ..Known::default() };
        let mut first = None;
        let stopped = request.make(known, crate::progress::Progress::NONE, &mut |made| {
            first = first.take().or(Some(made));
            Err(Cancelled)
        });
        assert!(stopped.is_err());
        let placed = shown.keep_placement(&request, first.unwrap());
        shown.show(placed, false);
        assert_ne!(shown.placed().layout.fixed(), finished.layout.fixed());
        for rows_per_chunk in [u32::MAX, 100] {
            let first = Settings { layout: LayoutKind::GRID, ..settings.clone() };
            let mut scene = Scene::new(dataset.rows(), rows_per_chunk, first, viewport, None).unwrap();
            scene.settings.layout = LayoutKind::MAP;
            scene.take_over(&shown, None);
            let mut heard = Vec::new();
            arrange(&mut scene, &dataset, LayoutKind::MAP, ValueMap::default(), None, &mut |doing| {
                heard.push(doing);
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(heard, []);
            assert_eq!(scene.placed().layout.kind, LayoutKind::MAP);
            assert_eq!(scene.placed().layout.fixed(), shown.placed().layout.fixed());
        }
    }

    #[test]
    fn what_is_given_up_ends_whatever_is_being_done() {
        let dataset = Arc::new(Dataset::open(&["demo:3000:1"], &OpenOptions::default()).unwrap());
        let ends: [fn(Doing) -> bool; 3] = [
            |doing| matches!(doing, Doing::Reading(_)),
            |doing| matches!(doing, Doing::Comparing(part) if part > 0.1),
            |doing| matches!(doing, Doing::Arranging(part) if part > 0.1),
        ];
        for is_end in ends {
            let (settings, mut after) = (Settings { layout: LayoutKind::SORTED, ..Settings::default() }, None);
            let scene = placed_scene(&dataset, settings, Viewport::new(300, 200, 1.0), None, &mut |doing| {
                after = after.map(|count| count + 1).or_else(|| is_end(doing).then_some(0));
                if after.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert!(scene.is_err_and(|error| error.to_string().contains("given up")));
            assert_eq!(after, Some(0), "it went on");
        }
    }
}
