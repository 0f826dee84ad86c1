//! What GPUs do to a program: no adapter, low limits, no memory, errors, loss, answers that never come (rows 17 to 25 of the
//! table in `docs/reliability.md`). The software GPU plays them all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;
#[path = "common/told.rs"]
mod told;

use common::{Noise, Stage, gpu_is_there, gray, open};
use inkfield::atlas::{AtlasLimits, AtlasPlan, Pages, pack_piece};
use inkfield::cli::CliError;
use inkfield::data::Row;
use inkfield::data::dataset::Dataset;
use inkfield::gpu::buffers::filled_buffer;
use inkfield::gpu::context::{Gpu, GpuError, GpuOptions, backend_names, instance, ranked_adapters};
use inkfield::gpu::pipelines::PICTURE_FORMAT;
use inkfield::gpu::renderer::Renderer;
use inkfield::headless::{HeadlessError, unheard};
use inkfield::scene::Settings;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::settings::Contrast;
use std::io::Write;
use std::sync::{Arc, Mutex};
use told::Told;

fn stage(options: &GpuOptions<'_>) -> Option<Stage> {
    Stage::new(&open(&["demo:3000:4"]), gray(), [200, 150], options)
}

#[test]
fn faults_17_backends_that_answer_nothing_are_named() {
    let backends = wgpu::Backends::METAL | wgpu::Backends::DX12;
    if cfg!(any(windows, target_os = "macos")) {
        return;
    }
    assert!(ranked_adapters(&instance(backends, None), backends, None).is_empty());
    let error = GpuError::NoAdapter { tried: backend_names(&[backends]) };
    let told = error.to_string();
    assert!(told.contains("tried Metal, Direct3D 12") && told.contains("mesa-vulkan-drivers"), "{told}");
    assert_eq!(CliError::Headless(HeadlessError::Gpu(error)).exit_code(), 1);
}

#[test]
fn faults_18_a_device_with_low_limits_shows_and_picks_the_same() {
    let Some(mut usual) = stage(&GpuOptions::default()) else { return };
    let device_limits = wgpu::Limits {
        max_texture_dimension_2d: 2048,
        max_texture_array_layers: 256,
        // So low that the instances of three thousand drawings take several buffers.
        max_storage_buffer_binding_size: 32 << 10,
        max_buffer_size: 1 << 20,
        ..wgpu::Limits::default()
    };
    let mut low = stage(&GpuOptions { device_limits: Some(device_limits), ..GpuOptions::default() }).unwrap();
    assert_eq!(low.headless.renderer.gpu().atlas_limits.texture_px, 2048);
    assert_eq!(low.headless.renderer.gpu().atlas_limits.layers, 256);
    let mut noise = Noise(5);
    for kind in [LayoutKind::GRID, LayoutKind::INDEX] {
        for px_per_unit in [2.4, 9.0, 31.0] {
            for stage in [&mut usual, &mut low] {
                stage.headless.scene.set_layout(kind, None, false).unwrap();
                let middle = stage.headless.scene.placed().layout.bounds.middle();
                stage.look(middle, px_per_unit);
            }
            assert!(usual.gray_picture() == low.gray_picture(), "{kind} at {px_per_unit} px differs");
            for _ in 0..10 {
                let at = [noise.below(200) as i32, noise.below(150) as i32];
                assert_eq!(usual.headless.pick(at, 6.0).unwrap(), low.headless.pick(at, 6.0).unwrap());
            }
        }
    }
    low.assert_no_gpu_errors();
}

#[test]
fn faults_19_memory_that_runs_out_is_told_and_all_goes_on_when_there_is_some() {
    let Some(mut stage) = stage(&GpuOptions::default()) else { return };
    let gpu = Arc::clone(stage.headless.renderer.gpu());
    let before = stage.gray_picture();

    // For the drawings of another set: what is open stays.
    let plan = AtlasPlan::new(3000, 28, 28, Pages::Ink, gpu.atlas_limits).unwrap();
    gpu.starve();
    let error = Renderer::new(Arc::clone(&gpu), &plan, PICTURE_FORMAT).unwrap_err();
    let told = error.to_string();
    assert_eq!(Told::row(19).values(&told)[0], "drawings");
    assert_eq!(CliError::Headless(HeadlessError::Gpu(error)).exit_code(), 1);
    Renderer::new(Arc::clone(&gpu), &plan, PICTURE_FORMAT).unwrap();

    // For a picture.
    stage.headless.renderer.forget_picture();
    gpu.starve();
    let error = stage.headless.picture().map(|_| ()).expect_err("there is no memory for a picture");
    assert!(matches!(error, HeadlessError::Gpu(GpuError::OutOfMemory { .. })), "{error}");
    assert!(before == stage.gray_picture(), "the same picture once there is memory");
    stage.assert_no_gpu_errors();
}

#[test]
fn faults_19_memory_that_runs_out_where_nobody_asked_fails_the_next_answer() {
    let Some(mut stage) = stage(&GpuOptions::default()) else { return };
    let gpu = Arc::clone(stage.headless.renderer.gpu());
    let limits = gpu.device.limits();
    let side = limits.max_texture_dimension_2d;
    // As an upload would that finds no memory: nobody watches for the error.
    let _ = gpu.device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d { width: side, height: side, depth_or_array_layers: limits.max_texture_array_layers },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    });
    let error = stage.headless.picture().map(|_| ()).expect_err("a picture that may lack something is none");
    assert!(matches!(error, HeadlessError::Gpu(GpuError::Starved)), "{error}");
    assert!(Told::row(19).values(&error.to_string()).is_empty(), "{error}");
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn faults_20_a_validation_error_is_logged_once_and_counted() {
    if !gpu_is_there() {
        return;
    }
    let gpu = Gpu::headless(&GpuOptions::default()).unwrap();
    let (lines, writer) = (Lines::default(), Lines::default());
    let shared = Lines(Arc::clone(&writer.0));
    let subscriber = tracing_subscriber::fmt().with_writer(move || Lines(Arc::clone(&shared.0))).finish();
    drop(lines);
    tracing::subscriber::with_default(subscriber, || {
        for _ in 0..3 {
            // A buffer that nothing may be done with.
            let _ = gpu.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("wrong"),
                size: 16,
                usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::VERTEX,
                mapped_at_creation: false,
            });
        }
    });
    assert_eq!(gpu.errors(), 3, "every one is counted: the window tests read the number in each frame");
    let said = String::from_utf8(writer.0.lock().unwrap().clone()).unwrap();
    assert_eq!(said.matches("the GPU reported").count(), 1, "one line, not one a frame: {said}");
    assert!(gpu.check_memory().is_ok());
}

#[test]
fn faults_21_a_lost_device_breaks_nothing_and_another_one_draws_the_same() {
    let Some(mut lost) = stage(&GpuOptions::default()) else { return };
    let before = lost.gray_picture();
    let pick = lost.headless.pick([100, 75], 6.0).unwrap();
    assert!(pick.is_some());
    let gpu = Arc::clone(lost.headless.renderer.gpu());
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    gpu.on_lost(move || *count.lock().unwrap() += 1);
    assert!(!gpu.is_lost());
    gpu.destroy();
    assert!(gpu.is_lost());
    assert_eq!(*told.lock().unwrap(), 1, "whoever can build another one is told");

    // Whatever a frame does that had begun before anybody noticed: an error or nothing, never a panic.
    for kind in [LayoutKind::INDEX, LayoutKind::GRID] {
        lost.headless.scene.set_layout(kind, None, false).unwrap();
        for px_per_unit in [2.4, 9.0, 31.0] {
            let middle = lost.headless.scene.placed().layout.bounds.middle();
            lost.look(middle, px_per_unit);
            lost.headless.renderer.forget_picture();
            assert!(lost.headless.picture().is_err());
            assert!(lost.headless.pick([100, 75], 6.0).is_err());
        }
    }
    let plan = lost.headless.renderer.plan().clone();
    let piece = pack_piece(&plan, 0, &vec![9; plan.piece_rows(0).len() * 784]);
    lost.headless.renderer.upload(&piece);
    assert!(matches!(Renderer::new(Arc::clone(&gpu), &plan, PICTURE_FORMAT), Err(GpuError::Lost)));
    // What a frame makes before the loss is known.
    filled_buffer(&gpu.device, "marks", &[1; 12], wgpu::BufferUsages::VERTEX);
    assert_eq!(gpu.errors(), 0, "a lost device is one piece of news, not many");

    let mut again = stage(&GpuOptions::default()).unwrap();
    assert!(before == again.gray_picture(), "another device, the same picture");
    assert_eq!(pick, again.headless.pick([100, 75], 6.0).unwrap());
    again.assert_no_gpu_errors();
}

#[test]
fn faults_23_pictures_of_one_pixel_are_drawn_larger_ones_than_the_device_allows_in_tiles_and_drawings_refused() {
    if !gpu_is_there() {
        return;
    }
    let dataset = open(&["demo:300:4"]);
    let device_limits = Some(wgpu::Limits { max_texture_dimension_2d: 2048, ..wgpu::Limits::default() });
    let options = GpuOptions { device_limits, ..GpuOptions::default() };
    for size_px in [[1, 1], [2048, 1], [1, 2048]] {
        let mut stage = Stage::new(&dataset, gray(), size_px, &options).unwrap();
        assert_eq!(stage.gray_picture().len(), (size_px[0] * size_px[1]) as usize);
        stage.assert_no_gpu_errors();
    }
    for size_px in [[2049, 10], [10, 16_384]] {
        let viewport = inkfield::scene::camera::Viewport::new(size_px[0], size_px[1], 1.0);
        let opened = inkfield::headless::Headless::new(&dataset, None, gray(), viewport, &options, &mut unheard);
        let mut headless = opened.unwrap();
        assert!(headless.is_tiled());
        // A drawing alone is one piece.
        let told = headless.inspect(Row(7), size_px).unwrap_err().to_string();
        let values = Told::row(23).values(&told);
        assert_eq!(values[1..], [size_px[0], size_px[1], 2048, 2048].map(|side| side.to_string()));
    }
}

/// What all drawings of a stage give together, on average: from the file's bytes, without a camera.
fn ink_of_all(dataset: &Dataset) -> f64 {
    let mut ink = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut ink).unwrap();
    ink.iter().map(|&byte| f64::from(byte)).sum::<f64>() / ink.len() as f64 / 255.0
}

#[test]
fn case_pixel_tiny_pictures_show_what_all_drawings_give_together() {
    if !gpu_is_there() {
        return;
    }
    // Up to 30,000 drawings in one pixel. Mesa's software driver ends a shader's loops after 65,535 turns, without a word.
    for (rows, size_px) in [(300, [1, 1]), (300, [2048, 1]), (3000, [1, 1]), (30_000, [1, 1]), (30_000, [3, 2])] {
        let dataset = open(&[format!("demo:{rows}:4")]);
        let settings = Settings { contrast: Contrast::True, ..gray() };
        let mut stage = Stage::new(&dataset, settings, size_px, &GpuOptions::default()).unwrap();
        let bounds = stage.headless.scene.placed().layout.bounds;
        let px_per_unit = 0.9 * f64::from(size_px[0].min(size_px[1])) / bounds.size().max_element();
        stage.look(bounds.middle(), px_per_unit);
        let area = (0..2).map(|axis| px_per_unit * bounds.size()[axis]).product::<f64>();
        let filled = f64::from(rows) / (bounds.size().x * bounds.size().y);
        let seen: f64 = stage.gray_picture().iter().map(|&byte| f64::from(byte) / 255.0).sum();
        let expected = ink_of_all(&dataset) * area * filled;
        // Each pixel that shows something is rounded to 1/255.
        let touched = (area + 4.0).min(f64::from(size_px[0] * size_px[1]));
        assert!(
            (seen - expected).abs() < 0.03 * expected + touched / 510.0,
            "{rows} in {size_px:?}: {seen} for {expected}"
        );
        assert!(expected > 0.02, "{rows} in {size_px:?} show nothing");
        stage.assert_no_gpu_errors();
    }
}

#[test]
fn faults_25_a_gpu_that_does_not_answer_ends_the_wait_with_a_message() {
    let Some(mut stage) = stage(&GpuOptions::default()) else { return };
    assert!(stage.headless.pick([100, 75], 6.0).unwrap().is_some());
    stage.headless.renderer.gpu().fall_silent();
    for error in
        [stage.headless.picture().map(drop).unwrap_err(), stage.headless.pick([100, 75], 6.0).map(drop).unwrap_err()]
    {
        let values = Told::row(25).values(&error.to_string());
        assert_eq!(values[0], "30");
        assert!(!values[1].is_empty(), "the adapter is named");
        let error = CliError::Headless(error);
        assert!(error.is_silent_gpu() && error.exit_code() == 1);
    }
    // Nothing waits for it at the end either.
    let start = std::time::Instant::now();
    drop(stage);
    assert!(start.elapsed() < std::time::Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn faults_18_a_chunk_may_be_small_but_not_smaller_than_a_drawing() {
    if !gpu_is_there() {
        return;
    }
    let limits = AtlasLimits { texture_px: 16, layers: 256, chunk_bytes: 1 << 20 };
    let options = GpuOptions { limits: Some(limits), ..GpuOptions::default() };
    let viewport = inkfield::scene::camera::Viewport::new(100, 100, 1.0);
    let opened =
        inkfield::headless::Headless::new(&open(&["demo:300:4"]), None, gray(), viewport, &options, &mut unheard);
    let told = opened.unwrap_err().to_string();
    assert_eq!(Told::row(18).values(&told), ["28 × 28", "28", "16"]);
}
