//! What is done by the legend: which values are kept, which flash, between which ends the colours lie.

use super::history::Deed;
use super::state::App;
use super::state_log::{FrameState, LegendPlace};
use super::ui::LegendPlaces;
use crate::data::columns::ColumnType;
use crate::scene::rows::appearance::Appearance;
use crate::scene::rows::{ColorRange, Pick};

/// The width of a histogram is told apart in so many steps at least.
const STEPS: f64 = 200.0;
/// Microseconds of a second.
const SECOND: f64 = 1e6;

impl App {
    /// Keeps the rows of an entry of the legend alone, or all but these; once more takes that back.
    pub(super) fn pick_in_legend(&mut self, entry: u8, pick: Pick) {
        let picked = self.session.as_ref().and_then(|session| session.scene.picked_in_legend(entry, pick));
        match picked {
            Some(Ok(filter)) => {
                self.begin(Deed::Single);
                if let Err(why) = self.keep_by(filter) {
                    self.complain(&why);
                }
            }
            Some(Err(error)) => self.complain(&error.to_string()),
            None => {}
        }
    }

    /// Gives rows other looks, or says why that cannot be.
    pub(super) fn look(&mut self, change: impl FnOnce(&mut Appearance)) {
        if let Err(why) = self.change_looks(change) {
            self.complain(&why);
        }
    }

    /// Moves an end of the scale of colours to a value, as far as the other end lets it. All of a drag is one step.
    pub(super) fn move_color_end(&mut self, end: usize, value: f64, starts: bool) {
        if starts {
            self.begin(Deed::Single);
        }
        let Some(range) = self.moved_range(end, value) else { return };
        if let Err(why) = self.change_looks_on(|appearance| appearance.range = Some(range)) {
            self.complain(&why);
        }
    }

    fn moved_range(&self, end: usize, value: f64) -> Option<ColorRange> {
        let session = self.session.as_ref()?;
        let column = session.columns.named(session.scene.settings.appearance.color_by.as_deref()?)?;
        let (mut ends, [low, high]) = session.scene.color_ends()?;
        let value = if column.kind() == ColumnType::Time {
            (value / SECOND).round() * SECOND
        } else {
            rounded(value, high / STEPS - low / STEPS)
        };
        let [lower, upper] = ends;
        let bounded = if end == 0 { value.min(upper) } else { value.max(lower) };
        *ends.get_mut(end)? = bounded;
        Some(ColorRange::of(column, ends))
    }

    /// What the state log says of the legend.
    pub(super) fn log_legend(&self, places: Option<&LegendPlaces>, state: &mut FrameState) {
        let Some(scene) = self.session.as_ref().map(|session| &session.scene) else { return };
        let looks = &scene.settings.appearance;
        state.palette = looks.palette.to_string();
        state.spread = looks.spread.to_string();
        state.color_range = looks.range.as_ref().map(ToString::to_string);
        let (Some(legend), Some(places)) = (scene.legend(self.theme()), places) else { return };
        let px = |at: egui::Pos2| [at.x, at.y].map(|at| f64::from(at) * self.scale());
        let entries = legend.entries.iter().zip(&places.lines);
        state.legend = entries
            .map(|(entry, line)| LegendPlace {
                text: entry.text.clone(),
                count: entry.count.clone(),
                is_kept: entry.is_kept,
                middle_px: px(line.center()),
            })
            .collect();
        let flashing = legend.entries.iter().find(|entry| Some(entry.entry) == scene.flashing());
        state.flash = flashing.map(|entry| entry.text.clone());
        state.color_ends_px = places.scale.zip(legend.histogram.as_ref()).map(|(rect, histogram)| {
            histogram.ends.map(|part| px(egui::pos2(rect.left() + part as f32 * rect.width(), rect.center().y)))
        });
        state.color_ends = legend.histogram.is_some().then(|| legend.ends.clone());
    }
}

/// A value without digits that a step of this size does not tell apart.
fn rounded(value: f64, step: f64) -> f64 {
    let power = step.log10().floor();
    if !power.is_finite() {
        return value;
    }
    let power = power as i32;
    // As a decimal, so that none is a little off.
    format!("{}e{power}", (value / 10_f64.powi(power)).round()).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn an_end_has_the_digits_that_a_pixel_tells_apart() {
        let cases = [(12.345_678, 0.05, 12.35), (-3.26, 0.5, -3.3), (123_456.7, 60.0, 123_460.0), (0.3, 1e-3, 0.3)];
        for (value, step, wanted) in cases {
            assert!((rounded(value, step) - wanted).abs() < f64::EPSILON * wanted.abs(), "{value} in steps of {step}");
        }
        for step in [0.0, f64::NAN, f64::INFINITY, 1e-320, 1e308] {
            assert!(rounded(5.5, step).is_finite(), "{step}");
        }
    }
}
