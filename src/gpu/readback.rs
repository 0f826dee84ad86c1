//! Reading pictures and answers back: row padding, buffers, the ring that pick answers travel in.

use super::context::{Gpu, GpuError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

/// Bytes of a row of `width` texels in a buffer: rounded up to the 256 that copies ask for.
pub fn padded_row_bytes(width: u32, texel_bytes: u32) -> u32 {
    (width * texel_bytes).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT)
}

/// Encodes a copy of a texture's top-left rectangle into a buffer with padded rows.
pub fn copy_to_buffer(
    encoder: &mut wgpu::CommandEncoder,
    texture: &wgpu::Texture,
    size: [u32; 2],
    texel_bytes: u32,
    buffer: &wgpu::Buffer,
) {
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(padded_row_bytes(size[0], texel_bytes)),
                rows_per_image: None,
            },
        },
        wgpu::Extent3d { width: size[0], height: size[1], depth_or_array_layers: 1 },
    );
}

/// A buffer that a copy of `size` texels fits in and that can be mapped.
pub fn readback_buffer(device: &wgpu::Device, size: [u32; 2], texel_bytes: u32) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("read-back"),
        size: u64::from(padded_row_bytes(size[0], texel_bytes)) * u64::from(size[1].max(1)),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    })
}

/// Maps a buffer whose copy has been submitted, waits, and returns its bytes: for commands without a window, and for jobs, which hold
/// no frame up.
pub fn read_now(gpu: &Gpu, buffer: &wgpu::Buffer) -> Result<Vec<u8>, GpuError> {
    let (sender, receiver) = std::sync::mpsc::channel();
    buffer.slice(..).map_async(wgpu::MapMode::Read, move |result| {
        // The receiver waits below; it is gone only when the wait itself failed.
        let _ = sender.send(result);
    });
    gpu.wait()?;
    gpu.check_memory()?;
    let failed = |error: &dyn std::fmt::Display| GpuError::Readback(error.to_string());
    receiver.recv().map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let bytes = buffer.slice(..).get_mapped_range().map_err(|error| failed(&error))?.to_vec();
    buffer.unmap();
    Ok(bytes)
}

/// Reads a texture of four bytes a texel: RGBA rows without padding (commands without a window only).
pub fn read_rgba(gpu: &Gpu, texture: &wgpu::Texture) -> Result<Vec<u8>, GpuError> {
    let size = [texture.width(), texture.height()];
    let buffer = readback_buffer(&gpu.device, size, 4);
    let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    copy_to_buffer(&mut encoder, texture, size, 4, &buffer);
    gpu.queue.submit([encoder.finish()]);
    Ok(rgba_of(&read_now(gpu, &buffer)?, size, texture.format()))
}

/// RGBA rows out of the padded rows that [`copy_to_buffer`] leaves, whichever order the format has its channels in.
pub fn rgba_of(padded: &[u8], size: [u32; 2], format: wgpu::TextureFormat) -> Vec<u8> {
    let (row_bytes, padded_bytes) = (size[0] as usize * 4, padded_row_bytes(size[0], 4) as usize);
    let mut rgba = Vec::with_capacity(row_bytes * size[1] as usize);
    for line in padded.chunks(padded_bytes) {
        rgba.extend_from_slice(line.get(..row_bytes).unwrap_or(line));
    }
    if format == wgpu::TextureFormat::Bgra8Unorm {
        rgba.chunks_exact_mut(4).for_each(|texel| texel.swap(0, 2));
    }
    rgba
}

const FREE: u8 = 0;
const IN_FLIGHT: u8 = 1;
const ARRIVED: u8 = 2;
const FAILED: u8 = 3;

/// Three buffers that answers travel in; a slot is free again whether its map succeeded or failed, and when it is given up.
#[derive(Debug)]
pub struct ReadbackRing<Q> {
    slots: Vec<Slot<Q>>,
    bytes: u64,
    serial: u64,
}

#[derive(Debug)]
struct Slot<Q> {
    buffer: wgpu::Buffer,
    state: Arc<AtomicU8>,
    question: Option<(u64, Q, Instant)>,
}

impl<Q> Slot<Q> {
    fn new(device: &wgpu::Device, bytes: u64) -> Self {
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("pick answer"),
            size: bytes,
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        Self { buffer, state: Arc::new(AtomicU8::new(FREE)), question: None }
    }
}

/// An answer that came back.
#[derive(Debug)]
pub struct Arrived<Q> {
    /// Serial number of its question; higher is newer.
    pub serial: u64,
    /// What was asked.
    pub question: Q,
    /// The bytes, or `None` when the map failed.
    pub bytes: Option<Vec<u8>>,
}

impl<Q> ReadbackRing<Q> {
    /// Three slots of `bytes` each.
    pub fn new(device: &wgpu::Device, bytes: u64) -> Self {
        Self { slots: (0..3).map(|_| Slot::new(device, bytes)).collect(), bytes, serial: 0 }
    }

    /// Bytes that a slot holds.
    pub fn slot_bytes(&self) -> u64 {
        self.bytes
    }

    /// A buffer to copy an answer into, if one is free.
    pub fn free_buffer(&self) -> Option<&wgpu::Buffer> {
        self.slots.iter().find(|slot| slot.state.load(Ordering::Acquire) == FREE).map(|slot| &slot.buffer)
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.slots.iter().any(|slot| slot.state.load(Ordering::Acquire) != FREE)
    }

    /// Asks for the free buffer to be mapped, once its copy has been submitted; returns the question's serial number.
    pub fn map(&mut self, question: Q, woken: impl FnOnce() + Send + 'static) -> Option<u64> {
        let slot = self.slots.iter_mut().find(|slot| slot.state.load(Ordering::Acquire) == FREE)?;
        self.serial += 1;
        slot.question = Some((self.serial, question, Instant::now()));
        slot.state.store(IN_FLIGHT, Ordering::Release);
        let state = Arc::clone(&slot.state);
        slot.buffer.slice(..).map_async(wgpu::MapMode::Read, move |result| {
            state.store(if result.is_ok() { ARRIVED } else { FAILED }, Ordering::Release);
            woken();
        });
        Some(self.serial)
    }

    /// Takes all answers that have arrived, oldest first, and frees their slots.
    pub fn take(&mut self) -> Vec<Arrived<Q>> {
        let mut arrived = Vec::new();
        for slot in &mut self.slots {
            let state = slot.state.load(Ordering::Acquire);
            if state != ARRIVED && state != FAILED {
                continue;
            }
            let mapped = (state == ARRIVED).then(|| slot.buffer.slice(..).get_mapped_range().ok());
            let bytes = mapped.flatten().map(|view| view.to_vec());
            // The buffers of a lost device are gone although their answers have arrived.
            if bytes.is_some() {
                slot.buffer.unmap();
            }
            slot.state.store(FREE, Ordering::Release);
            if let Some((serial, question, _)) = slot.question.take() {
                arrived.push(Arrived { serial, question, bytes });
            }
        }
        arrived.sort_by_key(|answer| answer.serial);
        arrived
    }

    /// Gives up answers that have been on their way for `limit`: their slots get other buffers, and what still arrives in the
    /// old ones nobody reads. Returns whether there were any.
    pub fn give_up(&mut self, device: &wgpu::Device, limit: Duration) -> bool {
        let is_late = |slot: &&mut Slot<Q>| {
            slot.state.load(Ordering::Acquire) == IN_FLIGHT
                && slot.question.as_ref().is_some_and(|(_, _, asked)| asked.elapsed() >= limit)
        };
        let mut any = false;
        for slot in self.slots.iter_mut().filter(is_late) {
            *slot = Slot::new(device, self.bytes);
            any = true;
        }
        any
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::ReadbackRing;
    use crate::gpu::context::gpu_for_tests;
    use std::time::Duration;

    /// Asks a question whose answer is a byte.
    fn ask(ring: &mut ReadbackRing<u8>, gpu: &crate::gpu::context::Gpu, byte: u8) {
        let buffer = ring.free_buffer().unwrap();
        gpu.queue.write_buffer(buffer, 0, &[byte; 4]);
        gpu.queue.submit([]);
        ring.map(byte, || ()).unwrap();
    }

    #[test]
    fn faults_25_a_map_that_fails_frees_its_slot() {
        let Some(gpu) = gpu_for_tests() else { return };
        let mut ring = ReadbackRing::<u8>::new(&gpu.device, 16);
        for byte in 0..9 {
            ask(&mut ring, &gpu, byte);
            // As when the device refuses: the map ends without an answer.
            ring.slots[0].buffer.unmap();
            let answers = ring.take();
            assert_eq!(answers.len(), 1);
            assert_eq!((answers[0].question, &answers[0].bytes), (byte, &None));
            assert!(!ring.is_waiting());
        }
        ask(&mut ring, &gpu, 7);
        gpu.wait().unwrap();
        assert_eq!(ring.take()[0].bytes.as_deref().unwrap()[..4], [7; 4], "picking goes on");
        assert_eq!(gpu.errors(), 0);
    }

    #[test]
    fn faults_25_an_answer_that_never_comes_is_given_up_and_its_slot_used_again() {
        let Some(gpu) = gpu_for_tests() else { return };
        let mut ring = ReadbackRing::<u8>::new(&gpu.device, 16);
        // Without anything that would look whether they are done.
        (1..=3).for_each(|byte| assert!(ring.map(byte, || ()).is_some()));
        assert!(ring.free_buffer().is_none() && ring.take().is_empty(), "all three are on their way: nobody polls");
        assert!(!ring.give_up(&gpu.device, Duration::from_hours(1)), "there is time yet");
        assert!(ring.give_up(&gpu.device, Duration::ZERO));
        assert!(!ring.is_waiting());
        ask(&mut ring, &gpu, 4);
        // The late ones come after all: nobody reads them.
        gpu.wait().unwrap();
        let answers = ring.take();
        assert_eq!(answers.iter().map(|answer| answer.question).collect::<Vec<u8>>(), [4]);
        assert_eq!(answers[0].bytes.as_deref().unwrap()[..4], [4; 4]);
        assert!(!ring.give_up(&gpu.device, Duration::ZERO), "an answer that has been taken is not late");
        assert_eq!(gpu.errors(), 0);
    }
}
