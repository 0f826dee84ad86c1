//! `cache`: what was computed once and is kept for the next time.

use super::{CliError, say, say_json};
use crate::kept::{self, Entry, Folder, VARIABLE};
use crate::words::{counted, size};
use clap::Args;
use serde_json::{Map, Value, json};
use std::time::UNIX_EPOCH;

/// `cache`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inkfield cache           what is kept, and where\n  inkfield cache --clear   remove all of it\n\n\
                        INKFIELD_CACHE names another folder; `off` keeps nothing."
)]
pub struct CacheArgs {
    /// Remove all that is kept; it is computed again when it is needed
    #[arg(long)]
    clear: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// What is kept of one kind.
struct Kind {
    folder: Folder,
    entries: Vec<Entry>,
    /// What one and several of it are called.
    called: (&'static str, &'static str),
}

impl Kind {
    fn of(folder: Folder, called: (&'static str, &'static str), clear: bool) -> Result<Self, CliError> {
        let entries = if clear { folder.clear() } else { folder.entries() }?;
        Ok(Self { folder, entries, called })
    }

    fn in_words(&self, cleared: bool) -> String {
        let bytes = size(self.entries.iter().map(|entry| entry.bytes).sum());
        let count = counted(self.entries.len() as u64, self.called.0, self.called.1);
        if cleared {
            return format!("{count} removed, {bytes}\n");
        }
        let most = size(self.folder.most_bytes());
        let one = |entry: &Entry| format!("{} · {} · {}\n", entry.name, size(entry.bytes), entry.content);
        let list: String = self.entries.iter().map(one).collect();
        format!("{count}, {bytes} of {most} at most, in {}\n{list}", self.folder.path().display())
    }

    fn in_json(&self) -> Map<String, Value> {
        let one = |entry: &Entry| {
            let used = entry.last_used.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            json!({"name": entry.name, "content": entry.content.to_string(), "bytes": entry.bytes, "last_used": used})
        };
        let mut answer = Map::new();
        answer.insert("folder".to_owned(), self.folder.path().to_string_lossy().into());
        answer.insert("most_bytes".to_owned(), self.folder.most_bytes().into());
        answer.insert("entries".to_owned(), self.entries.iter().map(one).collect());
        answer
    }
}

/// `inkfield cache`.
pub fn run(args: &CacheArgs) -> Result<(), CliError> {
    let folders = kept::likeness().zip(kept::cells());
    let Some((likeness, cells)) = folders else {
        let text = format!("nothing is kept: {VARIABLE} is `off`, or there is no folder for it\n");
        return if args.json { say_json(nothing(args.clear)) } else { say(&text) };
    };
    let likeness = Kind::of(likeness, ("result", "results"), args.clear)?;
    let cells = Kind::of(cells, ("set of pictures or strokes", "sets of pictures or strokes"), args.clear)?;
    if args.json {
        let mut answer = likeness.in_json();
        answer.insert("cleared".to_owned(), args.clear.into());
        answer.insert("cells".to_owned(), cells.in_json().into());
        return say_json(answer);
    }
    say(&(likeness.in_words(args.clear) + &cells.in_words(args.clear)))
}

fn nothing(cleared: bool) -> Map<String, Value> {
    let nothing = || json!({"folder": null, "most_bytes": null, "entries": []});
    let mut answer = nothing().as_object().cloned().unwrap_or_default();
    answer.insert("cleared".to_owned(), cleared.into());
    answer.insert("cells".to_owned(), nothing());
    answer
}
