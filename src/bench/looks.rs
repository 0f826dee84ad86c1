//! What asking the picture takes: colours, filters, lassos, each from the question to the picture that answers it. Low-resolution
//! pictures may come first, as in the window.

use super::BenchError;
use super::cases::{CATEGORY, made_up};
use super::figure::Figure;
use super::paths;
use super::samples::Measured;
use super::stage::Stage;
use crate::data::columns::quoted;
use crate::scene::rows::appearance::Appearance;
use crate::scene::rows::filter::Filter;
use crate::scene::selection::{Polygon, Region, Selection};
use glam::DVec2;

/// Another column beside the category.
const FLAG: &str = "flag_x";
/// Corners of a lasso: what a hand draws in two seconds.
const CORNERS: u32 = 240;

/// Asks over and over, with everything in view.
pub fn measure(
    stage: &mut Stage,
    figure: Figure,
    case: &str,
    count: u32,
    on: &mut dyn FnMut(u32),
) -> Result<Measured, BenchError> {
    let world = stage.world();
    let columns = made_up(&format!("{CATEGORY},{FLAG}"), world.rows);
    stage.set_refining(true);
    stage.frame(paths::overview(&world, u32::MAX))?;
    // The camera rests before anybody asks.
    stage.warm_up()?;
    // The most frequent value, which a fifth of the rows have.
    let filter: Option<Filter> = format!("{} = \"0\"", quoted(CATEGORY)).parse().ok();
    let by = |column: &str| Appearance { color_by: Some(column.to_owned()), ..Appearance::default() };
    let looks = match figure {
        Figure::Recolour => [by(CATEGORY), by(FLAG)],
        _ => [Appearance { filter, ..Appearance::default() }, Appearance::default()],
    };
    let bounds = world.bounds;
    let lasso = |i: u32| {
        // About the middle, a little elsewhere each time; it encloses half of the layout.
        let reach = bounds.size() * (0.5 / std::f64::consts::PI).sqrt();
        let middle = bounds.middle() + bounds.size() * 0.01 * f64::from(i % 7);
        let corner = |at: u32| {
            let angle = f64::from(at) / f64::from(CORNERS) * std::f64::consts::TAU;
            middle + reach * DVec2::from_angle(angle)
        };
        Region::Lasso(Polygon::new(&(0..CORNERS).map(corner).collect::<Vec<_>>()))
    };
    let mut measured = Measured::new(figure, case);
    for i in 0..count {
        let shown = match (figure, &looks[i as usize % 2]) {
            (Figure::LassoHalf, _) => stage.lasso(&lasso(i))?,
            (_, looks) => stage.restyle(looks, &columns)?,
        };
        measured.samples.push(shown.ms);
        measured.refining += u32::from(!shown.exact);
        on(i + 1);
    }
    if let (Figure::Recolour, Some(first)) = (figure, measured.samples.first()) {
        measured.note = format!("the first colours {first:.1} ms");
    }
    // What comes next is plain again.
    stage.select(Selection::default());
    stage.restyle(&Appearance::default(), &columns)?;
    stage.settle(paths::overview(&world, u32::MAX))?;
    Ok(measured)
}
