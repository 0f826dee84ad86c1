//! The system's Open dialog, whatever the desktop's portal does: a session bus of the test's own, with a portal on it.

use super::bus::Bus;
use super::driver::{Driver, Shown};
use super::export::step;
use super::loading::write_drawings;
use super::told::Told;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

const PATH: &str = "/org/freedesktop/portal/desktop";

/// A portal that takes questions, refuses them, or is silent.
struct Portal {
    manner: Manner,
    /// Hears where each question will be answered.
    asked: Sender<OwnedObjectPath>,
}

#[derive(Clone, Copy)]
enum Manner {
    Takes,
    Refuses,
    Silent,
}

#[zbus::interface(name = "org.freedesktop.portal.FileChooser")]
impl Portal {
    #[zbus(name = "OpenFile")]
    async fn open_file(
        &self,
        #[zbus(header)] header: zbus::message::Header<'_>,
        parent: String,
        title: String,
        options: HashMap<String, OwnedValue>,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        assert_eq!((parent.as_str(), title.as_str()), ("", "Open drawings"));
        self.answer(&header, &options).await
    }

    #[zbus(name = "SaveFile")]
    async fn save_file(
        &self,
        #[zbus(header)] header: zbus::message::Header<'_>,
        parent: String,
        title: String,
        options: HashMap<String, OwnedValue>,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        assert_eq!((parent.as_str(), title.as_str()), ("", "Export drawings"));
        let name = String::try_from(options["current_name"].try_clone().unwrap()).unwrap();
        let is_array = Path::new(&name).extension().is_some_and(|end| end == "npy");
        assert!(name.starts_with("inkfield-") && is_array, "{name}");
        self.answer(&header, &options).await
    }
}

impl Portal {
    async fn answer(
        &self,
        header: &zbus::message::Header<'_>,
        options: &HashMap<String, OwnedValue>,
    ) -> zbus::fdo::Result<OwnedObjectPath> {
        let sender = header.sender().unwrap().trim_start_matches(':').replace('.', "_");
        let token = String::try_from(options["handle_token"].try_clone().unwrap()).unwrap();
        let handle = ObjectPath::try_from(format!("{PATH}/request/{sender}/{token}")).unwrap();
        self.asked.send(handle.clone().into()).unwrap();
        match self.manner {
            Manner::Takes => Ok(handle.into()),
            Manner::Refuses => Err(zbus::fdo::Error::Failed("no backend for files".to_owned())),
            Manner::Silent => std::future::pending().await,
        }
    }
}

struct Request;

#[zbus::interface(name = "org.freedesktop.portal.Request")]
impl Request {
    #[zbus(signal)]
    async fn response(emitter: &SignalEmitter<'_>, code: u32, results: HashMap<&str, Value<'_>>) -> zbus::Result<()>;
}

/// A window on a desktop whose portal has these manners.
struct Desk {
    driver: Driver,
    connection: Option<zbus::Connection>,
    asked: Receiver<OwnedObjectPath>,
    _bus: Bus,
}

impl Desk {
    fn open(manner: Option<Manner>) -> Option<Self> {
        let bus = Bus::start()?;
        let (sender, asked) = channel();
        let connection = manner.map(|manner| {
            pollster::block_on(async {
                let builder = zbus::connection::Builder::address(bus.address.as_str()).unwrap();
                let builder = builder.serve_at(PATH, Portal { manner, asked: sender }).unwrap();
                builder.name("org.freedesktop.portal.Desktop").unwrap().build().await.unwrap()
            })
        });
        let folder = tempfile::tempdir().unwrap();
        write_drawings(&folder.path().join("a drawing ö.npy"), 321);
        let environment = [("DBUS_SESSION_BUS_ADDRESS", OsStr::new(&bus.address))];
        let driver = Driver::open_with(folder, &["demo:500:1", "--size", "500x400"], &environment)?;
        let mut desk = Self { driver, connection, asked, _bus: bus };
        desk.driver.wait("all drawings", Shown::is_loaded);
        Some(desk)
    }

    /// Presses Ctrl+O.
    fn ask(&self) {
        self.driver.screen.tap_with(CONTROL, 'o'.into());
    }

    /// Where the portal is to answer, once it has been asked.
    fn question(&self) -> OwnedObjectPath {
        self.asked.recv_timeout(Duration::from_secs(30)).expect("the portal is asked")
    }

    /// Answers as the portal.
    fn answer(&self, question: &OwnedObjectPath, code: u32, uris: &[String]) {
        let results =
            if uris.is_empty() { HashMap::new() } else { HashMap::from([("uris", Value::from(uris.to_vec()))]) };
        pollster::block_on(async {
            let emitter = SignalEmitter::new(self.connection.as_ref().unwrap(), question).unwrap();
            Request::response(&emitter, code, results).await.unwrap();
        });
    }

    /// Waits for the path field, and answers what it says of why it has come.
    fn path_field(&mut self) -> String {
        let frame = self.driver.wait("the path field", |frame| frame.dialog.as_deref() == Some("open"));
        frame.0.dialog_says.expect("it says why")
    }

    fn wait_for_notice(&mut self) -> String {
        self.driver.wait("a notice", |frame| frame.notices.len() == 1).notices[0].clone()
    }

    /// A path can be typed into the field.
    fn type_path(mut self) {
        let path = "a drawing";
        self.driver.screen.write(path);
        self.driver.tap(ENTER, "what was typed is no file", |frame| {
            frame.dialog_says.as_ref().is_some_and(|says| says.contains(path))
        });
    }
}

fn uri(desk: &Desk) -> String {
    let path = desk.driver.path("a drawing ö.npy");
    format!("file://{}", path.to_str().unwrap().replace(' ', "%20").replace('ö', "%C3%B6"))
}

#[test]
fn case_dialog_that_never_comes_leaves_a_path_field_to_the_second_press() {
    let told = Told::case("dialog");
    let Some(mut desk) = Desk::open(Some(Manner::Takes)) else { return };
    desk.ask();
    let question = desk.question();
    told.values(&desk.wait_for_notice());
    desk.ask();
    told.values(&desk.path_field());
    desk.driver.tap(ESCAPE, "no field", |frame| frame.dialog.is_none());
    desk.ask();
    told.values(&desk.path_field());
    assert!(desk.asked.try_recv().is_err(), "the system is asked once");
    // What it says at last counts still.
    desk.answer(&question, 0, &[uri(&desk)]);
    let frame = desk.driver.wait("the file", |frame| frame.rows == 321 && frame.is_loaded());
    assert_eq!((frame.0.dialog, frame.0.notices.len()), (None, 0));

    // One that fails does so late: after the second press, and without one.
    desk.ask();
    let question = desk.question();
    desk.ask();
    told.values(&desk.path_field());
    desk.answer(&question, 2, &[]);
    let gave_up = |frame: &Shown| frame.dialog_says.as_deref().is_some_and(|says| says.contains("gave up"));
    told.values(desk.driver.wait("the reason", gave_up).dialog_says.as_deref().unwrap());
    desk.driver.tap(ESCAPE, "no field", |frame| frame.dialog.is_none());
    desk.ask();
    let question = desk.question();
    desk.wait_for_notice();
    desk.answer(&question, 2, &[]);
    assert!(desk.path_field().contains("gave up"));
    assert!(desk.driver.now().notices.is_empty(), "nothing is waited for any more");
    desk.type_path();

    // A portal that does not even take the question: the field comes by itself.
    let Some(mut desk) = Desk::open(Some(Manner::Silent)) else { return };
    desk.ask();
    desk.question();
    told.values(&desk.path_field());
    desk.type_path();

    // None of this, then: the system's dialog closes before anybody can have seen it.
    let Some(mut desk) = Desk::open(Some(Manner::Takes)) else { return };
    desk.ask();
    let question = desk.question();
    desk.answer(&question, 1, &[]);
    told.values(&desk.path_field());
    told.all();
}

#[test]
fn case_dialog_that_cannot_be_shown_leaves_a_path_field_at_once() {
    // No portal on the bus; one that refuses; one that ends while it is asked; no bus where one is named.
    let Some(mut desk) = Desk::open(None) else { return };
    desk.ask();
    assert!(desk.path_field().contains("(no desktop portal is running)"));
    desk.type_path();

    let Some(mut desk) = Desk::open(Some(Manner::Refuses)) else { return };
    desk.ask();
    assert!(desk.path_field().contains("(no backend for files)"));
    desk.type_path();

    let Some(mut desk) = Desk::open(Some(Manner::Takes)) else { return };
    desk.ask();
    desk.question();
    desk.wait_for_notice();
    desk.connection = None;
    let says = desk.path_field();
    assert!(says.contains("(the desktop portal has ended)"), "{says}");
    desk.type_path();

    let gone = [("DBUS_SESSION_BUS_ADDRESS", OsStr::new("unix:path=/nonexistent/bus"))];
    let Some(mut driver) = Driver::open_with(tempfile::tempdir().unwrap(), &["demo:50:1", "--size", "500x400"], &gone)
    else {
        return;
    };
    driver.screen.tap_with(CONTROL, 'o'.into());
    let frame = driver.wait("the path field", |frame| frame.dialog.as_deref() == Some("open"));
    assert!(frame.0.dialog_says.is_some_and(|says| says.contains("(the session bus does not answer)")));
    assert_eq!(driver.close(), 0);
}

#[test]
fn case_dialog_that_works_opens_files_and_may_be_closed() {
    let Some(mut desk) = Desk::open(Some(Manner::Takes)) else { return };
    desk.ask();
    let question = desk.question();
    desk.wait_for_notice();
    // Nobody closes a dialog sooner than this.
    std::thread::sleep(Duration::from_millis(500));
    desk.answer(&question, 1, &[]);
    let frame = desk.driver.wait("nothing is waited for", |frame| frame.notices.is_empty());
    assert_eq!((frame.0.dialog, frame.0.rows), (None, 500));
    // It may be asked again.
    desk.ask();
    let question = desk.question();
    desk.answer(&question, 0, &[uri(&desk)]);
    let frame = desk.driver.wait("the file", |frame| frame.rows == 321 && frame.is_loaded());
    assert_eq!((frame.title.as_str(), frame.dialog.as_deref(), frame.notices.len()), ("a drawing ö", None, 0));
    assert_eq!(desk.driver.close(), 0);
}

#[test]
fn a_place_for_an_export_comes_from_the_systems_dialog() {
    let Some(mut desk) = Desk::open(Some(Manner::Takes)) else { return };
    desk.driver.wait("all records", |frame| frame.records_loaded == 500);
    let chosen = desk.driver.path("chosen.csv");
    std::fs::write(&chosen, "old").unwrap();
    desk.driver.screen.tap_with(CONTROL, 'e'.into());
    desk.driver.wait("the card", |frame| frame.dialog.as_deref() == Some("export"));
    // From the path to the button beside it.
    step(&mut desk.driver, &[TAB]);
    desk.driver.screen.tap(ENTER);
    let question = desk.question();
    desk.answer(&question, 0, &[format!("file://{}", chosen.display())]);
    let taken = |frame: &Shown| frame.dialog_says.as_deref().is_some_and(|says| says.ends_with("chosen.csv"));
    desk.driver.wait("the place", taken);
    // The dialog has asked already whether the file may be replaced.
    step(&mut desk.driver, &[SHIFT, TAB]);
    desk.driver.screen.tap(ENTER);
    let written =
        |frame: &Shown| frame.dialog.is_none() && frame.notices.iter().any(|told| told.contains("as table ("));
    desk.driver.wait("the table", written);
    assert_eq!(std::fs::read_to_string(&chosen).unwrap().lines().count(), 501);

    // Where there is none, the field is there all the same.
    let Some(mut desk) = Desk::open(Some(Manner::Refuses)) else { return };
    desk.driver.screen.tap_with(CONTROL, 'e'.into());
    desk.driver.wait("the card", |frame| frame.dialog.as_deref() == Some("export"));
    step(&mut desk.driver, &[TAB]);
    desk.driver.screen.tap(ENTER);
    let told =
        |frame: &Shown| frame.dialog_says.as_deref().is_some_and(|says| says.ends_with("(no backend for files)"));
    desk.driver.wait("why not", told);
}
