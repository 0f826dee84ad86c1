//! `demo`: shown in a window, or written as files.

use super::args::{DemoArgs, OpenArgs, WindowArgs};
use super::{CliError, progress_bar, say, window};
use crate::data::Cancel;
use crate::data::demo::Demo;

/// `inkfield demo`.
pub fn run(args: DemoArgs) -> Result<(), CliError> {
    let spec = format!("demo:{}:{}", args.count, args.seed);
    let Some(dir) = &args.out else {
        let open = OpenArgs { files: vec![spec.into()], ..OpenArgs::default() };
        return window::show(WindowArgs { open, json: args.json, view: args.view, manner: args.manner });
    };
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
