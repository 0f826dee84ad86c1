//! `cache`: what was computed once and is kept for the next time.

use super::{CliError, say, say_json};
use crate::headless::likeness::{VARIABLE, usual_store};
use crate::likeness::kept::{Entry, Store};
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

/// `inkfield cache`.
pub fn run(args: &CacheArgs) -> Result<(), CliError> {
    let Some(store) = usual_store() else {
        let text = format!("nothing is kept: {VARIABLE} is `off`, or there is no folder for it\n");
        return if args.json { say_json(in_json(None, &[], args.clear)) } else { say(&text) };
    };
    let entries = if args.clear { store.clear() } else { store.entries() }?;
    if args.json {
        return say_json(in_json(Some(&store), &entries, args.clear));
    }
    say(&in_words(&store, &entries, args.clear))
}

fn in_words(store: &Store, entries: &[Entry], cleared: bool) -> String {
    let bytes = size(entries.iter().map(|entry| entry.bytes).sum());
    let count = counted(entries.len() as u64, "result", "results");
    if cleared {
        return format!("{count} removed, {bytes}\n");
    }
    let most = size(store.most_bytes());
    let list = entries.iter().map(|entry| format!("{} · {} · {}\n", entry.name, size(entry.bytes), entry.content));
    format!("{count}, {bytes} of {most} at most, in {}\n{}", store.folder().display(), list.collect::<String>())
}

fn in_json(store: Option<&Store>, entries: &[Entry], cleared: bool) -> Map<String, Value> {
    let one = |entry: &Entry| {
        let used = entry.last_used.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        json!({"name": entry.name, "content": entry.content.to_string(), "bytes": entry.bytes, "last_used": used})
    };
    let mut answer = Map::new();
    answer.insert("folder".to_owned(), store.map(|store| store.folder().to_string_lossy().into_owned()).into());
    answer.insert("most_bytes".to_owned(), store.map(Store::most_bytes).into());
    answer.insert("cleared".to_owned(), cleared.into());
    answer.insert("entries".to_owned(), entries.iter().map(one).collect());
    answer
}
