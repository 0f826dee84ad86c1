//! Names as keys: those that look the same are the same, whatever Unicode form a file system or a table gives them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::words::nfc;

/// What belongs to names: letter for letter, else in one Unicode form, where one of them alone has that.
#[derive(Clone, Debug)]
pub(in crate::data) struct ByName<'a, T> {
    exact: HashMap<Cow<'a, str>, T>,
    /// Those that are not ASCII, composed; nothing where several are.
    composed: HashMap<String, Option<T>>,
}

impl<T> Default for ByName<'_, T> {
    fn default() -> Self {
        Self { exact: HashMap::new(), composed: HashMap::new() }
    }
}

impl<'a, T: Copy> ByName<'a, T> {
    /// Adds what belongs to a name; false, and nothing is added, where the name is there already.
    pub(in crate::data) fn insert(&mut self, name: impl Into<Cow<'a, str>>, of: T) -> bool {
        let name = name.into();
        if self.exact.contains_key(&name) {
            return false;
        }
        if !name.is_ascii() {
            let composed = nfc(&name).into_owned();
            self.composed.entry(composed).and_modify(|known| *known = None).or_insert(Some(of));
        }
        self.exact.insert(name, of);
        true
    }

    /// What belongs to a name.
    pub(in crate::data) fn get(&self, name: &str) -> Option<T> {
        let composed = || if name.is_ascii() { None } else { self.composed.get(&*nfc(name)).copied().flatten() };
        self.exact.get(name).copied().or_else(composed)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, T)> {
        self.exact.iter().map(|(name, of)| (&**name, *of))
    }
}
