//! Choosing files: the system's Open dialog, and a path field wherever that does not come.

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
            self.ask_for_path(Some(NO_ANSWER.to_owned()));
            return;
        }
        let now = Instant::now();
        self.chooser = Chooser { asked_at: Some(now), slow_at: now.checked_add(PATIENCE) };
        self.tell(WAITING.to_owned());
        self.redraw();
        let proxy = self.proxy.clone();
        let work = move || {
            // The loop may have ended: then nobody wants files.
            ask(|chosen| drop(proxy.send_event(Wake::Chosen(chosen))));
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
        let asked_at = std::mem::take(&mut self.chooser).asked_at;
        self.notices.retain(|notice| notice.what != WAITING);
        self.redraw();
        match chosen {
            Chosen::Files(paths) => {
                if matches!(self.dialog, Dialog::OpenPath(_)) {
                    self.dialog = Dialog::None;
                }
                let inputs: Vec<OsString> = paths.into_iter().map(Into::into).collect();
                self.open(&inputs);
            }
            Chosen::Closed if asked_at.is_some_and(|asked_at| asked_at.elapsed() < NO_DIALOG) => {
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
        self.ask_for_path(Some(NO_ANSWER.to_owned()));
    }

    /// Asks for a path in the window, and says why there.
    fn ask_for_path(&mut self, why: Option<String>) {
        let is_other = matches!(
            self.dialog,
            Dialog::Help | Dialog::Palette | Dialog::Goto(_) | Dialog::Find(_) | Dialog::Filter(_)
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
fn can_ask() -> bool {
    cfg!(not(target_os = "linux")) || super::desktop::has_session_bus()
}

/// Asks the desktop portal; `told` hears that it has taken the question, and then its answer.
#[cfg(target_os = "linux")]
fn ask(told: impl Fn(Chosen)) {
    let answer = pollster::block_on(portal::ask(|| told(Chosen::Taken)));
    told(answer.unwrap_or_else(|error| Chosen::Failed(portal::reason(&error))));
}

/// Shows the system's dialog.
#[cfg(not(target_os = "linux"))]
fn ask(told: impl Fn(Chosen)) {
    told(Chosen::Taken);
    let dialog = rfd::FileDialog::new()
        .set_title(TITLE)
        .add_filter(KINDS, &endings().filter_map(|ending| ending.strip_prefix('.')).chain(["gz"]).collect::<Vec<_>>())
        .add_filter(ALL, &["*"]);
    told(dialog.pick_files().map_or(Chosen::Closed, Chosen::Files));
}

/// How files of drawings and of records are named.
fn endings() -> impl Iterator<Item = &'static str> {
    formats::endings().chain([".ndjson", ".jsonl"])
}

const TITLE: &str = "Open drawings";
const KINDS: &str = "drawings and records";
const ALL: &str = "all files";

#[cfg(target_os = "linux")]
mod portal {
    //! `org.freedesktop.portal.FileChooser`, version 1 or newer.

    use super::{ALL, Chosen, KINDS, TITLE, endings};
    use futures_lite::{StreamExt, future};
    use std::collections::HashMap;
    use std::path::PathBuf;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

    const NAME: &str = "org.freedesktop.portal.Desktop";
    const PATH: &str = "/org/freedesktop/portal/desktop";
    const TOKEN: &str = "inkfield";

    /// Code and results of a response.
    type Response = (u32, HashMap<String, OwnedValue>);

    pub async fn ask(taken: impl Fn()) -> zbus::Result<Chosen> {
        let Ok(connection) = zbus::Connection::session().await else {
            return Ok(Chosen::Failed("the session bus does not answer".to_owned()));
        };
        let chooser = zbus::Proxy::new(&connection, NAME, PATH, "org.freedesktop.portal.FileChooser").await?;
        // Listened to before the question, so that no answer falls between.
        let sender = connection.unique_name().map(|name| name.trim_start_matches(':').replace('.', "_"));
        let expected = format!("{PATH}/request/{}/{TOKEN}", sender.unwrap_or_default());
        let mut responses = responses(&connection, &expected).await?;
        let mut owners = chooser.receive_owner_changed().await?;
        let of = |name: &str, endings: &mut dyn Iterator<Item = &'static str>| {
            (name.to_owned(), endings.map(|ending| (0_u32, format!("*{ending}"))).collect::<Vec<_>>())
        };
        let options = HashMap::from([
            ("handle_token", Value::from(TOKEN)),
            ("multiple", Value::from(true)),
            ("filters", Value::from(vec![of(KINDS, &mut endings()), of(ALL, &mut [""].into_iter())])),
        ]);
        let handle: OwnedObjectPath = chooser.call("OpenFile", &("", TITLE, options)).await?;
        taken();
        if handle.as_str() != expected {
            // Portals older than 0.9 choose the path themselves.
            responses = self::responses(&connection, handle.as_str()).await?;
        }
        let answered = async {
            match responses.next().await {
                Some(message) => message.body().deserialize::<Response>().map(|response| chosen(&response)),
                None => Ok(gone()),
            }
        };
        let left = async {
            while let Some(owner) = owners.next().await {
                if owner.is_none() {
                    return Ok(gone());
                }
            }
            Ok(gone())
        };
        future::or(answered, left).await
    }

    async fn responses(connection: &zbus::Connection, path: &str) -> zbus::Result<zbus::proxy::SignalStream<'static>> {
        let request = zbus::Proxy::new(connection, NAME, path.to_owned(), "org.freedesktop.portal.Request").await?;
        request.receive_signal("Response").await
    }

    fn gone() -> Chosen {
        Chosen::Failed("the desktop portal has ended".to_owned())
    }

    /// What a response says.
    fn chosen((code, results): &Response) -> Chosen {
        if *code > 1 {
            return Chosen::Failed("the desktop portal gave up".to_owned());
        }
        let uris = results.get("uris").and_then(|uris| Vec::<String>::try_from(uris.try_clone().ok()?).ok());
        let uris = uris.filter(|uris| *code == 0 && !uris.is_empty());
        let Some(uris) = uris else { return Chosen::Closed };
        let paths: Option<Vec<PathBuf>> =
            uris.iter().map(|uri| url::Url::parse(uri).ok()?.to_file_path().ok()).collect();
        paths.map_or_else(|| Chosen::Failed("what was chosen is not on this machine".to_owned()), Chosen::Files)
    }

    /// Why nobody was asked, in words.
    pub fn reason(error: &zbus::Error) -> String {
        match error {
            zbus::Error::MethodError(name, said, _) => match (name.rsplit('.').next(), said) {
                (Some("ServiceUnknown" | "NameHasNoOwner"), _) => "no desktop portal is running".to_owned(),
                (Some("UnknownMethod" | "UnknownInterface" | "UnknownObject"), _) => {
                    "the desktop portal has no dialog for files".to_owned()
                }
                (_, Some(said)) => crate::words::shown_text(said.trim_end_matches('.'), 120),
                (name, None) => name.unwrap_or_default().to_owned(),
            },
            other => crate::words::shown_text(&other.to_string(), 120),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::{Chosen, chosen};
        use std::collections::HashMap;
        use std::path::PathBuf;
        use zbus::zvariant::Value;

        #[test]
        fn a_response_is_files_or_says_why_there_are_none() {
            let of = |code: u32, uris: &[&str]| {
                let value = Value::from(uris.to_vec()).try_to_owned().map(|value| ("uris".to_owned(), value));
                chosen(&(code, value.into_iter().collect()))
            };
            assert_eq!(of(0, &["file:///a%20b/%C3%A9.npy"]), Chosen::Files(vec![PathBuf::from("/a b/é.npy")]));
            assert_eq!(
                [of(0, &[]), of(1, &[]), of(1, &["file:///a"])],
                [Chosen::Closed, Chosen::Closed, Chosen::Closed]
            );
            assert!(matches!(of(2, &[]), Chosen::Failed(_)));
            assert!(matches!(of(0, &["file:///a.npy", "sftp://there/b.npy"]), Chosen::Failed(_)));
            assert_eq!(chosen(&(0, HashMap::new())), Chosen::Closed);
        }
    }
}
