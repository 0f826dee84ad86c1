//! Variables that libraries look for, where the system sets none that will do: a folder for the sockets of this session, and a
//! scale for windows.
//!
//! Without `XDG_RUNTIME_DIR` libraries below graphics drivers write `error: …` on standard error, in the form of this
//! program's own errors, although nothing is wrong; at absurd dots per inch the windowing library panics. Safe Rust cannot set
//! a variable for them, so the program is started once more in the same process, with the variables set: number, standard
//! streams, exit code and signals are the same.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder's variable.
const FOLDER: &str = "XDG_RUNTIME_DIR";

/// Set in what was started again, which must not start again.
const STARTED: &str = "INKFIELD_STARTED_AGAIN";

/// Starts the program once more where there is no folder, or `opens_window` and it could not at the desktop's scale; returns
/// where nothing is missing, or nothing can be done: the driver's line is the lesser evil, and the window says what is wrong.
pub fn provide(opens_window: bool) {
    let mut missing: Vec<(&str, OsString)> = Vec::new();
    let is_set = std::env::var_os(FOLDER).is_some_and(|folder| Path::new(&folder).is_absolute());
    if !is_set && std::env::var_os(STARTED).is_none() {
        missing.extend(folder().map(|folder| (FOLDER, folder.into())));
    }
    #[cfg(target_os = "linux")]
    if opens_window && crate::app::display::needs_a_scale() {
        missing.push((crate::app::start::SCALE_VARIABLE, "1".into()));
    }
    #[cfg(not(target_os = "linux"))]
    let _ = opens_window;
    if !missing.is_empty() {
        start_again(missing);
    }
}

/// Does not return where it succeeds.
fn start_again(missing: Vec<(&str, OsString)>) {
    use std::os::unix::process::CommandExt;
    let Ok(program) = std::env::current_exe() else { return };
    // Started by way of the dynamic linker, the program's file is the linker.
    if program.file_name().is_none_or(|name| name.to_string_lossy().starts_with("ld-")) {
        return;
    }
    let mut arguments = std::env::args_os();
    let mut command = std::process::Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    let error = command.args(arguments).envs(missing).env(STARTED, "1").exec();
    tracing::debug!("cannot start again: {error}");
}

/// A folder of this user's own that nobody else may look into, as the variable's definition demands.
fn folder() -> Option<PathBuf> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    let user = rustix::process::geteuid().as_raw();
    let folder = std::env::temp_dir().join(format!("inkfield-{user}"));
    if !folder.is_absolute() {
        return None;
    }
    // One that is there may be a stranger's, or a link.
    let _ = std::fs::DirBuilder::new().mode(0o700).create(&folder);
    let meta = folder.symlink_metadata().ok()?;
    (meta.is_dir() && meta.uid() == user && meta.mode() % 0o100 == 0).then_some(folder)
}
