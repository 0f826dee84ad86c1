//! What a soak opens: sets that differ in their number of rows, and files that cannot be opened.

use crate::loading::write_drawings;
use crate::real_data::real_data;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

/// A set that can be opened.
#[derive(Clone)]
pub struct Good {
    /// What is typed.
    pub input: String,
    /// Its drawings; no two sets have the same number.
    pub rows: u32,
}

impl Good {
    /// The input as it is named from elsewhere.
    pub fn path_in(&self, folder: &Path) -> OsString {
        if self.input.starts_with("demo") { self.input.clone().into() } else { folder.join(&self.input).into() }
    }
}

/// A file that cannot be opened.
pub struct Bad {
    /// Its name, which every message about it holds.
    pub name: &'static str,
}

/// The sets; the first is the one in which memory is compared.
pub fn good_sets(folder: &Path) -> Vec<Good> {
    let good = |input: &str, rows| Good { input: input.to_owned(), rows };
    write_drawings(&folder.join("stripes.npy"), 321);
    write_drawings(&folder.join("paired.npy"), 777);
    let records =
        (0..777).map(|row| format!("{{\"word\":\"paired\",\"countrycode\":\"{}\"}}\n", ["DE", "FR"][row % 2]));
    std::fs::write(folder.join("paired.ndjson"), records.collect::<String>()).unwrap();
    let mut sets = vec![
        good("demo:20000:1", 20_000),
        good("demo:5000:2", 5000),
        good("demo:60000:3", 60_000),
        good("demo:1:4", 1),
        good("stripes.npy", 321),
        good("paired.npy", 777),
    ];
    if let Some(data) = real_data() {
        for kind in ["npy", "ndjson"] {
            let name = format!("snowman_2000.{kind}");
            std::fs::copy(data.join("pairs2000").join(&name), folder.join(&name)).unwrap();
        }
        sets.push(good("snowman_2000.npy", 2000));
    }
    sets
}

/// The files that cannot be opened, each for a reason of its own.
pub fn bad_sets(folder: &Path) -> Vec<Bad> {
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("login.npy", b"<!DOCTYPE html><html><body>Please sign in.</body></html>");
    write("empty.npy", b"");
    write("pointer.npy", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 117719168\n");
    let whole = std::fs::read(folder.join("stripes.npy")).unwrap();
    write("cut.npy", &whole[..whole.len() - 1000]);
    let mut huge = whole[..128].to_vec();
    let at = whole.windows(3).position(|bytes| bytes == b"321").unwrap();
    huge[at..at + 3].copy_from_slice(b"999");
    write("huge.npy", &huge);
    std::fs::create_dir(folder.join("nothing")).unwrap();
    let names = ["login.npy", "empty.npy", "pointer.npy", "cut.npy", "huge.npy", "nothing", "missing.npy"];
    names.map(|name| Bad { name }).into()
}

/// A file's URI with its line end; what is no letter of a plain path is written as `%20`.
pub fn uri(path: &Path) -> String {
    let mut text = "file://".to_owned();
    for &byte in path.to_str().unwrap().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => text.push(byte.into()),
            other => write!(text, "%{other:02X}").unwrap(),
        }
    }
    text + "\r\n"
}
