//! The picking pass: which drawing lies under a pixel, answered by the GPU.

use super::context::{Gpu, GpuError};
use super::gpu_types::{Crop, ViewUniform};
use super::painters::first_uses::Used;
use super::pass::view_bind_group;
use super::pipelines::{DEPTH_FORMAT, PICK_FORMAT};
use super::readback::padded_row_bytes;
use super::scatter::ScatterInput;
use crate::data::Row;
use crate::scene::rows::Styling;
use crate::scene::view::ScatterView;
use glam::DVec2;

/// What is asked: everything an answer depends on, so that a late one can be recognised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PickQuestion {
    /// Camera and pixel rules.
    pub view: ScatterView,
    /// Layout the rows lie in.
    pub layout_revision: u64,
    /// Looks of the rows: hidden and faded ones are not found.
    pub rows_revision: u64,
    /// Rows that can be hit.
    pub rows_ready: u32,
    /// Pixel asked for.
    pub at: [i32; 2],
    /// Farthest pixel centre that counts.
    pub radius_px: f64,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PickHit {
    /// The top-most row there.
    pub row: Row,
    /// Distance of the covered pixel's centre from the asked pixel's, in pixels.
    pub distance_px: f64,
}

/// The rectangle of the viewport that a question looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PickRect {
    /// Left, top in the viewport.
    pub left_top: [i32; 2],
    /// Width, height.
    pub size: [u32; 2],
}

impl PickQuestion {
    /// The pixels of the viewport within the radius; `None` when the asked pixel itself lies outside.
    pub fn rect(&self) -> Option<PickRect> {
        let reach = self.radius_px.clamp(0.0, 512.0).floor() as i32;
        let [width, height] = self.view.size_px.map(|side| i32::try_from(side).unwrap_or(i32::MAX));
        if !(0..width).contains(&self.at[0]) || !(0..height).contains(&self.at[1]) {
            return None;
        }
        let left = self.at[0].saturating_sub(reach).max(0);
        let top = self.at[1].saturating_sub(reach).max(0);
        let right = self.at[0].saturating_add(reach + 1).min(width);
        let bottom = self.at[1].saturating_add(reach + 1).min(height);
        (left < right && top < bottom)
            .then(|| PickRect { left_top: [left, top], size: [(right - left) as u32, (bottom - top) as u32] })
    }

    /// Reads the answer out of the picking target's rows (`row + 1`, padded to [`padded_row_bytes`]).
    pub fn answer(&self, rect: PickRect, bytes: &[u8]) -> Option<PickHit> {
        let row_bytes = padded_row_bytes(rect.size[0], 4) as usize;
        let mut best: Option<(i64, u32)> = None;
        for (y, line) in (0..).zip(bytes.chunks(row_bytes).take(rect.size[1] as usize)) {
            for (x, value) in (0..).zip(line.chunks_exact(4).take(rect.size[0] as usize)) {
                let Some(row) = u32::from_le_bytes([value[0], value[1], value[2], value[3]]).checked_sub(1) else {
                    continue;
                };
                let dx = i64::from(rect.left_top[0] + x - self.at[0]);
                let dy = i64::from(rect.left_top[1] + y - self.at[1]);
                let squared = dx * dx + dy * dy;
                if squared as f64 <= self.radius_px * self.radius_px
                    && best.is_none_or(|(least, top)| squared < least || (squared == least && row > top))
                {
                    best = Some((squared, row));
                }
            }
        }
        best.map(|(squared, row)| PickHit { row: Row(row), distance_px: (squared as f64).sqrt() })
    }
}

/// The picking target; grows to the largest rectangle asked for.
#[derive(Debug, Default)]
pub struct PickTarget {
    textures: Option<([u32; 2], wgpu::Texture, wgpu::TextureView, wgpu::TextureView)>,
}

impl PickTarget {
    /// Encodes the pass and the copy of its answer into `buffer`.
    pub fn encode(
        &mut self,
        input: &ScatterInput<'_>,
        question: &PickQuestion,
        rect: PickRect,
        buffer: &wgpu::Buffer,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        let size = rect.size.map(|side| side.next_multiple_of(16));
        if self.textures.as_ref().is_none_or(|textures| textures.0 != size) {
            self.textures = Some(make(input.gpu, size)?);
        }
        let Some((_, texture, color, depth)) = &self.textures else { return Ok(()) };
        let middle = DVec2::new(f64::from(question.at[0]) + 0.5, f64::from(question.at[1]) + 0.5);
        let crop = Crop { left_top: rect.left_top, size_px: size, near_px: middle };
        let uniform =
            ViewUniform::new(&question.view, &input.layout.layout, input.atlas.plan(), question.rows_ready, crop);
        let bind_group = view_bind_group(input.gpu, input.pipelines, &uniform);
        let left_top = rect.left_top.map(f64::from);
        let ranges = input.ranges(&question.view, left_top, rect.size);
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("pick"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: color,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                    view: depth,
                    depth_ops: Some(wgpu::Operations { load: wgpu::LoadOp::Clear(0.0), store: wgpu::StoreOp::Discard }),
                    stencil_ops: None,
                }),
                ..wgpu::RenderPassDescriptor::default()
            });
            pass.set_scissor_rect(0, 0, rect.size[0], rect.size[1]);
            let is_styled = input.atlas.row_table().styling() != Styling::Plain;
            let [plain, styled] = &input.pipelines.pick;
            input.pipelines.painters.first_uses.note(Used::Pick(is_styled));
            pass.set_pipeline(if is_styled { styled } else { plain });
            pass.set_bind_group(0, &bind_group, &[]);
            pass.set_bind_group(2, &input.colors.group, &[]);
            input.layout.points.thinned(0).draw(&mut pass, input.atlas, 0, &ranges);
        }
        super::readback::copy_to_buffer(encoder, texture, rect.size, 4, buffer);
        Ok(())
    }
}

fn make(
    gpu: &Gpu,
    size: [u32; 2],
) -> Result<([u32; 2], wgpu::Texture, wgpu::TextureView, wgpu::TextureView), GpuError> {
    let texture =
        |what, format, usage| gpu.flat_texture(what, size, format, usage | wgpu::TextureUsages::RENDER_ATTACHMENT);
    let color = texture("pick", PICK_FORMAT, wgpu::TextureUsages::COPY_SRC)?;
    let depth = texture("pick depth", DEPTH_FORMAT, wgpu::TextureUsages::empty())?;
    let view = |texture: &wgpu::Texture| texture.create_view(&wgpu::TextureViewDescriptor::default());
    Ok((size, color.clone(), view(&color), view(&depth)))
}
