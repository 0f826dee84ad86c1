//! What the GPU tests share: a data set on the GPU, cameras by side, the oracle's picture, and noise to choose rows by.
#![allow(dead_code, reason = "each test uses its own part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that does not run must say so")]

pub mod real_data;

use glam::DVec2;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::gpu::context::{GpuError, GpuOptions};
use inkfield::gpu::progressive::DrawBudget;
use inkfield::gpu::readback::read_rgba;
use inkfield::headless::{Headless, HeadlessError, read_columns, unheard};
use inkfield::scene::camera::{Camera, Viewport};
use inkfield::scene::frame::{Content, Frame};
use inkfield::scene::oracle::ink_picture;
use inkfield::scene::palette::Colormap;
use inkfield::scene::view::ScatterView;
use inkfield::scene::{Action, Settings};
use std::ffi::OsStr;
use std::sync::Arc;

/// Opens files, folders or demos as one data set.
pub fn open<S: AsRef<OsStr>>(inputs: &[S]) -> Arc<Dataset> {
    Arc::new(Dataset::open(inputs, &OpenOptions::default()).unwrap())
}

/// All records of a data set.
pub fn columns_of(dataset: &Dataset) -> Columns {
    read_columns(dataset, &mut |_, _| ()).unwrap().0
}

/// Settings whose pictures hold the ink itself.
pub fn gray() -> Settings {
    Settings { colormap: Colormap::Gray, ..Settings::default() }
}

/// Whether there is a GPU (a software one will do); says so aloud when there is none, and fails in continuous integration.
pub fn gpu_is_there() -> bool {
    match inkfield::gpu::context::Gpu::headless(&GpuOptions::default()) {
        Ok(_) => true,
        Err(GpuError::NoAdapter { tried }) => no_adapter(&tried),
        Err(error) => panic!("{error}"),
    }
}

fn no_adapter(tried: &str) -> bool {
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "no GPU adapter: tried {tried}");
    eprintln!("NOT RUN: no GPU adapter (tried {tried})");
    false
}

/// A data set on the GPU together with its ink, so that pictures can be held against the oracle.
pub struct Stage {
    pub headless: Headless,
    pub dataset: Arc<Dataset>,
    ink: Vec<u8>,
}

impl Stage {
    /// Uploads a data set; `None`, said aloud, without an adapter.
    pub fn new(
        dataset: &Arc<Dataset>,
        settings: Settings,
        size_px: [u32; 2],
        options: &GpuOptions<'_>,
    ) -> Option<Self> {
        let columns = dataset.has_records().then(|| columns_of(dataset));
        let viewport = Viewport::new(size_px[0], size_px[1], 1.0);
        let headless = match Headless::new(dataset, columns.as_ref(), settings, viewport, options, &mut unheard) {
            Ok(headless) => headless,
            Err(HeadlessError::Gpu(GpuError::NoAdapter { tried })) => {
                no_adapter(&tried);
                return None;
            }
            Err(error) => panic!("{error}"),
        };
        Some(Self { headless, dataset: Arc::clone(dataset), ink: Vec::new() })
    }

    /// Reads the drawings for the oracle (a large demo takes its time, and picking needs none).
    pub fn with_ink(mut self) -> Self {
        self.ink = vec![0; self.dataset.bytes() as usize];
        self.dataset.read_ink(0, &mut self.ink, &self.headless.values.table()).unwrap();
        self
    }

    /// Looks at a world position with cells `px_per_unit` pixels wide, and makes sure that the camera permits it.
    pub fn look(&mut self, center: DVec2, px_per_unit: f64) {
        let scene = &mut self.headless.scene;
        let zoom = px_per_unit / scene.viewport().fit_px_per_unit(&scene.placed().layout.bounds);
        scene.apply(Action::SetCamera(Camera { center, zoom }));
        let got = scene.view().px_per_unit;
        assert!(
            (got / px_per_unit - 1.0).abs() < 1e-9,
            "{px_per_unit} px a cell was asked for, the camera allows {got}"
        );
    }

    /// The scatter's gray bytes as the GPU draws them, without labels.
    pub fn gray_picture(&mut self) -> Vec<u8> {
        let frame = self.scatter_frame_without_labels();
        self.rgba(&frame).chunks_exact(4).map(|pixel| pixel[0]).collect()
    }

    /// The frame of the scatter alone.
    pub fn scatter_frame_without_labels(&self) -> Frame {
        let mut frame = self.headless.scene.scatter_frame();
        for view in &mut frame.views {
            if let Content::Scatter(_, overlay) = &mut view.content {
                overlay.labels.clear();
                overlay.outlines_px.clear();
                overlay.colored_px.clear();
                (overlay.axes, overlay.legend) = (None, None);
            }
        }
        frame
    }

    /// A frame's RGBA bytes.
    pub fn rgba(&mut self, frame: &Frame) -> Vec<u8> {
        self.rgba_within(frame, DrawBudget::ALL)
    }

    /// The same where no more may be drawn than a budget permits.
    pub fn rgba_within(&mut self, frame: &Frame, budget: DrawBudget) -> Vec<u8> {
        let texture = self.headless.draw_within(frame, budget).unwrap();
        read_rgba(self.headless.renderer.gpu(), &texture).unwrap()
    }

    /// The same picture by the oracle.
    pub fn oracle_picture(&self) -> Vec<f32> {
        self.oracle_of(&self.headless.view())
    }

    /// The oracle's picture of any view of this scene.
    pub fn oracle_of(&self, view: &ScatterView) -> Vec<f32> {
        let placed = self.headless.scene.placed();
        let drawing = |row: u32, bytes: &mut [u8]| bytes.copy_from_slice(self.ink_of(row));
        ink_picture(view, &placed.layout, &placed.index, 28, &drawing)
    }

    /// The 28 × 28 bytes of a row.
    pub fn ink_of(&self, row: u32) -> &[u8] {
        &self.ink[row as usize * 784..][..784]
    }

    /// Holds the GPU's picture against the oracle's: within 2 of 255 on 99.9 % of pixels (docs/contract.md, "exact").
    pub fn assert_exact(&mut self, what: &str) {
        let seen = self.gray_picture();
        let expected = self.oracle_picture();
        assert_eq!(seen.len(), expected.len());
        let off = |&(&byte, &ink): &(&u8, &f32)| (f32::from(byte) - (ink * 255.0).round()).abs() > 2.0;
        let wrong = seen.iter().zip(&expected).filter(off).count();
        let inked = expected.iter().filter(|&&ink| ink > 0.02).count();
        assert!(
            inked * 50 > seen.len(),
            "{what}: the picture is nearly empty, it shows nothing ({inked} inked pixels)"
        );
        if wrong * 1000 > seen.len() {
            let first = seen.iter().zip(&expected).position(|pair| off(&pair)).unwrap();
            let width = self.headless.view().size_px[0] as usize;
            panic!(
                "{what}: {wrong} of {} pixels differ by more than 2, the first at ({}, {}): {} for {:.2}",
                seen.len(),
                first % width,
                first / width,
                seen[first],
                expected[first] * 255.0
            );
        }
    }

    /// Every GPU test ends here: nothing was reported that nobody handled.
    pub fn assert_no_gpu_errors(&self) {
        assert_eq!(self.headless.renderer.gpu().errors(), 0, "errors reported by the GPU");
    }
}

/// Reproducible noise: a linear congruential generator (constants by Knuth), its upper bits.
pub struct Noise(pub u64);

impl Noise {
    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        (self.unit() * f64::from(n)) as u32
    }
}
