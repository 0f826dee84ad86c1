//! Each tier of GPU abilities, forced once: the same pictures and the same picks, and nothing reported by the device.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Noise, Stage, gray, open};
use glam::DVec2;
use inkfield::gpu::context::{GpuOptions, Tier};
use inkfield::gpu::pick::PickHit;
use inkfield::scene::layout::LayoutKind;

/// What a tier shows.
struct Seen {
    pictures: Vec<Vec<u8>>,
    picks: Vec<Option<PickHit>>,
}

/// Pictures and picks in grid and scatter, far and near.
fn seen(tier: Tier) -> Option<Seen> {
    let options = GpuOptions { tier: Some(tier), ..GpuOptions::default() };
    let mut stage = Stage::new(&open(&["demo:2500:4"]), gray(), [200, 150], &options)?;
    let gpu = stage.headless.renderer.gpu();
    let limits = gpu.device.limits();
    assert!(gpu.tier >= tier, "{tier} was asked for, {} is used", gpu.tier);
    // The device itself refuses what the tier does without, so that nothing can use it unnoticed.
    if tier >= Tier::NoCompute {
        assert_eq!(limits.max_compute_invocations_per_workgroup, 0);
    }
    if tier >= Tier::NoVertexStorage {
        assert_eq!(limits.max_storage_buffers_per_shader_stage, 0);
    }
    let (mut pictures, mut picks) = (Vec::new(), Vec::new());
    let mut noise = Noise(1);
    for kind in [LayoutKind::GRID, LayoutKind::INDEX] {
        stage.headless.scene.set_layout(kind, None, false).unwrap();
        for px_per_unit in [2.4, 11.0, 44.7] {
            let middle = stage.headless.scene.placed().layout.bounds.middle();
            stage.look(middle + DVec2::new(0.3, 0.2), px_per_unit);
            pictures.push(stage.gray_picture());
            for _ in 0..20 {
                let at = [noise.below(200) as i32, noise.below(150) as i32];
                picks.push(stage.headless.pick(at, 6.0).unwrap());
            }
        }
    }
    stage.assert_no_gpu_errors();
    assert!(pictures.iter().all(|picture| picture.iter().any(|&byte| byte > 0)), "an empty picture");
    assert!(picks.iter().flatten().count() > 60, "hardly anything was hit");
    Some(Seen { pictures, picks })
}

#[test]
fn every_tier_shows_and_picks_the_same() {
    let Some(full) = seen(Tier::Full) else { return };
    for tier in [Tier::NoCompute, Tier::NoVertexStorage] {
        let weaker = seen(tier).unwrap();
        for (i, (a, b)) in full.pictures.iter().zip(&weaker.pictures).enumerate() {
            assert!(a == b, "{tier}: picture {i} differs");
        }
        assert_eq!(full.picks, weaker.picks, "{tier}");
    }
}
