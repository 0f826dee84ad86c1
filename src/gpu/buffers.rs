//! Buffers with contents.

/// Makes a buffer with contents.
///
/// wgpu's own helper (`DeviceExt::create_buffer_init`) panics where the device is lost or its memory runs out. Here the buffer
/// stays without contents then, the device reports what happened, and nothing that uses the buffer is shown.
pub fn filled_buffer(device: &wgpu::Device, label: &str, contents: &[u8], usage: wgpu::BufferUsages) -> wgpu::Buffer {
    let size = (contents.len() as u64).next_multiple_of(wgpu::COPY_BUFFER_ALIGNMENT);
    let mapped_at_creation = !contents.is_empty();
    let buffer = device.create_buffer(&wgpu::BufferDescriptor { label: Some(label), size, usage, mapped_at_creation });
    if mapped_at_creation && let Ok(mut mapped) = buffer.get_mapped_range_mut(..) {
        mapped.slice(..contents.len()).copy_from_slice(contents);
        drop(mapped);
        buffer.unmap();
    }
    buffer
}
