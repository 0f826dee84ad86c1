//! A display of one's own: Xvfb on a free number, and the pointer and keyboard that XTEST plays on it.
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use super::patience::Patience;
use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConfigureWindowAux, ConnectionExt as _, ImageFormat,
    InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT, MapState, PropMode, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// Pixels of the screen.
pub const SCREEN_PX: [u32; 2] = [1600, 1000];
/// How long anything may take.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Keysyms of the keys that write nothing.
pub mod keysym {
    pub const BACKSPACE: u32 = 0xff08;
    pub const SPACE: u32 = 0x20;
    pub const DELETE: u32 = 0xffff;
    pub const TAB: u32 = 0xff09;
    pub const ENTER: u32 = 0xff0d;
    pub const ESCAPE: u32 = 0xff1b;
    pub const HOME: u32 = 0xff50;
    pub const LEFT: u32 = 0xff51;
    pub const UP: u32 = 0xff52;
    pub const RIGHT: u32 = 0xff53;
    pub const DOWN: u32 = 0xff54;
    pub const END: u32 = 0xff57;
    pub const SHIFT: u32 = 0xffe1;
    pub const CONTROL: u32 = 0xffe3;
    pub const ALT: u32 = 0xffe9;
    pub const LEVEL_3: u32 = 0xfe03;
}

/// The value of a property.
pub enum Property<'a> {
    /// Latin text.
    Text(&'a str),
    /// Whole numbers.
    Cardinals(&'a [u32]),
    /// A window.
    Window(Window),
}

/// A running Xvfb with a connection to it; it ends when dropped.
pub struct Xvfb {
    /// `:7`
    pub name: String,
    pub(super) x: RustConnection,
    pub(super) root: Window,
    /// Keysyms of each keycode, unshifted and shifted.
    pub(super) keys: Vec<(u8, u32, u32)>,
    server: Server,
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Only the process started here; it may be gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Xvfb {
    /// Starts one; `None`, said aloud, where there is no Xvfb. Under `CI=true` there must be one.
    pub fn start() -> Option<Self> {
        Self::start_as(SCREEN_PX, 24, &[])
    }

    /// Starts one with a screen of this size and depth, and more arguments.
    pub fn start_as([width, height]: [u32; 2], depth: u8, arguments: &[&str]) -> Option<Self> {
        let child = Command::new("Xvfb")
            // The server finds a free number, says it on standard output, and leaves with its last client.
            .args([
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-terminate",
                "-screen",
                "0",
                &format!("{width}x{height}x{depth}"),
            ])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = match child {
            Ok(child) => Server(child),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let required = std::env::var_os("CI").is_some_and(|ci| ci == "true");
                assert!(!required, "Xvfb is missing: install the package `xvfb`");
                eprintln!("NOT RUN: the window tests need Xvfb (package `xvfb`)");
                return None;
            }
            Err(error) => panic!("Xvfb does not start: {error}"),
        };
        let mut number = String::new();
        let stdout = server.0.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb ended before it had a display");
        let name = format!(":{}", number.trim());
        let (x, screen) = RustConnection::connect(Some(&name)).unwrap();
        let root = x.setup().roots[screen].root;
        let keys = keys(&x);
        Some(Self { name, x, root, keys, server })
    }

    /// Number of the server's process.
    pub fn process(&self) -> u32 {
        self.server.0.id()
    }

    /// Waits for the visible window of a process.
    pub fn window_of(&self, process: u32) -> Window {
        let mut patience = Patience::default();
        while patience.spent() < DEADLINE {
            let children = self.x.query_tree(self.root).unwrap().reply().unwrap().children;
            if let Some(window) = children.into_iter().find(|&window| self.is_window_of(window, process)) {
                return window;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("no window of process {process} within {DEADLINE:?}");
    }

    /// The one visible window, once there is one.
    pub fn only_window(&self) -> Option<Window> {
        let children = self.x.query_tree(self.root).unwrap().reply().unwrap().children;
        children.into_iter().find(|&window| {
            let attributes = self.x.get_window_attributes(window).unwrap().reply();
            attributes.is_ok_and(|attributes| attributes.map_state == MapState::VIEWABLE)
        })
    }

    fn is_window_of(&self, window: Window, process: u32) -> bool {
        let atom = self.x.intern_atom(false, b"_NET_WM_PID").unwrap().reply().unwrap().atom;
        // Windows come and go between the questions: one that is gone is not it.
        let owner = self.x.get_property(false, window, atom, AtomEnum::CARDINAL, 0, 1).unwrap().reply();
        let owned = owner.is_ok_and(|owner| owner.value32().is_some_and(|mut ids| ids.next() == Some(process)));
        let attributes = self.x.get_window_attributes(window).unwrap().reply();
        owned && attributes.is_ok_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    /// Gives a window the keyboard, as a window manager would.
    pub fn focus(&self, window: Window) {
        self.x.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).unwrap().check().unwrap();
    }

    /// Width and height of a window.
    pub fn size(&self, window: Window) -> [u32; 2] {
        let geometry = self.x.get_geometry(window).unwrap().reply().unwrap();
        [geometry.width.into(), geometry.height.into()]
    }

    /// Gives a window another size.
    pub fn resize(&self, window: Window, size_px: [u32; 2]) {
        let size = ConfigureWindowAux::new().width(size_px[0]).height(size_px[1]);
        self.x.configure_window(window, &size).unwrap().check().unwrap();
    }

    /// The text of a window's title bar.
    pub fn title(&self, window: Window) -> String {
        let atom = |name: &[u8]| self.x.intern_atom(false, name).unwrap().reply().unwrap().atom;
        let (name, utf8) = (atom(b"_NET_WM_NAME"), atom(b"UTF8_STRING"));
        let title = self.x.get_property(false, window, name, utf8, 0, 256).unwrap().reply().unwrap();
        String::from_utf8(title.value).unwrap()
    }

    /// The pixels of a rectangle of a window, as they are on the screen: RGB rows.
    pub fn screenshot(&self, window: Window, left_top: [u32; 2], size: [u32; 2]) -> Vec<u8> {
        let ([left, top], [width, height]) = (left_top.map(|px| px as i16), size.map(|px| px as u16));
        let image = self.x.get_image(ImageFormat::Z_PIXMAP, window, left, top, width, height, u32::MAX);
        let image = image.unwrap().reply().unwrap();
        let rgb = |bgrx: &[u8]| [bgrx[2], bgrx[1], bgrx[0]];
        image.data.chunks_exact(4).flat_map(rgb).collect()
    }

    /// Moves the pointer to a position of the screen.
    pub fn point(&self, [x, y]: [i32; 2]) {
        let none = x11rb::NONE;
        let (x, y) = (x as i16, y as i16);
        self.x.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, none, self.root, x, y, 0).unwrap();
        self.x.flush().unwrap();
    }

    /// Sets a property of the root window, as desktops and `xrdb` do.
    pub fn set_root(&self, name: &str, value: &Property<'_>) {
        let atom = |name: &str| self.x.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let (root, name) = (self.root, atom(name));
        let set = match value {
            Property::Text(text) => {
                self.x.change_property8(PropMode::REPLACE, root, name, AtomEnum::STRING, text.as_bytes())
            }
            Property::Cardinals(numbers) => {
                self.x.change_property32(PropMode::REPLACE, root, name, AtomEnum::CARDINAL, numbers)
            }
            Property::Window(window) => {
                self.x.change_property32(PropMode::REPLACE, root, name, AtomEnum::WINDOW, &[*window])
            }
        };
        set.unwrap().check().unwrap();
    }

    /// The root window.
    pub fn root(&self) -> Window {
        self.root
    }

    /// Presses (or lets go) a button of the pointer.
    pub fn button(&self, button: u8, down: bool) {
        self.fake(if down { BUTTON_PRESS_EVENT } else { BUTTON_RELEASE_EVENT }, button);
    }

    /// Presses and lets go a button.
    pub fn click(&self, button: u8) {
        self.button(button, true);
        self.button(button, false);
    }

    /// Turns the wheel by a notch, forth or back.
    pub fn wheel(&self, forth: bool) {
        self.click(if forth { 4 } else { 5 });
    }

    /// Presses (or lets go) a key.
    pub fn key(&self, keysym: u32, down: bool) {
        let code = self.keys.iter().find(|key| key.1 == keysym || key.2 == keysym);
        let &(code, ..) = code.unwrap_or_else(|| panic!("no key gives {keysym:#x}"));
        self.code(code, down);
    }

    /// Presses (or lets go) the key of a keycode.
    pub fn code(&self, code: u8, down: bool) {
        self.fake(if down { KEY_PRESS_EVENT } else { KEY_RELEASE_EVENT }, code);
    }

    /// Types a key, with Shift where the keyboard needs it.
    pub fn tap(&self, keysym: u32) {
        let shifted = !self.keys.iter().any(|key| key.1 == keysym);
        if shifted {
            self.key(keysym::SHIFT, true);
        }
        self.key(keysym, true);
        self.key(keysym, false);
        if shifted {
            self.key(keysym::SHIFT, false);
        }
    }

    /// Types a key while another one is held.
    pub fn tap_with(&self, held: u32, keysym: u32) {
        self.key(held, true);
        self.tap(keysym);
        self.key(held, false);
    }

    /// Types a text of ASCII characters, whose keysyms are their codes.
    pub fn write(&self, text: &str) {
        for letter in text.bytes() {
            self.tap(letter.into());
        }
    }

    fn fake(&self, kind: u8, detail: u8) {
        self.x.xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, 0, 0, 0).unwrap();
        self.x.flush().unwrap();
    }
}

/// Which keysyms the keyboard's keys give.
pub(super) fn keys(x: &RustConnection) -> Vec<(u8, u32, u32)> {
    let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
    let mapping = x.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
    let per_code = usize::from(mapping.keysyms_per_keycode);
    let codes = (first..=last).zip(mapping.keysyms.chunks(per_code));
    codes.map(|(code, keysyms)| (code, keysyms[0], keysyms.get(1).copied().unwrap_or(0))).collect()
}
