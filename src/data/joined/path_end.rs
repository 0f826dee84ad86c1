//! Names by the end of their path: what a table calls `data/val/7.jpg` may be the picture `val/7.jpg`, or the other way round. All parts
//! that both have must be the same: `train/1.png` is not `test/1.png`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::words::nfc;

/// What belongs to the names of a table, by the ends of these.
#[derive(Clone, Debug)]
pub(super) struct ByEnd<T> {
    /// `None` of what several names are, or end like.
    whole: HashMap<String, Option<T>>,
    ends: HashMap<String, Option<T>>,
}

impl<T> Default for ByEnd<T> {
    fn default() -> Self {
        Self { whole: HashMap::new(), ends: HashMap::new() }
    }
}

impl<T: Copy> ByEnd<T> {
    /// Of all names of a table.
    pub(super) fn of<'a>(names: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut all = Self::default();
        for (name, of) in names {
            let name = unified(name);
            let add = |to: &mut HashMap<String, Option<T>>, name: &str| {
                to.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(of));
            };
            ends(&name).for_each(|end| add(&mut all.ends, end));
            add(&mut all.whole, &name);
        }
        all
    }

    /// What belongs to the name that ends like this one of a picture, or, of those that this one ends like, to the longest; nothing where
    /// several end so, or where other pictures do (`shared`).
    pub(super) fn get(&self, name: &str, shared: &HashSet<String>) -> Option<T> {
        let name = unified(name);
        if let Some(known) = self.ends.get(&*name) {
            return known.filter(|_| !shared.contains(&*name));
        }
        let end = ends(&name).find(|end| self.whole.contains_key(*end))?;
        self.whole.get(end).copied().flatten().filter(|_| !shared.contains(end))
    }
}

/// The ends of paths that several of these names have, whole names among them.
pub(in crate::data) fn shared<'a>(names: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let (mut once, mut shared) = (HashSet::new(), HashSet::new());
    for name in names {
        let name = unified(name);
        for end in ends(&name) {
            if once.contains(end) {
                shared.insert(end.to_owned());
            } else {
                once.insert(end.to_owned());
            }
        }
    }
    shared
}

/// Between the parts of a path stands `/`, also where Windows wrote it; in one Unicode form.
fn unified(name: &str) -> Cow<'_, str> {
    let name = nfc(name);
    if name.contains('\\') { name.replace('\\', "/").into() } else { name }
}

/// The path, and what is left of it without its first parts, the longest first.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |end| end.split_once('/').map(|(_, rest)| rest)).filter(|end| !end.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_where_one_is_the_end_of_the_other_alone() {
        let lines = [
            "train/1.png",
            "data/dev/2.png",
            "3.png",
            "a/4.png",
            "b/4.png",
            "c\\5.png",
            "6.png",
            "x/6.png",
            "/p/q/7.png",
        ];
        let by_end = ByEnd::of(lines.into_iter().zip(0..));
        let pictures =
            ["test/1.png", "dev/2.png", "k/3.png", "4.png", "m/b/4.png", "c/5.png", "y/x/6.png", "q/7.png", "8.png"];
        let shared_ends = shared(pictures.into_iter());
        let found: Vec<Option<i32>> = pictures.iter().map(|name| by_end.get(name, &shared_ends)).collect();
        // Two lines end as `4.png`, of which one is another's; the longer of two lines is the nearer one.
        assert_eq!(found, [None, Some(1), Some(2), None, Some(4), Some(5), Some(7), Some(8), None]);
        // Of two pictures that a line may be neither is it.
        let two = ["k/3.png", "l/3.png"];
        let shared_ends = shared(two.into_iter());
        assert_eq!(two.map(|name| by_end.get(name, &shared_ends)), [None, None]);
    }
}
