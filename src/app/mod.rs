//! The window.


use thiserror::Error;

/// Why the window cannot be shown.
#[derive(Debug, Error)]
pub enum AppError {
    /// There is no display.
    #[error("no display: {0}")]
    NoDisplay(String),
}

/// Shows the window until it is closed.
pub fn run(_args: crate::cli::WindowArgs) -> Result<(), AppError> {
    Err(AppError::NoDisplay("not yet".to_owned()))
}
