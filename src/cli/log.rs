//! How errors and warnings read on standard error: as those of the argument parser, `error: …` and `warning: …`.

use crate::words::shown_text;
use std::fmt;
use std::io::IsTerminal;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// Sends errors, warnings and words on what one waits for to standard error, in colour where a terminal shows them;
/// `INKFIELD_LOG` asks for more or less.
pub fn init() {
    let filter = EnvFilter::try_from_env("INKFIELD_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,inkfield::waits=info,winit=error,wgpu=error,wgpu_core=error,wgpu_hal=error,naga=error")
    });
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal() && !plain)
        .event_format(Line)
        .init();
}

/// One event in one line.
struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let (word, colour) = match *event.metadata().level() {
            Level::ERROR => ("error", 31),
            Level::WARN => ("warning", 33),
            Level::INFO => ("info", 32),
            Level::DEBUG | Level::TRACE => ("debug", 34),
        };
        if out.has_ansi_escapes() {
            write!(out, "\u{1b}[1;{colour}m{word}:\u{1b}[0m ")?;
        } else {
            write!(out, "{word}: ")?;
        }
        let mut fields = String::new();
        context.field_format().format_fields(Writer::new(&mut fields), event)?;
        for (number, line) in fields.lines().enumerate() {
            // A message may name a stranger's file; what goes on in another line is seen to go on.
            write!(out, "{}{}", if number > 0 { "\n  " } else { "" }, shown_text(line, usize::MAX))?;
        }
        writeln!(out)
    }
}
