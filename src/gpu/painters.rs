//! Painters: the ways to draw a scatter picture. All of them show the same; each costs something else.
//!
//! How it works: [`choose`] says, from the content of a picture and from what layout, canvas and device permit ([`Terms`]), which
//! painter draws it, and with which of its pipelines (a [`Variant`]). Nothing else decides that: cost estimates are kept by
//! [`Variant::cost_key`], and warm-up goes through variants. A painter draws a [`Job`], parts of a picture (all of it, strips,
//! scanlines), into the picture at once or by way of the ink target. It makes a pipeline when that is first needed, and each first
//! use is noted ([`FirstUses`]). A painter is one file: how it works, its variants, at which sides of drawings they change, its
//! pipelines and what they bind, and how it encodes a job.

pub mod cell_lookup;
mod dots;
pub mod first_uses;
pub mod ink_mode;
pub mod ink_target;
pub mod quads;
pub mod splat;
pub mod topmost_splat;
pub mod wide_splat;

use super::context::{GpuError, Tier};
use super::gpu_types::{Crop, ViewUniform};
use super::pass::view_bind_group;
use super::scatter::ScatterInput;
use super::shaders::PainterModules;
use crate::atlas::AtlasPlan;
use crate::scene::frame::PxRect;
use crate::scene::index::{Densest, DrawRange};
use crate::scene::picture::ScatterPicture;
use crate::scene::rows::Styling;
use crate::scene::view::ScatterView;
use cell_lookup::{CellLookup, CellTerms};
use first_uses::{FirstUses, Used};
use glam::DVec2;
use ink_target::Scratch;
use quads::Quads;
use splat::Splat;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use topmost_splat::TopmostSplat;
use wide_splat::WideSplat;

/// A way to draw scatter pictures.
pub trait Painter {
    /// What of its pipelines one picture needs.
    type Variant: Copy + Eq + Hash + std::fmt::Debug;

    /// Under which its costs are kept: one kind of picture costs what others of its kind do.
    const COST_KEY: CostKey;

    /// Sides of drawings in pixels at which pictures go over to another variant; between two neighbouring ones none does. What must
    /// be warmed up follows from these.
    fn turning_sides(plan: &AtlasPlan) -> Vec<f64>;

    /// Draws the parts of a job.
    fn encode(
        &self,
        variant: Self::Variant,
        job: &mut Job<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError>;
}

/// Whose costs a picture belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CostKey {
    /// Each pixel looks up its drawings: it costs pixels.
    CellLookup,
    /// Dots are counted: it costs points and pixels.
    Splat,
    /// Dots are counted with their looks.
    WideSplat,
    /// The picture on top is found for each pixel: it costs pictures and pixels.
    TopmostSplat,
    /// Drawings are drawn one by one: it costs drawings.
    Quads,
    /// Drawings are on the way between two layouts: it costs two pictures, and the processor their places.
    OnTheWay,
}

impl CostKey {
    /// How many there are.
    pub const COUNT: usize = Self::OnTheWay as usize + 1;
}

/// A painter and which of its pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Cells looked up by pixel.
    CellLookup(cell_lookup::Variant),
    /// Dots by compute.
    Splat(splat::Variant),
    /// Dots by compute, with looks.
    WideSplat(wide_splat::Variant),
    /// Small pictures in colour by compute.
    TopmostSplat(topmost_splat::Variant),
    /// Instanced quads.
    Quads(quads::Variant),
}

impl Variant {
    /// Whose costs it belongs to.
    pub fn cost_key(&self) -> CostKey {
        match self {
            Self::CellLookup(_) => CellLookup::COST_KEY,
            Self::Splat(_) => Splat::COST_KEY,
            Self::WideSplat(_) => WideSplat::COST_KEY,
            Self::TopmostSplat(_) => TopmostSplat::COST_KEY,
            Self::Quads(_) => Quads::COST_KEY,
        }
    }
}

/// What the choice of a painter depends on beside the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// What of the rows' looks there is to read.
    pub styling: Styling,
    /// Some rows are faded.
    pub fades: bool,
    /// Every instance is drawn, as the plainest program would: what the faster ways are measured against.
    pub naive: bool,
    /// The layout's cells, where it has some that the device can hold.
    pub cells: Option<CellTerms>,
    /// Device and canvas permit to count dots.
    pub can_count: bool,
    /// They permit to count dots with the rows' looks, and any number of them.
    pub can_count_wide: bool,
    /// They permit to find the rows on top, and rows have places to be found at.
    pub can_find_topmost: bool,
    /// Where the layout's rows lie densest.
    pub densest: Densest,
}

impl Terms {
    /// The same for drawings that are on the way to another layout: they have neither cells nor places by row.
    pub fn on_the_way(&self) -> Self {
        Self { cells: None, can_find_topmost: false, ..*self }
    }
}

/// Which painter draws a picture, and how. The first that fits is taken: look-up wherever drawings stand in cells and overlap none,
/// splats for overlapping dots and small pictures, quads for everything else.
pub fn choose(view: &ScatterView, plan: &AtlasPlan, terms: &Terms, low_resolution: bool) -> Variant {
    match terms.cells.filter(|_| !view.overlaps && !terms.naive) {
        Some(cells) => Variant::CellLookup(cell_lookup::Variant::of(view, plan, terms.styling, cells, low_resolution)),
        None if !terms.naive && terms.can_find_topmost && topmost_splat::is_small(view, plan) => {
            Variant::TopmostSplat(topmost_splat::Variant::of(view, plan, terms.styling))
        }
        None if terms.naive || !ink_mode::is_dots(view, plan) => {
            Variant::Quads(quads::Variant::of(view, plan, terms.styling))
        }
        None if terms.can_count && terms.styling == Styling::Plain && !splat::may_overflow(view, &terms.densest) => {
            Variant::Splat(splat::Variant::of(view))
        }
        None if terms.can_count_wide => Variant::WideSplat(wide_splat::Variant::of(view, terms)),
        None => Variant::Quads(quads::Variant::of(view, plan, terms.styling)),
    }
}

/// Sides of drawings in pixels at which pictures may go over to another variant of any painter.
pub fn turning_sides(plan: &AtlasPlan) -> Vec<f64> {
    let splats =
        [Splat::turning_sides(plan), WideSplat::turning_sides(plan), TopmostSplat::turning_sides(plan)].concat();
    [CellLookup::turning_sides(plan), splats, Quads::turning_sides(plan)].concat()
}

/// Pixels per world unit at which a layout's pictures may go over to another variant, wherever the picture of a side of drawings that
/// is never smaller than `least_px` is drawn with as many pixels.
pub fn turning_zooms(terms: &Terms, least_px: f64) -> Vec<f64> {
    let overflow = splat::overflow_below_px(least_px, &terms.densest);
    let packed = wide_splat::packed_from_px(least_px, &terms.densest);
    let apart = terms.cells.map(|cells| cells.apart_from_px());
    let all = packed.into_iter().chain([overflow]).chain(apart);
    all.filter(|px| *px > 0.0 && px.is_finite()).collect()
}

/// What a painter draws.
pub struct Job<'a> {
    /// Where everything comes from.
    pub input: &'a ScatterInput<'a>,
    /// The picture.
    pub picture: &'a ScatterPicture,
    /// What is drawn of it: all of it, or parts of a picture that is there already.
    pub parts: &'a [PxRect],
    /// It is of low resolution: drawings may be left out.
    pub low_resolution: bool,
    /// The finished picture.
    pub target: &'a wgpu::TextureView,
    /// What its canvas keeps for painters.
    pub scratch: &'a mut Scratch,
}

impl Job<'_> {
    /// Bind group 0 for the picture with an opacity of its own.
    fn view_group(&self, opacity: f64) -> wgpu::BindGroup {
        let (input, view) = (self.input, ScatterView { opacity, ..self.picture.view });
        let near_px = DVec2::from(view.size_px.map(f64::from)) / 2.0;
        let crop = Crop { left_top: [0, 0], size_px: view.size_px, near_px };
        let (layout, plan) = (&input.layout.layout, input.atlas.plan());
        let uniform = ViewUniform::new(&view, layout, plan, self.picture.rows_ready, crop);
        let uniform = uniform.of_tile(self.picture.part());
        view_bind_group(input.gpu, input.pipelines, &uniform)
    }

    /// The ranges of instances that may touch each part.
    fn ranges(&self) -> Vec<Vec<DrawRange>> {
        let corner = self.picture.part();
        let of = |part: &PxRect| {
            let left_top = [corner.left + part.left, corner.top + part.top].map(f64::from);
            self.input.ranges(&self.picture.view, left_top, part.size())
        };
        self.parts.iter().map(of).collect()
    }
}

/// All painters of a device.
#[derive(Debug)]
pub struct Painters {
    /// Cells looked up by pixel.
    pub cell_lookup: CellLookup,
    /// Dots by compute, where the tier has it.
    splat: Option<Splat>,
    wide_splat: Option<WideSplat>,
    topmost_splat: Option<TopmostSplat>,
    quads: Quads,
    /// When each pipeline was first used.
    pub first_uses: FirstUses,
}

impl Painters {
    /// The painters that a tier permits; `picture_format` is that of the finished pictures.
    pub fn new(
        device: &wgpu::Device,
        tier: Tier,
        picture_format: wgpu::TextureFormat,
        modules: PainterModules,
    ) -> Self {
        Self {
            cell_lookup: CellLookup::new(device, picture_format, modules.cell_lookup),
            splat: (tier == Tier::Full).then(|| Splat::new(device, picture_format, modules.splat)),
            wide_splat: (tier == Tier::Full).then(|| WideSplat::new(device, picture_format, modules.wide_splat)),
            topmost_splat: (tier == Tier::Full)
                .then(|| TopmostSplat::new(device, picture_format, modules.topmost_splat)),
            quads: Quads::new(picture_format, modules.quads),
            first_uses: FirstUses::default(),
        }
    }

    /// Draws the parts of a job with the painter that [`choose`] has chosen.
    pub fn encode(
        &self,
        variant: Variant,
        job: &mut Job<'_>,
        encoder: &mut wgpu::CommandEncoder,
    ) -> Result<(), GpuError> {
        self.first_uses.note(Used::Painter(variant));
        // No terms permit one without a painter.
        match variant {
            Variant::CellLookup(variant) => self.cell_lookup.encode(variant, job, encoder),
            Variant::Splat(variant) => self.splat.as_ref().map_or(Ok(()), |splat| splat.encode(variant, job, encoder)),
            Variant::WideSplat(variant) => {
                self.wide_splat.as_ref().map_or(Ok(()), |splat| splat.encode(variant, job, encoder))
            }
            Variant::TopmostSplat(variant) => {
                self.topmost_splat.as_ref().map_or(Ok(()), |splat| splat.encode(variant, job, encoder))
            }
            Variant::Quads(variant) => self.quads.encode(variant, job, encoder),
        }
    }
}

/// Pipelines that are made when first needed: few of the possible ones ever are.
#[derive(Debug)]
struct Made<K, P>(Mutex<HashMap<K, P>>);

impl<K, P> Default for Made<K, P> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, P: Clone> Made<K, P> {
    fn get(&self, key: K, make: impl FnOnce() -> P) -> P {
        // A thread that panicked while it held the map left whole entries.
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(key).or_insert_with(make).clone()
    }
}

/// A pipeline constant that is on or off.
fn flag(name: &'static str, on: bool) -> (&'static str, f64) {
    (name, f64::from(u8::from(on)))
}
