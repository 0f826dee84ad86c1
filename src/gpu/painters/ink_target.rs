//! The ink target: where several drawings give ink to a pixel, it is put together by blending before it becomes a colour.

use super::dots::Counts;
use super::first_uses::Used;
use super::ink_mode::InkMode;
use super::{Job, Made};
use crate::atlas::Pages;
use crate::gpu::context::{Gpu, GpuError};
use crate::gpu::gpu_types::ResolveUniform;
use crate::gpu::pass::{begin, begin_with, draw_parts, is_whole, load_for, uniform_buffer};
use crate::gpu::pipelines::{
    ACCUMULATED_FORMAT, DEPTH_FORMAT, INK_FORMAT, Pipelines, Stages, WASH_FORMAT, blend, pipeline, target,
};
use crate::scene::palette::color;
use crate::scene::picture::ScatterPicture;
use wgpu::BlendFactor;

/// What a canvas keeps for painters; each is made when a picture first needs it.
#[derive(Debug)]
pub struct Scratch {
    pub(super) size_px: [u32; 2],
    ink: Option<wgpu::TextureView>,
    wash: Option<wgpu::TextureView>,
    depth: Option<wgpu::TextureView>,
    colored: Option<wgpu::TextureView>,
    accumulated: [Option<wgpu::TextureView>; 2],
    pub(super) counts: Option<Counts>,
}

impl Scratch {
    /// Nothing yet, for pictures of a size.
    pub fn new(size_px: [u32; 2]) -> Self {
        Self { size_px, ink: None, wash: None, depth: None, colored: None, accumulated: [None, None], counts: None }
    }
}

/// What a picture is resolved from.
pub(super) struct Sums {
    /// Ink; what is left of the paper where drawings overlap; what the ground of a coloured picture is washed with; or the sums of
    /// pictures in colour.
    first: wgpu::TextureView,
    /// Colours weighed by ink, in coloured pictures.
    colored: Option<wgpu::TextureView>,
    /// The first one holds sums of pictures.
    pictures: bool,
}

impl Sums {
    /// The targets of a pass that goes on with what is left of the paper, and begins with no colours.
    pub(super) fn continued(&self) -> Vec<(&wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)> {
        let clear = wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT);
        [(&self.first, wgpu::LoadOp::Load)].into_iter().chain(self.colored.iter().map(|view| (view, clear))).collect()
    }

    /// The same with other coloured sums.
    pub(super) fn with_colored(self, colored: wgpu::TextureView) -> Self {
        Self { colored: Some(colored), ..self }
    }

    /// The targets of a pass that begins with nothing in the parts of a job, `paper` of it left in the first one.
    pub(super) fn cleared<'a>(
        &'a self,
        job: &Job<'_>,
        mode: InkMode,
        paper: f64,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Vec<(&'a wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)> {
        let color = |r| wgpu::Color { r, g: 0.0, b: 0.0, a: 0.0 };
        let whole: Vec<_> = [(&self.first, color(paper))]
            .into_iter()
            .chain(self.colored.iter().map(|view| (view, color(0.0))))
            .collect();
        let formats: Vec<_> = sums_targets(job.input.pipelines, mode).into_iter().map(|target| target.format).collect();
        cleared(job, &whole, &formats, encoder)
    }
}

/// Targets of some formats that begin with a colour in the parts of a job, one besides the first with nothing. All of a target is
/// cleared by the pass itself, parts of it are drawn over: the strips of a pan are a hundredth of it.
pub(super) fn cleared<'a>(
    job: &Job<'_>,
    targets: &[(&'a wgpu::TextureView, wgpu::Color)],
    formats: &[wgpu::TextureFormat],
    encoder: &mut wgpu::CommandEncoder,
) -> Vec<(&'a wgpu::TextureView, wgpu::LoadOp<wgpu::Color>)> {
    let whole = targets.iter().map(|&(view, color)| (view, wgpu::LoadOp::Clear(color))).collect();
    let pipelines = job.input.pipelines;
    let uses = &pipelines.painters.first_uses;
    // Warm-up draws whole pictures alone, and is to make ready what parts need.
    if is_whole(job.parts, job.scratch.size_px) && !uses.is_warming_up() {
        return whole;
    }
    let (Some(&first), Some(&(_, color))) = (formats.first(), targets.first()) else { return whole };
    let parts: Vec<_> = targets.iter().map(|&(view, _)| (view, wgpu::LoadOp::Load)).collect();
    let cleared = ClearedTargets { first, colored: formats.get(1).copied() };
    uses.note(Used::Clear(cleared));
    let mut pass = begin_with(encoder, "clear", &parts);
    pass.set_pipeline(&pipelines.clears.of(&job.input.gpu.device, cleared));
    pass.set_blend_constant(color);
    draw_parts(&mut pass, job.parts);
    drop(pass);
    parts
}

/// The formats of targets of which parts are cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClearedTargets {
    first: wgpu::TextureFormat,
    colored: Option<wgpu::TextureFormat>,
}

/// What clears parts of targets.
#[derive(Debug)]
pub struct Clears {
    module: wgpu::ShaderModule,
    made: Made<ClearedTargets, wgpu::RenderPipeline>,
}

impl Clears {
    /// With the shader of `resolve.wgsl`.
    pub fn new(module: wgpu::ShaderModule) -> Self {
        Self { module, made: Made::default() }
    }

    fn of(&self, device: &wgpu::Device, targets: ClearedTargets) -> wgpu::RenderPipeline {
        let constant = blend(BlendFactor::Constant, BlendFactor::Zero);
        let constant = wgpu::BlendState { alpha: constant.color, ..constant };
        let colored = targets.colored.map(|format| target(format, None));
        let all: Vec<_> = [target(targets.first, Some(constant))].into_iter().chain(colored).collect();
        let stages = Stages::new("clear", &self.module, "vs_full", "fs_clear");
        self.made.get(targets, || pipeline(device, &stages, &[], &[], &all, false))
    }
}

impl Job<'_> {
    /// The targets that what drawings give to pixels is put together in.
    pub(super) fn sums(&mut self, mode: InkMode) -> Result<Sums, GpuError> {
        let (gpu, size_px) = (self.input.gpu, self.scratch.size_px);
        let kept = |kept: &mut Option<wgpu::TextureView>, what, format| made(gpu, size_px, kept, what, format);
        if !mode.is_colored() {
            let pictures = mode.pages() == Pages::Color;
            let first = if pictures {
                kept(&mut self.scratch.wash, "wash", WASH_FORMAT)?
            } else {
                kept(&mut self.scratch.ink, "ink", INK_FORMAT)?
            };
            return Ok(Sums { first, colored: None, pictures });
        }
        let format = self.input.pipelines.sums_format;
        let colored = Some(kept(&mut self.scratch.colored, "colored ink", format)?);
        let first = if mode.overlaps() {
            kept(&mut self.scratch.ink, "ink", INK_FORMAT)?
        } else {
            kept(&mut self.scratch.wash, "wash", WASH_FORMAT)?
        };
        Ok(Sums { first, colored, pictures: false })
    }

    /// What decides which drawing is on top, where one hides the others.
    pub(super) fn depth(&mut self) -> Result<wgpu::TextureView, GpuError> {
        made(self.input.gpu, self.scratch.size_px, &mut self.scratch.depth, "depth", DEPTH_FORMAT)
    }

    /// Two targets between which the sums of several passes grow.
    pub(super) fn accumulated(&mut self) -> Result<[wgpu::TextureView; 2], GpuError> {
        let (gpu, size_px) = (self.input.gpu, self.scratch.size_px);
        let [a, b] = &mut self.scratch.accumulated;
        let view = |kept| made(gpu, size_px, kept, "accumulated ink", ACCUMULATED_FORMAT);
        Ok([view(a)?, view(b)?])
    }
}

/// A target of a canvas's size, made when it is first needed.
fn made(
    gpu: &Gpu,
    size_px: [u32; 2],
    kept: &mut Option<wgpu::TextureView>,
    what: &'static str,
    format: wgpu::TextureFormat,
) -> Result<wgpu::TextureView, GpuError> {
    if let Some(view) = kept {
        return Ok(view.clone());
    }
    let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
    let texture = gpu.flat_texture(what, size_px, format, usage)?;
    Ok(kept.insert(texture.create_view(&wgpu::TextureViewDescriptor::default())).clone())
}

/// How these targets take what is drawn.
pub(super) fn sums_targets(pipelines: &Pipelines, mode: InkMode) -> Vec<wgpu::ColorTargetState> {
    let add = blend(BlendFactor::One, BlendFactor::One);
    let ink = if mode.overlaps() { blend(BlendFactor::Zero, BlendFactor::OneMinusSrc) } else { add };
    // Of sums the fourth channel counts, too.
    let all = wgpu::BlendState { alpha: add.color, ..add };
    if !mode.is_colored() {
        return vec![match mode.pages() {
            Pages::Ink => target(INK_FORMAT, Some(ink)),
            Pages::Color => target(WASH_FORMAT, Some(all)),
        }];
    }
    let first = if mode.overlaps() { target(INK_FORMAT, Some(ink)) } else { target(WASH_FORMAT, Some(all)) };
    vec![first, target(pipelines.sums_format, Some(all))]
}

/// Turns sums into the colours of a job's picture; `inverted`: the first target holds what is left of the paper.
pub(super) fn resolve(job: &Job<'_>, sums: &Sums, inverted: bool, encoder: &mut wgpu::CommandEncoder) {
    let pipelines = job.input.pipelines;
    let (pipeline, used) = match sums.colored {
        None if sums.pictures => (&pipelines.resolve_pictures, Used::ResolvePictures),
        None => (&pipelines.resolve, Used::Resolve),
        Some(_) => (&pipelines.resolve_colored, Used::ResolveColored),
    };
    let bind_group = bound(job, &sums.first, sums.colored.as_ref(), inverted);
    pipelines.painters.first_uses.note(used);
    let load = load_for(job.parts, job.scratch.size_px, wgpu::Color::BLACK);
    let mut pass = begin(encoder, "resolve", job.target, load);
    pass.set_pipeline(pipeline);
    pass.set_bind_group(0, &bind_group, &[]);
    draw_parts(&mut pass, job.parts);
}

/// Writes what was accumulated `before` and the coloured sums of a pass, added up, to `after`.
pub(super) fn accumulate(
    job: &Job<'_>,
    pipeline: &wgpu::RenderPipeline,
    (before, after): (&wgpu::TextureView, &wgpu::TextureView),
    sums: &Sums,
    encoder: &mut wgpu::CommandEncoder,
) {
    let bind_group = bound(job, before, sums.colored.as_ref(), false);
    let load = load_for(job.parts, job.scratch.size_px, wgpu::Color::TRANSPARENT);
    let mut pass = begin(encoder, "accumulate", after, load);
    pass.set_pipeline(pipeline);
    pass.set_bind_group(0, &bind_group, &[]);
    draw_parts(&mut pass, job.parts);
}

/// What a pass over sums binds.
fn bound(
    job: &Job<'_>,
    first: &wgpu::TextureView,
    colored: Option<&wgpu::TextureView>,
    inverted: bool,
) -> wgpu::BindGroup {
    let (gpu, layouts) = (job.input.gpu, &job.input.pipelines.layouts);
    let layout = if colored.is_some() { &layouts.resolve_colored } else { &layouts.resolve };
    let uniform = ResolveUniform { inverted: inverted.into(), ..ResolveUniform::default() };
    let buffer = uniform_buffer(&gpu.device, "resolve", bytemuck::bytes_of(&uniform));
    let textures = [Some(first), Some(&job.input.colors.view), colored].into_iter().flatten();
    let texture = |(binding, view)| {
        let resource = wgpu::BindingResource::TextureView(view);
        wgpu::BindGroupEntry { binding, resource }
    };
    let uniform = wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() };
    let entries: Vec<_> = [uniform].into_iter().chain((1..).zip(textures).map(texture)).collect();
    let descriptor = wgpu::BindGroupDescriptor { label: Some("resolve"), layout, entries: &entries };
    gpu.device.create_bind_group(&descriptor)
}

/// What a picture shows where there is nothing.
pub(super) fn ground(picture: &ScatterPicture) -> wgpu::Color {
    let [r, g, b] = color(picture.colormap, picture.theme, 0.0).map(|byte| f64::from(byte) / 255.0);
    wgpu::Color { r, g, b, a: 1.0 }
}
