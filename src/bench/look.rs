//! How rows look while frames are measured: as they are, coloured, half of them hidden, or both.

use super::cases::{CATEGORY, made_up};
use super::samples::Measured;
use crate::data::columns::{Columns, quoted};
use crate::scene::rows::appearance::Appearance;
use std::fmt;
use std::str::FromStr;

/// A column whose values lie above and below 1 equally often, anywhere in the set.
const HALF: &str = "normal_x";

/// A look that rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ink alone.
    Plain,
    /// Colours by a category of a hundred values.
    Coloured,
    /// Half of the rows are hidden.
    Half,
    /// The other half is coloured.
    Both,
}

impl Look {
    const ALL: [Self; 4] = [Self::Plain, Self::Coloured, Self::Half, Self::Both];

    /// What the scene is told of it.
    pub fn appearance(self) -> Appearance {
        let color_by = matches!(self, Self::Coloured | Self::Both).then(|| CATEGORY.to_owned());
        let filter = matches!(self, Self::Half | Self::Both).then(|| format!("{} > 1", quoted(HALF)).parse().ok());
        Appearance { color_by, filter: filter.flatten(), ..Appearance::default() }
    }

    /// The columns that it goes by.
    pub fn columns(rows: u32) -> Columns {
        made_up(&format!("{CATEGORY},{HALF}"), rows)
    }

    /// The name of a case in which rows look so.
    pub fn case(self, name: &str) -> String {
        if self == Self::Plain { name.to_owned() } else { format!("{name}, {self}") }
    }

    /// What was measured with this look: beside the figure, and held against the same with plain rows.
    pub fn told(self, measured: Measured, plain: &[Measured]) -> Measured {
        if self == Self::Plain {
            return measured;
        }
        let case = self.case(&measured.case);
        let median = |of: &Measured| of.summary().map(|summary| summary.p50);
        let twin = plain.iter().find(|plain| plain.is(measured.figure, &measured.case)).and_then(median);
        let ratio = median(&measured).zip(twin).map(|(own, plain)| format!("{:.2} × plain", own / plain.max(1e-9)));
        Measured { case, aside: true, note: ratio.unwrap_or_default(), ..measured }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Plain => "plain",
            Self::Coloured => "coloured",
            Self::Half => "half",
            Self::Both => "both",
        })
    }
}

impl FromStr for Look {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|look| look.to_string() == text.trim()).ok_or_else(|| {
            let names = Self::ALL.map(|look| look.to_string()).join(", ");
            format!("there is no such look; there are: {names}")
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::bench::figure::Figure;
    use crate::scene::camera::Viewport;
    use crate::scene::{Scene, Settings};

    #[test]
    fn half_of_the_rows_are_hidden_and_a_hundred_values_coloured() {
        let rows = 20_000;
        let columns = Look::columns(rows);
        for (look, hidden, colors) in
            [(Look::Plain, 0.0, 1), (Look::Coloured, 0.0, 5), (Look::Half, 0.5, 1), (Look::Both, 0.5, 5)]
        {
            let settings = Settings { appearance: look.appearance(), ..Settings::default() };
            let mut scene = Scene::new(rows, u32::MAX, settings, Viewport::new(300, 200, 1.0), None).unwrap();
            scene.restyle(Some(&columns)).unwrap();
            let styles: Vec<_> = (0..rows).map(|row| scene.row_table().style(row)).collect();
            let part = styles.iter().filter(|style| style.hidden).count() as f64 / f64::from(rows);
            assert!((part - hidden).abs() < 0.02, "{look}: {part} are hidden");
            let seen: std::collections::HashSet<u8> = styles.iter().map(|style| style.color).collect();
            assert!(seen.len() >= colors, "{look}: {seen:?}");
        }
    }

    #[test]
    fn looks_are_told_beside_the_figure_and_held_against_plain_rows() {
        let of = |case: &str, samples: &[f64]| Measured {
            samples: samples.to_vec(),
            ..Measured::new(Figure::Visible1Pct, case)
        };
        let plain = [of("grid", &[2.0]), of("index", &[4.0])];
        let told = Look::Both.told(of("index", &[5.0]), &plain);
        assert_eq!((told.case.as_str(), told.aside, told.note.as_str()), ("index, both", true, "1.25 × plain"));
        assert_eq!(Look::Plain.told(of("grid", &[5.0]), &plain), of("grid", &[5.0]));
    }
}
