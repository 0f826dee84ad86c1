//! What people reported of tools of this kind: the cases of `docs/reliability.md`, each `case_NAME_…`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

#[path = "cases/archives.rs"]
mod archives;
#[path = "cases/arrays.rs"]
mod arrays;
#[path = "cases/columnar.rs"]
mod columnar;
#[path = "cases/commands.rs"]
mod commands;
#[path = "cases/compressed.rs"]
mod compressed;
#[path = "cases/encoded.rs"]
mod encoded;
#[path = "common/folder.rs"]
mod folder;
#[cfg(unix)]
#[path = "cases/guard.rs"]
mod guard;
#[path = "cases/habits.rs"]
mod habits;
#[path = "cases/handles.rs"]
mod handles;
#[path = "cases/inks.rs"]
mod inks;
#[path = "cases/inputs.rs"]
mod inputs;
#[path = "cases/keys.rs"]
mod keys;
#[path = "cases/kinds.rs"]
mod kinds;
#[path = "cases/lines.rs"]
mod lines;
#[path = "cases/named.rs"]
mod named;
#[path = "cases/nested.rs"]
mod nested;
#[path = "common/npy.rs"]
mod npy;
#[path = "cases/numbers.rs"]
mod numbers;
#[path = "common/outside.rs"]
mod outside;
#[path = "cases/pairs.rs"]
mod pairs;
#[path = "cases/partners.rs"]
mod partners;
#[path = "cases/paths.rs"]
mod paths;
#[path = "cases/pictures.rs"]
mod pictures;
#[path = "cases/pipes.rs"]
mod pipes;
#[path = "common/real_data.rs"]
mod real_data;
#[path = "cases/records.rs"]
mod records;
#[cfg(unix)]
#[path = "cases/runtime.rs"]
mod runtime;
#[path = "cases/several.rs"]
mod several;
#[path = "cases/shapes.rs"]
mod shapes;
#[path = "cases/sizes.rs"]
mod sizes;
#[path = "common/told.rs"]
mod told;
#[path = "cases/values.rs"]
mod values;
#[cfg(target_os = "linux")]
#[path = "cases/write.rs"]
mod write;
#[path = "cases/written.rs"]
mod written;
