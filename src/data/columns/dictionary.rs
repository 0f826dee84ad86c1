//! Strings that occur again and again, held once: a code for each distinct one.

use super::MAX_CATEGORIES;
use std::collections::HashMap;
use std::sync::Arc;

/// Distinct strings in order of first appearance; a string's place is its code.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    strings: Vec<Arc<str>>,
    codes: HashMap<Arc<str>, u32>,
    /// The code asked for last: neighbouring records often agree.
    last: u32,
}

impl Dictionary {
    /// The code of `text`, added where new; `None` when the dictionary is full.
    pub(super) fn code(&mut self, text: &str) -> Option<u32> {
        if self.get(self.last) == Some(text) {
            return Some(self.last);
        }
        if let Some(&code) = self.codes.get(text) {
            self.last = code;
            return Some(code);
        }
        if self.strings.len() >= MAX_CATEGORIES {
            return None;
        }
        let code = self.strings.len() as u32;
        let shared: Arc<str> = Arc::from(text);
        self.strings.push(Arc::clone(&shared));
        self.codes.insert(shared, code);
        self.last = code;
        Some(code)
    }

    /// The string of a code.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.strings.get(code as usize).map(AsRef::as_ref)
    }

    /// How many distinct strings there are.
    pub(super) fn len(&self) -> usize {
        self.strings.len()
    }

    /// All strings, by code.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter().map(AsRef::as_ref)
    }

    /// Lets go of what only adding needs.
    pub(super) fn freeze(&mut self) {
        self.codes = HashMap::new();
        self.strings.shrink_to_fit();
    }
}
