//! What an X server says of itself before a window is asked of it: extensions, depth, scale, and the room for a window.

use std::str::FromStr;
use std::sync::OnceLock;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::errors::ReplyError;
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, Screen, Window};
use x11rb::rust_connection::RustConnection;

/// What winit cannot do without.
const NEEDED: [&str; 3] = ["RANDR", "XInputExtension", "XKEYBOARD"];
/// The most bytes of a property, in units of four.
const LONGEST: u32 = 1 << 18;

/// A rectangle of the screen, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its upper left corner.
    pub at: [i32; 2],
    /// Width and height.
    pub size: [u32; 2],
}

impl Area {
    /// What two areas share.
    pub fn shared(self, other: Self) -> Self {
        let at = [0, 1].map(|axis| self.at[axis].max(other.at[axis]));
        let end = |area: Self, axis: usize| area.at[axis].saturating_add_unsigned(area.size[axis]);
        let size = [0, 1].map(|axis| end(self, axis).min(end(other, axis)).saturating_sub(at[axis]).max(0) as u32);
        Self { at, size }
    }

    fn holds(self, point: [i32; 2]) -> bool {
        (0..2).all(|axis| {
            let along = i64::from(point[axis]) - i64::from(self.at[axis]);
            (0..i64::from(self.size[axis])).contains(&along)
        })
    }
}

/// Dots per inch as the desktop sets them, and where that is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dpi {
    /// What stands there; may be any number.
    pub value: f64,
    /// The setting's name.
    pub from: &'static str,
}

/// What a server is like.
#[derive(Clone, Debug)]
pub struct Server {
    /// Extensions that windows need and that it has not.
    pub missing: Vec<&'static str>,
    /// Bits of a pixel of the screen.
    pub depth: u8,
    /// What scales everything on this desktop.
    pub dpi: Option<Dpi>,
    /// The monitor with the pointer.
    pub monitor: Area,
    /// What of it panels leave to windows; all of it without a window manager.
    pub room: Area,
    /// Whether a window manager puts frames round windows.
    pub is_managed: bool,
}

impl Server {
    /// Asks the server that `DISPLAY` names, once a process. The connection stays: a server whose last client leaves starts afresh,
    /// and answers nobody meanwhile.
    pub fn ask() -> Result<Self, String> {
        static SAID: OnceLock<(Result<Server, String>, Option<RustConnection>)> = OnceLock::new();
        let ask = || match x11rb::connect(None) {
            Ok((connection, number)) => {
                let said = Self::ask_over(&connection, number);
                let said = said.map_err(|error| format!("the X server does not answer as it should: {error}"));
                (said, Some(connection))
            }
            Err(error) => (Err(error.to_string()), None),
        };
        SAID.get_or_init(ask).0.clone()
    }

    fn ask_over(connection: &RustConnection, number: usize) -> Result<Self, ReplyError> {
        let Some(screen) = connection.setup().roots.get(number) else {
            return Err(x11rb::errors::ConnectionError::UnknownError.into());
        };
        let mut missing = Vec::new();
        for name in NEEDED {
            if connection.extension_information(name)?.is_none() {
                missing.push(name);
            }
        }
        let (monitor, room) = room(connection, screen, !missing.contains(&"RANDR"))?;
        // A window manager that has ended leaves its name on the root, but not the window that it names.
        let check = |window| property(connection, window, b"_NET_SUPPORTING_WM_CHECK", AtomEnum::WINDOW.into());
        let own = check(screen.root)?.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes));
        let is_managed = own.map_or(Ok(false), |window| check(window).map(|bytes| !bytes.is_empty()))?;
        Ok(Self { missing, depth: screen.root_depth, dpi: dpi(connection, number)?, monitor, room, is_managed })
    }
}

fn atom(connection: &RustConnection, name: &[u8]) -> Result<u32, ReplyError> {
    Ok(connection.intern_atom(false, name)?.reply()?.atom)
}

/// The bytes of a property; none where there is none.
fn property(connection: &RustConnection, window: Window, name: &[u8], kind: u32) -> Result<Vec<u8>, ReplyError> {
    let name = atom(connection, name)?;
    // A window may have gone since it was named.
    let reply = connection.get_property(false, window, name, kind, 0, LONGEST)?.reply();
    Ok(reply.map_or_else(|_| Vec::new(), |reply| reply.value))
}

fn cardinals(connection: &RustConnection, window: Window, name: &[u8]) -> Result<Vec<u32>, ReplyError> {
    let bytes = property(connection, window, name, AtomEnum::CARDINAL.into())?;
    let (words, _) = bytes.as_chunks::<4>();
    Ok(words.iter().map(|word| u32::from_ne_bytes(*word)).collect())
}

/// The monitor with the pointer, and what panels leave of it.
fn room(connection: &RustConnection, screen: &Screen, has_randr: bool) -> Result<(Area, Area), ReplyError> {
    let whole = Area { at: [0; 2], size: [screen.width_in_pixels.into(), screen.height_in_pixels.into()] };
    let pointer = connection.query_pointer(screen.root)?.reply()?;
    let pointer = [pointer.root_x.into(), pointer.root_y.into()];
    let mut monitors = Vec::new();
    if has_randr {
        // Servers from before 1.5 do not know the question.
        let listed = connection.randr_get_monitors(screen.root, true)?.reply();
        monitors.extend(listed.into_iter().flat_map(|listed| listed.monitors).map(|monitor| Area {
            at: [monitor.x.into(), monitor.y.into()],
            size: [monitor.width.into(), monitor.height.into()],
        }));
    }
    let monitor = monitors.iter().find(|monitor| monitor.holds(pointer)).or(monitors.first()).copied().unwrap_or(whole);
    let areas = cardinals(connection, screen.root, b"_NET_WORKAREA")?;
    let desktop = cardinals(connection, screen.root, b"_NET_CURRENT_DESKTOP")?.first().copied().unwrap_or(0) as usize;
    let (areas, _) = areas.as_chunks::<4>();
    let work = areas
        .get(desktop)
        .or(areas.first())
        .map(|&[x, y, width, height]| Area { at: [x as i32, y as i32], size: [width, height] });
    // A window manager's mistake must not leave nothing.
    let room = work.map(|work| monitor.shared(work)).filter(|room| room.size.iter().all(|&side| side >= 100));
    Ok((monitor, room.unwrap_or(monitor)))
}

/// As winit reads it: the settings of the running desktop, else the resource database.
fn dpi(connection: &RustConnection, number: usize) -> Result<Option<Dpi>, ReplyError> {
    let selection = atom(connection, format!("_XSETTINGS_S{number}").as_bytes())?;
    let owner = connection.get_selection_owner(selection)?.reply()?.owner;
    if owner != x11rb::NONE {
        let kind = atom(connection, b"_XSETTINGS_SETTINGS")?;
        let settings = property(connection, owner, b"_XSETTINGS_SETTINGS", kind)?;
        if let Some(value) = xsettings_dpi(&settings) {
            return Ok(Some(Dpi { value, from: "Xft/DPI of the desktop's settings (XSETTINGS)" }));
        }
    }
    let database = x11rb::resource_manager::new_from_default(connection)?;
    let value = database.get_string("Xft.dpi", "").and_then(|text| f64::from_str(text).ok());
    Ok(value.map(|value| Dpi { value, from: "Xft.dpi" }))
}

/// `Xft/DPI` among XSETTINGS (<https://specifications.freedesktop.org/xsettings-spec/latest/>), which counts in 1024ths.
fn xsettings_dpi(settings: &[u8]) -> Option<f64> {
    let big = *settings.first()? != 0;
    let word = |at: usize| {
        let bytes = *settings.get(at..)?.first_chunk::<4>()?;
        Some(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    };
    let half = |at: usize| {
        let bytes = *settings.get(at..)?.first_chunk::<2>()?;
        Some(usize::from(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }))
    };
    let padded = |length: usize| length.next_multiple_of(4);
    // Byte order, serial number and count come first.
    let mut at = 12;
    for _ in 0..word(8)? {
        let (kind, length) = (*settings.get(at)?, half(at + 2)?);
        let name = settings.get(at + 4..at + 4 + length)?;
        // The serial number of the last change lies between name and value.
        let value = at + 4 + padded(length) + 4;
        at = match kind {
            0 if name == b"Xft/DPI" => return Some(f64::from(word(value)? as i32) / 1024.0),
            0 => value + 4,
            1 => value + 4 + padded(word(value)? as usize),
            2 => value + 8,
            _ => return None,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Area, xsettings_dpi};

    /// Settings as a desktop writes them.
    fn settings(big: bool, list: &[(u8, &str, &[u8])]) -> Vec<u8> {
        let word = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let half = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut out = vec![u8::from(big), 0, 0, 0];
        out.extend(word(3));
        out.extend(word(list.len() as u32));
        for (kind, name, value) in list {
            out.extend([*kind, 0]);
            out.extend(half(name.len() as u16));
            out.extend(name.as_bytes());
            out.resize(out.len().next_multiple_of(4), 0);
            out.extend(word(1));
            out.extend(*value);
            out.resize(out.len().next_multiple_of(4), 0);
        }
        out
    }

    #[test]
    fn the_desktops_dots_per_inch_are_found_in_either_byte_order() {
        let text = |big: bool| [&(if big { 5_u32.to_be_bytes() } else { 5_u32.to_le_bytes() })[..], b"Adwai"].concat();
        for (big, dpi) in [(false, 144 * 1024_i32), (true, -1)] {
            let number = if big { dpi.to_be_bytes() } else { dpi.to_le_bytes() };
            let list: [(u8, &str, &[u8]); 3] =
                [(1, "Net/ThemeName", &text(big)), (2, "Some/Color", &[0; 8]), (0, "Xft/DPI", &number)];
            let whole = settings(big, &list);
            assert_eq!(xsettings_dpi(&whole), Some(f64::from(dpi) / 1024.0));
            assert_eq!(xsettings_dpi(&settings(big, &list[..2])), None);
            // Cut short anywhere it is no answer, and no harm.
            assert!((0..whole.len()).all(|end| xsettings_dpi(&whole[..end]).is_none()));
        }
        assert_eq!(xsettings_dpi(&[0; 12]), None);
    }

    #[test]
    fn the_room_on_a_monitor_is_what_panels_leave_of_it() {
        let monitor = Area { at: [1920, 0], size: [1366, 768] };
        let work = Area { at: [0, 27], size: [3286, 1053] };
        assert_eq!(monitor.shared(work), Area { at: [1920, 27], size: [1366, 741] });
        assert_eq!(monitor.shared(Area { at: [0, 0], size: [800, 600] }).size, [0, 600]);
        assert!(monitor.holds([1920, 767]) && !monitor.holds([1919, 5]));
        let absurd = Area { at: [i32::MAX; 2], size: [u32::MAX; 2] };
        assert_eq!(monitor.shared(absurd).size, [0, 0]);
    }
}
