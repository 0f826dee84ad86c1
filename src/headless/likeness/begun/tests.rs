//! A map that was given up goes on from where it was, in the same session and in the next one, and is the same to the bit.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::data::dataset::{Dataset, OpenOptions};
use crate::data::values::ValueMap;
use crate::headless::likeness::Likeness;
use crate::kept::Folder;
use crate::likeness::comparison::Comparison;
use crate::likeness::kept::Store;
use crate::progress::{Progress, Watcher};
use crate::scene::layout::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams};
use std::cell::{Cell, RefCell};

const ROWS: u32 = 700;
const MAPS: [LayoutKind; 2] = [LayoutKind::MAP, LayoutKind::UMAP];

/// A session with a set, and what is kept in a folder, where one is named.
struct Session {
    likeness: Arc<Likeness>,
    params: LayoutParams,
    /// The bits of all places that were shown, map by map.
    shown: RefCell<Vec<Vec<u64>>>,
}

impl Session {
    fn new(folder: Option<&tempfile::TempDir>, between: Duration) -> Self {
        let dataset = Arc::new(Dataset::open(&[format!("demo:{ROWS}:5")], &OpenOptions::default()).unwrap());
        let store = folder.map(|folder| Store::new(Folder::new(folder.path().to_owned(), 1 << 30)));
        Self {
            likeness: Arc::new(Likeness::kept_in(&dataset, store, between)),
            params: LayoutParams::default(),
            shown: RefCell::default(),
        }
    }

    /// Makes a map, which is given up after so many looks; the bits of its places, or nothing, and how many looks it took.
    fn made(&self, kind: LayoutKind, most_looks: u64) -> (Option<Vec<u64>>, u64) {
        self.made_watched(kind, most_looks, &|_| ())
    }

    /// The same; `on` hears of each look.
    fn made_watched(&self, kind: LayoutKind, most_looks: u64, on: &dyn Fn(u64)) -> (Option<Vec<u64>>, u64) {
        let basis = Basis::new(ValueMap::default(), &Comparison::default());
        let codes = self.likeness.codes(&basis, Progress::NONE).unwrap();
        let neighbours = Neighbours::new(&self.likeness, &basis, &codes);
        let looks = Cell::new(0);
        let is_wanted = || {
            on(looks.get());
            looks.replace(looks.get() + 1) < most_looks
        };
        let watcher = Watcher::new(&is_wanted, &|_| ());
        let input = LayoutInput {
            rows: ROWS,
            columns: None,
            moments: None,
            codes: Some(&codes.codes),
            graphs: Some(&neighbours),
            params: &self.params,
            progress: watcher.progress(),
        };
        let bits = |layout: Layout| {
            (0..ROWS).flat_map(|row| layout.center(row).unwrap().to_array().map(f64::to_bits)).collect::<Vec<u64>>()
        };
        let mut publish = |layout: Layout| -> Result<(), LayoutError> {
            self.shown.borrow_mut().push(bits(layout));
            Ok(())
        };
        let made = (kind.0.build)(input, &mut publish);
        (made.is_ok().then(|| self.shown.borrow().last().unwrap().clone()), looks.get())
    }

    fn whole(&self, kind: LayoutKind) -> (Vec<u64>, u64) {
        let (made, looks) = self.made(kind, u64::MAX);
        (made.unwrap(), looks)
    }
}

/// An hour: nothing is written but where a map is given up.
const NEVER: Duration = Duration::from_hours(1);

fn names(folder: &tempfile::TempDir, of: &str) -> usize {
    let all = std::fs::read_dir(folder.path()).unwrap();
    all.filter(|file| file.as_ref().unwrap().file_name().to_str().unwrap().contains(of)).count()
}

#[test]
fn in_the_same_session_it_goes_on_from_memory() {
    for kind in MAPS {
        let (whole, looks) = Session::new(None, NEVER).whole(kind);
        let session = Session::new(None, NEVER);
        let mut all = 0;
        // Near its beginning, in the middle, twice at the same place, near its end.
        for part in [0.3, 0.3, 0.15, 0.1] {
            let (made, taken) = session.made(kind, (looks as f64 * part) as u64);
            assert_eq!(made, None, "{kind}: it was given up");
            all += taken;
        }
        let (made, taken) = session.whole(kind);
        assert!(made == whole, "{kind}: another map");
        assert!(taken < looks && all + taken < looks * 3, "{kind}: {taken} of {looks} looks after {all}");
        // It is there: what was begun is forgotten.
        let basis = Basis::new(ValueMap::default(), &Comparison::default());
        assert!(session.likeness.begun.0.lock().unwrap().iter().all(|(of, ..)| *of != basis), "{kind}");
    }
}

#[test]
fn the_next_session_goes_on_from_the_disk_and_nothing_is_left_there_but_the_map() {
    for kind in MAPS {
        let (whole, looks) = Session::new(None, NEVER).whole(kind);
        let folder = tempfile::tempdir().unwrap();
        for part in [0.4, 0.3] {
            let session = Session::new(Some(&folder), NEVER);
            assert_eq!(session.made(kind, (looks as f64 * part) as u64).0, None);
            assert_eq!(names(&folder, "begun-"), 1, "{kind}");
        }
        let (made, taken) = Session::new(Some(&folder), NEVER).whole(kind);
        assert!(made == whole, "{kind}: another map");
        assert!(taken < looks, "{kind}: {taken} of {looks} looks");
        assert_eq!((names(&folder, "begun-"), names(&folder, &format!("-{kind}-"))), (0, 1), "{kind}");
    }
}

#[test]
fn what_is_written_on_the_way_is_enough_where_the_program_is_ended() {
    for kind in MAPS {
        let (whole, looks) = Session::new(None, NEVER).whole(kind);
        let [folder, ended] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        // A program that ends at some look leaves what lies on the disk then.
        let copy = |look: u64| {
            for file in std::fs::read_dir(folder.path()).unwrap().filter(|_| look == looks / 2) {
                let path = file.unwrap().path();
                std::fs::copy(&path, ended.path().join(path.file_name().unwrap())).unwrap();
            }
        };
        assert!(Session::new(Some(&folder), Duration::ZERO).made_watched(kind, u64::MAX, &copy).0.unwrap() == whole);
        assert_eq!((names(&folder, "begun-"), names(&ended, "begun-")), (0, 1), "{kind}");
        let file = std::fs::read_dir(ended.path()).unwrap().map(|file| file.unwrap().path());
        let file = file.into_iter().find(|path| path.to_str().unwrap().contains("begun-")).unwrap();
        let early = std::fs::read(&file).unwrap();
        let (made, taken) = Session::new(Some(&ended), NEVER).whole(kind);
        assert!(made == whole && taken < looks, "{kind}: {taken} of {looks} looks");
        // What is damaged is not believed: it starts over.
        for damage in [early[..early.len() / 2].to_vec(), [&early[..early.len() - 9], &[1; 9]].concat()] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(file.file_name().unwrap()), damage).unwrap();
            let (made, taken) = Session::new(Some(&folder), NEVER).whole(kind);
            assert!(made == whole && taken >= looks, "{kind}: {taken} of {looks} looks");
        }
    }
}

#[test]
fn how_far_it_had_come_is_shown_at_once_and_a_whole_one_as_it_is() {
    // How far apart rows lie on two maps in the mean, in units of the map.
    let apart = |a: &[u64], b: &[u64]| {
        let off = a.iter().zip(b).map(|(&a, &b)| (f64::from_bits(a) - f64::from_bits(b)).abs());
        off.sum::<f64>() / a.len() as f64
    };
    for kind in MAPS {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::new(Some(&folder), NEVER);
        let (whole, looks) = Session::new(None, NEVER).whole(kind);
        session.made(kind, looks * 9 / 10);
        let plain = session.shown.take().swap_remove(0);
        // Given up at once: what is shown before any step.
        session.made(kind, 1);
        let first = session.shown.take().swap_remove(0);
        let [far, near] = [&plain, &first].map(|shown| apart(shown, &whole));
        assert!(near < far / 2.0, "{kind}: {near} from the whole map, the plain one {far}");
        session.whole(kind);
        let again = Session::new(Some(&folder), NEVER);
        again.whole(kind);
        assert!(again.shown.take().iter().all(|shown| *shown == whole), "{kind}: something before the whole map");
    }
}

#[test]
fn memory_holds_the_last_ones_and_no_more_than_its_bound() {
    let maps = BegunMaps::default();
    let basis = Basis::default();
    let begun = |steps, pairs: u64| Begun { steps, pairs: vec![[0.0; 2]; pairs as usize] };
    let third = MOST_BYTES / 8 / 3;
    for (name, steps) in [("a", 1), ("b", 1), ("c", 1), ("d", 5)] {
        maps.keep(&basis, name, begun(steps, third));
    }
    assert_eq!(["a", "b", "c", "d"].map(|name| maps.of(&basis, name).is_some()), [false, true, true, true]);
    // One that had come farther stays.
    maps.keep(&basis, "d", begun(4, 1));
    assert_eq!(maps.of(&basis, "d").unwrap().steps, 5);
    maps.keep(&basis, "e", begun(1, MOST_BYTES / 8 + 1));
    assert!(maps.of(&basis, "e").is_none(), "more than there is room for");
}
