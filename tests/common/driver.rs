//! Drives the real binary on a display of its own and reads what it says it has shown.

use super::patience::Patience;
use super::place::{Place, window_px};
pub use super::shown::Shown;
use super::weston::{SOCKET, Weston};
use super::xvfb::{DEADLINE, SCREEN_PX, Xvfb};
use inkfield::app::state_log::{Line, RestState};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_inkfield");

/// What a window is opened with: the binary under test, or the one that `INKFIELD_BINARY` names (a soak runs the release).
fn binary() -> OsString {
    std::env::var_os("INKFIELD_BINARY").unwrap_or_else(|| BINARY.into())
}

/// The running program, its window, and what it has logged. Everything ends when it is dropped.
pub struct Driver {
    // Dropped in this order: the program, its displays, its folder.
    child: Running,
    /// The compositor, under Wayland.
    pub weston: Option<Weston>,
    /// The display.
    pub screen: Xvfb,
    folder: tempfile::TempDir,
    /// The frames so far, oldest first.
    pub frames: Vec<Shown>,
    /// Where the program has said that nothing is going on, and nothing has been shown since.
    pub rest: Option<RestState>,
    window: u32,
    log: File,
    half_line: String,
}

/// A process that is ended when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Driver {
    /// Starts the program with arguments and waits for its first frame; `None` where there is no Xvfb.
    pub fn open<S: AsRef<OsStr>>(args: &[S]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        Self::open_in(folder, args)
    }

    /// As [`Self::open`], in a folder that holds files already.
    pub fn open_in<S: AsRef<OsStr>>(folder: tempfile::TempDir, args: &[S]) -> Option<Self> {
        Self::open_with(folder, args, &[])
    }

    /// As [`Self::open_in`], with variables of the environment.
    pub fn open_with<S: AsRef<OsStr>>(
        folder: tempfile::TempDir,
        args: &[S],
        environment: &[(&str, &OsStr)],
    ) -> Option<Self> {
        Self::open_on(Xvfb::start()?, folder, args, environment)
    }

    /// As [`Self::open_with`], on a display that is there already.
    pub fn open_on<S: AsRef<OsStr>>(
        screen: Xvfb,
        folder: tempfile::TempDir,
        args: &[S],
        environment: &[(&str, &OsStr)],
    ) -> Option<Self> {
        let system = folder.path().join("system");
        std::fs::create_dir(&system).unwrap();
        let place = Place::here();
        let args = place.arguments(args);
        let weston = match place {
            Place::X11 { .. } => None,
            Place::Wayland { output, .. } => Some(Weston::start(&screen, &system, window_px(&args, output), output)?),
        };
        let (log_path, errors) = (system.join("state.jsonl"), File::create(system.join("stderr")).unwrap());
        let log = File::options().read(true).append(true).create(true).open(&log_path).unwrap();
        let themed = args.iter().any(|arg| arg == "--theme");
        let mut command = Command::new(binary());
        command
            .args(&args)
            .args(if themed { &[][..] } else { &["--theme", "paper"] })
            .arg("--state-log")
            .arg(&log_path)
            .current_dir(folder.path())
            .env("XDG_RUNTIME_DIR", &system)
            .env("XDG_STATE_HOME", &system)
            .env("XDG_DATA_HOME", &system)
            .env("INKFIELD_CACHE", "off")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("INKFIELD_LOG")
            .envs(place.variable())
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors);
        match &weston {
            None => command.env("DISPLAY", &screen.name),
            Some(_) => command.env("WAYLAND_DISPLAY", SOCKET),
        };
        let child = Running(command.spawn().unwrap());
        let window = weston.as_ref().map_or_else(|| screen.window_of(child.0.id()), |weston| weston.window);
        let half_line = String::new();
        let mut driver = Self { frames: Vec::new(), rest: None, weston, folder, screen, window, log, half_line, child };
        driver.screen.focus(window);
        // Off the window, which lies in the upper left corner: nothing is hovered until a test points at it.
        driver.screen.point(SCREEN_PX.map(|side| side as i32 - 1));
        driver.wait("the first frame", |_| true);
        Some(driver)
    }

    /// As [`Self::open`], and waits until everything has been read.
    pub fn open_whole<S: AsRef<OsStr>>(args: &[S]) -> Option<Self> {
        let mut driver = Self::open(args)?;
        driver.wait("all drawings", Shown::is_loaded);
        Some(driver)
    }

    /// Number of the process.
    pub fn process(&self) -> u32 {
        self.child.0.id()
    }

    /// The window.
    pub fn window(&self) -> u32 {
        self.window
    }

    /// What the program has said on standard error.
    pub fn stderr(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("system/stderr")).unwrap()
    }

    /// The newest frame.
    pub fn now(&self) -> &Shown {
        self.frames.last().unwrap()
    }

    /// Reads what has been logged since; returns whether there was a frame.
    pub fn read(&mut self) -> bool {
        let before = self.frames.len();
        self.log.read_to_string(&mut self.half_line).unwrap();
        let whole = self.half_line.rfind('\n').map_or(0, |end| end + 1);
        let rest = self.half_line.split_off(whole);
        let lines = std::mem::replace(&mut self.half_line, rest);
        for line in lines.lines() {
            match serde_json::from_str(line).unwrap() {
                Line::Rest(rest) => self.rest = Some(rest),
                Line::Frame(frame) => {
                    self.frames.push(Shown(*frame));
                    self.rest = None;
                }
            }
        }
        // Every test of the window fails when the GPU reports an error, whatever it is about.
        let wrong = self.frames[before..].iter().find(|frame| frame.gpu_errors > 0);
        assert!(wrong.is_none(), "the GPU reported an error, see {wrong:?}:\n{}", self.stderr());
        self.frames.len() > before
    }

    /// Waits until the newest frame is as a test wants it, and returns it.
    pub fn wait(&mut self, what: &str, mut is_so: impl FnMut(&Shown) -> bool) -> Shown {
        let mut patience = Patience::default();
        loop {
            if self.read() {
                patience.renew();
            }
            if let Some(frame) = self.frames.last()
                && is_so(frame)
            {
                return frame.clone();
            }
            let ended = self.child.0.try_wait().unwrap();
            assert!(ended.is_none(), "the program ended ({ended:?}) while waiting for {what}:\n{}", self.stderr());
            if patience.spent() > DEADLINE {
                let last = self.frames.last();
                panic!("{what} did not come within {DEADLINE:?}; last frame: {last:#?}\n{}", self.stderr());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Moves the pointer to a pixel of the scatter viewport (where the newest frame has it).
    pub fn point_at(&self, px: [i32; 2]) {
        // No window manager: the window lies in the screen's corner.
        let [left, top] = self.now().origin_px.map(|edge| edge as i32);
        self.screen.point([left + px[0], top + px[1]]);
    }

    /// Moves the pointer off the window; under Wayland onto its status line, since weston tells nobody that it left.
    pub fn point_away(&self) {
        let away = match self.weston {
            Some(_) => [3, self.screen.size(self.window)[1] as i32 - 3],
            None => SCREEN_PX.map(|side| side as i32 - 1),
        };
        self.screen.point(away);
    }

    /// Moves the pointer to a pixel of the viewport and waits for a frame with it there.
    pub fn move_to(&mut self, px: [i32; 2]) -> Shown {
        self.point_at(px);
        let at = px.map(f64::from);
        self.wait("a frame with the pointer there", |frame| frame.pointer == Some(at))
    }

    /// Types a key and waits for what it brings.
    pub fn tap(&mut self, keysym: u32, what: &str, is_so: impl Fn(&Shown) -> bool) -> Shown {
        self.screen.tap(keysym);
        self.wait(what, is_so)
    }

    /// Closes the window and returns the program's exit code.
    pub fn close(&mut self) -> i32 {
        self.screen.close(self.window);
        self.wait_for_end()
    }

    /// Waits until the program has ended by itself and returns its exit code.
    pub fn wait_for_end(&mut self) -> i32 {
        let mut patience = Patience::default();
        while patience.spent() < DEADLINE {
            if let Some(status) = self.child.0.try_wait().unwrap() {
                return status.code().expect("no signal ended it");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("the program did not end within {DEADLINE:?}:\n{}", self.stderr());
    }

    /// Moves the pointer from the first of two pixels of the viewport to the other and back until a frame is as a test wants
    /// it; both lie over drawings, so that each move brings a frame.
    pub fn stir(&mut self, px: [[i32; 2]; 2], what: &str, is_so: impl Fn(&Shown) -> bool) -> Shown {
        for turn in 0..2000 {
            if is_so(self.now()) {
                return self.now().clone();
            }
            let before = self.now().serial;
            self.point_at(px[(turn + 1) % 2]);
            self.wait(what, |frame| frame.serial > before);
        }
        panic!("{what} did not come; last frame: {:#?}", self.now());
    }

    /// A path in the folder that the program runs in.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A PNG as RGB rows, with its width and height.
pub fn read_png(path: &Path) -> ([u32; 2], Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::BufReader::new(File::open(path).unwrap())).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!(info.bit_depth, png::BitDepth::Eight);
    let samples = info.color_type.samples();
    let rgb = data[..info.buffer_size()].chunks(samples).flat_map(|pixel| pixel[..3].to_vec()).collect();
    ([info.width, info.height], rgb)
}
