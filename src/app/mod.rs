//! The window: winit's events in, frames out. All that is drawn comes from [`crate::scene`] and [`ui`].

mod act;
mod arranging;
mod arriving;
mod as_command;
mod asking;
pub(crate) mod beside;
mod chooser;
mod clipboard;
mod clustering;
pub mod commands;
mod comparing;
mod completing;
pub mod damage;
mod describe;
mod desktop;
mod dialog;
pub mod differing;
#[cfg(target_os = "linux")]
pub(crate) mod display;
mod draw;
mod export;
mod faceting;
mod fault;
mod fields;
mod find;
mod glide;
mod going;
mod goto;
mod gui;
pub mod hand;
mod handler;
mod history;
mod hover;
mod input;
mod kept;
mod keyboard;
mod legend;
mod lists;
mod logged;
mod minimap;
mod model;
mod notices;
mod open;
mod opened_as;
mod opening;
pub mod original;
mod pace;
mod panel_layer;
pub mod play;
mod pointer;
mod press;
mod recent;
mod refine;
mod rest;
mod ruler;
mod save;
mod selecting;
mod session;
mod sessions;
mod shell;
mod situation;
mod sketching;
mod sorting;
pub(crate) mod start;
mod state;
pub mod state_log;
pub(crate) mod stored;
mod suspecting;
pub(crate) mod tag_store;
mod tagging;
mod text_size;
mod tip;
mod touch;
pub mod ui;
mod waiter;
#[cfg(target_os = "linux")]
pub(crate) mod x11;

pub use desktop::Motion;
pub use fault::{Fault, PlannedFault};
pub use stored::{NamedSession, StoredError};

use crate::data::dataset::{Dataset, OpenError, OpenOptions};
use crate::data::file::refuse_unless_handles_left;
use crate::gpu::context::GpuError;
use crate::headless::HeadlessError;
use crate::jobs::JobError;
use crate::loader::LoadError;
use crate::scene::layout::LayoutError;
use crate::scene::{Settings, ThemeChoice};
use desktop::Preferences;
use state::App;
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Instant;
use thiserror::Error;
use winit::event_loop::EventLoop;

/// Why the window cannot be shown, or closed with an error.
#[derive(Debug, Error)]
pub enum AppError {
    /// There is no display.
    #[error(
        "no display: {0}. Set DISPLAY or WAYLAND_DISPLAY, or draw without a window: `inkfield render FILE… --out picture.png`"
    )]
    NoDisplay(String),
    /// Something would make the window library panic.
    #[error(transparent)]
    Start(#[from] start::StartError),
    /// The screen's pixels are of a kind that nothing here draws.
    #[error(
        "the screen has a depth of {depth} bits, to which graphics drivers do not draw: use a depth of 24 \
         (`Xvfb -screen 0 1280x800x24`, `vncserver -depth 24`, `DefaultDepth 24`), or draw without a window: \
         `inkfield render FILE… --out picture.png`"
    )]
    Depth {
        /// Bits of a pixel.
        depth: u8,
    },
    /// A library panicked, or we did.
    #[error(
        "the window has failed: {0}. `inkfield doctor` looks at the display and the drivers, `inkfield render FILE… --out picture.png` \
         draws without a window"
    )]
    Panicked(String),
    /// The window system refused.
    #[error("the window cannot be made: {0}")]
    Window(String),
    /// The connection to the window system broke.
    #[error("the window system has gone away: {0}")]
    Disconnected(String),
    /// There is no GPU to draw with.
    #[error(transparent)]
    Gpu(#[from] GpuError),
    /// The device was lost, and what was built instead was lost at once.
    #[error(
        "the GPU device was lost twice within 5 s: its driver fails. Update the graphics driver, or draw with another one \
         (`inkfield doctor` lists them, WGPU_BACKEND chooses)"
    )]
    LostAgain,
    /// The data cannot be shown.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// The work on a layout came to no end.
    #[error("the layout cannot be made: {0}")]
    Arranging(JobError<LayoutError>),
    /// The data cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// What was looked at before cannot be.
    #[error(transparent)]
    Session(#[from] StoredError),
    /// Not all drawings can be read.
    #[error("the drawings could not be read to their end: {0}")]
    Drawings(LoadError),
    /// Not all records can be read.
    #[error("the records could not be read to their end: {0}")]
    Records(LoadError),
    /// All records were read, and something about them was odd under `--strict`.
    #[error("the records were refused: {0}")]
    Refused(OpenError),
    /// The window was closed; files of the command line had not been opened or read to their end, as was told then.
    #[error("the window is closed; not all that was named could be opened and read, see above")]
    Unread(Box<AppError>),
    /// The state log cannot be written.
    #[error("cannot write the state log: {source}: {}", path.display())]
    StateLog {
        /// What the system said.
        source: std::io::Error,
        /// The file.
        path: std::path::PathBuf,
    },
    /// What lies where the state log was to go is something else.
    #[error("this file is no state log and is left alone; name another one for --state-log: {}", .0.display())]
    NoStateLog(std::path::PathBuf),
}

/// What the window starts with.
#[derive(Clone, Debug)]
pub struct WindowOptions {
    /// Files, folders, demos; none shows the welcome page.
    pub inputs: Vec<OsString>,
    /// What they were opened as already; a pipe can be read only once.
    pub opened: Option<Arc<Dataset>>,
    /// How they are read.
    pub open: OpenOptions,
    /// How they are looked at, and where that is saved.
    pub session: Option<NamedSession>,
    /// Layout, camera, colours.
    pub settings: Settings,
    /// Paper, night, or as the system says.
    pub theme: ThemeChoice,
    /// Size of the scatter viewport in physical pixels.
    pub size_px: Option<[u32; 2]>,
    /// Physical pixels per logical pixel, instead of the window's own.
    pub scale: Option<f64>,
    /// Whether the camera glides.
    pub motion: Motion,
    /// The fields that are shown of drawings, in this order; all where none is named.
    pub fields: Vec<String>,
    /// A file for one JSON line per presented frame.
    pub state_log: Option<std::path::PathBuf>,
    /// What breaks, and when (tests).
    pub faults: Vec<PlannedFault>,
}

/// Handles that a window takes with its GPU driver and its connections to the desktop (8 were counted under X11).
const HANDLES: usize = 16;

/// What wakes the event loop from other threads.
#[derive(Debug)]
pub enum Wake {
    /// A load has sent something.
    Loaded,
    /// A job has published something, or has come further or to its end.
    Job,
    /// The GPU's device is lost.
    GpuLost,
    /// Files that took their time have been opened, or not.
    Opened,
    /// The GPU has finished something that was waited for: a pick, a step of a warm-up.
    GpuDone,
    /// What became of the Open dialog.
    Chosen(chooser::Chosen),
    /// A rest of the player is over.
    Rested,
    /// Tags were written, or could not be.
    Tagged,
    /// A picture or a session was saved, or could not be.
    Saved(Result<std::path::PathBuf, String>),
    /// The desktop says what it prefers.
    Desktop(Preferences),
    /// A screen reader asks.
    Accessibility(egui_winit::accesskit_winit::Event),
}

impl From<egui_winit::accesskit_winit::Event> for Wake {
    fn from(event: egui_winit::accesskit_winit::Event) -> Self {
        Self::Accessibility(event)
    }
}

/// Shows the window until it is closed.
pub fn run(args: WindowOptions) -> Result<(), AppError> {
    run_played(args, None)
}

/// Shows the window until it is closed, with a player in the user's place.
pub fn run_played(args: WindowOptions, player: Option<Box<dyn play::Player>>) -> Result<(), AppError> {
    // What windowing libraries do about a display that is not as they expect. (winit#2161)
    crate::panics::caught(|| show(args, player)).unwrap_or_else(|said| Err(AppError::Panicked(said)))
}

fn show(args: WindowOptions, player: Option<Box<dyn play::Player>>) -> Result<(), AppError> {
    let start = Instant::now();
    let log = args.state_log.as_ref().map(|path| state_log::StateLog::create(path, start)).transpose()?;
    refuse_unless_handles_left(HANDLES, "a window and a GPU driver").map_err(GpuError::from)?;
    let screen = start::look()?;
    let event_loop = event_loop_builder()
        .build()
        .map_err(|error| AppError::NoDisplay(start::no_display(&plain(&error.to_string()))))?;
    crate::memory::refuse_unless_driver_fits().map_err(GpuError::from)?;
    let mut app = App::new(args, log, event_loop.create_proxy());
    let proxy = event_loop.create_proxy();
    desktop::watch(move |preferences| {
        // The loop may have ended: then nobody needs to know.
        let _ = proxy.send_event(Wake::Desktop(preferences));
    });
    app.player = player;
    app.screen = screen;
    let ended = event_loop.run_app(&mut app);
    app.close_set();
    app.end_export();
    app.leave_a_silent_gpu();
    ended.map_err(|error| AppError::Disconnected(plain(&error.to_string())))?;
    app.into_result()
}

/// The event loop to be, on the display that answers: winit takes the one that is named first.
fn event_loop_builder() -> winit::event_loop::EventLoopBuilder<Wake> {
    #[allow(unused_mut, reason = "only Linux has a choice of displays")]
    let mut builder = EventLoop::<Wake>::with_user_event();
    #[cfg(target_os = "linux")]
    if let Some(absent) = display::absent_compositor().filter(|absent| absent.has_x11) {
        use winit::platform::x11::EventLoopBuilderExtX11 as _;
        tracing::warn!("{absent}");
        builder.with_x11();
    }
    builder
}

/// The last line of a message of the window system, without its source positions.
fn plain(message: &str) -> String {
    // winit writes `os error at PATH.rs:LINE: what happened`.
    let located = message.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    let said = located.map_or(message, |(_, said)| said);
    said.rsplit("error: ").next().unwrap_or(said).trim().trim_end_matches('.').to_owned()
}
