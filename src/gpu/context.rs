//! Adapter, device, limits and loss: the one file that decides what a machine can do.

use crate::atlas::AtlasLimits;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use thiserror::Error;

/// Bytes one texture array may take: larger allocations fail on some drivers although the limits allow them.
const CHUNK_BYTES: u64 = 1 << 30;

/// Why there is no GPU to draw with, or why it gave up.
#[derive(Debug, Error)]
pub enum GpuError {
    /// No adapter answered.
    #[error(
        "no GPU adapter: tried {tried}. Install a Vulkan driver; without a GPU the software one does \
         (Debian, Ubuntu: `sudo apt-get install mesa-vulkan-drivers libvulkan1`)"
    )]
    NoAdapter {
        /// Names of the backends.
        tried: String,
    },
    /// The adapter gave no device.
    #[error("the adapter {adapter} gave no device: {source}")]
    NoDevice {
        /// Its name.
        adapter: String,
        /// What the driver said.
        source: wgpu::RequestDeviceError,
    },
    /// The adapter cannot draw what is needed.
    #[error("the adapter {adapter} cannot {what}")]
    Unsupported {
        /// Its name.
        adapter: String,
        /// What is missing.
        what: &'static str,
    },
    /// GPU memory ran out.
    #[error("the GPU has no memory left for {what} ({bytes} bytes)")]
    OutOfMemory {
        /// What was being made.
        what: &'static str,
        /// How large it was.
        bytes: u64,
    },
    /// The device was lost.
    #[error("the GPU device was lost")]
    Lost,
    /// A read-back failed.
    #[error("reading back from the GPU failed: {0}")]
    Readback(String),
    /// There is no room for its driver.
    #[error(transparent)]
    Memory(#[from] crate::memory::MemoryError),
    /// A drawing does not fit.
    #[error(transparent)]
    Atlas(#[from] crate::atlas::AtlasError),
}

/// How much of the GPU's abilities are used; weaker tiers draw the same pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Compute shaders and storage buffers.
    Full,
    /// No compute shaders: dots are drawn as quads.
    NoCompute,
    /// No storage buffers either: vertex buffers and textures only.
    NoVertexStorage,
}

impl std::fmt::Display for Tier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Full => "full",
            Self::NoCompute => "no compute",
            Self::NoVertexStorage => "no vertex storage",
        })
    }
}

/// What to ask for.
#[derive(Debug, Default)]
pub struct GpuOptions<'a> {
    /// The surface that must be drawable.
    pub surface: Option<&'a wgpu::Surface<'static>>,
    /// Use no more than this tier (tests force each).
    pub tier: Option<Tier>,
    /// Use no more than these atlas limits (tests force small ones).
    pub limits: Option<AtlasLimits>,
}

/// An opened GPU.
#[derive(Debug)]
pub struct Gpu {
    /// The adapter that was chosen.
    pub adapter: wgpu::Adapter,
    /// The device.
    pub device: wgpu::Device,
    /// Its queue.
    pub queue: wgpu::Queue,
    /// What the adapter says of itself.
    pub info: wgpu::AdapterInfo,
    /// Which abilities are used.
    pub tier: Tier,
    /// What the atlas may use.
    pub atlas_limits: AtlasLimits,
    lost: Arc<AtomicBool>,
    errors: Arc<AtomicU32>,
}

/// The backends in the order they are tried: the system's own first, OpenGL where nothing else answers.
///
/// `WGPU_BACKEND` (wgpu's own variable) narrows the choice.
pub fn backend_order() -> Vec<wgpu::Backends> {
    match wgpu::Backends::from_env() {
        Some(backends) => vec![backends],
        None => vec![wgpu::Backends::VULKAN | wgpu::Backends::METAL | wgpu::Backends::DX12, wgpu::Backends::GL],
    }
}

/// An instance for some backends; `display` connects OpenGL and Wayland to the window system.
pub fn instance(backends: wgpu::Backends, display: Option<Box<dyn wgpu::wgt::WgpuHasDisplayHandle>>) -> wgpu::Instance {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    descriptor.backends = backends;
    descriptor.display = display;
    // Validation layers are for those who develop drivers; the API's own checks stay on.
    descriptor.flags = wgpu::InstanceFlags::from_env_or_default();
    wgpu::Instance::new(descriptor)
}

/// The adapters of an instance, best first: a GPU before a software one, only those that can draw to `surface`.
pub fn ranked_adapters(
    instance: &wgpu::Instance,
    backends: wgpu::Backends,
    surface: Option<&wgpu::Surface<'static>>,
) -> Vec<wgpu::Adapter> {
    let mut adapters = pollster::block_on(instance.enumerate_adapters(backends));
    adapters.retain(|adapter| surface.is_none_or(|surface| adapter.is_surface_supported(surface)));
    adapters.sort_by_key(|adapter| match adapter.get_info().device_type {
        wgpu::DeviceType::DiscreteGpu => 0,
        wgpu::DeviceType::IntegratedGpu => 1,
        wgpu::DeviceType::VirtualGpu => 2,
        wgpu::DeviceType::Other => 3,
        wgpu::DeviceType::Cpu => 4,
    });
    adapters
}

/// The tier an adapter allows.
pub fn tier_of(adapter: &wgpu::Adapter) -> Tier {
    let flags = adapter.get_downlevel_capabilities().flags;
    if !flags.contains(wgpu::DownlevelFlags::VERTEX_STORAGE) {
        Tier::NoVertexStorage
    } else if !flags.contains(wgpu::DownlevelFlags::COMPUTE_SHADERS) {
        Tier::NoCompute
    } else {
        Tier::Full
    }
}

impl Gpu {
    /// Opens the best adapter without a window.
    pub fn headless(options: &GpuOptions<'_>) -> Result<Self, GpuError> {
        crate::memory::refuse_unless_driver_fits()?;
        let order = backend_order();
        for &backends in &order {
            let instance = instance(backends, None);
            if let Some(adapter) = ranked_adapters(&instance, backends, options.surface).into_iter().next() {
                return Self::open(adapter, options);
            }
        }
        Err(GpuError::NoAdapter { tried: backend_names(&order) })
    }

    /// Opens a device on an adapter.
    pub fn open(adapter: wgpu::Adapter, options: &GpuOptions<'_>) -> Result<Self, GpuError> {
        let info = adapter.get_info();
        let tier = options.tier.map_or_else(|| tier_of(&adapter), |tier| tier.max(tier_of(&adapter)));
        let ink = adapter.get_texture_format_features(wgpu::TextureFormat::R16Float);
        if !ink.flags.contains(wgpu::TextureFormatFeatureFlags::BLENDABLE) {
            let what = "blend into 16-bit float textures, which exact pictures need";
            return Err(GpuError::Unsupported { adapter: info.name, what });
        }
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("inkfield"),
            required_limits: limits_for(tier, adapter.limits()),
            memory_hints: wgpu::MemoryHints::MemoryUsage,
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|source| GpuError::NoDevice { adapter: info.name.clone(), source })?;
        let (lost, errors) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU32::new(0)));
        let counter = Arc::clone(&errors);
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            // One line tells what is wrong; a mistake in every frame must not fill a disk.
            if counter.fetch_add(1, Ordering::Relaxed) == 0 {
                tracing::error!("the GPU reported: {error}");
            }
        }));
        let flag = Arc::clone(&lost);
        device.set_device_lost_callback(move |reason, message| {
            if reason != wgpu::DeviceLostReason::Destroyed {
                tracing::warn!("the GPU device was lost: {message}");
            }
            flag.store(true, Ordering::Release);
        });
        let own = AtlasLimits {
            texture_px: device.limits().max_texture_dimension_2d,
            layers: device.limits().max_texture_array_layers,
            chunk_bytes: CHUNK_BYTES,
        };
        let atlas_limits = options.limits.map_or(own, |given| AtlasLimits {
            texture_px: given.texture_px.min(own.texture_px),
            layers: given.layers.min(own.layers),
            chunk_bytes: given.chunk_bytes.min(own.chunk_bytes),
        });
        Ok(Self { adapter, device, queue, info, tier, atlas_limits, lost, errors })
    }

    /// Whether its memory is the processor's.
    pub fn is_software(&self) -> bool {
        self.info.device_type == wgpu::DeviceType::Cpu
    }

    /// Whether the device was lost.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }

    /// How many errors nobody caught: 0 in a healthy run.
    pub fn errors(&self) -> u32 {
        self.errors.load(Ordering::Relaxed)
    }

    /// Blocks until everything submitted so far is done (commands without a window only).
    pub fn wait(&self) -> Result<(), GpuError> {
        let wait = wgpu::PollType::Wait { submission_index: None, timeout: Some(Duration::from_mins(1)) };
        match self.device.poll(wait) {
            Ok(_) => Ok(()),
            Err(_) if self.is_lost() => Err(GpuError::Lost),
            Err(error) => Err(GpuError::Readback(error.to_string())),
        }
    }

    /// Makes a texture and reports it when memory runs out instead of failing later.
    pub fn texture(
        &self,
        what: &'static str,
        descriptor: &wgpu::TextureDescriptor<'_>,
    ) -> Result<wgpu::Texture, GpuError> {
        let scope = self.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let texture = self.device.create_texture(descriptor);
        if pollster::block_on(scope.pop()).is_none() {
            return Ok(texture);
        }
        let size = descriptor.size;
        let texels = u64::from(size.width) * u64::from(size.height) * u64::from(size.depth_or_array_layers);
        let texel_bytes = u64::from(descriptor.format.block_copy_size(None).unwrap_or(4));
        Err(GpuError::OutOfMemory { what, bytes: texels * texel_bytes })
    }
}

/// All that the adapter allows, less what a weaker tier does without.
fn limits_for(tier: Tier, mut limits: wgpu::Limits) -> wgpu::Limits {
    if tier >= Tier::NoCompute {
        limits.max_compute_workgroups_per_dimension = 0;
        limits.max_compute_invocations_per_workgroup = 0;
        limits.max_compute_workgroup_size_x = 0;
        limits.max_compute_workgroup_size_y = 0;
        limits.max_compute_workgroup_size_z = 0;
        limits.max_compute_workgroup_storage_size = 0;
    }
    if tier >= Tier::NoVertexStorage {
        limits.max_storage_buffers_per_shader_stage = 0;
        limits.max_storage_buffer_binding_size = 0;
        limits.max_storage_textures_per_shader_stage = 0;
    }
    limits
}

/// Names for messages: "Vulkan, Metal, DX12, GL".
pub fn backend_names(order: &[wgpu::Backends]) -> String {
    let names = order.iter().flat_map(wgpu::Backends::iter_names).map(|(name, _)| match name {
        "VULKAN" => "Vulkan",
        "METAL" => "Metal",
        "GL" => "OpenGL",
        "DX12" => "Direct3D 12",
        other => other,
    });
    names.collect::<Vec<_>>().join(", ")
}
