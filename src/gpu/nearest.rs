//! The rows that look most like one, found on the GPU: of tens of millions a processor takes longer than a frame.
//!
//! How it works: all codes lie in storage buffers, once. A query uploads one code; a compute pass finds the best row of each block of
//! [`BLOCK_ROWS`] (`nearest.wgsl`), 8 bytes a block come back, and the processor looks through the best blocks alone. What is found is
//! what [`nearest`](crate::likeness::query::nearest) finds, to the bit. A query reads 64 bytes a row and multiplies 64 times: 3.2 GB and
//! 3.2 · 10⁹ products for 50 million rows, of which 1.6 MB of answers come back.

use super::bindings::{bind_group_layout, entry, storage, uniform};
use super::buffers::filled_buffer;
use super::context::{Gpu, GpuError, Tier};
use super::gpu_types::NearestUniform;
use super::pass::uniform_buffer;
use super::readback::read_now;
use super::shaders::NEAREST;
use crate::likeness::code::Codes;
use crate::likeness::query::{BLOCK_ROWS, Neighbour, Of, asked, nearest_by_blocks};
use std::sync::{Arc, Mutex, PoisonError};

/// Values of a code that are read at once.
const SIXTEEN: usize = 16;
/// Most values of a code, as `nearest.wgsl` has it.
const WIDEST: usize = 1_024;
/// No row.
const NOBODY: u32 = u32::MAX;
/// Most bytes of one buffer of codes.
const CHUNK_BYTES: u64 = 1 << 30;
/// Bytes uploaded at once.
const PIECE_BYTES: usize = 4 << 20;
/// Bytes of a block's answer.
const ANSWER_BYTES: u64 = 8;
/// Blocks along the first axis of a dispatch.
const BLOCKS_ACROSS: u32 = 1 << 15;

/// The codes of a set on a GPU.
#[derive(Debug)]
pub struct NearestOnGpu {
    gpu: Arc<Gpu>,
    layout: wgpu::BindGroupLayout,
    pipeline: wgpu::ComputePipeline,
    chunks: Vec<Chunk>,
    /// What answers come back in: one query at a time.
    answer: Mutex<wgpu::Buffer>,
}

/// As many rows as lie in one buffer.
#[derive(Debug)]
struct Chunk {
    first: u32,
    rows: u32,
    codes: wgpu::Buffer,
    best: wgpu::Buffer,
}

impl Chunk {
    fn blocks(&self) -> u32 {
        self.rows.div_ceil(BLOCK_ROWS)
    }
}

impl NearestOnGpu {
    /// Uploads the codes of a set, 64 bytes a row; fails where the GPU has no compute shaders, or no room for them.
    pub fn new(gpu: &Arc<Gpu>, codes: &Codes) -> Result<Self, GpuError> {
        let limits = gpu.device.limits();
        let refused = |what| Err(GpuError::Unsupported { adapter: gpu.info.name.clone(), what });
        if gpu.tier != Tier::Full || limits.max_compute_invocations_per_workgroup < BLOCK_ROWS {
            return refused("compare codes: it has no compute shaders, or too small ones");
        }
        if codes.width() > WIDEST {
            return refused("compare codes of more than 1,024 values");
        }
        let compute = wgpu::ShaderStages::COMPUTE;
        let entries =
            [uniform(0, compute), storage(1, compute, true), storage(2, compute, true), storage(3, compute, false)];
        let layout = bind_group_layout(&gpu.device, NEAREST.0, &entries);
        let module = gpu.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(NEAREST.0),
            source: wgpu::ShaderSource::Wgsl(NEAREST.1.into()),
        });
        let pipeline_layout = gpu.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some(NEAREST.0),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let pipeline = gpu.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(NEAREST.0),
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("best_of_block"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            cache: None,
        });
        let row_bytes = codes.width().next_multiple_of(SIXTEEN);
        let most = limits.max_buffer_size.min(limits.max_storage_buffer_binding_size).min(CHUNK_BYTES);
        let chunk_rows = (most / row_bytes as u64) as usize / BLOCK_ROWS as usize * BLOCK_ROWS as usize;
        if chunk_rows == 0 {
            return Err(GpuError::OutOfMemory { what: "a buffer of codes", bytes: row_bytes as u64 });
        }
        let values = codes.values().chunks(chunk_rows * codes.width());
        let chunks = (0..).step_by(chunk_rows).zip(values);
        let chunks = chunks.map(|(first, values)| upload(gpu, first, values, codes.width()));
        let chunks = chunks.collect::<Result<Vec<_>, _>>()?;
        // Of no rows there is nothing to answer, but no buffer is empty.
        let blocks = codes.rows().div_ceil(BLOCK_ROWS).max(1);
        let usage = wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ;
        let answer = Mutex::new(buffer(gpu, u64::from(blocks) * ANSWER_BYTES, usage)?);
        Ok(Self { gpu: Arc::clone(gpu), layout, pipeline, chunks, answer })
    }

    /// The `k` nearest, the most alike first, as [`nearest`](crate::likeness::query::nearest) finds them in these codes, which are those
    /// that were uploaded. Waits for the GPU.
    pub fn nearest(&self, codes: &Codes, of: Of<'_>, k: usize) -> Result<Vec<Neighbour>, GpuError> {
        let asked = asked(codes, of).filter(|_| k > 0 && !self.chunks.is_empty());
        let Some((own, code)) = asked else { return Ok(Vec::new()) };
        Ok(nearest_by_blocks(codes, of, k, &self.best_of_blocks(own, code)?))
    }

    fn best_of_blocks(&self, own: Option<u32>, code: &[i8]) -> Result<Vec<Option<Neighbour>>, GpuError> {
        self.gpu.check_lost()?;
        let device = &self.gpu.device;
        let sixteens = code.len().div_ceil(SIXTEEN);
        let code = filled_buffer(device, "code", &padded(code, code.len()), wgpu::BufferUsages::STORAGE);
        // A query that panicked left a buffer that is not mapped.
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some(NEAREST.0) });
        for chunk in &self.chunks {
            let (first, rows) = (chunk.first, chunk.rows);
            let question = NearestUniform { first, rows, sixteens: sixteens as u32, own: own.unwrap_or(NOBODY) };
            let question = uniform_buffer(device, "question", bytemuck::bytes_of(&question));
            let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some(NEAREST.0),
                layout: &self.layout,
                entries: &[entry(0, &question), entry(1, &chunk.codes), entry(2, &code), entry(3, &chunk.best)],
            });
            let across = chunk.blocks().min(BLOCKS_ACROSS);
            {
                let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
                pass.set_pipeline(&self.pipeline);
                pass.set_bind_group(0, &group, &[]);
                pass.dispatch_workgroups(across, chunk.blocks().div_ceil(across.max(1)), 1);
            }
            let at = u64::from(first / BLOCK_ROWS) * ANSWER_BYTES;
            encoder.copy_buffer_to_buffer(&chunk.best, 0, &answer, at, u64::from(chunk.blocks()) * ANSWER_BYTES);
        }
        self.gpu.queue.submit([encoder.finish()]);
        let bytes = read_now(&self.gpu, &answer)?;
        let word = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap_or([0xff; 4]));
        let one = |block: &[u8]| {
            let (similarity, row) = block.split_at(4);
            let (similarity, row) = (word(similarity).cast_signed(), word(row));
            (row != NOBODY).then_some(Neighbour { row, similarity })
        };
        Ok(bytes.chunks_exact(ANSWER_BYTES as usize).map(one).collect())
    }
}

/// Codes with zeros up to whole sixteens, which change no sum.
fn padded(values: &[i8], width: usize) -> Vec<u8> {
    let mut padded = Vec::with_capacity(values.len() / width.max(1) * width.next_multiple_of(SIXTEEN));
    for code in values.chunks_exact(width) {
        padded.extend_from_slice(bytemuck::cast_slice(code));
        padded.resize(padded.len().next_multiple_of(SIXTEEN), 0);
    }
    padded
}

fn upload(gpu: &Gpu, first: usize, values: &[i8], width: usize) -> Result<Chunk, GpuError> {
    let rows = values.len() / width;
    let row_bytes = width.next_multiple_of(SIXTEEN);
    let storage = wgpu::BufferUsages::STORAGE;
    let codes = buffer(gpu, (rows * row_bytes) as u64, storage | wgpu::BufferUsages::COPY_DST)?;
    let best = rows.div_ceil(BLOCK_ROWS as usize) as u64 * ANSWER_BYTES;
    let best = buffer(gpu, best, storage | wgpu::BufferUsages::COPY_SRC)?;
    let piece_rows = (PIECE_BYTES / row_bytes).max(1);
    for (piece, values) in values.chunks(piece_rows * width).enumerate() {
        gpu.queue.write_buffer(&codes, (piece * piece_rows * row_bytes) as u64, &padded(values, width));
        // What is written lies in the driver's memory until it is submitted.
        gpu.queue.submit([]);
    }
    Ok(Chunk { first: first as u32, rows: rows as u32, codes, best })
}

/// Makes a buffer; where there is no room for it, that is said here, and pictures go on.
fn buffer(gpu: &Gpu, size: u64, usage: wgpu::BufferUsages) -> Result<wgpu::Buffer, GpuError> {
    let what = "the codes of drawings";
    let scope = gpu.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
    let descriptor = wgpu::BufferDescriptor { label: Some(what), size, usage, mapped_at_creation: false };
    let buffer = gpu.device.create_buffer(&descriptor);
    match pollster::block_on(scope.pop()) {
        None => Ok(buffer),
        Some(_) => Err(GpuError::OutOfMemory { what, bytes: size }),
    }
}

#[cfg(test)]
mod tests;
