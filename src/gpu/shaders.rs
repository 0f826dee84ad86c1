//! The WGSL sources, put together from `shaders/`.

use crate::atlas::Pages;
use std::sync::OnceLock;

macro_rules! wgsl {
    ($($file:literal),+) => {
        concat!($(include_str!(concat!("../../shaders/", $file, ".wgsl"))),+)
    };
}

macro_rules! cell_lookup {
    ($pages:literal) => {
        wgsl!(
            "whole",
            $pages,
            "view",
            "rows",
            "sums",
            "row_style",
            "cell_grid",
            "cell_lookup",
            "cell_blocks",
            "cell_odd"
        )
    };
}

/// The WGSL sources by name, as the device gets them (what is shared comes first).
pub const SHADERS: [(&str, &str); 8] = [
    ("quads", wgsl!("whole", "ink_pages", "view", "rows", "sums", "row_style", "quads", "pick")),
    ("cell look-up", cell_lookup!("ink_pages")),
    ("splat", wgsl!("whole", "ink_pages", "view", "rows", "sums", "row_style", "dots", "splat")),
    (
        "wide splat",
        wgsl!("whole", "ink_pages", "view", "rows", "sums", "row_style", "dots", "wide_splat", "packed_splat"),
    ),
    ("mark", wgsl!("whole", "ink_pages", "view", "rows", "mark")),
    ("resolve", wgsl!("whole", "sums", "resolve")),
    ("present", wgsl!("whole", "present")),
    ("upscale", wgsl!("upscale")),
];

/// The same for pages of colour, as far as they differ.
pub const COLOR_SHADERS: [(&str, &str); 4] = [
    ("quads in colour", wgsl!("whole", "color_pages", "view", "rows", "sums", "row_style", "quads", "pick", "topmost")),
    (
        "topmost splat",
        wgsl!("whole", "color_pages", "view", "rows", "sums", "row_style", "quads", "dots", "topmost_splat"),
    ),
    ("cell look-up in colour", cell_lookup!("color_pages")),
    ("mark in colour", wgsl!("whole", "color_pages", "view", "rows", "mark")),
];

/// What finds the nearest rows, by itself.
pub const NEAREST: (&str, &str) = ("nearest", wgsl!("nearest"));

/// What panels and labels are painted with, by itself.
pub const PANELS: (&str, &str) = ("panels", wgsl!("panels"));

/// What strokes are painted with, by itself.
pub const STROKES: (&str, &str) =
    ("strokes", wgsl!("whole", "ink_pages", "view", "rows", "sums", "row_style", "strokes"));

/// A shader for either kind of pages; that for colour is made when a set in colour is first drawn.
#[derive(Debug)]
pub struct PageModules {
    ink: wgpu::ShaderModule,
    color: OnceLock<wgpu::ShaderModule>,
    color_source: (&'static str, &'static str),
}

impl PageModules {
    /// The shader for ink, and the source of the one for colour.
    pub fn new(ink: wgpu::ShaderModule, color_source: (&'static str, &'static str)) -> Self {
        Self { ink, color: OnceLock::new(), color_source }
    }

    /// The shader for some pages.
    pub fn of(&self, device: &wgpu::Device, pages: Pages) -> &wgpu::ShaderModule {
        match pages {
            Pages::Ink => &self.ink,
            Pages::Color => self.color.get_or_init(|| module(device, self.color_source)),
        }
    }
}

/// Compiles a source.
pub fn module(device: &wgpu::Device, (name, source): (&'static str, &'static str)) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(name),
        source: wgpu::ShaderSource::Wgsl(source.into()),
    })
}

/// The shaders of the painters.
#[derive(Debug)]
pub struct PainterModules {
    /// Cell look-up.
    pub cell_lookup: PageModules,
    /// Splats.
    pub splat: wgpu::ShaderModule,
    /// Wide splats.
    pub wide_splat: wgpu::ShaderModule,
    /// Quads.
    pub quads: PageModules,
    /// The source of topmost splats.
    pub topmost_splat: (&'static str, &'static str),
}
