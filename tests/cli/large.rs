//! Pictures beyond what is drawn in one piece, and pictures without paper.

use super::{answer, complaint, documents, gpu, inkfield, names, read_png};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

#[test]
fn a_picture_without_paper_is_the_opaque_one_over_the_paper() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let [opaque, clear] = ["opaque.png", "clear.png"].map(|name| dir.path().join(name));
    let views: [&[&str]; 3] = [
        &["--layout", "grid", "--zoom", "3"],
        &["--layout", "groups", "--color-by", "recognized", "--theme", "night"],
        &["--layout", "index", "--theme", "paper"],
    ];
    for view in views {
        let render = |out: &Path, more: &[&str]| {
            answer(
                inkfield()
                    .args(["render", "demo:2000", "--size", "420x260"])
                    .args(view)
                    .args(more)
                    .arg("--out")
                    .arg(out),
            );
            read_png(out)
        };
        let (size, samples, rgb) = render(&opaque, &[]);
        assert_eq!((size, samples), ([420, 260], 3));
        let (size, samples, rgba) = render(&clear, &["--background", "none"]);
        assert_eq!((size, samples), ([420, 260], 4));
        let ground = if view.contains(&"night") { theme("night") } else { theme("paper") };
        let mut transparent = 0;
        for (opaque, clear) in rgb.chunks_exact(3).zip(rgba.chunks_exact(4)) {
            let alpha = f64::from(clear[3]) / 255.0;
            transparent += usize::from(clear[3] == 0);
            for channel in 0..3 {
                let over = f64::from(ground[channel]) * (1.0 - alpha) + f64::from(clear[channel]) * alpha;
                assert!((over.round() - f64::from(opaque[channel])).abs() <= 1.0, "{view:?}: {clear:?} for {opaque:?}");
            }
        }
        assert!(transparent > 1000, "{view:?}: {transparent} clear pixels");
        assert!(rgba.chunks_exact(4).any(|pixel| pixel[3] > 200), "{view:?}: nothing is drawn");
    }
    let refused = complaint(
        inkfield().args(["render", "demo:20", "--inspect", "3", "--background", "none", "--out"]).arg(&clear),
        2,
    );
    assert!(refused.contains("--background"), "{refused}");
}

/// The paper of a theme.
fn theme(name: &str) -> [u8; 3] {
    use inkfield::scene::palette::{Palette, Theme};
    Palette::of(if name == "night" { Theme::Night } else { Theme::Paper }).ground
}

#[test]
fn a_picture_longer_than_one_piece_may_be_is_written_band_by_band() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("long.png");
    let args = ["render", "demo:2000", "--size", "16384x600", "--json", "--out"];
    let [told] = &documents(inkfield().args(args).arg(&out))[..] else { panic!("one document") };
    assert_eq!(told["size_px"], serde_json::json!([16384, 600]));
    let (size, samples, rgb) = read_png(&out);
    assert_eq!((size, samples), ([16_384, 600], 3));
    // A grid as high as the picture stands in its middle; there is no seam in what lies beside it.
    let ground = &rgb[..3];
    let inked = |x: usize| (0..600).filter(|y| &rgb[(y * 16_384 + x) * 3..][..3] != ground).count();
    assert!((0..7000).step_by(7).all(|x| inked(x) == 0) && (9400..16_384).step_by(7).all(|x| inked(x) == 0));
    assert!((8100..8300).all(|x| inked(x) > 20));
    // To standard output, the same bytes.
    let args = ["render", "demo:2000", "--size", "16384x600", "--out", "-"];
    let printed = inkfield().args(args).output().unwrap();
    assert!(printed.status.success());
    assert!(printed.stdout == fs::read(&out).unwrap());
    assert_eq!(names(dir.path()), ["long.png"]);
}
