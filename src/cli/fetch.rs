//! `fetch`: downloads with sizes first and a bar.

use super::args::FetchArgs;
use super::{CliError, say};
use crate::data::Cancel;
use crate::data::fetch::{self, FetchOptions};

/// `inkfield fetch`.
pub fn run(args: &FetchArgs) -> Result<(), CliError> {
    if args.list {
        let names: Vec<&str> = fetch::categories().collect();
        return say(&format!("{}\n", names.join("\n")));
    }
    let options = FetchOptions {
        categories: args.categories.clone(),
        dir: args.dir.clone(),
        records: args.records,
        base_url: args.base_url.clone(),
        ..FetchOptions::default()
    };
    let plan = fetch::plan(&options)?;
    match say(&format!("{plan}\n")) {
        // Who does not read the listing wants the files all the same.
        Err(error) if !error.is_closed_pipe() => return Err(error),
        _ => {}
    }
    let bar = indicatif::ProgressBar::with_draw_target(None, indicatif::ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) =
        indicatif::ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta}")
    {
        bar.set_style(style);
    }
    let result = fetch::run(
        &plan,
        &mut |progress| {
            if let Some(name) = plan.files.get(progress.file).and_then(|file| file.path.file_name()) {
                bar.set_message(name.to_string_lossy().into_owned());
            }
            if let Some(total) = progress.bytes_total {
                bar.set_length(total);
            }
            bar.set_position(progress.bytes_done);
        },
        &Cancel::new(),
    );
    bar.finish_and_clear();
    result?;
    say(&format!("open them with: {}\n", plan.open_command()))
}
