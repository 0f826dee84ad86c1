//! One picture of a set: its name, where it lies, what its header says.

use std::sync::Arc;

use super::decode::Header;
use super::deep::Depth;
use super::place::Place;
use crate::data::formats::columnar::Records;

/// A picture of a set.
#[derive(Debug)]
pub(super) struct Picture {
    /// Its path in its folder or archive, with `/` between folders.
    pub(super) name: Box<str>,
    /// The part of the set that it belongs to, such as `train`, where folders say so.
    pub(super) split: Option<Arc<str>>,
    /// The folder that it lies in, where that says what it shows.
    pub(super) category: Option<Arc<str>>,
    /// Where its bytes lie; `None` where its file could not be opened.
    pub(super) place: Option<Place>,
    /// What its header says; else why it cannot be drawn, as a clause.
    pub(super) header: Result<Header, Box<str>>,
    /// What else is known of it.
    pub(super) more: More,
}

/// What is known of a picture besides itself.
#[derive(Debug, Default)]
pub(super) enum More {
    /// Nothing.
    #[default]
    Nothing,
    /// Fields of a record, as the inside of a JSON object.
    Fields(Box<str>),
    /// Files of the same key in an archive.
    Beside(Box<Beside>),
    /// A row of a file of columns.
    Row(Arc<Records>, u32),
}

/// Files of the same key in an archive.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// `.cls`: what it shows.
    pub(super) class: Option<Place>,
    /// `.txt`: what is said of it.
    pub(super) text: Option<Place>,
    /// `.json`: a record.
    pub(super) record: Option<Place>,
}

impl Picture {
    /// Of how many bits its values are; `None` where it cannot be drawn.
    pub(super) fn depth(&self) -> Option<Depth> {
        Some(self.header.as_ref().ok()?.depth)
    }

    /// Bytes of its file.
    pub(super) fn bytes(&self) -> Option<u64> {
        self.place.as_ref().map(Place::len)
    }
}
