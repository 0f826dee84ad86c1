//! Who may know whom: `data → atlas → likeness → scene → gpu → viewer → { app, headless, bench }`, and who may name the outside world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// Modules of the crate, lowest first. A module knows its own rank's modules only if it is itself, and all below.
///
/// `words` (how numbers are written) and `fonts` (the typeface) stand apart from the panels because labels need them; `loader`
/// reads on threads for the window and for headless runs, `jobs` works on them, `memory` foretells what that needs. The command line opens the window, and the window's own arguments
/// are the command line's: these two are one rank and may know each other.
const RANKS: [&[&str]; 12] = [
    &["words", "panics", "progress", "export", "room"],
    &["kept"],
    &["data"],
    &["atlas"],
    &["likeness"],
    &["scene"],
    &["loader", "fonts", "memory", "jobs"],
    &["gpu"],
    &["viewer"],
    &["headless"],
    &["share"],
    &["app", "cli", "bench"],
];

/// What a module may not name: the names of crates.
const BARRED: [(&str, &[&str]); 9] = [
    ("words", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("data", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("atlas", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("likeness", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("scene", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("loader", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("memory", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("share", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
    ("jobs", &["wgpu", "winit", "egui", "egui_wgpu", "egui_winit"]),
];

fn source_files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            source_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The module a file belongs to; `None` for the crate's root files.
fn module_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    let module = first.trim_end_matches(".rs");
    (module != "lib" && module != "main").then(|| module.to_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file without comments and string literals (a comment may name anything).
fn code(text: &str) -> String {
    let strip = |line: &str| {
        let mut parts = line.split('"');
        let mut code = parts.next().unwrap_or_default().to_owned();
        for (i, part) in parts.enumerate() {
            if i % 2 == 1 {
                code += part;
            }
        }
        code.split("//").next().unwrap_or_default().to_owned() + "\n"
    };
    text.lines().map(strip).collect()
}

/// Every place where a word stands followed by `::`, or after `use` by itself.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + word.len()..];
        let own_word = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        own_word && (after.starts_with("::") || (code[..at].ends_with("use ") && after.starts_with([';', ' '])))
    })
}

/// The modules named by `crate::…` paths, `crate::{a, b}` included.
fn known(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut known = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => known.push(word(rest)),
            Some(list) => {
                let (mut depth, mut start) = (0, true);
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_alphanumeric() => {
                            known.push(word(&list[i..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    known
}

fn files() -> Vec<(PathBuf, String, String)> {
    let mut paths = Vec::new();
    source_files(&root(), &mut paths);
    assert!(paths.len() > 50, "the sources were not found");
    let file = |path: PathBuf| {
        let module = module_of(&path)?;
        let code = code(&std::fs::read_to_string(&path).unwrap());
        Some((path, module, code))
    };
    paths.into_iter().filter_map(file).collect()
}

#[test]
fn dependencies_run_one_way() {
    let rank = |module: &str| RANKS.iter().position(|modules| modules.contains(&module));
    for (path, module, code) in files() {
        let own = rank(&module).unwrap_or_else(|| panic!("{}: give `{module}` a place in RANKS", path.display()));
        for other in known(&code) {
            let Some(its) = rank(&other) else {
                panic!("{} names crate::{other}, which has no place in RANKS", path.display())
            };
            let same_rank = its == own && (other == module || (own == RANKS.len() - 1));
            assert!(its < own || same_rank, "{}: `{module}` must not know `{other}`", path.display());
        }
    }
}

#[test]
fn mathematics_and_data_know_no_gpu_and_no_window() {
    for (path, module, code) in files() {
        for (_, barred) in BARRED.iter().filter(|(own, _)| *own == module) {
            for word in *barred {
                assert!(!names(&code, word), "{}: `{module}` must not name {word}", path.display());
            }
        }
    }
}

/// Names by which code reaches other machines.
const NETWORK: [&str; 9] =
    ["ureq", "std::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "reqwest", "curl::", "webbrowser"];

#[test]
fn downloads_alone_talk_to_the_network() {
    let downloads = root().join("data/fetch");
    let mut found = 0;
    let mut paths = Vec::new();
    source_files(&root(), &mut paths);
    for path in paths {
        let code = code(&std::fs::read_to_string(&path).unwrap());
        let named: Vec<_> = NETWORK.iter().filter(|name| code.contains(**name)).collect();
        let is_download = path.starts_with(&downloads);
        found += usize::from(is_download && !named.is_empty());
        assert!(is_download || named.is_empty(), "{}: only data::fetch may name {named:?}", path.display());
    }
    assert!(found >= 3, "the downloads were not found");
}

#[test]
fn unsafe_code_stays_forbidden() {
    let manifest = std::fs::read_to_string(root().with_file_name("Cargo.toml")).unwrap();
    let (_, lints) = manifest.split_once("[lints.rust]\n").unwrap();
    // `forbid` is what no attribute in the sources can allow again.
    assert_eq!(lints.lines().next(), Some("unsafe_code = \"forbid\""));
}

#[test]
fn the_demo_is_made_by_arithmetic_that_is_the_same_on_every_machine() {
    // Sums, products, quotients and square roots are rounded exactly everywhere; these are not, or not by promise.
    const INEXACT: [&str; 16] = [
        ".sin",
        ".cos",
        ".tan",
        ".asin",
        ".acos",
        ".atan",
        ".exp",
        ".ln",
        ".log",
        ".pow",
        ".hypot",
        ".cbrt",
        ".mul_add",
        "fast_math",
        "libm",
        "intrinsics",
    ];
    let mut paths = Vec::new();
    source_files(&root().join("data/demo"), &mut paths);
    assert!(paths.len() > 8, "the demo was not found");
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = code(text.split("#[cfg(test)]").next().unwrap());
        for name in INEXACT {
            let called = code.match_indices(name).any(|(at, _)| {
                let rest = code[at + name.len()..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                rest.starts_with('(') || !name.starts_with('.')
            });
            assert!(!called, "{}: {name} differs in the last digit from machine to machine", path.display());
        }
    }
}

#[test]
fn the_reader_of_this_test_sees_what_it_should() {
    let text =
        "use crate::{data::{Row, x}, scene as s};\n// wgpu::no\nlet s = \"winit::no\"; crate::atlas::f(); use egui;";
    let code = code(text);
    assert_eq!(known(&code), ["data", "scene", "atlas"]);
    assert!(names(&code, "egui") && !names(&code, "wgpu") && !names(&code, "winit") && !names("my_wgpu::x", "wgpu"));
}
