//! What frames are measured in: every layout of the table, and what those go by that go by columns.

use super::figure::Figure;
use super::paths::unit;
use crate::data::columns::{BatchBuilder, Columns, Value};
use crate::scene::layout::{LAYOUTS, LayoutKind, LayoutParams};

/// Rows of a batch of columns.
const BATCH_ROWS: usize = 1 << 16;
/// A hundred values, the most frequent of which a fifth of the rows have.
pub const CATEGORY: &str = "category";
/// Pairs of columns that crowd a scatter plot: a name and how it is typed.
const PAIRS: [(&str, &str); 2] = [("log-normal", "normal_x,normal_y"), ("two flags", "flag_x,flag_y")];
/// What is measured over them.
const IN_CROWDS: [Figure; 2] = [Figure::Visible1Pct, Figure::HoverPick];

/// What is drawn as others are: cells as `grid` or in blocks as `groups`, points anywhere as `xy`.
pub const ALIKE: [LayoutKind; 7] = [
    LayoutKind::TIMELINE,
    LayoutKind::INK,
    LayoutKind::FILE,
    LayoutKind::SORTED,
    LayoutKind::MAP,
    LayoutKind::UMAP,
    LayoutKind::PCA,
];

/// A layout as it is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is called in the table.
    pub name: String,
    /// The layout.
    pub kind: LayoutKind,
    /// The made-up columns that it goes by.
    by: Option<&'static str>,
}

impl Case {
    /// Every layout but those drawn like another one; those by two columns once for each pair.
    pub fn all() -> Vec<Self> {
        let of = |kind: LayoutKind| match kind.by_count() {
            0 | 1 => vec![Self::of(kind)],
            _ => PAIRS.map(|(pair, by)| Self { name: format!("{kind}, {pair}"), kind, by: Some(by) }).to_vec(),
        };
        LAYOUTS.iter().copied().filter(|kind| !ALIKE.contains(kind)).flat_map(of).collect()
    }

    /// A layout by no column or by the category.
    pub fn of(kind: LayoutKind) -> Self {
        Self { name: kind.to_string(), kind, by: (kind.by_count() == 1).then_some(CATEGORY) }
    }

    /// Whether its drawings crowd in few places.
    pub fn is_crowded(&self) -> bool {
        self.kind.by_count() > 1
    }

    /// Whether a figure is measured in it.
    pub fn has(&self, figure: Figure) -> bool {
        match figure {
            Figure::LayoutSwitch | Figure::Gliding => self.kind != LayoutKind::GRID && !self.is_crowded(),
            _ if self.is_crowded() => IN_CROWDS.contains(&figure),
            _ if figure.asks() => [LayoutKind::GRID, LayoutKind::INDEX].contains(&self.kind),
            Figure::OverviewDots => self.kind.point_px > 0.0,
            Figure::OverviewThumbnails => self.kind.point_px == 0.0,
            _ => Figure::FRAMES.contains(&figure) && figure != Figure::Overview27997,
        }
    }

    /// What the scene is told of it.
    pub fn params(&self) -> LayoutParams {
        LayoutParams { by: self.by.map(str::to_owned), ..LayoutParams::default() }
    }

    /// The columns that it goes by, of any number of rows the same on every machine.
    pub fn columns(&self, rows: u32) -> Option<Columns> {
        self.by.map(|names| made_up(names, rows))
    }
}

/// Made-up columns of some names with commas between them.
pub fn made_up(names: &str, rows: u32) -> Columns {
    let names: Vec<&str> = names.split(',').collect();
    let mut columns = Columns::new();
    for first in (0..rows).step_by(BATCH_ROWS) {
        let mut builder = BatchBuilder::new();
        for row in first..rows.min(first.saturating_add(BATCH_ROWS as u32)) {
            builder.push_row();
            for (name, stream) in names.iter().zip((20..).step_by(2)) {
                set(&mut builder, name, stream, row);
            }
        }
        columns.append(first, builder.finish());
    }
    columns.finish(rows);
    columns
}

/// A value of a made-up column, from random numbers `stream` and `stream + 1` of a row.
fn set(builder: &mut BatchBuilder, name: &str, stream: u64, row: u32) {
    let (u, v) = (unit(stream, row), unit(stream + 1, row));
    match name {
        CATEGORY => builder.set(name, Value::Text(&((100.0 * u.powi(3)) as u32).to_string())),
        _ if name.starts_with("flag") => builder.set(name, Value::Flag(u < 0.2)),
        // A year of seconds; texts and ids of which no two are likely to be equal.
        _ if name.starts_with("time") => {
            builder.set(name, Value::Time((1_483_228_800 + (u * 31_536_000.0) as i64) * 1_000_000));
        }
        _ if name.starts_with("text") => {
            builder.set(name, Value::Text(&format!("{:08x} {:04x}", (u * 4e9) as u32, (v * 65_536.0) as u32)));
        }
        _ if name.starts_with("key") => builder.set(name, Value::Id((1.0 + 8.0 * u).mul_add(1e15, v * 1e6) as u64)),
        // Box and Muller's way to normal numbers; exp(2 n) has nearly all of them in a corner.
        _ => {
            let normal = (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos();
            builder.set(name, Value::Number((2.0 * normal).exp()));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::scene::Settings;
    use crate::scene::camera::Viewport;
    use crate::scene::{Scene, layout::Layout};

    fn layout(case: &Case) -> Layout {
        let settings = Settings { layout: case.kind, layout_params: case.params(), ..Settings::default() };
        let columns = case.columns(10_000);
        let scene = Scene::new(10_000, u32::MAX, settings, Viewport::new(800, 600, 1.0), columns.as_ref()).unwrap();
        Layout::clone(&scene.placed().layout)
    }

    #[test]
    fn every_case_can_be_laid_out_and_every_figure_of_frames_has_one() {
        let cases = Case::all();
        for case in &cases {
            assert_eq!(layout(case).kind, case.kind, "{}", case.name);
        }
        for figure in Figure::FRAMES.into_iter().filter(|&figure| figure != Figure::Overview27997) {
            assert!(cases.iter().any(|case| case.has(figure)), "{figure}");
        }
    }

    #[test]
    fn the_category_has_a_hundred_values_the_largest_with_a_fifth_of_the_rows() {
        let layout = layout(&Case::of(LayoutKind::GROUPS));
        let largest = layout.labels[0].rows;
        // ∛0.01 = 0.2154.
        assert!(layout.labels.len() == 100 && (2050..2260).contains(&largest), "{largest}");
    }
}
