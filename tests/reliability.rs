//! The table of `docs/reliability.md` is complete, and its tests are those that exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "common/told.rs"]
mod told;

use std::collections::BTreeSet;
use std::path::Path;

/// The text of all Rust files of a folder.
fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            *out += &std::fs::read_to_string(&path).unwrap();
            out.push('\n');
        }
    }
}

fn all_sources() -> String {
    let mut text = String::new();
    for folder in ["src", "tests"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut text);
    }
    text
}

/// Names of the functions that begin like tests of a fault.
fn fault_tests(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let name = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("fn faults_")?;
        name.starts_with(|first: char| first.is_ascii_digit()).then_some(name)
    });
    lines.map(|rest| format!("faults_{}", rest.split('(').next().unwrap_or_default())).collect()
}

#[test]
fn every_fault_has_its_row_in_order() {
    let numbers: Vec<u32> = told::faults().iter().map(|fault| fault.number).collect();
    assert_eq!(numbers, (1..=29).collect::<Vec<_>>());
}

#[test]
fn the_table_names_the_tests_that_exist_and_no_others() {
    let exist = fault_tests(&all_sources());
    let mut named = BTreeSet::new();
    for fault in told::faults() {
        assert!(!fault.tests.is_empty(), "row {} has no test", fault.number);
        for test in fault.tests {
            assert!(test.starts_with(&format!("faults_{:02}_", fault.number)), "{test} in row {}", fault.number);
            assert!(named.insert(test.clone()), "{test} is named twice");
        }
    }
    let missing: Vec<_> = named.difference(&exist).collect();
    let unnamed: Vec<_> = exist.difference(&named).collect();
    assert!(missing.is_empty() && unnamed.is_empty(), "no such tests: {missing:#?}; not in the table: {unnamed:#?}");
}

/// Names of the tests of cases from the field; other functions have names like theirs.
fn case_tests(text: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = told::cases().into_iter().map(|case| case.name).collect();
    let is_numbered =
        |name: &str| name.len() > 1 && name.starts_with('c') && name[1..].starts_with(|c: char| c.is_ascii_digit());
    let lines = text.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("fn case_")?;
        let (name, _) = rest.split_once('_')?;
        (known.contains(name) || is_numbered(name)).then_some(rest)
    });
    lines.map(|rest| format!("case_{}", rest.split('(').next().unwrap_or_default())).collect()
}

#[test]
fn the_table_of_cases_names_the_tests_that_exist_and_no_others() {
    let text = all_sources();
    let exist = case_tests(&text);
    let mut named = BTreeSet::new();
    for case in told::cases() {
        for test in case.tests {
            assert!(test.starts_with(&format!("case_{}_", case.name)), "{test} in case {}", case.name);
            assert!(named.insert(test.clone()), "{test} is named twice");
        }
        let held = text.contains(&format!("Told::case(\"{}\")", case.name));
        assert!(case.messages.is_empty() || held, "no test asks for Told::case(\"{}\")", case.name);
    }
    let missing: Vec<_> = named.difference(&exist).collect();
    let unnamed: Vec<_> = exist.difference(&named).collect();
    assert!(missing.is_empty() && unnamed.is_empty(), "no such tests: {missing:#?}; not in the table: {unnamed:#?}");
}

/// Words that no test compares with the program's would rot.
#[test]
fn every_row_with_a_message_is_held_against_what_is_told() {
    let text = all_sources();
    for fault in told::faults() {
        let held = text.contains(&format!("Told::row({})", fault.number));
        assert!(
            fault.messages.is_empty() || held,
            "row {} has messages, but no test asks for Told::row({})",
            fault.number,
            fault.number
        );
    }
}
