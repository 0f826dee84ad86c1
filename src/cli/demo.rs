//! `demo`: shown in a window, or written as files.

use super::args::{DemoArgs, WindowArgs};
use super::inputs::OpenArgs;
use super::{CliError, progress_bar, say, window};
use crate::data::Cancel;
use crate::data::demo::Demo;
use std::path::Path;

/// The command is not the folder of its name.
fn tell_of_folder() {
    let here = Path::new("demo");
    if here.exists() {
        let kind = if here.is_dir() { "folder" } else { "file" };
        let own = here.display();
        tracing::warn!("`inkfield demo` is the built-in set; the {kind} of this name opens with: inkfield ./{own}");
    }
}

/// `inkfield demo`.
pub fn run(args: DemoArgs) -> Result<(), CliError> {
    let spec = format!("demo:{}:{}", args.count, args.seed);
    let Some(dir) = &args.out else {
        tell_of_folder();
        let open = OpenArgs { files: vec![spec.into()], ..OpenArgs::default() };
        return window::show(&WindowArgs {
            open,
            json: args.json,
            session: None,
            view: args.view,
            manner: args.manner,
        });
    };
    refuse_unless_folder(dir)?;
    let Some(demo) = Demo::parse(&spec) else {
        return Err(CliError::Argument(format!("`{spec}` is no demo")));
    };
    let demo = demo?;
    crate::memory::refuse_unless_spare("writing drawings")?;
    let bar = progress_bar(demo.rows().into(), "drawings");
    let written = demo.write_dir(dir, &|rows| bar.set_position(rows.into()), &Cancel::new());
    bar.finish_and_clear();
    let written = written?;
    say(&format!(
        "wrote {} and {}\nopen them with: inkfield {} {}\n",
        written.bitmaps.display(),
        written.records.display(),
        written.bitmaps.display(),
        written.records.display()
    ))
}

/// Two files are written: neither standard output nor a name with an ending of a file is a place for them.
fn refuse_unless_folder(dir: &Path) -> Result<(), CliError> {
    if dir == Path::new("-") {
        return Err(CliError::Argument(
            "two files are written, which standard output cannot take: name a folder, as in --out octopuses".to_owned(),
        ));
    }
    let ending = dir.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("npy" | "npz" | "ndjson" | "jsonl" | "json" | "png" | "zip") if !dir.exists() => {
            Err(CliError::Argument(format!(
                "two files are written into a folder, and this is the name of a file: write --out {}: {}",
                dir.with_extension("").display(),
                dir.display()
            )))
        }
        _ => Ok(()),
    }
}
