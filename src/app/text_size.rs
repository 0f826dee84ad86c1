//! The size of text and panels, as browsers have it: everything that is measured in logical pixels grows with it.

use super::kept;
use super::state::App;
use crate::words::percent;

/// The sizes, as parts of the usual one.
const SIZES: [f64; 9] = [0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5];
/// The usual one.
const USUAL: usize = 2;
/// Where it is kept for the next window.
const FILE: &str = "text-size.json";

/// One of the sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextSize(usize);

impl TextSize {
    /// That of the last window; a scale that the command line gives is meant as it is.
    pub(super) fn of_last_window(given_scale: Option<f64>) -> Self {
        let kept = given_scale.is_none().then(|| kept::read::<Option<f64>>(kept::file(FILE).as_deref())).flatten();
        Self(SIZES.iter().position(|&size| Some(size) == kept).unwrap_or(USUAL))
    }

    fn factor(self) -> f64 {
        SIZES.get(self.0).copied().unwrap_or(1.0)
    }

    /// The next larger or smaller one, or the usual one.
    fn stepped(self, step: Step) -> Self {
        match step {
            Step::Larger => Self((self.0 + 1).min(SIZES.len() - 1)),
            Step::Smaller => Self(self.0.saturating_sub(1)),
            Step::Usual => Self(USUAL),
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next larger size.
    Larger,
    /// The next smaller one.
    Smaller,
    /// The usual one.
    Usual,
}

impl App {
    /// Holds the scale against the window's own, which may have changed.
    pub(super) fn hold_scale(&self) {
        if let Some(shell) = &self.shell {
            let usual = self.args.scale.unwrap_or_else(|| shell.window.scale_factor());
            shell.gui.hold_scale(&shell.window, usual * self.text_size.factor());
        }
    }

    /// Shows text in another size and keeps that for the next window.
    pub(super) fn set_text_size(&mut self, step: Step) {
        self.text_size = self.text_size.stepped(step);
        self.hold_scale();
        let factor = self.text_size.factor();
        if let Err(error) = kept::write(kept::file(FILE).as_deref(), &factor) {
            tracing::debug!("cannot keep the size of text: {error}");
        }
        self.tell(format!("text at {}", percent(factor as f32)));
    }
}

#[cfg(test)]
mod tests {
    use super::{SIZES, Step, TextSize, USUAL};

    #[test]
    fn steps_end_at_the_largest_and_the_smallest_size() {
        let walk = |step, from: usize| (0..20).fold(TextSize(from), |size, _| size.stepped(step)).factor();
        assert_eq!((walk(Step::Larger, USUAL), walk(Step::Smaller, USUAL)), (2.5, 0.75));
        assert_eq!(TextSize(0).stepped(Step::Usual).factor(), 1.0);
        assert!(SIZES.is_sorted());
    }
}
