//! Opening files beside the window, which goes on meanwhile: unpacking takes seconds, a network its time.

use super::Wake;
use super::state::App;
use super::stored::Stored;
use super::tag_store::{Kept, TagError, TagStore};
use crate::data::Cancel;
use crate::data::array::ShapeOptions;
use crate::data::dataset::{Dataset, OpenError, OpenOptions};
use crate::data::report::Offer;
use crate::data::values::ValueOptions;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// What is opened sooner than this is shown without a word in between.
const AT_ONCE: Duration = Duration::from_millis(150);

/// What is said meanwhile.
const WORD: &str = "reading the files…";

/// Files that are being opened. Dropping it stops the unpacking.
#[derive(Debug)]
pub struct Opening {
    inputs: Vec<OsString>,
    options: OpenOptions,
    answer: Receiver<Result<OpenedSet, OpenError>>,
}

/// A set that was opened, with the tags that were found of it.
#[derive(Debug)]
pub struct OpenedSet {
    /// Its files.
    pub dataset: Arc<Dataset>,
    /// Its tags, and where they lie.
    pub tags: Result<(TagStore, Kept), TagError>,
}

impl OpenedSet {
    /// What is known of a set; without its tags where a player takes the user's place.
    fn new(dataset: Arc<Dataset>, is_played: bool) -> Self {
        let tags = if is_played { Err(TagError::Nowhere) } else { TagStore::find(&dataset) };
        Self { dataset, tags }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.options.cancel.cancel();
    }
}

impl App {
    /// Opens inputs, from the command line, dropped, chosen, typed or recent; the last ones that were named win.
    pub(super) fn open(&mut self, inputs: &[OsString]) {
        if let [input] = inputs
            && Stored::is_one(Path::new(input))
        {
            self.open_session(Path::new(input));
            return;
        }
        let named = inputs == self.args.inputs;
        let shape = if named { self.args.open.shape_options() } else { ShapeOptions::default() };
        self.open_as(inputs, &shape);
    }

    /// The same, where it is known how arrays are to be read.
    pub(super) fn open_as(&mut self, inputs: &[OsString], shape: &ShapeOptions) {
        let mut options = self.args.open.clone();
        // A slice was meant for the files of the command line.
        if inputs != self.args.inputs {
            options.rows = None;
            // Where none was named, the range is for whatever is opened.
            if !self.args.inputs.is_empty() {
                options.values = ValueOptions::default();
            }
        }
        (options.shape, options.axes) = (shape.size, shape.axes.clone());
        self.restoring = self.args.session.clone().filter(|_| inputs == self.args.inputs && !self.opened_before);
        self.open_with(inputs, options);
    }

    /// The same, where it is known how everything is to be read.
    pub(super) fn open_with(&mut self, inputs: &[OsString], mut options: OpenOptions) {
        self.opening = None;
        let is_played = self.player.is_some();
        if inputs == self.args.inputs
            && let Some(dataset) = self.args.opened.take()
        {
            self.show_opened(inputs, &options, Ok(OpenedSet::new(dataset, is_played)));
            return;
        }
        // Nothing that a window waits for could be ended by its user.
        (options.streams, options.cancel) = (false, Cancel::new());
        let (sender, answer) = sync_channel(1);
        let opening = Opening { inputs: inputs.to_vec(), options: options.clone(), answer };
        let (inputs, wake) = (inputs.to_vec(), self.waker());
        let work = move || {
            let opened = Dataset::open(&inputs, &options);
            // Nobody waits any more where others were named meanwhile.
            let _ = sender.send(opened.map(|dataset| OpenedSet::new(Arc::new(dataset), is_played)));
            wake(Wake::Opened);
        };
        if let Err(error) = std::thread::Builder::new().name("open".to_owned()).spawn(work) {
            self.complain(&format!("no thread to open files with: {error}"));
            return;
        }
        match opening.answer.recv_timeout(AT_ONCE) {
            Ok(opened) => self.show_opened(&opening.inputs, &opening.options, opened),
            Err(RecvTimeoutError::Timeout) => {
                self.opening = Some(opening);
                self.tell(WORD.to_owned());
                self.redraw();
            }
            Err(RecvTimeoutError::Disconnected) => self.complain("the thread that opens files has ended"),
        }
    }

    /// Adds what the load report offers: places are shown, with a table and columns from strokes the set is opened again.
    pub(super) fn take_offer(&mut self, at: usize) {
        let glides = self.glides();
        let Some(session) = &mut self.session else { return };
        match session.report.offers.get(at).cloned() {
            Some(Offer::Places(path)) => {
                let arrived = session.place_by(path, glides);
                self.on_arrived(arrived);
            }
            Some(Offer::Table(path)) => {
                self.open_again("name the table by --table", |options| options.tables.push(path));
            }
            Some(Offer::StrokeColumns) => self.add_stroke_columns(),
            None => {}
        }
    }

    /// Opens what is open once more, with other options; `otherwise` is what to do where it cannot be.
    fn open_again(&mut self, otherwise: &str, change: impl FnOnce(&mut OpenOptions)) {
        let opened = self.session.as_ref().and_then(|session| session.opened.as_ref());
        match opened.map(|opened| (opened.files(), opened.options())) {
            Some((inputs, Ok(mut options))) => {
                change(&mut options);
                self.open_with(&inputs, options);
            }
            Some((_, Err(what))) => self.complain(&what),
            None => self.complain(&format!("what came through a pipe cannot be opened again: {otherwise}")),
        }
    }

    /// Opens what is open once more, with columns from its strokes.
    pub(super) fn add_stroke_columns(&mut self) {
        self.open_again("open it with --stroke-columns", |options| options.stroke_columns = true);
    }

    /// Shows what has been opened meanwhile; word of what was given up is no news.
    pub(super) fn take_opened(&mut self) {
        let Some(opened) = self.opening.as_ref().and_then(|opening| opening.answer.try_recv().ok()) else { return };
        let Some(opening) = self.opening.take() else { return };
        self.notices.retain(|notice| notice.what != WORD);
        self.show_opened(&opening.inputs, &opening.options, opened);
    }
}
