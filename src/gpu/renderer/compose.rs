//! Puts a frame together: the pictures of its scatters, which are kept, and what lies over them.

use super::Renderer;
use crate::gpu::buffers::filled_buffer;
use crate::gpu::context::GpuError;
use crate::gpu::gpu_types::{PresentUniform, ViewUniform};
use crate::gpu::marks::{self, Marks};
use crate::gpu::pass::{Target, begin, present_group, view_bind_group};
use crate::gpu::scatter::ScatterCanvas;
use crate::scene::frame::{Content, Frame, PxRect, View};
use crate::scene::picture::ScatterPicture;
use crate::scene::strokes::InStrokes;
use std::ops::Range;

impl Renderer {
    /// Puts a frame together in `target`, over what is there or after clearing it: the pictures that [`Renderer::update`] left, and
    /// what lies over them.
    pub fn compose(
        &mut self,
        frame: &Frame,
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        self.gpu.check_lost()?;
        let mut load = load;
        let mut scatters = 0;
        let mut pending = Vec::new();
        for view in &frame.views {
            let rect = view.rect.clipped(frame.target_px);
            if rect.is_empty() {
                continue;
            }
            if let Content::Scatter(picture, overlay) = &view.content {
                let tile = picture.part();
                // It lies over all that belongs to an earlier one.
                if !pending.is_empty() {
                    self.mark(frame, &std::mem::take(&mut pending), load, target, encoder);
                    load = wgpu::LoadOp::Load;
                }
                // A canvas of another size belongs to a picture for which there was no room.
                let canvas = self.canvases.get(scatters).filter(|canvas| rect.size() == canvas.size_px());
                scatters += 1;
                if let Some(canvas) = canvas {
                    if !canvas.copy_to(rect, frame.target_px, load, target, encoder) {
                        self.present(canvas, rect, load, target, encoder);
                    }
                    load = wgpu::LoadOp::Load;
                }
                self.paint_near(frame, &overlay.near_px, (rect, picture), target, encoder);
                self.paint_strokes(frame, &overlay.in_strokes, (rect, picture), target, encoder);
                if overlay.has_outlines() {
                    // Under the legend, and whatever else is to be read.
                    let mut list = Marks::new(frame.theme, frame.colormap, frame.scale);
                    let corner = |at: u32, hidden: u32| at as f32 - hidden as f32;
                    list.outlines(overlay, [corner(rect.left, tile.left), corner(rect.top, tile.top)]);
                    let all = 0..list.instances().len();
                    self.paint(frame, &list, vec![(rect, all)], load, target, encoder);
                    load = wgpu::LoadOp::Load;
                }
                self.labels.paint(&self.gpu, (picture, overlay), frame, rect, target.view, encoder);
            }
            pending.push((rect, view));
        }
        self.mark(frame, &pending, load, target, encoder);
        Ok(())
    }

    /// The same in a texture of its own, which can be read.
    pub fn compose_alone(
        &mut self,
        frame: &Frame,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<wgpu::Texture, GpuError> {
        let usage =
            wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC | wgpu::TextureUsages::COPY_DST;
        let texture = self.gpu.flat_texture("picture", frame.target_px, self.target.format, usage)?;
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let target = Target { view: &view, texture: Some(&texture) };
        self.compose(frame, wgpu::LoadOp::Clear(wgpu::Color::BLACK), &target, encoder)?;
        Ok(texture)
    }

    /// Draws a picture to where it belongs in a target that it cannot be copied to.
    fn present(
        &self,
        canvas: &ScatterCanvas,
        rect: PxRect,
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let uniform = PresentUniform { origin_px: [rect.left as f32, rect.top as f32], ..PresentUniform::default() };
        let group = present_group(&self.gpu, &self.pipelines, &uniform, canvas.picture_view());
        let mut pass = begin(encoder, "present", target.view, load);
        pass.set_scissor_rect(rect.left, rect.top, rect.width, rect.height);
        pass.set_pipeline(&self.target.present);
        pass.set_bind_group(0, &group, &[]);
        pass.draw(0..3, 0..1);
    }

    /// Paints cards, rings, crosshairs and single drawings of some views, each with its rectangle in the target.
    fn mark(
        &mut self,
        frame: &Frame,
        views: &[(PxRect, &View)],
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let mut list = Marks::new(frame.theme, frame.colormap, frame.scale);
        let mut ranges: Vec<(PxRect, Range<usize>)> = Vec::new();
        let canvas = self.atlas.plan().canvas;
        for &(rect, view) in views {
            let first = list.instances().len();
            match &view.content {
                Content::Scatter(_, overlay) => list.overlay(overlay, rect, canvas),
                Content::Drawing(drawing) => list.drawing(drawing, view.rect, canvas),
            }
            ranges.push((rect, first..list.instances().len()));
        }
        self.paint(frame, &list, ranges, load, target, encoder);
        for &(rect, view) in views {
            if let Content::Scatter(picture, overlay) = &view.content {
                // What lies on a card is seen as large as it would be below it.
                let cards = overlay.cards.iter().map(|card| {
                    let [left, top] = card.left_top_px;
                    (card.row, [left, top, card.side_px])
                });
                self.paint_near(frame, &cards.collect::<Vec<_>>(), (rect, picture), target, encoder);
                if !overlay.in_strokes.is_empty() {
                    let cards: Vec<InStrokes> = overlay.cards.iter().map(|card| list.in_strokes(card)).collect();
                    // One by one: the ground of the upper card hides the strokes of the lower one.
                    for card in &cards {
                        self.paint_strokes(frame, std::slice::from_ref(card), (rect, picture), target, encoder);
                    }
                }
            }
        }
    }

    /// Paints marks, each range of them within its rectangle.
    pub(super) fn paint(
        &mut self,
        frame: &Frame,
        list: &Marks,
        ranges: Vec<(PxRect, Range<usize>)>,
        load: wgpu::LoadOp<wgpu::Color>,
        target: &Target<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) {
        let is_painted = matches!(load, wgpu::LoadOp::Load);
        if list.instances().is_empty() && is_painted {
            return;
        }
        let colors = self.colors_for(frame.colormap, frame.theme);
        let view_group = view_bind_group(&self.gpu, &self.pipelines, &ViewUniform::target(frame.target_px));
        let bytes = bytemuck::cast_slice(list.instances());
        let instances = filled_buffer(&self.gpu.device, "marks", bytes, wgpu::BufferUsages::VERTEX);
        let pages = self.atlas.plan().pages;
        let pipeline = |paints| self.target.mark(&self.gpu.device, &self.pipelines, pages, paints);
        let mut pass = begin(encoder, "marks", target.view, load);
        if list.instances().is_empty() {
            // The pass clears. A buffer of nothing cannot be bound.
            return;
        }
        pass.set_vertex_buffer(0, instances.slice(..));
        for (rect, range) in ranges.into_iter().filter(|(_, range)| !range.is_empty()) {
            pass.set_scissor_rect(rect.left, rect.top, rect.width, rect.height);
            pass.set_bind_group(0, &view_group, &[]);
            pass.set_bind_group(2, &colors.of_ink().group, &[]);
            marks::draw(&mut pass, &self.atlas, list.instances(), range, pipeline);
        }
    }
}

/// The scatter views of a frame with their pictures; those outside of the target left out.
pub(super) fn scatters(frame: &Frame) -> impl Iterator<Item = (PxRect, &ScatterPicture)> {
    frame
        .views
        .iter()
        .filter_map(|view| match &view.content {
            Content::Scatter(picture, _) => Some((view.rect.clipped(frame.target_px), &**picture)),
            Content::Drawing(_) => None,
        })
        .filter(|(rect, _)| !rect.is_empty())
}
