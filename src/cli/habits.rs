//! What people type out of other programs' habits, and what to type instead.

use super::args::Cli;
use clap::{CommandFactory, Parser};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The arguments of this process. Wrong ones end it with exit code 2, after a sentence that says what to type where that can be known;
/// `help` prints the help.
pub fn parse() -> Cli {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let typed = of_help(&typed).unwrap_or(typed);
    Cli::try_parse_from(&typed).unwrap_or_else(|error| match advice(&typed, error.use_stderr()) {
        Some(advice) => {
            tracing::error!("{advice}");
            std::process::exit(2)
        }
        None => error.exit(),
    })
}

/// `inkfield help COMMAND` as `inkfield COMMAND --help`, unless a file is called so.
fn of_help(typed: &[OsString]) -> Option<Vec<OsString>> {
    let [program, help, of @ ..] = typed else { return None };
    if help != "help" || is_there(help) {
        return None;
    }
    let command = of.first().filter(|name| is_command(name)).cloned();
    Some([program.clone()].into_iter().chain(command).chain(["--help".into()]).collect())
}

/// What to type instead of arguments that are refused.
fn advice(typed: &[OsString], is_refused: bool) -> Option<String> {
    let arguments = typed.get(1..).filter(|_| is_refused)?;
    let dashed = arguments.iter().take_while(|argument| *argument != "--");
    if let Some(file) = dashed.into_iter().find(|argument| begins_with_dash(argument) && is_there(argument)) {
        let file = file.to_string_lossy();
        return Some(format!("a name that begins with a dash reads as an option; write `./{file}`: {file}"));
    }
    let place =
        arguments.iter().position(|argument| is_command(argument) && !is_there(argument)).filter(|&at| at > 0)?;
    let command = arguments.get(place)?;
    let others = arguments.iter().enumerate().filter(|&(at, _)| at != place).map(|(_, argument)| argument);
    let meant: Vec<&OsString> = std::iter::once(command).chain(others).collect();
    let parses = Cli::try_parse_from(typed.first().into_iter().chain(meant.iter().copied())).is_ok();
    parses.then(|| format!("the command comes first: {}", as_typed(&meant)))
}

/// The command that somebody meant who typed `missing` among files: one that is spelt like it, or one that comes after its files.
pub(super) fn meant_command(missing: &OsStr, files: &[OsString]) -> Option<String> {
    let typed = missing.to_string_lossy();
    if files.len() > 1 && is_command(missing) {
        let missing = missing.to_owned();
        let others = files.iter().filter(|file| **file != missing);
        let line: Vec<&OsString> = std::iter::once(&missing).chain(others).collect();
        return Some(as_typed(&line));
    }
    let near = |name: &&str| files.len() == 1 && strsim::osa_distance(name, &typed) <= 2;
    Cli::command().get_subcommands().map(clap::Command::get_name).find(near).map(|name| format!("the command `{name}`"))
}

fn is_command(name: &OsStr) -> bool {
    Cli::command().get_subcommands().any(|command| command.get_name() == name)
}

fn is_there(name: &OsStr) -> bool {
    Path::new(name).symlink_metadata().is_ok()
}

fn begins_with_dash(argument: &OsStr) -> bool {
    argument.as_encoded_bytes().starts_with(b"-")
}

/// A command line as it can be typed, in backticks.
fn as_typed(arguments: &[&OsString]) -> String {
    let words = arguments.iter().map(|argument| quoted(&argument.to_string_lossy()));
    format!("`inkfield {}`", words.collect::<Vec<_>>().join(" "))
}

/// A word that a shell takes as it is, or in quotation marks.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,=+%@".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
