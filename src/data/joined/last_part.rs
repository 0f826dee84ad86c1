//! Names by the last part of their path: what a table calls `val/7.jpg` may be the picture `7.jpg`, or the other way round.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::words::nfc;

/// What belongs to names of which no other ends alike.
#[derive(Clone, Debug)]
pub(super) struct ByLastPart<T>(HashMap<String, Option<T>>);

impl<T> Default for ByLastPart<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Copy> ByLastPart<T> {
    /// Of all names of a table.
    pub(super) fn of<'a>(names: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut all: HashMap<String, Option<T>> = HashMap::new();
        for (name, of) in names {
            all.entry(last_part(name).into_owned()).and_modify(|known| *known = None).or_insert(Some(of));
        }
        Self(all)
    }

    /// What belongs to the one that ends like this name; nothing where several do, or where another picture does (`shared`).
    pub(super) fn get(&self, name: &str, shared: &HashSet<String>) -> Option<T> {
        let last = last_part(name);
        let found = self.0.get(&*last).copied().flatten();
        found.filter(|_| !shared.contains(&*last))
    }
}

/// The last parts that several of these names have.
pub(in crate::data) fn shared<'a>(names: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let (mut once, mut shared) = (HashSet::new(), HashSet::new());
    for name in names {
        let last = last_part(name);
        if once.contains(&last) {
            shared.insert(last.into_owned());
        } else {
            once.insert(last);
        }
    }
    shared
}

/// In one Unicode form.
fn last_part(name: &str) -> Cow<'_, str> {
    nfc(name.rsplit(['/', '\\']).next().unwrap_or(name))
}
