//! Textures, and what happens when there is no memory for them.

use super::context::{Gpu, GpuError};
use std::sync::atomic::Ordering;

impl Gpu {
    /// Makes a texture; says so when it is too large for the device or memory runs out, instead of failing later.
    pub fn texture(
        &self,
        what: &'static str,
        descriptor: &wgpu::TextureDescriptor<'_>,
    ) -> Result<wgpu::Texture, GpuError> {
        let (limit, wgpu::Extent3d { width, height, .. }) = (self.device.limits(), descriptor.size);
        let limit = limit.max_texture_dimension_2d;
        if width > limit || height > limit {
            return Err(GpuError::TooLarge { what, width, height, limit });
        }
        let mut descriptor = descriptor.clone();
        if self.starving.swap(false, Ordering::AcqRel) {
            descriptor.size = self.too_large();
        }
        let scope = self.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let texture = self.device.create_texture(&descriptor);
        if pollster::block_on(scope.pop()).is_none() {
            return Ok(texture);
        }
        let size = descriptor.size;
        let texels = u64::from(size.width) * u64::from(size.height) * u64::from(size.depth_or_array_layers);
        let texel_bytes = u64::from(descriptor.format.block_copy_size(None).unwrap_or(4));
        Err(GpuError::OutOfMemory { what, bytes: texels * texel_bytes })
    }

    /// Makes a texture of one layer and level, as targets and pictures are.
    pub fn flat_texture(
        &self,
        what: &'static str,
        [width, height]: [u32; 2],
        format: wgpu::TextureFormat,
        usage: wgpu::TextureUsages,
    ) -> Result<wgpu::Texture, GpuError> {
        let descriptor = wgpu::TextureDescriptor {
            label: Some(what),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage,
            view_formats: &[],
        };
        self.texture(what, &descriptor)
    }

    /// The largest texture array there may be: hundreds of GiB, which no memory holds.
    fn too_large(&self) -> wgpu::Extent3d {
        let limits = self.device.limits();
        let side = limits.max_texture_dimension_2d;
        wgpu::Extent3d { width: side, height: side, depth_or_array_layers: limits.max_texture_array_layers }
    }

    /// Lets memory run out for the next texture (tests).
    pub fn starve(&self) {
        self.starving.store(true, Ordering::Release);
    }

    /// Whether memory ran out where no error could be returned.
    pub fn check_memory(&self) -> Result<(), GpuError> {
        if self.out_of_memory.load(Ordering::Acquire) { Err(GpuError::Starved) } else { Ok(()) }
    }
}
