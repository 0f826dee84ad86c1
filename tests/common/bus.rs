//! A session bus of one's own.
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};

/// A running session bus; it ends when dropped.
pub struct Bus {
    daemon: Child,
    /// What `DBUS_SESSION_BUS_ADDRESS` is to be.
    pub address: String,
}

impl Bus {
    /// Starts one; `None`, said aloud, where there is no `dbus-daemon`. Under `CI=true` there must be one.
    pub fn start() -> Option<Self> {
        let daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut daemon = match daemon {
            Ok(daemon) => daemon,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let required = std::env::var_os("CI").is_some_and(|ci| ci == "true");
                assert!(!required, "dbus-daemon is missing: install the package `dbus-daemon`");
                eprintln!("NOT RUN: the tests of the desktop's portal need dbus-daemon");
                return None;
            }
            Err(error) => panic!("dbus-daemon does not start: {error}"),
        };
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Some(Self { daemon, address: address.trim().to_owned() })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // Only the process started here; it may be gone already.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
