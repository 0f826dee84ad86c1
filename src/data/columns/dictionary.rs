//! Strings that occur again and again, held once: a code for each distinct one.

use super::MAX_CATEGORIES;
use std::collections::HashMap;
use std::sync::Arc;

/// Distinct strings in order of first appearance; a string's place is its code.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    strings: Vec<Arc<str>>,
    codes: HashMap<Arc<str>, u32>,
    /// Codes asked for lately, by [`place`] of their strings: a look at one costs less than a hash.
    recent: [u32; RECENT],
}

const RECENT: usize = 32;

/// A place for each string, alike ones apart: two-letter codes above all.
fn place(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    (end(bytes.first()) * 5 + end(bytes.last()) + bytes.len()) % RECENT
}

impl Dictionary {
    /// The code of `text`, added where new; `None` when the dictionary is full.
    pub(super) fn code(&mut self, text: &str) -> Option<u32> {
        let place = place(text);
        let recent = self.recent.get(place).copied().unwrap_or_default();
        if self.get(recent) == Some(text) {
            return Some(recent);
        }
        let code = match self.codes.get(text) {
            Some(&code) => code,
            None => self.add(text)?,
        };
        if let Some(recent) = self.recent.get_mut(place) {
            *recent = code;
        }
        Some(code)
    }

    fn add(&mut self, text: &str) -> Option<u32> {
        if self.strings.len() >= MAX_CATEGORIES {
            return None;
        }
        let code = self.strings.len() as u32;
        let shared: Arc<str> = Arc::from(text);
        self.strings.push(Arc::clone(&shared));
        self.codes.insert(shared, code);
        Some(code)
    }

    /// The string of a code.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.strings.get(code as usize).map(AsRef::as_ref)
    }

    /// About how many bytes it holds: each string, its place among the strings and in the table of codes.
    pub(super) fn bytes(&self) -> u64 {
        self.strings.iter().map(|string| string.len() as u64 + 64).sum()
    }

    /// How many distinct strings there are.
    pub(super) fn len(&self) -> usize {
        self.strings.len()
    }

    /// All strings, by code.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter().map(AsRef::as_ref)
    }

    /// The same, to be kept elsewhere.
    pub(super) fn shared(&self) -> &[Arc<str>] {
        &self.strings
    }

    /// Lets go of what only adding needs.
    pub(super) fn freeze(&mut self) {
        self.codes = HashMap::new();
        self.strings.shrink_to_fit();
    }
}
