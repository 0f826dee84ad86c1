//! Where the windows of a test are opened: a window system, and a scale factor there.

use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT, inspector};
use std::cell::Cell;
use std::ffi::{OsStr, OsString};

thread_local! {
    static HERE: Cell<Place> = const { Cell::new(Place::X11 { scale: 1.0 }) };
}

/// A window system, and how many of its pixels a logical one is wide.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Xvfb; the scale is what the screen says.
    X11 { scale: f64 },
    /// Weston, whose outputs have whole scales only; another one is `asked` for with `--scale`.
    Wayland { output: u32, asked: Option<f64> },
}

/// Where windows were opened before, and will be again, even after a test that fails.
struct Before(Place);

impl Drop for Before {
    fn drop(&mut self) {
        HERE.set(self.0);
    }
}

impl Place {
    /// Wayland at a scale of its output.
    pub const fn wayland(output: u32) -> Self {
        Self::Wayland { output, asked: None }
    }

    /// Runs a test whose windows are opened here.
    pub fn run(self, test: impl FnOnce()) {
        let _before = Before(HERE.replace(self));
        test();
    }

    /// Where windows are opened now.
    pub fn here() -> Self {
        HERE.get()
    }

    /// The arguments that a window is opened with here.
    pub fn arguments<S: AsRef<OsStr>>(self, args: &[S]) -> Vec<OsString> {
        let mut args: Vec<OsString> = args.iter().map(|arg| arg.as_ref().to_owned()).collect();
        if let Self::Wayland { asked: Some(scale), .. } = self {
            args.extend(["--scale".into(), scale.to_string().into()]);
        }
        args
    }

    /// The variable of the environment that stands for the screen's scale, and its value.
    pub fn variable(self) -> Option<(&'static str, String)> {
        match self {
            Self::X11 { scale } => Some(("WINIT_X11_SCALE_FACTOR", scale.to_string())),
            Self::Wayland { .. } => None,
        }
    }
}

/// For windows that take their scale from the screen (others are opened at the scale of their place, whatever that says).
pub fn screens_scale() -> [(&'static str, &'static OsStr); 1] {
    [("WINIT_X11_SCALE_FACTOR", OsStr::new(""))]
}

/// The pixels of a window whose scatter viewport has the size that the arguments ask for (without: of a large window).
pub fn window_px(args: &[OsString], output_scale: u32) -> [u32; 2] {
    let after = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1)?.to_str()
    };
    let Some((width, height)) = after("--size").and_then(|size| size.split_once('x')) else { return [1200, 800] };
    let scale: f64 = after("--scale").map_or(output_scale.into(), |scale| scale.parse().unwrap());
    let panels =
        [inspector::DEFAULT_WIDTH, BAR_HEIGHT + STATUS_HEIGHT].map(|side| (f64::from(side) * scale).round() as u32);
    [width.parse::<u32>().unwrap() + panels[0], height.parse::<u32>().unwrap() + panels[1]]
}
