//! Help: every command has a short one, its examples are accepted, and so are the README's.

use super::{answer, inkfield};
use clap::Parser;
use inkfield::cli::Cli;
use predicates::prelude::*;

const COMMANDS: [&str; 20] = [
    "",
    "demo",
    "fetch",
    "info",
    "table",
    "render",
    "export",
    "convert",
    "rasterize",
    "check",
    "locate",
    "pick",
    "similar",
    "clusters",
    "audit",
    "differ",
    "arrange",
    "cache",
    "doctor",
    "bench",
];

/// The options that every view takes, by the names that are promised.
const VIEW: [&str; 28] = [
    "--size",
    "--scale",
    "--layout",
    "--by",
    "--sort",
    "--sorted-within",
    "--sorted-from",
    "--log",
    "--positions",
    "--only-place",
    "--aspect",
    "--columns",
    "--layout-seed",
    "--center",
    "--zoom",
    "--point-size",
    "--opacity",
    "--contrast",
    "--theme",
    "--colormap",
    "--color-by",
    "--palette",
    "--color-scale",
    "--color-range",
    "--where",
    "--select",
    "--rearrange",
    "--ink",
];

fn help_of(command: &str) -> String {
    let mut run = inkfield();
    run.args(command.split_whitespace()).arg("--help");
    answer(&mut run)
}

#[test]
fn each_help_is_short_and_in_order() {
    for command in COMMANDS {
        let help = help_of(command);
        let usage = format!("Usage: inkfield {command}");
        assert!(help.contains(usage.trim_end()), "{help}");
        assert!(help.lines().count() <= 110, "{command}: {} lines", help.lines().count());
        let widest = help.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= 100, "{command}: a line of {widest}");
        // The notes on groups of arguments are for readers of the source.
        for noise in ["Which files", "Where one looks", "Reading:\n\n"] {
            assert!(!help.contains(noise), "{command} says {noise:?}");
        }
        let examples = help.find("Example").unwrap_or(help.len());
        let order: Vec<usize> = ["Options:", "Reading:", "View:"].iter().filter_map(|head| help.find(head)).collect();
        assert!(order.is_sorted() && order.iter().all(|&at| at < examples), "{help}");
        if command != "doctor" {
            assert!(examples < help.len(), "{command} shows no example");
        }
    }
}

#[test]
fn views_are_described_wherever_they_are_taken() {
    for command in ["", "demo", "render", "export", "locate", "pick"] {
        let help = help_of(command);
        let view = help.split("View:").nth(1).unwrap();
        for option in VIEW {
            assert!(view.contains(&format!(" {option} ")), "{command} {option}");
        }
        for default in
            ["1280x800", "[default: grid]", "[default: category, word, label …]", "[default: ink]", "[default: 0.5]"]
        {
            assert!(view.contains(default), "{command}: {default}");
        }
    }
    for command in ["info", "table", "fetch", "doctor", "bench"] {
        assert!(!help_of(command).contains("View:"), "{command}");
    }
    for command in [
        "", "demo", "info", "table", "render", "check", "locate", "pick", "similar", "clusters", "audit", "differ",
        "arrange", "doctor", "bench",
    ] {
        assert!(help_of(command).contains("--json "), "{command}");
    }
}

/// The command lines in a text, without the notes beside them and what a shell does around them.
fn command_lines(text: &str) -> Vec<Vec<String>> {
    let joined = text.replace("\\\n", " ").replace("\"alarm clock\"", "alarm-clock");
    let mut found = Vec::new();
    for line in joined.lines().map(str::trim) {
        let Some(at) = line.find("inkfield ").filter(|&at| at == 0 || line[..at].ends_with("| ")) else { continue };
        // Notes stand behind `#` or a wide gap; a gap before another option is a joined line.
        let line = line[at..].split(" #").next().unwrap();
        let mut command = String::new();
        for piece in line.split("   ") {
            if command.is_empty() || piece.trim_start().starts_with("--") {
                command.push_str(piece);
                command.push(' ');
            }
        }
        found.push(shell_words(&command));
    }
    found
}

/// The words of a command as a shell takes them, up to what is its own: what stands between single quotation marks is one.
fn shell_words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for c in command.chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ';' | '>' | '<' | '|' if !is_quoted => break,
            _ if c.is_whitespace() && !is_quoted => words.push(std::mem::take(&mut word)),
            _ => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_example_is_accepted() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap_or_default();
    // Only what stands in a block of commands.
    let blocks: Vec<&str> = readme.split("```").skip(1).step_by(2).collect();
    let texts = COMMANDS.iter().map(|command| help_of(command)).chain(blocks.iter().map(ToString::to_string));
    let mut seen = 0;
    for text in texts {
        for words in command_lines(&text) {
            if let Err(error) = Cli::try_parse_from(&words) {
                panic!("{words:?}: {error}");
            }
            seen += 1;
        }
    }
    assert!(seen >= 17, "only {seen} examples were found");
}

#[test]
fn the_version_is_the_package_s() {
    let version = concat!("inkfield ", env!("CARGO_PKG_VERSION"), "\n");
    inkfield().arg("--version").assert().success().stdout(version).stderr(predicate::str::is_empty());
}
