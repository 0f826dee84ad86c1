//! Choosing files: the system's dialogs for opening and saving, and a path field wherever they do not come.

#[cfg(target_os = "linux")]
mod portal;

use super::Wake;
use super::dialog::Dialog;
use super::state::App;
use crate::data::formats;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A dialog that is gone sooner than this was never shown.
const NO_DIALOG: Duration = Duration::from_millis(400);
/// A system that has not even taken the question after this is not waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// While the question is open.
const WAITING: &str = "the system is asked for its Open dialog; press Ctrl+O again to type a path instead";
const NO_ANSWER: &str = "the system's Open dialog has not answered: type a path";
const CLOSED_AT_ONCE: &str = "the system's Open dialog closed at once: type a path";
const SAVES: &str = "the system's dialog for saving has not answered: close it before another file is opened";
const IS_ASKED: &str = "the system has been asked already and has not answered: answer its dialog, or type a path";
const NO_PLACE: &str = "the system's dialog for saving does not come: type a path";

/// What the system is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Files to open.
    Open,
    /// Where to write a file of this name.
    Save {
        /// What it is called unless somebody names it otherwise.
        name: String,
    },
}

impl Question {
    fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open drawings",
            Self::Save { .. } => "Export drawings",
        }
    }
}

/// What became of a question for files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The system has taken it: the dialog may be on its way.
    Taken,
    /// Files.
    Files(Vec<PathBuf>),
    /// Somebody closed the dialog.
    Closed,
    /// There is no dialog, and why.
    Failed(String),
}

/// The question that is open, if one is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chooser {
    asked_at: Option<Instant>,
    /// When the path field comes by itself.
    slow_at: Option<Instant>,
    /// It is about where to write.
    saves: bool,
}

impl Chooser {
    /// When [`App::dialog_is_slow`] is due.
    pub fn due(&mut self) -> &mut Option<Instant> {
        &mut self.slow_at
    }
}

impl App {
    /// Shows the system's Open dialog; asked again before that has answered, a path field. No press goes unanswered. (rfd#193)
    pub(super) fn choose(&mut self) {
        if !can_ask() {
            self.ask_for_path(None);
            return;
        }
        if self.chooser.asked_at.is_some() {
            if self.chooser.saves {
                self.complain(SAVES);
            } else {
                self.ask_for_path(Some(NO_ANSWER.to_owned()));
            }
            return;
        }
        self.tell(WAITING.to_owned());
        self.ask_system(Question::Open);
    }

    /// Shows the system's dialog for a place to write a file of this name; the card has a field all the same.
    pub(super) fn choose_place(&mut self, name: String) {
        if !can_ask() {
            self.no_place(NO_PLACE.to_owned());
        } else if self.chooser.asked_at.is_some() {
            self.no_place(IS_ASKED.to_owned());
        } else {
            self.ask_system(Question::Save { name });
        }
    }

    fn ask_system(&mut self, question: Question) {
        let now = Instant::now();
        let saves = question != Question::Open;
        self.chooser = Chooser { asked_at: Some(now), slow_at: now.checked_add(PATIENCE), saves };
        self.redraw();
        let proxy = self.proxy.clone();
        let work = move || {
            // The loop may have ended: then nobody wants files.
            ask(&question, |chosen| drop(proxy.send_event(Wake::Chosen(chosen))));
        };
        if cfg!(target_os = "macos") {
            // AppKit shows dialogs on the main thread only.
            work();
        } else if let Err(error) = std::thread::Builder::new().name("open dialog".to_owned()).spawn(work) {
            self.on_chosen(Chosen::Failed(error.to_string()));
        }
    }

    /// Takes in what the system says.
    pub(super) fn on_chosen(&mut self, chosen: Chosen) {
        if chosen == Chosen::Taken {
            self.chooser.slow_at = None;
            return;
        }
        let Chooser { asked_at, saves, .. } = std::mem::take(&mut self.chooser);
        self.notices.retain(|notice| notice.what != WAITING);
        self.redraw();
        let closed_at_once = asked_at.is_some_and(|asked_at| asked_at.elapsed() < NO_DIALOG);
        match chosen {
            Chosen::Files(paths) if saves => self.take_place(paths.into_iter().next()),
            Chosen::Closed if saves && closed_at_once => self.no_place(NO_PLACE.to_owned()),
            Chosen::Failed(reason) if saves => self.no_place(format!("{NO_PLACE} ({reason})")),
            Chosen::Closed if saves => {}
            Chosen::Files(paths) => {
                if matches!(self.dialog, Dialog::OpenPath(_)) {
                    self.dialog = Dialog::None;
                }
                let inputs: Vec<OsString> = paths.into_iter().map(Into::into).collect();
                self.open(&inputs);
            }
            Chosen::Closed if closed_at_once => {
                self.ask_for_path(Some(CLOSED_AT_ONCE.to_owned()));
            }
            Chosen::Failed(reason) => {
                let words = format!("the system's Open dialog cannot be shown ({reason}): type a path");
                tracing::debug!("{words}");
                self.ask_for_path(Some(words));
            }
            Chosen::Closed | Chosen::Taken => {}
        }
    }

    /// The system has not even taken the question: the field comes, and what the system says later still counts.
    pub(super) fn dialog_is_slow(&mut self) {
        if self.chooser.saves {
            self.no_place(NO_PLACE.to_owned());
            return;
        }
        self.ask_for_path(Some(NO_ANSWER.to_owned()));
    }

    /// Asks for a path in the window, and says why there.
    fn ask_for_path(&mut self, why: Option<String>) {
        let is_other = matches!(
            self.dialog,
            Dialog::Help | Dialog::Palette | Dialog::Goto(_) | Dialog::Find(_) | Dialog::Filter(_) | Dialog::Export(_)
        );
        if let (true, Some(why)) = (is_other, &why) {
            // What somebody is reading or typing stays.
            let why = why.clone();
            self.complain(&why);
            return;
        }
        self.dialog = Dialog::OpenPath(why);
        self.keyboard_taken = true;
        self.dialog_unsettled = true;
        self.redraw();
    }
}

/// Whether there is somebody to ask.
pub(super) fn can_ask() -> bool {
    cfg!(not(target_os = "linux")) || super::desktop::has_session_bus()
}

/// Asks the desktop portal; `told` hears that it has taken the question, and then its answer.
#[cfg(target_os = "linux")]
fn ask(question: &Question, told: impl Fn(Chosen)) {
    let answer = pollster::block_on(portal::ask(question, || told(Chosen::Taken)));
    told(answer.unwrap_or_else(|error| Chosen::Failed(portal::reason(&error))));
}

/// Shows the system's dialog.
#[cfg(not(target_os = "linux"))]
fn ask(question: &Question, told: impl Fn(Chosen)) {
    told(Chosen::Taken);
    let dialog = rfd::FileDialog::new().set_title(question.title());
    if let Question::Save { name } = question {
        let place = dialog.set_file_name(name).save_file();
        return told(place.map_or(Chosen::Closed, |path| Chosen::Files(vec![path])));
    }
    let dialog = dialog
        .add_filter(KINDS, &endings().filter_map(|ending| ending.strip_prefix('.')).chain(["gz"]).collect::<Vec<_>>())
        .add_filter(ALL, &["*"]);
    told(dialog.pick_files().map_or(Chosen::Closed, Chosen::Files));
}

/// How files of drawings and of records are named.
fn endings() -> impl Iterator<Item = &'static str> {
    formats::endings().chain([".ndjson", ".jsonl"])
}

const KINDS: &str = "drawings and records";
const ALL: &str = "all files";
