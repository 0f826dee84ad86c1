//! `map`, `umap`, `pca`: flat maps on which drawings that look alike lie near each other.
//!
//! Each shows the plain one at once, or how far it had come before, then better ones as they form. The plot keeps its size, so that a
//! camera stays where it is; a map keeps its own proportions in the middle of it.

mod drawn_in;
mod flat;
mod placed;

use super::index::{ASPECT, POINT_PX, bounds_of, plot_of};
use super::sorted::compared;
use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams, LayoutSpec, Param, Publish, SortedFrom};
use crate::likeness::LikenessError;
use crate::likeness::code::Codes;
use crate::likeness::graph::{Graph, Graphs, When, graph};
use crate::likeness::maps::measures::{self, Fidelity, fidelity, purity};
use crate::likeness::maps::tsne::{self, Tsne, TsneOptions, TsneState};
use crate::likeness::maps::umap::{self, Umap, UmapOptions, UmapState};
use crate::likeness::maps::{Begun, Forming, MapError, Place, pca};
use crate::progress::Progress;
use crate::words::thousands;
use drawn_in::drawn_in;
use glam::DVec2;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How much of the work it is to find the neighbours of all rows, then to make the map; the rest is judging it.
const FOUND: f64 = 0.2;
const MADE: f64 = 0.95;
/// The usual perplexity of a map that a sorted grid starts from: DPQ16 .862 on 27,997 real drawings, .858 with the 30 of maps.
const SORTED_PERPLEXITY: f32 = 15.0;

impl LayoutKind {
    /// t-SNE: whose true neighbours lie beside it, at any size of set.
    pub const MAP: Self = Self(&LayoutSpec {
        name: "map",
        title: "Map",
        about: "like ones near each other (t-SNE)",
        params: &[Param::Seed, Param::Perplexity, Param::Aspect, Param::OnlyPlace, Param::Likeness],
        point_px: POINT_PX,
        check: |input| compared(input).map(drop),
        build: build_map,
    });

    /// UMAP: in heaps that stand apart.
    pub const UMAP: Self = Self(&LayoutSpec {
        name: "umap",
        title: "UMAP",
        about: "like ones in heaps",
        params: &[Param::Seed, Param::Aspect, Param::OnlyPlace, Param::Likeness],
        point_px: POINT_PX,
        check: |input| compared(input).map(drop),
        build: build_umap,
    });

    /// The first two principal components.
    pub const PCA: Self = Self(&LayoutSpec {
        name: "pca",
        title: "PCA",
        about: "by how drawings differ most",
        params: &[Param::Aspect, Param::Likeness],
        point_px: POINT_PX,
        check: |input| compared(input).map(drop),
        build: build_pca,
    });

    /// How many neighbours of each row it goes by, if by any.
    pub fn neighbours(self, params: &LayoutParams) -> Option<usize> {
        if self.is_map() && params.only_place.is_some() {
            return None;
        }
        if self == Self::MAP || (self == Self::SORTED && params.sorted_from == SortedFrom::Map) {
            Some(tsne_options(self, params).neighbours())
        } else {
            (self == Self::UMAP).then_some(UmapOptions::NEIGHBOURS)
        }
    }

    /// What a perplexity may be.
    pub const PERPLEXITIES: RangeInclusive<u32> = 2..=100;
}

/// How a layout wants the map of t-SNE that it shows, or starts from.
pub(super) fn tsne_options(kind: LayoutKind, params: &LayoutParams) -> TsneOptions {
    let usual = TsneOptions::default();
    let range = LayoutKind::PERPLEXITIES;
    let given = params.perplexity.map(|given| given.clamp(*range.start(), *range.end()) as f32);
    let perplexity = given.unwrap_or(if kind == LayoutKind::SORTED { SORTED_PERPLEXITY } else { usual.perplexity });
    TsneOptions { perplexity, seed: params.seed, ..usual }
}

fn build_map(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let mut shown = Shown::new(LayoutKind::MAP, input, publish)?;
    if let Some(path) = &input.params.only_place {
        return placed::build(&mut shown, path);
    }
    let made = tsne_places(LayoutKind::MAP, input, shown.codes, &mut |places| shown.go_on(places));
    shown.end(made)
}

/// The map of t-SNE as the parameters want it; those on the way are shown. The work to judge it is left.
pub(super) fn tsne_places(
    kind: LayoutKind,
    input: LayoutInput<'_>,
    codes: &Codes,
    show: &mut dyn FnMut(&[Place]),
) -> Result<Vec<Place>, LayoutError> {
    let options = tsne_options(kind, input.params);
    kept_or(input, &format!("map-p{}-s{}", options.perplexity, options.seed), show, |course, show| {
        let begun = course.begun().and_then(|begun| TsneState::of_begun(&begun, codes));
        show(&begun.as_ref().map_or_else(|| pca(codes), |begun| begun.of_all(codes)));
        let graph = graph_of(input, codes, options.neighbours())?;
        let making = input.progress.part(FOUND, MADE);
        let start = begun.map_or(tsne::Start::Codes, tsne::Start::State);
        course.run(Tsne::new(codes, &graph, &options, start, making.part(0.0, 0.05)), show, making.part(0.05, 1.0))
    })
}

/// The places that were kept under a name, shown at once, else those that are made, which are kept for the next time.
fn kept_or(
    input: LayoutInput<'_>,
    name: &str,
    show: &mut dyn FnMut(&[Place]),
    make: impl FnOnce(&Course<'_>, &mut dyn FnMut(&[Place])) -> Result<Vec<Place>, LayoutError>,
) -> Result<Vec<Place>, LayoutError> {
    if let Some(places) = input.graphs.and_then(|graphs| graphs.kept_places(name)) {
        show(&places);
        return Ok(places);
    }
    let places = make(&Course { graphs: input.graphs, name }, show)?;
    if let Some(graphs) = input.graphs {
        graphs.keep_places(name, &places);
    }
    Ok(places)
}

/// How far a map has come: known from when it was given up, and kept in case it is again.
struct Course<'a> {
    graphs: Option<&'a dyn Graphs>,
    name: &'a str,
}

impl Course<'_> {
    fn begun(&self) -> Option<Arc<Begun>> {
        self.graphs?.begun(self.name)
    }

    /// Makes a map to its end. How far it has come is kept on the way, and where it is given up.
    fn run<M: Forming>(
        &self,
        map: Result<M, MapError>,
        show: &mut dyn FnMut(&[Place]),
        progress: Progress<'_>,
    ) -> Result<Vec<Place>, LayoutError> {
        let keep = |map: &M, when: When| {
            if let Some(graphs) = self.graphs {
                graphs.keep_begun(self.name, when, &|| map.begun());
            }
        };
        let mut map = map.map_err(refused)?;
        let made = map.run_watched(show, &mut |map| keep(map, When::OnTheWay), progress);
        if matches!(made, Err(MapError::Cancelled(_))) {
            keep(&map, When::GivenUp);
        }
        made.map_err(refused)
    }
}

fn build_umap(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let mut shown = Shown::new(LayoutKind::UMAP, input, publish)?;
    if let Some(path) = &input.params.only_place {
        return placed::build(&mut shown, path);
    }
    let (options, codes) = (UmapOptions { seed: input.params.seed, ..UmapOptions::default() }, shown.codes);
    let name = format!("umap-s{}", options.seed);
    let made = kept_or(input, &name, &mut |places| shown.go_on(places), |course, show| {
        let begun = course.begun().and_then(|begun| UmapState::of_begun(&begun, codes));
        show(&begun.as_ref().map_or_else(|| pca(codes), |begun| begun.of_all(codes)));
        let graph = graph_of(input, codes, UmapOptions::NEIGHBOURS)?;
        let making = input.progress.part(FOUND, MADE);
        let start = begun.map_or(umap::Start::Codes, umap::Start::State);
        course.run(Umap::new(codes, &graph, &options, start, making.part(0.0, 0.05)), show, making.part(0.05, 1.0))
    });
    shown.end(made)
}

fn build_pca(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let shown = Shown::new(LayoutKind::PCA, input, publish)?;
    let made = Ok(pca(shown.codes));
    shown.end(made)
}

fn refused(error: MapError) -> LayoutError {
    match error {
        MapError::Cancelled(cancelled) => cancelled.into(),
        error => LayoutError::Refused(format!("there is no map: {error}")),
    }
}

/// The neighbours of all rows.
fn graph_of(input: LayoutInput<'_>, codes: &Codes, k: usize) -> Result<Arc<Graph>, LayoutError> {
    let progress = input.progress.part(0.0, FOUND);
    let found = match input.graphs {
        Some(graphs) => graphs.graph(k, progress),
        None => graph(codes, k, progress).map(Arc::new).map_err(LikenessError::from),
    };
    found.map_err(|error| match error {
        LikenessError::Cancelled(cancelled) => cancelled.into(),
        error => LayoutError::Refused(format!("there is no map: {error}")),
    })
}

/// A map as it is shown while it forms.
struct Shown<'a> {
    kind: LayoutKind,
    input: LayoutInput<'a>,
    codes: &'a Codes,
    size: DVec2,
    publish: Publish<'a>,
    /// Whether any was.
    is_begun: bool,
    /// Why nothing more is shown.
    refused: Option<LayoutError>,
}

impl<'a> Shown<'a> {
    /// Nothing yet.
    fn new(kind: LayoutKind, input: LayoutInput<'a>, publish: Publish<'a>) -> Result<Self, LayoutError> {
        let codes = compared(input)?;
        let size = plot_of(input.rows, input.params.aspect.given().unwrap_or(ASPECT))?;
        Ok(Self { kind, input, codes, size, publish, is_begun: false, refused: None })
    }

    fn show(&mut self, places: &[Place]) {
        self.is_begun = true;
        if self.refused.is_none() {
            self.refused = self.laid_out(&drawn_in(places)).and_then(&mut *self.publish).err();
        }
    }

    fn laid_out(&self, places: &[Place]) -> Result<Layout, LayoutError> {
        let at = |place: &Place| DVec2::new(place[0].into(), place[1].into());
        let start = (DVec2::INFINITY, DVec2::NEG_INFINITY);
        let (low, high) = places.iter().map(at).fold(start, |(low, high), at| (low.min(at), high.max(at)));
        let extent = high - low;
        // Drawings at the rim lie within the plot as a whole. All in one place: in the middle.
        let scale = ((self.size - 1.0).max(DVec2::ZERO) / extent).min_element();
        let scale = if scale.is_finite() { scale } else { 0.0 };
        let middle = (low + high) / 2.0;
        let center = DVec2::new(self.size.x, -self.size.y) / 2.0;
        let all = places.iter().map(|place| center + (at(place) - middle) * scale);
        Layout::overlapping(self.kind, all, bounds_of(self.size), Progress::NONE)
    }

    /// Shows the last map, with how true it is.
    fn end(mut self, made: Result<Vec<Place>, LayoutError>) -> Result<(), LayoutError> {
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        let places = drawn_in(&made?);
        // Of two drawings there is nothing to say.
        if (0..self.codes.rows()).filter(|&row| !self.codes.is_blank(row)).nth(2).is_none() {
            let layout = self.laid_out(&places)?;
            (self.publish)(layout)?;
            return Ok(self.input.progress.reach(1.0)?);
        }
        let judging = self.input.progress.part(MADE, 1.0);
        let seen = fidelity(self.codes, &places, measures::NEIGHBOURS, judging.part(0.0, 0.7)).map_err(refused)?;
        let mut quality = in_words(&seen, places.len());
        if let Some(labels) = categories(self.input) {
            let pure = purity(&places, &labels, measures::LABELLED, judging.part(0.7, 1.0)).map_err(refused)?;
            quality += &format!("; {} of 12 neighbours are of the same category", share(pure));
        }
        let layout = Layout { quality: Some(quality), ..self.laid_out(&places)? };
        (self.publish)(layout)?;
        Ok(self.input.progress.reach(1.0)?)
    }
}

/// The category of each row, where there are several and none is missing.
fn categories(input: LayoutInput<'_>) -> Option<Vec<u32>> {
    let codes = input.columns?.get("category")?.codes()?;
    (codes.labels.len() > 1 && codes.codes.len() == input.rows as usize).then(|| codes.codes.to_vec())
}

/// "this map is 99.0 % trustworthy and keeps 34.1 % of the true neighbours".
fn in_words(seen: &Fidelity, rows: usize) -> String {
    let of = if rows > measures::ALL {
        format!(" (by {} of them)", thousands(measures::SOME as u64))
    } else {
        String::new()
    };
    let [trust, kept] = [seen.trust, seen.kept].map(share);
    format!("this map is {trust} trustworthy and keeps {kept} of the true neighbours{of}")
}

/// "99.0 %".
fn share(part: f64) -> String {
    format!("{:.1} %", 100.0 * part)
}
