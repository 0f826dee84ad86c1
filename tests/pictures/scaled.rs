//! Rows in the colours of a scale, ranged and by quantile, against the CPU twin.

use super::assert_colors;
use super::styled::expected;
use crate::common::{Stage, open};
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::Settings;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::palette::Theme;
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::rows::{ScalePalette, Spread};
use std::collections::BTreeSet;

#[test]
fn scales_between_two_ends_are_exact() {
    let dataset = open(&["demo:1000:1"]);
    for (palette, spread, theme) in
        [(ScalePalette::Cividis, Spread::Quantile, Theme::Paper), (ScalePalette::Gray, Spread::Linear, Theme::Night)]
    {
        let range = Some("2017-03-05,2017-03-20".parse().unwrap());
        let color_by = Some("timestamp".to_owned());
        let appearance = Appearance { color_by, palette, spread, range, ..Appearance::default() };
        for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
            let settings = Settings { layout, theme, appearance: appearance.clone(), ..Settings::default() };
            let Some(stage) = Stage::new(&dataset, settings, [220, 170], &GpuOptions::default()) else { return };
            let mut stage = stage.with_ink();
            let center = stage.headless.scene.placed().layout.center(480).unwrap();
            let used: BTreeSet<u8> = (0..1000).map(|row| stage.headless.scene.row_table().style(row).color).collect();
            assert!(used.len() > 50 && used.contains(&1) && used.contains(&254), "{used:?}");
            for width in [5.0, 20.0] {
                stage.look(center, width);
                let frame = stage.scatter_frame_without_labels();
                let seen = stage.rgba(&frame);
                assert_colors(&seen, &expected(&stage), &format!("{palette}, {spread}, {layout}, {width} px"));
            }
            stage.assert_no_gpu_errors();
        }
    }
}
