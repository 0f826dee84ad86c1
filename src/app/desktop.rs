//! What the desktop prefers where winit does not say it: dark or light, and whether things should move.
//!
//! On Linux the desktop portal is asked over the session bus, on a thread of its own, and heard when a setting changes;
//! no frame waits for it. On Windows and macOS winit knows the theme, and motion is what `--motion` says.

use crate::scene::palette::Theme;

/// What the desktop has said; `None` where it has no opinion or nobody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Dark or light.
    pub theme: Option<Theme>,
    /// Whether motion is to be reduced.
    pub reduced_motion: Option<bool>,
}

/// Whether the camera glides or jumps on keys, double clicks and "fit".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// As the desktop says; full where it says nothing.
    #[default]
    System,
    /// It glides.
    Full,
    /// It jumps.
    Reduced,
}

impl Motion {
    /// Whether the camera may glide.
    pub fn glides(self, desktop: Preferences) -> bool {
        match self {
            Self::System => desktop.reduced_motion != Some(true),
            Self::Full => true,
            Self::Reduced => false,
        }
    }
}

impl std::str::FromStr for Motion {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "system" => Ok(Self::System),
            "full" => Ok(Self::Full),
            "reduced" => Ok(Self::Reduced),
            _ => Err(format!("`{text}` is none of `full`, `reduced`, `system`")),
        }
    }
}

/// Whether there is a session bus to ask on.
pub fn has_session_bus() -> bool {
    let named = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
    // Where it is when nobody names it.
    let folder = std::env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty());
    named || folder.is_some_and(|folder| std::path::Path::new(&folder).join("bus").exists())
}

/// Asks on a thread of its own; `told` hears the first answer and every change.
#[cfg(target_os = "linux")]
pub fn watch(told: impl Fn(Preferences) + Send + 'static) {
    if !has_session_bus() {
        return;
    }
    let work = move || {
        if let Err(error) = pollster::block_on(portal::watch(&told)) {
            tracing::debug!("the desktop does not say what it prefers: {error}");
        }
    };
    if let Err(error) = std::thread::Builder::new().name("desktop".to_owned()).spawn(work) {
        tracing::debug!("no thread to ask the desktop with: {error}");
    }
}

/// Nobody to ask.
#[cfg(not(target_os = "linux"))]
pub fn watch(_told: impl Fn(Preferences) + Send + 'static) {}

#[cfg(target_os = "linux")]
mod portal {
    //! `org.freedesktop.portal.Settings`, version 1 or newer.

    use super::Preferences;
    use crate::scene::palette::Theme;
    use futures_lite::StreamExt;
    use std::collections::HashMap;
    use std::time::Duration;
    use zbus::zvariant::OwnedValue;

    const APPEARANCE: &str = "org.freedesktop.appearance";
    const GNOME: &str = "org.gnome.desktop.interface";
    /// A portal that is slower is as good as none; the window has long been shown by then.
    const PATIENCE: Duration = Duration::from_secs(5);

    /// Settings by namespace and key.
    type Settings = HashMap<String, HashMap<String, OwnedValue>>;

    pub async fn watch(told: &impl Fn(Preferences)) -> zbus::Result<()> {
        let connection = zbus::connection::Builder::session()?.method_timeout(PATIENCE).build().await?;
        let (name, path) = ("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop");
        let portal = zbus::Proxy::new(&connection, name, path, "org.freedesktop.portal.Settings").await?;
        // Listened to before the first question, so that no change falls between.
        let mut changes = portal.receive_signal("SettingChanged").await?;
        loop {
            let settings: Settings = portal.call("ReadAll", &(&[APPEARANCE, GNOME][..],)).await?;
            told(preferences(&settings));
            if changes.next().await.is_none() {
                return Ok(());
            }
        }
    }

    fn preferences(settings: &Settings) -> Preferences {
        let value = |namespace: &str, key: &str| settings.get(namespace)?.get(key);
        let number = |key: &str| value(APPEARANCE, key).and_then(|value| value.downcast_ref::<u32>().ok());
        // Older portals know nothing of motion, but pass GNOME's own setting on.
        let animated = value(GNOME, "enable-animations").and_then(|value| value.downcast_ref::<bool>().ok());
        Preferences {
            theme: match number("color-scheme") {
                Some(1) => Some(Theme::Night),
                Some(2) => Some(Theme::Paper),
                _ => None,
            },
            reduced_motion: match (number("reduced-motion"), animated) {
                (Some(1), _) | (_, Some(false)) => Some(true),
                (Some(_), _) | (None, Some(true)) => Some(false),
                (None, None) => None,
            },
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use zbus::zvariant::Value;

        fn read(settings: &[(&str, &str, Value<'_>)]) -> Preferences {
            let mut all = Settings::new();
            for (namespace, key, value) in settings {
                let keys = all.entry((*namespace).to_owned()).or_default();
                keys.extend(value.try_to_owned().map(|value| ((*key).to_owned(), value)));
            }
            preferences(&all)
        }

        #[test]
        fn the_portal_says_dark_or_light_and_whether_to_move() {
            let scheme = |n: u32| read(&[(APPEARANCE, "color-scheme", Value::from(n))]).theme;
            assert_eq!([0, 1, 2, 7].map(scheme), [None, Some(Theme::Night), Some(Theme::Paper), None]);
            let motion = |n: u32, on: bool| {
                let gnome = (GNOME, "enable-animations", Value::from(on));
                read(&[(APPEARANCE, "reduced-motion", Value::from(n)), gnome]).reduced_motion
            };
            assert_eq!([motion(1, true), motion(0, true), motion(0, false)], [Some(true), Some(false), Some(true)]);
            let gnome = |on: bool| read(&[(GNOME, "enable-animations", Value::from(on))]).reduced_motion;
            assert_eq!([gnome(true), gnome(false)], [Some(false), Some(true)]);
            // A value of another type is no opinion.
            assert_eq!(read(&[(APPEARANCE, "color-scheme", Value::from("dark"))]), Preferences::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_says_counts_more_than_the_desktop() {
        let of = |reduced_motion| Preferences { reduced_motion, ..Preferences::default() };
        for (motion, expected) in [("system", [true, true, false]), ("full", [true; 3]), ("reduced", [false; 3])] {
            let glides = |motion: Motion| [None, Some(false), Some(true)].map(|said| motion.glides(of(said)));
            assert_eq!(motion.parse().map(glides), Ok(expected));
        }
        assert!("none".parse::<Motion>().is_err());
    }
}
