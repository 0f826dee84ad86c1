//! Whether the camera glides, and what a desktop prefers: a session bus of the test's own, with a portal on it.

use super::bus::Bus;
use super::driver::{Driver, Shown};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::sync::{Arc, Mutex};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedValue, Value};

/// The zooms of all frames, each once.
fn zooms(frames: &[Shown]) -> Vec<f64> {
    let mut zooms: Vec<f64> = frames.iter().map(|frame| frame.zoom).collect();
    zooms.dedup();
    zooms
}

#[test]
pub fn with_reduced_motion_the_camera_jumps() {
    let Some(mut driver) = Driver::open_whole(&["demo:2000:1", "--size", "500x400", "--motion", "reduced"]) else {
        return;
    };
    for (key, zoom) in [('+', 2.0), ('+', 4.0), ('-', 2.0), ('0', 1.0)] {
        driver.tap(key.into(), "the zoom", |frame| frame.zoom == zoom);
    }
    assert_eq!(zooms(&driver.frames), [1.0, 2.0, 4.0, 2.0, 1.0]);
}

type Settings = HashMap<String, HashMap<String, OwnedValue>>;

/// A desktop's portal: dark or light, moving or not.
struct Portal(Arc<Mutex<[u32; 2]>>);

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Portal {
    #[zbus(name = "ReadAll")]
    fn read_all(&self, namespaces: Vec<String>) -> Settings {
        let [scheme, motion] = *self.0.lock().unwrap();
        let keys = [("color-scheme", scheme), ("reduced-motion", motion)];
        let keys = HashMap::from(keys.map(|(key, number)| (key.to_owned(), OwnedValue::from(number))));
        let known = |name: &String| name == "org.freedesktop.appearance";
        namespaces.into_iter().filter(known).map(|name| (name, keys.clone())).collect()
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

#[test]
fn the_window_follows_the_desktop_at_the_start_and_when_it_changes() {
    let Some(bus) = Bus::start() else { return };
    let settings = Arc::new(Mutex::new([1, 1]));
    let path = "/org/freedesktop/portal/desktop";
    let connection = pollster::block_on(async {
        let builder = zbus::connection::Builder::address(bus.address.as_str()).unwrap();
        let builder = builder.serve_at(path, Portal(Arc::clone(&settings))).unwrap();
        builder.name("org.freedesktop.portal.Desktop").unwrap().build().await.unwrap()
    });
    let args = ["demo:2000:1", "--size", "500x400", "--theme", "system"];
    let environment = [("DBUS_SESSION_BUS_ADDRESS", OsStr::new(&bus.address))];
    let Some(mut driver) = Driver::open_with(tempfile::tempdir().unwrap(), &args, &environment) else { return };
    driver.wait("night, as the desktop says", |frame| frame.is_loaded() && frame.theme == "night");
    driver.tap('+'.into(), "the zoom", |frame| frame.zoom == 2.0);
    assert_eq!(zooms(&driver.frames), [1.0, 2.0], "the desktop wants no motion");

    let say = |scheme: u32| {
        *settings.lock().unwrap() = [scheme, 0];
        pollster::block_on(async {
            let emitter = SignalEmitter::new(&connection, path).unwrap();
            let (namespace, key) = ("org.freedesktop.appearance", "color-scheme");
            Portal::setting_changed(&emitter, namespace, key, Value::from(scheme)).await.unwrap();
        });
    };
    say(2);
    driver.wait("paper, as the desktop says now", |frame| frame.theme == "paper");

    // What the user chooses stays, whatever the desktop says: its answer brings a frame, and the frame is night still.
    say(1);
    driver.wait("night, as the desktop says", |frame| frame.theme == "night");
    driver.tap('t'.into(), "paper", |frame| frame.theme == "paper");
    driver.tap('t'.into(), "night", |frame| frame.theme == "night");
    let before = driver.now().serial;
    say(2);
    let after = driver.wait("a frame more", |frame| frame.serial > before);
    assert_eq!(after.theme, "night");
}
