//! Keyboard layouts of a display of one's own, and keys by their place.
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

use super::xvfb::{Xvfb, keys};
use std::io::ErrorKind;
use std::process::{Command, Stdio};

/// X keycodes of places on the keyboard, named as on a US keyboard.
pub mod place {
    pub const DIGIT_1: u8 = 10;
    pub const DIGIT_2: u8 = 11;
    pub const DIGIT_3: u8 = 12;
    pub const DIGIT_6: u8 = 15;
    pub const DIGIT_7: u8 = 16;
    pub const DIGIT_0: u8 = 19;
    pub const MINUS: u8 = 20;
    pub const EQUAL: u8 = 21;
    pub const Q: u8 = 24;
    pub const T: u8 = 28;
    pub const I: u8 = 31;
    pub const O: u8 = 32;
    pub const A: u8 = 38;
    pub const S: u8 = 39;
    pub const G: u8 = 42;
    pub const QUOTE: u8 = 48;
    pub const X: u8 = 53;
    pub const C: u8 = 54;
    pub const V: u8 = 55;
    pub const M: u8 = 58;
    pub const SLASH: u8 = 61;
    pub const NUM_LOCK: u8 = 77;
    pub const PAD_MINUS: u8 = 82;
    pub const PAD_PLUS: u8 = 86;
    pub const PAD_1: u8 = 87;
    pub const PAD_2: u8 = 88;
}

impl Xvfb {
    /// Gives the keyboard another layout (`fr`, or with a variant `us(dvorak)`); `false`, said aloud, where there is no
    /// `setxkbmap`. Under `CI=true` there must be one.
    pub fn lay_out(&mut self, layout: &str) -> bool {
        let (layout, variant) = layout.trim_end_matches(')').split_once('(').unwrap_or((layout, ""));
        let set = Command::new("setxkbmap")
            .args([
                "-display", &self.name, "-rules", "evdev", "-model", "pc105", "-layout", layout, "-variant", variant,
            ])
            .stdin(Stdio::null())
            .status();
        match set {
            Ok(status) => assert!(status.success(), "setxkbmap {layout} {variant}: {status}"),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let required = std::env::var_os("CI").is_some_and(|ci| ci == "true");
                assert!(!required, "setxkbmap is missing: install the package `x11-xkb-utils`");
                eprintln!("NOT RUN: the tests of keyboard layouts need setxkbmap (package `x11-xkb-utils`)");
                return false;
            }
            Err(error) => panic!("setxkbmap does not start: {error}"),
        }
        self.keys = keys(&self.x);
        true
    }

    /// Types the key at a place while others are held.
    pub fn tap_place(&self, held: &[u32], code: u8) {
        for &keysym in held {
            self.key(keysym, true);
        }
        self.code(code, true);
        self.code(code, false);
        for &keysym in held.iter().rev() {
            self.key(keysym, false);
        }
    }
}
