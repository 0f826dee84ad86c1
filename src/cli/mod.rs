//! The command line: arguments, help, and what each command prints.

mod answers;
mod args;
mod arrange;
mod audit;
mod bench;
mod cache;
mod check;
mod clusters;
mod convert;
mod demo;
mod differ;
mod doctor;
mod export;
mod fetch;
mod habits;
mod inputs;
pub mod log;
mod measure;
mod output;
mod rasterize;
mod records;
mod render;
#[cfg(all(unix, not(target_os = "macos")))]
mod runtime;
mod sessions;
mod similar;
mod values;
mod view;
mod window;

pub use args::{Cli, Command};
pub use habits::parse;
pub use view::ViewArgs;

use crate::app::{AppError, StoredError};
use crate::bench::BenchError;
use crate::data::dataset::{Dataset, OpenError, OpenOptions};
use crate::data::demo::DemoError;
use crate::data::fetch::FetchError;
use crate::data::table::TableError;
use crate::export::{IsRead, PngError, refuse_output};
use crate::gpu::context::GpuError;
use crate::headless::HeadlessError;
use crate::kept::KeptError;
use crate::likeness::LikenessError;
use crate::loader::LoadError;
use crate::memory::MemoryError;
use crate::share::ShareError;
use inputs::OpenArgs;
use output::{Bars, progress_bar, refuse_other_ending, say, say_bytes, say_json};
use std::ffi::OsString;
use std::sync::Arc;
use thiserror::Error;

/// Why a command failed.
#[derive(Debug, Error)]
pub enum CliError {
    /// The data cannot be opened or read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// No picture or answer can be made.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// A download failed.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// A demo cannot be made or written.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A picture cannot be written.
    #[error(transparent)]
    Png(#[from] PngError),
    /// Nothing was taken away.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// What was to be written would have gone over what is read.
    #[error(transparent)]
    IsRead(#[from] IsRead),
    /// The window cannot be shown.
    #[error(transparent)]
    App(#[from] AppError),
    /// Nothing can be measured.
    #[error(transparent)]
    Bench(BenchError),
    /// A session cannot be read.
    #[error(transparent)]
    Session(#[from] StoredError),
    /// An argument makes no sense for this data.
    #[error("{0}")]
    Argument(String),
    /// The system does not give the memory that is needed.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The drawings cannot be compared.
    #[error(transparent)]
    Likeness(#[from] LikenessError),
    /// What is kept cannot be looked at, or not be removed.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// Standard output or input failed.
    #[error("cannot {doing}: {source}")]
    Stdio {
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl CliError {
    /// 2 for wrong input or arguments, 1 for the environment (no display, no GPU, disk).
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Fetch(error) if error.is_wrong_input() => 2,
            Self::App(error) => window_exit_code(error),
            Self::Bench(BenchError::Worker { code, .. }) => *code,
            Self::Share(error) if error.is_of_the_environment() => 1,
            Self::Session(error) if error.is_of_the_environment() => 1,
            Self::Open(error) | Self::Headless(HeadlessError::Open(error)) if error.is_of_the_environment() => 1,
            Self::Likeness(error) | Self::Headless(HeadlessError::Likeness(error)) if error.is_of_the_environment() => {
                1
            }
            Self::Headless(HeadlessError::Gpu(_) | HeadlessError::Load(_) | HeadlessError::Memory(_))
            | Self::Png(_)
            | Self::Memory(_)
            | Self::Kept(_)
            | Self::Stdio { .. }
            | Self::Bench(_)
            | Self::Demo(DemoError::Io { .. } | DemoError::Cancelled { .. })
            | Self::Fetch(_)
            | Self::Table(TableError::Write(_)) => 1,
            _ => 2,
        }
    }

    /// Whether the GPU hangs, so that its driver may hold a program that ends.
    pub fn is_silent_gpu(&self) -> bool {
        match self {
            Self::Headless(HeadlessError::Gpu(error))
            | Self::App(AppError::Gpu(error) | AppError::Headless(HeadlessError::Gpu(error)))
            | Self::Bench(
                BenchError::Headless(HeadlessError::Gpu(error))
                | BenchError::App(AppError::Gpu(error) | AppError::Headless(HeadlessError::Gpu(error))),
            ) => matches!(error, GpuError::Silent { .. }),
            _ => false,
        }
    }

    /// Whether somebody closed the pipe that the answers went to: nothing to complain about.
    pub fn is_closed_pipe(&self) -> bool {
        let kind = match self {
            Self::Stdio { source, .. }
            | Self::Table(TableError::Write(source))
            | Self::Png(PngError::Io { source, .. }) => source.kind(),
            _ => return false,
        };
        kind == std::io::ErrorKind::BrokenPipe
    }
}

fn window_exit_code(error: &AppError) -> u8 {
    match error {
        AppError::Unread(first) => window_exit_code(first),
        AppError::Open(error)
        | AppError::Headless(HeadlessError::Open(error))
        | AppError::Records(LoadError::Open(error))
            if error.is_of_the_environment() =>
        {
            1
        }
        AppError::NoDisplay(_)
        | AppError::Window(_)
        | AppError::Start(_)
        | AppError::Depth { .. }
        | AppError::Panicked(_)
        | AppError::Disconnected(_)
        | AppError::Gpu(_)
        | AppError::LostAgain
        | AppError::StateLog { .. }
        | AppError::Headless(HeadlessError::Gpu(_) | HeadlessError::Load(_) | HeadlessError::Memory(_))
        | AppError::Drawings(_)
        | AppError::Arranging(_)
        | AppError::Records(LoadError::Thread(_)) => 1,
        AppError::Session(error) if error.is_of_the_environment() => 1,
        AppError::Session(_)
        | AppError::Headless(_)
        | AppError::Open(_)
        | AppError::Records(LoadError::Open(_))
        | AppError::Refused(_)
        | AppError::NoStateLog(_) => 2,
    }
}

/// Makes the process ready for what the command line asks for, before it has threads: handles for many files, and what drivers
/// look for.
pub fn prepare(cli: &Cli) {
    crate::data::file::raise_handle_limit();
    #[cfg(all(unix, not(target_os = "macos")))]
    if draws(cli) {
        runtime::provide(opens_window(cli));
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    let _ = cli;
}

/// Whether a window is what the command is for.
#[cfg(all(unix, not(target_os = "macos")))]
fn opens_window(cli: &Cli) -> bool {
    match &cli.command {
        None => true,
        Some(Command::Demo(args)) => args.out.is_none(),
        Some(_) => false,
    }
}

/// Whether a GPU's driver will be loaded.
#[cfg(all(unix, not(target_os = "macos")))]
fn draws(cli: &Cli) -> bool {
    match &cli.command {
        None | Some(Command::Render(_) | Command::Pick(_) | Command::Doctor(_) | Command::Bench(_)) => true,
        Some(Command::Demo(args)) => args.out.is_none(),
        Some(Command::Arrange(args)) => args.out.is_some(),
        Some(
            Command::Fetch(_)
            | Command::Info(_)
            | Command::Table(_)
            | Command::Locate(_)
            | Command::Similar(_)
            | Command::Clusters(_)
            | Command::Audit(_)
            | Command::Differ(_)
            | Command::Cache(_)
            | Command::Convert(_)
            | Command::Rasterize(_)
            | Command::Check(_)
            | Command::Export(_),
        ) => false,
    }
}

/// Runs what the command line asks for.
pub fn run(cli: Cli) -> Result<(), CliError> {
    match cli.command {
        None => window::show(&cli.window),
        Some(Command::Demo(args)) => demo::run(args),
        Some(Command::Fetch(args)) => fetch::run(&args),
        Some(Command::Info(args)) => records::info(&args),
        Some(Command::Table(args)) => records::table(&args),
        Some(Command::Render(args)) => render::run(&args),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::Convert(args)) => convert::run(&args),
        Some(Command::Rasterize(args)) => rasterize::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Locate(args)) => answers::locate(&args),
        Some(Command::Pick(args)) => answers::pick(&args),
        Some(Command::Similar(args)) => similar::run(&args),
        Some(Command::Clusters(args)) => clusters::run(&args),
        Some(Command::Audit(args)) => audit::run(&args),
        Some(Command::Differ(args)) => differ::run(&args),
        Some(Command::Arrange(args)) => arrange::run(&args),
        Some(Command::Cache(args)) => cache::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args),
        Some(Command::Bench(args)) => bench::run(&args),
    }
}

/// Opens a data set and tells on standard error what was odd about it.
fn open(args: &OpenArgs) -> Result<Arc<Dataset>, CliError> {
    open_inputs(&args.files, &args.options())
}

fn open_inputs(files: &[OsString], options: &OpenOptions) -> Result<Arc<Dataset>, CliError> {
    let dataset = Dataset::open(files, options)?;
    refuse_output(dataset.files())?;
    dataset.report().log();
    Ok(Arc::new(dataset))
}
