//! Tags in a session: given to rows, shown as a column, and brought to their file by a thread, once a second at most.

use super::Session;
use crate::app::Wake;
use crate::app::tag_store::{Kept, TagError, TagStore};
use crate::data::columns::Added;
use crate::data::tags::{Tag, Tags, now_ms};
use crate::headless::HeadlessError;
use crate::scene::selection::Selection;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

/// So long at least lies between two writes.
const PAUSE: Duration = Duration::from_secs(1);

/// Where a set's tags come from and go to.
#[derive(Debug, Default)]
pub struct TagFile {
    /// `None` while a thread has it, and where tags cannot be kept.
    store: Option<TagStore>,
    work: Option<Receiver<(TagStore, Result<Kept, TagError>)>>,
    /// What was written last.
    written: Tags,
    written_at: Option<Instant>,
    /// There is something to write.
    is_due: bool,
    /// Why tags cannot be kept.
    why_not: Option<String>,
}

impl TagFile {
    /// What was found of a set's tags, with those and what is to be said of them.
    pub fn new(found: Result<(TagStore, Kept), TagError>) -> (Self, Kept) {
        match found {
            Ok((store, kept)) => (Self { store: Some(store), written: kept.tags.clone(), ..Self::default() }, kept),
            Err(error) => (Self { why_not: Some(error.to_string()), ..Self::default() }, Kept::default()),
        }
    }

    /// Whether these tags are in the file.
    pub fn has(&self, tags: &Tags) -> bool {
        self.work.is_none() && self.written == *tags
    }

    /// Whether something has been tagged since the file was looked into.
    pub fn has_changed(&self) -> bool {
        self.is_due || self.work.is_some() || self.written_at.is_some()
    }
}

impl Session {
    /// Gives rows a tag, or takes theirs away where all have it already; answers which of the two, or why it cannot be.
    pub fn tag(&mut self, rows: &Selection, tag: Tag) -> Result<Option<Tag>, String> {
        if let Some(why) = &self.tag_file.why_not {
            return Err(why.clone());
        }
        let tags = self.scene.tags();
        let given = if rows.rows().all(|row| tags.get(row) == Some(tag)) { None } else { Some(tag) };
        let tags = tags.with(rows.rows(), given, now_ms());
        self.scene.set_tags(tags);
        self.follow_tags().map_err(|error| error.to_string())?;
        Ok(given)
    }

    /// The tags have become others: they are written when that is due, and shown at once.
    pub(super) fn follow_tags(&mut self) -> Result<(), HeadlessError> {
        let file = &mut self.tag_file;
        file.is_due |= *self.scene.tags() != file.written;
        self.show_tags();
        let looks = &self.scene.settings.appearance;
        let name = self.columns.added(Added::Tags).map(|column| column.name().to_owned());
        let is_by = |name: &String| {
            let names = [&looks.color_by, &looks.caption].into_iter().flatten();
            names.into_iter().any(|by| by == name)
                || looks.filter.as_ref().is_some_and(|filter| filter.condition().mentions(name))
        };
        if !name.as_ref().is_some_and(is_by) {
            return Ok(());
        }
        let restyled = self.scene.restyle(self.columns.is_finished().then_some(&*self.columns))?;
        self.matching = restyled.matching;
        self.hover.clear();
        Ok(())
    }

    /// Puts the tags among the columns, once those of the records are there.
    pub(super) fn show_tags(&mut self) {
        let awaits_records = self.records.is_some() && !self.columns.is_finished();
        let was_there = self.columns.added(Added::Tags).is_some();
        if awaits_records || (!was_there && self.scene.tags().is_empty()) {
            return;
        }
        self.columns = Arc::new(self.columns.with_tags(self.scene.rows(), self.scene.tags()));
        if let Some(name) = self.columns.added(Added::Tags).map(|column| column.name().to_owned()) {
            self.scene.outdate_layouts_by(&name);
        }
        if !was_there {
            self.refused = self.scene.refusals(Some(&self.columns));
        }
        self.forget_selected();
        self.forget_facets();
    }

    /// Begins to write tags where that is due; when to come again.
    pub fn keep_tags(&mut self, wake: impl Fn(Wake) + Send + 'static) -> Option<Instant> {
        let file = &mut self.tag_file;
        if !file.is_due || file.work.is_some() {
            return None;
        }
        if let Some(at) = file.written_at.map(|at| at + PAUSE).filter(|at| *at > Instant::now()) {
            return Some(at);
        }
        let store = file.store.take()?;
        let ((hand, taken), (sender, work)) = (sync_channel::<(TagStore, Tags)>(1), sync_channel(1));
        let write = move || {
            let Ok((mut store, tags)) = taken.recv() else { return };
            let written = store.write(&tags);
            // A window that is gone writes at its end.
            let _ = sender.send((store, written));
            wake(Wake::Tagged);
        };
        // A thread that does not come must not take the store along: then it is tried again, and at the end without one.
        if let Err(error) = std::thread::Builder::new().name("tags".to_owned()).spawn(write) {
            (file.store, file.written_at) = (Some(store), Some(Instant::now()));
            self.untold.push(format!("tags are not written yet: no thread to write with: {error}"));
            return file.written_at.map(|at| at + PAUSE);
        }
        if hand.send((store, self.scene.tags().clone())).is_ok() {
            (file.is_due, file.work) = (false, Some(work));
        }
        None
    }

    /// Takes in what a write has brought; what is to be said of it, and whether that is an error.
    pub fn take_tags(&mut self) -> Vec<(String, bool)> {
        let Some((store, written)) = self.tag_file.work.as_ref().and_then(|work| work.try_recv().ok()) else {
            return Vec::new();
        };
        self.take_written(store, written)
    }

    /// Brings to its file what is not there yet, and waits for that.
    pub fn finish_tags(&mut self) -> Vec<(String, bool)> {
        let mut said = Vec::new();
        if let Some((store, written)) = self.tag_file.work.take().and_then(|work| work.recv().ok()) {
            said = self.take_written(store, written);
        }
        self.tag_file.is_due = false;
        // What could not be written before is tried once more.
        if *self.scene.tags() != self.tag_file.written
            && let Some(mut store) = self.tag_file.store.take()
        {
            let written = store.write(self.scene.tags());
            said.extend(self.take_written(store, written));
        }
        said
    }

    fn take_written(&mut self, store: TagStore, written: Result<Kept, TagError>) -> Vec<(String, bool)> {
        let file = &mut self.tag_file;
        (file.store, file.work, file.written_at) = (Some(store), None, Some(Instant::now()));
        match written {
            Ok(Kept { tags, notes }) => {
                let news = self.scene.tags().news_of(&tags);
                file.written = tags;
                let mut said: Vec<(String, bool)> = notes.into_iter().map(|note| (note, false)).collect();
                if !news.marks().is_empty() {
                    // What another window did is no step of this one.
                    self.history.join_tags(&news);
                    let tags = self.scene.tags().merged(&news);
                    self.scene.set_tags(tags);
                    said.extend(self.follow_tags().err().map(|error| (error.to_string(), true)));
                }
                said
            }
            // It is tried again with the next tag, and at the end.
            Err(error) => vec![(error.to_string(), true)],
        }
    }
}
