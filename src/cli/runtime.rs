//! A folder for the sockets of this session, where the system names none.
//!
//! Without `XDG_RUNTIME_DIR` libraries below graphics drivers write `error: …` on standard error, in the form of this
//! program's own errors, although nothing is wrong. Safe Rust cannot set a variable for them, so the program is started once
//! more in the same process, with the variable set: number, standard streams, exit code and signals are the same.

use std::path::{Path, PathBuf};

/// The folder's variable.
const FOLDER: &str = "XDG_RUNTIME_DIR";

/// Set in what was started again, which must not start again.
const STARTED: &str = "INKFIELD_STARTED_AGAIN";

/// Starts the program once more where there is no folder; returns where there is one, or none can be had: the driver's line is
/// the lesser evil.
pub fn provide() {
    let is_set = std::env::var_os(FOLDER).is_some_and(|folder| Path::new(&folder).is_absolute());
    if !is_set
        && std::env::var_os(STARTED).is_none()
        && let Some(folder) = folder()
    {
        start_again(&folder);
    }
}

/// Does not return where it succeeds.
fn start_again(folder: &Path) {
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
    let error = command.args(arguments).env(FOLDER, folder).env(STARTED, "1").exec();
    tracing::debug!("cannot start again with {FOLDER} set: {error}");
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
