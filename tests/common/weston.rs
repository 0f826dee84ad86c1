//! A Wayland compositor of one's own: weston in a window on Xvfb, so that XTEST's pointer and keyboard reach its clients. Its
//! kiosk shell gives a client the whole output, which lies in the screen's corner: pixels are the same in all three.
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use super::patience::Patience;
use super::xvfb::{DEADLINE, SCREEN_PX, Xvfb};
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The name of the socket, in the folder that `XDG_RUNTIME_DIR` names.
pub const SOCKET: &str = "inkfield-test";

/// A running weston; it ends when dropped.
pub struct Weston {
    server: Child,
    /// Its window on the X server.
    pub window: u32,
}

impl Drop for Weston {
    fn drop(&mut self) {
        // Only the process started here; it may be gone already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Weston {
    /// Starts one whose output is `size_px` pixels large; `None`, said aloud, where there is no weston. Under `CI=true` there
    /// must be one.
    pub fn start(screen: &Xvfb, folder: &Path, size_px: [u32; 2], scale: u32) -> Option<Self> {
        let [width, height] = size_px.map(|side| side / scale);
        let child = Command::new("weston")
            .args([
                "--no-config",
                "--backend=x11-backend.so",
                "--use-pixman",
                "--shell=kiosk-shell.so",
                "--idle-time=0",
            ])
            .args([format!("--width={width}"), format!("--height={height}"), format!("--scale={scale}")])
            .arg(format!("--socket={SOCKET}"))
            .env("DISPLAY", &screen.name)
            .env("XDG_RUNTIME_DIR", folder)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let server = match child {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let required = std::env::var_os("CI").is_some_and(|ci| ci == "true");
                assert!(!required, "weston is missing: install the package `weston`");
                eprintln!("NOT RUN: the window tests under Wayland need weston (package `weston`)");
                return None;
            }
            Err(error) => panic!("weston does not start: {error}"),
        };
        let mut weston = Self { server, window: 0 };
        let mut patience = Patience::default();
        while patience.spent() < DEADLINE {
            if let Some(window) = screen.only_window().filter(|_| folder.join(SOCKET).exists()) {
                weston.window = window;
                // Its pointer starts on the output; once it has been there and left, no client is pointed at.
                screen.point([1, 1]);
                screen.point([SCREEN_PX[0] as i32 - 1, SCREEN_PX[1] as i32 - 1]);
                return Some(weston);
            }
            let ended = weston.server.try_wait().unwrap();
            assert!(ended.is_none(), "weston ended ({ended:?}): `weston --backend=x11-backend.so` says why");
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("weston had no window within {DEADLINE:?}");
    }

    /// Takes the compositor away.
    pub fn end(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}
