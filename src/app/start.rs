//! What is looked at before a window is asked for: settings with which the window library would panic, and how large a window
//! may be.

use thiserror::Error;

/// The scales that windows are shown at, as `--scale` takes them.
const SCALES: std::ops::RangeInclusive<f64> = 0.25..=16.0;
/// Dots per inch at which a logical pixel is a physical one.
const DPI: f64 = 96.0;
/// The variable with which winit is told the scale of X11 windows.
pub const SCALE_VARIABLE: &str = "WINIT_X11_SCALE_FACTOR";
/// Depths of a screen that every driver draws to.
const PLAIN_DEPTHS: [u8; 2] = [24, 32];
/// What a window manager's frame may take, logical pixels.
const FRAME: [f64; 2] = [16.0, 48.0];
/// What frame and panels may take where nobody says it (Wayland, Windows, macOS), logical pixels.
const FRAME_AND_PANELS: [f64; 2] = [16.0, 96.0];

/// Why no window is asked for.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum StartError {
    /// The variable holds something else than a scale.
    #[error(
        "the variable {SCALE_VARIABLE} is no scale for a window: `{0}`. Unset it, or give it a number from 0.25 to 16 \
         (1 is a screen of 96 dpi)"
    )]
    Variable(String),
    /// The desktop sets dots per inch that no screen has.
    #[error(
        "{from} is {dpi}, which is no resolution of a screen: 24 to 1536 dpi can be shown, 96 is usual. Correct it \
         (`xrdb -merge` sets Xft.dpi), or set {SCALE_VARIABLE}=1"
    )]
    Dpi {
        /// The setting.
        from: &'static str,
        /// What it says.
        dpi: f64,
    },
    /// The X server is too old, or was started without something.
    #[error(
        "the X server {server} cannot show this window: it lacks {missing}. Use one that has it (TigerVNC or Xvnc in place of \
         TightVNC; `+extension RANDR` where it was switched off), or draw without a window: `inkfield render FILE… --out picture.png`"
    )]
    Extensions {
        /// `DISPLAY`.
        server: String,
        /// Names of extensions.
        missing: String,
    },
}

/// Whether a screen's depth is one that every driver draws to.
pub fn is_plain(depth: u8) -> bool {
    PLAIN_DEPTHS.contains(&depth)
}

/// Whether a number can be a window's scale.
fn is_scale(scale: f64) -> bool {
    SCALES.contains(&scale)
}

/// Holds what the scale variable says against what winit takes; `None` leaves the scale to the desktop.
pub fn scale_from(variable: Option<&str>) -> Result<Option<f64>, StartError> {
    match variable.map(str::trim) {
        None | Some("") => Ok(None),
        Some(word) if word.eq_ignore_ascii_case("randr") => Ok(None),
        // winit takes no blanks.
        Some(text) => match text.parse().ok().filter(|&scale| is_scale(scale) && variable == Some(text)) {
            Some(scale) => Ok(Some(scale)),
            None => Err(StartError::Variable(crate::words::shown_text(text, 60))),
        },
    }
}

/// The scale of a desktop's dots per inch, held against what a screen can have.
pub fn check_dpi(dpi: f64, from: &'static str) -> Result<f64, StartError> {
    let scale = dpi / DPI;
    if is_scale(scale) { Ok(scale) } else { Err(StartError::Dpi { from, dpi }) }
}

/// The size of a window that is wanted `wanted` pixels large where there is `room` for it; `frame` is the window manager's share,
/// unless less than `least` were left.
pub fn fitted(wanted: [f64; 2], room: [u32; 2], frame: [f64; 2], least: [f64; 2]) -> [u32; 2] {
    [0, 1].map(|axis| {
        let room = f64::from(room[axis]);
        let most = (room - frame[axis]).max(least[axis].min(room));
        wanted[axis].min(most).round() as u32
    })
}

/// What frame (and panels) may take of a screen's room at a scale, physical pixels.
pub fn frame_px(is_managed: Option<bool>, scale: f64) -> [f64; 2] {
    match is_managed {
        Some(false) => [0.0; 2],
        Some(true) => FRAME.map(|side| side * scale),
        None => FRAME_AND_PANELS.map(|side| side * scale),
    }
}

/// What is known of the screen before a window is on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The room for a window, physical pixels.
    pub room_px: [u32; 2],
    /// Whether a window manager puts frames round windows.
    pub is_managed: bool,
    /// Bits of a pixel.
    pub depth: u8,
}

/// What is said of a display that cannot be opened, with the variable that names it.
pub fn no_display(said: &str) -> String {
    #[cfg(target_os = "linux")]
    if let Some(named) = super::display::Display::ask().named() {
        return format!("{said} ({named})");
    }
    said.to_owned()
}

/// Looks at the screen that a window would come to: what is known of it, or why no window can be asked for.
pub fn look() -> Result<Option<Screen>, StartError> {
    #[cfg(target_os = "linux")]
    {
        let display = super::display::Display::ask();
        if let Some(obstacle) = display.obstacles().into_iter().next() {
            return Err(obstacle);
        }
        Ok(display.server().map(|server| Screen {
            room_px: server.room.size,
            is_managed: server.is_managed,
            depth: server.depth,
        }))
    }
    #[cfg(not(target_os = "linux"))]
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_a_scale_or_is_refused() {
        for fine in [None, Some(""), Some("randr"), Some("RandR")] {
            assert_eq!(scale_from(fine), Ok(None), "{fine:?}");
        }
        assert_eq!(
            [Some("1"), Some("1.5"), Some("16")].map(scale_from),
            [Ok(Some(1.0)), Ok(Some(1.5)), Ok(Some(16.0))]
        );
        for odd in ["foo", "0", "-1", "1e9", "nan", "inf", "1e-300", "150%", " 1", "1,5", "0.2"] {
            let refused = Err(StartError::Variable(odd.trim().to_owned()));
            assert_eq!(scale_from(Some(odd)), refused, "{odd}");
        }
    }

    #[test]
    fn dots_per_inch_that_no_screen_has_are_refused() {
        let ok = |dpi| check_dpi(dpi, "Xft.dpi").is_ok();
        assert_eq!([24.0, 96.0, 120.0, 192.0, 1536.0].map(ok), [true; 5]);
        assert_eq!([0.0, -96.0, 23.9, 1537.0, 999_999.0, f64::NAN, f64::INFINITY].map(ok), [false; 7]);
    }

    #[test]
    fn a_window_is_no_larger_than_its_room() {
        let least = [320.0, 240.0];
        let managed = |scale| frame_px(Some(true), scale);
        assert_eq!(fitted([1440.0, 900.0], [1366, 768], [0.0; 2], least), [1366, 768]);
        assert_eq!(fitted([1440.0, 900.0], [1366, 741], managed(1.0), least), [1350, 693]);
        assert_eq!(fitted([2160.0, 1350.0], [1920, 1080], managed(1.5), least), [1896, 1008]);
        // A large screen changes nothing, a tiny one leaves something to see.
        assert_eq!(fitted([1440.0, 900.0], [2560, 1440], managed(1.0), least), [1440, 900]);
        assert_eq!(fitted([1440.0, 900.0], [330, 260], managed(1.0), least), [320, 240]);
        assert_eq!(fitted([1440.0, 900.0], [200, 100], managed(1.0), least), [200, 100]);
        assert_eq!([frame_px(Some(false), 2.0), frame_px(None, 2.0)], [[0.0, 0.0], [32.0, 192.0]]);
    }
}
