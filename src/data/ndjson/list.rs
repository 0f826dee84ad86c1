//! Arrays of texts: lists, which columns hold as one text.

use super::text::clip;
use super::value::{Cursor, Tolerated};
use crate::data::columns::Scalar;
use std::borrow::Cow;

impl<'b> Cursor<'b> {
    /// Passes an array of texts: as JSON writes it, without blanks. `None`, and nothing is passed, where it is another one or empty.
    pub(super) fn list(&mut self, tolerated: &mut Tolerated) -> Option<Scalar<'b>> {
        let (start, mut here) = (self.at, Tolerated::default());
        let Some(list) = self.texts(&mut here).and_then(|texts| serde_json::to_string(&texts).ok()) else {
            self.at = start;
            return None;
        };
        tolerated.join(&here);
        Some(Scalar::Text(clip(Cow::Owned(list), tolerated)))
    }

    fn texts(&mut self, tolerated: &mut Tolerated) -> Option<Vec<Cow<'b, str>>> {
        let mut texts = Vec::new();
        self.pass(b'[');
        loop {
            self.pass_blanks();
            if !self.pass(b'"') {
                return None;
            }
            texts.push(self.text(tolerated).ok()?);
            if !self.more(b']').ok()? {
                return Some(texts);
            }
        }
    }

    /// Passes an empty array, which is no value; whether there was one.
    pub(super) fn empty_list(&mut self) -> bool {
        let start = self.at;
        self.pass(b'[');
        self.pass_blanks();
        let is_empty = self.pass(b']');
        if !is_empty {
            self.at = start;
        }
        is_empty
    }
}
