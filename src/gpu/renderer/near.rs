//! What is shown of drawings that are seen large: pictures in their own size, strokes.

use super::Renderer;
use crate::data::Row;
use crate::gpu::near::NearPictures;
use crate::gpu::pass::Target;
use crate::gpu::strokes::StrokePainter;
use crate::scene::frame::{Frame, PxRect};
use crate::scene::near::NearPicture;
use crate::scene::palette::ground;
use crate::scene::picture::ScatterPicture;
use crate::scene::strokes::InStrokes;

impl Renderer {
    /// The pictures in their own size that are here.
    pub fn near(&mut self) -> &mut NearPictures {
        &mut self.near
    }

    /// The strokes that are here.
    pub fn strokes(&mut self) -> &mut StrokePainter {
        &mut self.strokes
    }

    /// How many of some drawings are shown by their strokes.
    pub fn shown_in_strokes(&self, drawings: &[InStrokes]) -> usize {
        drawings.iter().filter(|drawing| self.strokes.holds(drawing.row)).count()
    }

    /// Takes a picture in its own size.
    pub fn set_near(&mut self, picture: &NearPicture) {
        self.near.set(&self.gpu, self.target.format, picture);
    }

    /// Paints pictures in their own size over the squares of their rows.
    pub(super) fn paint_near(
        &self,
        frame: &Frame,
        squares: &[(Row, [f32; 3])],
        (rect, picture): (PxRect, &ScatterPicture),
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let tile = picture.part();
        let paper = ground(frame.colormap, frame.theme);
        self.near.paint(&self.gpu, squares, (rect, [tile.left, tile.top]), paper, target, encoder);
    }

    /// Paints drawings by their strokes.
    pub(super) fn paint_strokes(
        &self,
        frame: &Frame,
        drawings: &[InStrokes],
        (rect, picture): (PxRect, &ScatterPicture),
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let tile = picture.part();
        let by = (&*self.gpu, &self.pipelines, self.target.format);
        let place = (rect, [tile.left, tile.top], frame.target_px);
        self.strokes.paint(by, drawings, picture.view.overlaps, place, target, encoder);
    }
}
