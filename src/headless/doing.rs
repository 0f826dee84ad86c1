//! What takes long before a scene stands, as it is done.

use super::HeadlessError;
use super::likeness::compare;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::progress::Watcher;
use crate::scene::Scene;
use crate::scene::layout::LayoutKind;
use std::cell::RefCell;
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

/// Hears what is being done.
pub type OnDoing<'a> = &'a mut dyn FnMut(Doing);

/// Lays out drawings that have all been read as a layout does that goes by them.
pub(super) fn arrange(
    scene: &mut Scene,
    dataset: &Arc<Dataset>,
    wanted: LayoutKind,
    values: ValueMap,
    columns: Option<&Columns>,
    on: OnDoing<'_>,
) -> Result<(), HeadlessError> {
    let (is_wanted, on) = (|| true, RefCell::new(on));
    let comparing = |part: f64| (on.borrow_mut())(Doing::Comparing(part));
    compare(scene, dataset, wanted, values, Watcher::new(&is_wanted, &comparing).progress())?;
    let arranging = |part: f64| (on.borrow_mut())(Doing::Arranging(part));
    scene.set_layout_watched(wanted, columns, true, Watcher::new(&is_wanted, &arranging).progress())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::OpenOptions;
    use crate::headless::placed_scene;
    use crate::scene::Settings;
    use crate::scene::camera::Viewport;

    #[test]
    fn what_takes_long_says_how_far_it_is_to_its_end() {
        let dataset = Arc::new(Dataset::open(&["demo:2000:1"], &OpenOptions::default()).unwrap());
        let heard = |layout| {
            let (mut heard, settings) = (Vec::new(), Settings { layout, ..Settings::default() });
            placed_scene(&dataset, settings, Viewport::new(300, 200, 1.0), None, &mut |doing| heard.push(doing))
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
}
