//! Tags: the letter that somebody gave a drawing, and when, so that what several windows change is joined row by row.

mod sidecar;

pub use sidecar::{Sidecar, SidecarError};

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A letter from A to Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(u8);

impl Tag {
    /// The tag of a letter, in either case.
    pub fn of(letter: char) -> Option<Self> {
        letter.is_ascii_alphabetic().then(|| Self(letter.to_ascii_uppercase() as u8))
    }

    /// The letter.
    pub fn letter(self) -> char {
        self.0.into()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.letter(), f)
    }
}

/// What was done to a row last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The row.
    pub row: u32,
    /// The tag that it was given; `None` where its tag was taken away.
    pub tag: Option<Tag>,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// The tags of a set's rows, with what was taken away. A copy costs nothing: undo keeps many.
#[derive(Clone, Debug, Default)]
pub struct Tags(Arc<Vec<Mark>>);

/// Now, in milliseconds since 1970.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl Tags {
    /// What was done to rows, in any order; of several things done to a row the latest counts.
    pub fn of_marks(mut marks: Vec<Mark>) -> Self {
        marks.sort_unstable_by_key(|mark| (mark.row, std::cmp::Reverse((mark.at, mark.tag))));
        marks.dedup_by_key(|mark| mark.row);
        Self(Arc::new(marks))
    }

    /// What was done to rows, ascending.
    pub fn marks(&self) -> &[Mark] {
        &self.0
    }

    /// The rows that have a tag, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u32, Tag)> + '_ {
        self.0.iter().filter_map(|mark| Some((mark.row, mark.tag?)))
    }

    /// The tag of a row.
    pub fn get(&self, row: u32) -> Option<Tag> {
        let place = self.0.binary_search_by_key(&row, |mark| mark.row).ok()?;
        self.0.get(place)?.tag
    }

    /// Whether no row has a tag.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// How many rows have a tag.
    pub fn count(&self) -> u32 {
        self.iter().count() as u32
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.0.len() * size_of::<Mark>()
    }

    /// The same once ascending rows were given a tag, or none, at a time; what was done to them before is earlier in any case.
    #[must_use]
    pub fn with(&self, rows: impl Iterator<Item = u32>, tag: Option<Tag>, at: u64) -> Self {
        let new: Vec<Mark> = rows.map(|row| Mark { row, tag, at }).collect();
        self.followed_by(&new)
    }

    /// What was done here and elsewhere: of each row the later.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        if Arc::ptr_eq(&self.0, &other.0) {
            return self.clone();
        }
        let later = |a: Mark, b: Mark| if (b.at, b.tag) > (a.at, a.tag) { b } else { a };
        Self(Arc::new(joined(&self.0, &other.0, later)))
    }

    /// What another state knows that is later than what is known here.
    #[must_use]
    pub fn news_of(&self, other: &Self) -> Self {
        let known = |mark: &Mark| self.0.binary_search_by_key(&mark.row, |own| own.row).ok();
        let own = |mark: &Mark| known(mark).and_then(|place| self.0.get(place)).map(|own| (own.at, own.tag));
        let is_news = |mark: &&Mark| own(mark).is_none_or(|own| own < (mark.at, mark.tag));
        Self(Arc::new(other.0.iter().filter(is_news).copied().collect()))
    }

    /// The same with the tags of another state, to which rows that differ are turned now.
    #[must_use]
    pub fn turned_to(&self, other: &Self, at: u64) -> Self {
        if self == other {
            return self.clone();
        }
        let rows = joined(&self.0, &other.0, |own, _| own);
        let turned = rows.iter().map(|mark| Mark { tag: other.get(mark.row), at, ..*mark });
        let turned: Vec<Mark> = turned.filter(|mark| self.get(mark.row) != mark.tag).collect();
        self.followed_by(&turned)
    }

    fn followed_by(&self, new: &[Mark]) -> Self {
        // Clocks may go back, and those of two machines differ.
        let follows = |old: Mark, new: Mark| Mark { at: new.at.max(old.at.saturating_add(1)), ..new };
        Self(Arc::new(joined(&self.0, new, follows)))
    }
}

impl PartialEq for Tags {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.iter().eq(other.iter())
    }
}

/// Two ascending lists as one; of a row that both have, what `choose` makes of the two.
fn joined(a: &[Mark], b: &[Mark], choose: impl Fn(Mark, Mark) -> Mark) -> Vec<Mark> {
    let mut all = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(own), Some(other)) if own.row == other.row => match (a.next(), b.next()) {
                (Some(own), Some(other)) => Some(choose(own, other)),
                (own, other) => own.or(other),
            },
            (Some(own), Some(other)) if own.row < other.row => a.next(),
            (Some(_), None) => a.next(),
            _ => b.next(),
        };
        let Some(mark) = next else { return all };
        all.push(mark);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn tag(letter: char) -> Option<Tag> {
        Tag::of(letter)
    }

    fn written(tags: &Tags) -> String {
        tags.iter().map(|(row, tag)| format!("{row}{tag}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_are_given_tags_others_and_none() {
        let tags = Tags::default().with([1, 5, 9].into_iter(), tag('a'), 10).with([5, 7].into_iter(), tag('B'), 11);
        assert_eq!(written(&tags), "1A 5B 7B 9A");
        let fewer = tags.with([1, 7].into_iter(), None, 12);
        assert_eq!((written(&fewer).as_str(), fewer.count(), fewer.get(7)), ("5B 9A", 2, None));
        // Going back is a later change, too.
        let back = fewer.turned_to(&tags, 13);
        assert_eq!(back, tags);
        assert_eq!(written(&fewer.merged(&back)), written(&tags));
        assert_eq!([tag('ä'), tag('1'), tag('z')], [None, None, Some(Tag(b'Z'))]);
    }

    #[test]
    fn of_two_windows_the_later_change_of_each_row_counts() {
        let both = Tags::default().with(0..4, tag('A'), 100);
        let one = both.with([0, 1].into_iter(), tag('B'), 200).with([2].into_iter(), None, 205);
        let other = both.with([1].into_iter(), tag('C'), 210).with([2, 9].into_iter(), tag('C'), 190);
        assert_eq!(written(&one.merged(&other)), "0B 1C 3A 9C");
        assert_eq!(written(&other.merged(&one)), "0B 1C 3A 9C");
        let news: Vec<u32> = one.news_of(&other).marks().iter().map(|mark| mark.row).collect();
        assert_eq!(news, [1, 9], "row 2 was changed here later");
    }

    #[test]
    fn a_clock_that_goes_back_loses_no_change() {
        let tags = Tags::default().with([3].into_iter(), tag('A'), 1000);
        let later = tags.with([3].into_iter(), tag('B'), 10);
        assert_eq!(written(&tags.merged(&later)), "3B");
    }
}
