//! Values from anywhere in a column: the pages in which they lie are unpacked when they are asked for.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::headers::PageAt;
use super::page::Dictionary;
use super::{Group, Pages};
use crate::panics;

/// Bytes that are kept of what was unpacked last, in how many pieces at most, and bytes of the largest page.
const KEPT_BYTES: usize = 32 << 20;
const KEPT: usize = 64;
const PAGE_BYTES: u64 = 4 << 20;

/// What was unpacked last, the newest at the end: who reads row by row comes to a page many times, and several threads read along.
#[derive(Debug, Default)]
pub(in super::super) struct Kept(Mutex<VecDeque<(Key, Arc<Vec<u8>>)>>);

/// A page by its first value, or the dictionary of a group by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Page(u64),
    Dictionary(usize),
}

impl Kept {
    fn get(&self, key: Key) -> Option<Arc<Vec<u8>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().rev().find(|(of, _)| *of == key).map(|(_, bytes)| Arc::clone(bytes))
    }

    fn put(&self, key: Key, bytes: &Arc<Vec<u8>>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.iter().all(|(of, _)| *of != key) {
            kept.push_back((key, Arc::clone(bytes)));
        }
        let mut all: usize = kept.iter().map(|(_, bytes)| bytes.len()).sum();
        while all > KEPT_BYTES || kept.len() > KEPT {
            let Some((_, oldest)) = kept.pop_front() else { break };
            all -= oldest.len();
        }
    }
}

impl Pages {
    /// Whether values from anywhere are there soon: no page is large, and the first one is as it should be.
    pub(in super::super) fn come_soon(&self) -> bool {
        let mut pages = self.groups.iter().flat_map(|group| &group.pages);
        let are_small = pages.all(|page| page.values * self.leaf.width as u64 <= PAGE_BYTES);
        are_small && self.read(&mut [0], 0, &Kept::default()).is_some()
    }

    /// Fills `out` with the bytes of values from `offset` on, all of which are within; `None` where a page is not as it should be, or the
    /// machine would not read it.
    pub(in super::super) fn read(&self, out: &mut [u8], offset: u64, kept: &Kept) -> Option<()> {
        panics::caught(|| self.fill(out, offset, kept)).ok().flatten()
    }

    fn fill(&self, out: &mut [u8], offset: u64, kept: &Kept) -> Option<()> {
        let width = self.leaf.width as u64;
        let (mut rest, mut at, mut scratch) = (out, offset, Vec::new());
        while !rest.is_empty() {
            let group = self.groups.partition_point(|group| group.first * width <= at).checked_sub(1)?;
            let group = self.groups.get(group)?;
            let page = group.pages.partition_point(|page| page.first * width <= at).checked_sub(1)?;
            let page = group.pages.get(page)?;
            let start = usize::try_from(at - page.first * width).ok()?;
            let end = page.bytes(self.leaf.width)?.min(start.checked_add(rest.len())?);
            let (some, after) = rest.split_at_mut(end.checked_sub(start).filter(|bytes| *bytes > 0)?);
            self.fill_of(group, page, start..end, some, kept, &mut scratch)?;
            at += some.len() as u64;
            rest = after;
        }
        Some(())
    }

    /// Fills `out` with a range of a page's bytes.
    fn fill_of(
        &self,
        group: &Group,
        page: &PageAt,
        range: Range<usize>,
        out: &mut [u8],
        kept: &Kept,
        scratch: &mut Vec<u8>,
    ) -> Option<()> {
        if let Some(bytes) = kept.get(Key::Page(page.first)) {
            out.copy_from_slice(bytes.get(range)?);
            return Some(());
        }
        let dictionary = self.dictionary_kept(group, kept)?;
        let mut reader = self.of_group(group, std::slice::from_ref(page))?;
        let bytes = page.bytes(self.leaf.width)?;
        if range == (0..bytes) {
            return self.unpack_next(&mut reader, page, &dictionary, out);
        }
        scratch.resize(bytes, 0);
        self.unpack_next(&mut reader, page, &dictionary, scratch)?;
        out.copy_from_slice(scratch.get(range)?);
        kept.put(Key::Page(page.first), &Arc::new(std::mem::take(scratch)));
        Some(())
    }

    fn dictionary_kept(&self, group: &Group, kept: &Kept) -> Option<Dictionary> {
        let key = Key::Dictionary(group.number);
        if let Some(values) = kept.get(key) {
            return Some(Dictionary(values));
        }
        let dictionary = self.dictionary(group)?;
        kept.put(key, &dictionary.0);
        Some(dictionary)
    }
}
