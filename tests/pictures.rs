//! Pictures of the GPU against the oracle, and what must hold between neighbouring pictures: zooming shows no step, panning no
//! crawling.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "pictures/coarse.rs"]
mod coarse;
mod common;
#[path = "pictures/counted.rs"]
mod counted;
#[path = "pictures/exact.rs"]
mod exact;
#[path = "pictures/frames.rs"]
mod frames;
#[path = "pictures/in_color.rs"]
mod in_color;
#[path = "pictures/in_strokes.rs"]
mod in_strokes;
#[path = "pictures/motion.rs"]
mod motion;
#[path = "pictures/moved.rs"]
mod moved;
#[path = "pictures/naive.rs"]
mod naive;
#[path = "pictures/near.rs"]
mod near;
#[path = "pictures/on_the_way.rs"]
mod on_the_way;
#[path = "pictures/ordered.rs"]
mod ordered;
#[path = "pictures/scaled.rs"]
mod scaled;
#[path = "pictures/styled.rs"]
mod styled;
#[path = "pictures/tiles.rs"]
mod tiles;
#[path = "pictures/values.rs"]
mod values;
#[path = "pictures/warm_up.rs"]
mod warm_up;

use common::real_data::real_data;
use common::{Stage, gray, open};
use inkfield::atlas::AtlasLimits;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::context::GpuOptions;
use std::sync::Arc;

/// Pages of 504 px in arrays of three layers: 972 drawings a chunk, so that every picture crosses layers and chunks.
const SMALL_CHUNKS: AtlasLimits = AtlasLimits { texture_px: 512, layers: 3, chunk_bytes: 1 << 30 };

fn small_chunks() -> GpuOptions<'static> {
    GpuOptions { limits: Some(SMALL_CHUNKS), ..GpuOptions::default() }
}

/// Real drawings where they are at hand, else as many of the demo.
fn drawings(path: &str, rows: u32) -> Arc<Dataset> {
    let dataset = match real_data() {
        Some(data) => open(&[data.join(path)]),
        None => open(&[format!("demo:{rows}:1")]),
    };
    assert_eq!(dataset.rows(), rows);
    dataset
}

fn staged(dataset: &Arc<Dataset>, settings: inkfield::scene::Settings, size_px: [u32; 2]) -> Option<Stage> {
    let stage = Stage::new(dataset, settings, size_px, &small_chunks())?.with_ink();
    assert!(stage.headless.renderer.plan().chunks() > 1, "one chunk only");
    Some(stage)
}

/// Holds RGBA bytes against colours of 0…255: within 2.5 on 99.9 % of pixels.
fn assert_colors(seen: &[u8], expected: &[[f64; 3]], what: &str) {
    let is_off = |(seen, expected): &(&[u8], &[f64; 3])| {
        seen.iter().zip(expected.iter()).any(|(&seen, &expected)| (f64::from(seen) - expected).abs() > 2.5)
    };
    let pixels = || seen.chunks_exact(4).zip(expected);
    let wrong = pixels().filter(is_off).count();
    assert!(
        wrong * 1000 <= expected.len(),
        "{what}: {wrong} of {} pixels differ, the first at {:?} {:?}",
        expected.len(),
        pixels().position(|pair| is_off(&pair)),
        pixels().find(is_off)
    );
}
