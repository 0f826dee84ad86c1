//! The display that a window would come to, and what stands in its way there (Linux).

use super::start::{SCALE_VARIABLE, StartError, check_dpi, scale_from};
use super::x11::Server;
use std::path::PathBuf;

/// The display that a window would come to.
#[derive(Debug)]
pub enum Display {
    /// None is named.
    None,
    /// A Wayland compositor, which says more only to a window.
    Wayland(String),
    /// An X server.
    X11 {
        /// `DISPLAY`.
        name: String,
        /// What it is like, or why it does not say that.
        server: Result<Server, String>,
    },
}

fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(|value| value.to_string_lossy().into_owned())
}

/// The compositor that `WAYLAND_DISPLAY` names, where nothing listens at its socket.
pub fn absent_compositor() -> Option<AbsentCompositor> {
    let name = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty())?;
    if variable("WAYLAND_SOCKET").is_some() {
        return None;
    }
    let socket = PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default()).join(&name);
    let error = std::os::unix::net::UnixStream::connect(&socket).err()?;
    Some(AbsentCompositor { socket, reason: error.to_string(), has_x11: variable("DISPLAY").is_some() })
}

/// A compositor that is named and does not answer.
#[derive(Debug)]
pub struct AbsentCompositor {
    /// Where it should listen.
    pub socket: PathBuf,
    /// What the system says of that socket.
    pub reason: String,
    /// Whether `DISPLAY` names an X server, which is used in its place.
    pub has_x11: bool,
}

impl std::fmt::Display for AbsentCompositor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let instead = if self.has_x11 {
            "so DISPLAY is used. Unset WAYLAND_DISPLAY, or set it to a compositor that runs"
        } else {
            "and DISPLAY is not set. Set one of them to a display that runs"
        };
        let reason = &self.reason;
        write!(
            f,
            "WAYLAND_DISPLAY names a compositor that does not answer ({reason}), {instead}: {}",
            self.socket.display()
        )
    }
}

impl Display {
    /// Asks the display that the environment names, in winit's order. A compositor that is not there gives way to an X server
    /// that is: `tmux` and `ssh` keep the variable of a session that has ended.
    pub fn ask() -> Self {
        if let Some(name) = variable("WAYLAND_DISPLAY").or_else(|| variable("WAYLAND_SOCKET"))
            && absent_compositor().is_none()
        {
            return Self::Wayland(name);
        }
        match variable("DISPLAY") {
            Some(name) => Self::X11 { name, server: Server::ask() },
            None => Self::None,
        }
    }

    /// The variable that names it, and what it holds.
    pub fn named(&self) -> Option<String> {
        let (variable, value) = match self {
            // A compositor that is named and absent is no display.
            Self::None => ("WAYLAND_DISPLAY", &variable("WAYLAND_DISPLAY")?),
            Self::Wayland(value) => ("WAYLAND_DISPLAY", value),
            Self::X11 { name, .. } => ("DISPLAY", name),
        };
        Some(format!("{variable} is `{}`", crate::words::shown_text(value, 80)))
    }

    /// The server, where it is one that answers.
    pub fn server(&self) -> Option<&Server> {
        match self {
            Self::X11 { server, .. } => server.as_ref().ok(),
            Self::None | Self::Wayland(_) => None,
        }
    }

    /// What the scale of windows comes to here, where something says it; an error where winit would panic.
    pub fn scale(&self) -> Result<Option<(f64, &'static str)>, StartError> {
        let Self::X11 { .. } = self else { return Ok(None) };
        let variable = std::env::var(SCALE_VARIABLE).ok().filter(|value| !value.is_empty());
        if let Some(scale) = scale_from(variable.as_deref())? {
            return Ok(Some((scale, SCALE_VARIABLE)));
        }
        let Some(dpi) = self.server().and_then(|server| server.dpi).filter(|_| variable.is_none()) else {
            return Ok(None);
        };
        check_dpi(dpi.value, dpi.from).map(|scale| Some((scale, dpi.from)))
    }

    /// All that stands in a window's way and winit would panic at.
    pub fn obstacles(&self) -> Vec<StartError> {
        let mut obstacles = Vec::new();
        if let Self::X11 { name, server: Ok(server) } = self
            && !server.missing.is_empty()
        {
            obstacles.push(StartError::Extensions { server: name.clone(), missing: listed(&server.missing) });
        }
        obstacles.extend(self.scale().err());
        obstacles
    }
}

/// One: "the extension RANDR"; more: "the extensions RANDR and XKEYBOARD".
fn listed(names: &[&str]) -> String {
    match names {
        [many @ .., last] if !many.is_empty() => format!("the extensions {} and {last}", many.join(", ")),
        _ => format!("the extension {}", names.concat()),
    }
}

/// Whether nothing but the desktop's dots per inch stands in a window's way; said aloud then. The program can be started again
/// with a scale of 1 in [`SCALE_VARIABLE`].
pub fn needs_a_scale() -> bool {
    let obstacles = Display::ask().obstacles();
    let [StartError::Dpi { from, dpi }] = obstacles.as_slice() else { return false };
    tracing::warn!(
        "{from} is {dpi}, which is no resolution of a screen: the window is shown at a scale of 1 (`--scale F` asks for another)"
    );
    true
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn what_is_missing_reads_as_a_list() {
        assert_eq!(listed(&["RANDR"]), "the extension RANDR");
        assert_eq!(listed(&["RANDR", "XKEYBOARD"]), "the extensions RANDR and XKEYBOARD");
        assert_eq!(listed(&["A", "B", "C"]), "the extensions A, B and C");
    }
}
