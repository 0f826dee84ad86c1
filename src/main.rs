//! Parses the command line, runs it, prints what went wrong, and exits with a code that tells whose fault it was.

use inkfield::cli::{parse, prepare, run};
use inkfield::panics;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    inkfield::cli::log::init();
    panics::install();
    let cli = parse();
    prepare(&cli);
    match panics::caught(|| run(cli)) {
        Err(said) => {
            tracing::error!(
                "inkfield has failed: {said}. This is a mistake in the program: please report it with the command"
            );
            ExitCode::FAILURE
        }
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            tracing::error!("{}", chain(&error));
            if error.is_silent_gpu() {
                // A driver that waits for its GPU while the process ends would keep it for ever.
                std::thread::spawn(|| {
                    std::thread::sleep(Duration::from_secs(5));
                    std::process::abort();
                });
            }
            ExitCode::from(error.exit_code())
        }
    }
}

/// An error and what lies behind it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Many messages quote their cause already.
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
