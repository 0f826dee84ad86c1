//! The nearest rows on the GPU against those that the processor finds, and against all rows compared one by one.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::gpu::context::{GpuOptions, gpu_for_tests};
use crate::likeness::query::nearest;
use crate::likeness::query::tests::{naive, some_codes};

/// Asks for some rows, and for a code from elsewhere.
fn check(gpu: &Arc<Gpu>, codes: &Codes, ks: &[usize], what: &str) -> usize {
    let on_gpu = NearestOnGpu::new(gpu, codes).unwrap();
    let other: Vec<i8> = (0..codes.width()).map(|i| (i * 37 % 255) as u8 as i8).collect();
    let rows = (0..codes.rows()).step_by(codes.rows().div_ceil(12).max(1) as usize);
    for of in rows.map(Of::Row).chain([Of::Code(&other), Of::Row(codes.rows())]) {
        for &k in ks {
            let found = on_gpu.nearest(codes, of, k).unwrap();
            assert_eq!(found, nearest(codes, of, k), "{k} of {of:?}, {what}");
            let Of::Row(row) = of else { continue };
            let Some(code) = codes.row(row) else { continue };
            assert_eq!(found, naive(codes, code, Some(row), k), "{k} of {of:?}, {what}");
        }
    }
    assert_eq!(gpu.errors(), 0, "{what}");
    on_gpu.chunks.len()
}

#[test]
fn the_gpu_finds_what_the_processor_finds_to_the_bit() {
    let Some(gpu) = gpu_for_tests() else { return };
    let gpu = Arc::new(gpu);
    for (rows, width) in [(1, 64), (2, 64), (255, 64), (257, 3), (3_000, 64), (9_000, 64), (700, 130), (400, 1_024)] {
        check(&gpu, &some_codes(rows, width), &[0, 1, 12, rows + 3], &format!("{rows} rows, {width} wide"));
    }
    // The greatest sums there are, of either sign, and rows that are all equal, in their order.
    let extremes: Vec<i8> = (0..64 * 600).map(|at| if at / 64 % 2 == 0 { -128 } else { 127 }).collect();
    check(&gpu, &Codes::new(64, extremes).unwrap(), &[5], "extremes");
    check(&gpu, &Codes::new(64, vec![3; 64 * 2_000]).unwrap(), &[5], "equal rows");
    check(&gpu, &Codes::new(64, vec![0; 64 * 300]).unwrap(), &[5], "blank rows");
    let none = Codes::new(64, Vec::new()).unwrap();
    let on_gpu = NearestOnGpu::new(&gpu, &none).unwrap();
    assert_eq!(on_gpu.nearest(&none, Of::Code(&[1; 64]), 5).unwrap(), []);
}

#[test]
fn codes_lie_in_as_many_buffers_as_the_device_asks_for() {
    let Some(gpu) = gpu_for_tests() else { return };
    let limits = wgpu::Limits { max_storage_buffer_binding_size: 128 << 10, ..gpu.device.limits() };
    let small = Gpu::headless(&GpuOptions { device_limits: Some(limits), ..GpuOptions::default() }).unwrap();
    assert_eq!(check(&Arc::new(small), &some_codes(9_000, 64), &[12], "in small buffers"), 5);
}

#[test]
fn without_compute_shaders_and_for_codes_too_wide_it_is_refused() {
    let Some(gpu) = gpu_for_tests() else { return };
    let refused = NearestOnGpu::new(&Arc::new(gpu), &some_codes(10, 1_025)).unwrap_err();
    assert!(refused.to_string().contains("1,024 values"), "{refused}");
    let options = GpuOptions { tier: Some(Tier::NoCompute), ..GpuOptions::default() };
    let gpu = Arc::new(Gpu::headless(&options).unwrap());
    let refused = NearestOnGpu::new(&gpu, &some_codes(10, 64)).unwrap_err();
    assert!(refused.to_string().contains("compute shaders"), "{refused}");
}
