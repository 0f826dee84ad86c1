//! Which drawings in sight are shown by their strokes, and reading these.

use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::ndjson::{DrawingReader, LineSpan};
use crate::data::strokes::Written;
use crate::gpu::renderer::Renderer;
use crate::scene::Scene;
use crate::scene::strokes::Strokes;
use rayon::prelude::*;

/// Drawings whose strokes are read at once.
pub const AT_ONCE: usize = 32;

/// What is said where none of the drawings in sight has strokes.
pub const NONE: &str = "no record of a drawing in sight holds strokes that can be read: pixels are shown";

/// What came of reading a row's strokes: `None` where there are none that could be shown.
pub type Read = (Row, Option<Strokes>);

/// The drawings whose strokes are to be read, those next to the middle of the view first.
pub fn wanted(scene: &Scene, renderer: &mut Renderer) -> Vec<Row> {
    let middle = scene.viewport().size_px().as_vec2() / 2.0;
    renderer.strokes().wanted(&scene.in_strokes(), middle.to_array())
}

/// Reads the strokes of rows, whose records lie at the spans beside them, on all cores and hands each on as it comes. Ends early where
/// `on` fails.
pub fn read<E: Send>(
    dataset: &Dataset,
    canvas: u32,
    wanted: &[(Row, LineSpan)],
    on: impl Fn(Result<Read, OpenError>) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let size = [dataset.width(), dataset.height()];
    wanted.par_iter().try_for_each_init(DrawingReader::default, |reader, &(row, span)| {
        let strokes = |drawing| Strokes::of(&Written::curved(drawing), size, canvas);
        on(dataset.strokes(row, Some(span), reader).map(|found| (row, found.ok().map(strokes))))
    })
}
