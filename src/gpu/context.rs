//! Adapter, device, limits and loss: the one file that decides what a machine can do.

pub use super::error::GpuError;

use super::loss::Loss;
use crate::atlas::AtlasLimits;
use crate::data::file::refuse_unless_handles_left;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// Bytes one texture array may take: larger allocations fail on some drivers although the limits allow them.
const CHUNK_BYTES: u64 = 1 << 30;

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
    /// Ask the adapter for a device with just these limits, which it then enforces (tests force low ones).
    pub device_limits: Option<wgpu::Limits>,
    /// Do without sums in 32-bit float, as many adapters have to (tests force it).
    pub no_float_blend: bool,
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
    loss: Loss,
    errors: Arc<AtomicU32>,
    pub(super) out_of_memory: Arc<AtomicBool>,
    pub(super) starving: AtomicBool,
    /// It has not answered for so long that it is not asked any more.
    pub(super) silent: AtomicBool,
}

/// Handles without which no driver is tried (Mesa's software one had 3 open at a time), and those without which a failure is put
/// down to their want: drivers of GPUs open devices, caches and settings.
const LEAST_HANDLES: usize = 8;
const DRIVER_HANDLES: usize = 32;

/// Refuses to load a driver that would find no memory or no handles: some end the process then, others say that there is no GPU.
pub fn refuse_unless_driver_opens() -> Result<(), GpuError> {
    crate::memory::refuse_unless_driver_fits()?;
    Ok(refuse_unless_handles_left(LEAST_HANDLES, "a GPU driver")?)
}

/// That there is no GPU, or that there were no handles to find one with: drivers do not say so.
pub fn no_adapter(order: &[wgpu::Backends]) -> GpuError {
    match refuse_unless_handles_left(DRIVER_HANDLES, "a GPU driver") {
        Ok(()) => GpuError::NoAdapter { tried: backend_names(order) },
        Err(error) => error.into(),
    }
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
        refuse_unless_driver_opens()?;
        let order = backend_order();
        for &backends in &order {
            let instance = instance(backends, None);
            if let Some(adapter) = ranked_adapters(&instance, backends, options.surface).into_iter().next() {
                return Self::open(adapter, options);
            }
        }
        Err(no_adapter(&order))
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
            // Sums of crowds in colour; nothing else needs it.
            required_features: if options.no_float_blend {
                wgpu::Features::empty()
            } else {
                adapter.features() & wgpu::Features::FLOAT32_BLENDABLE
            },
            required_limits: limits_for(tier, options.device_limits.clone().unwrap_or_else(|| adapter.limits())),
            memory_hints: wgpu::MemoryHints::MemoryUsage,
            ..wgpu::DeviceDescriptor::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|source| GpuError::NoDevice { adapter: info.name.clone(), source })?;
        let (errors, out_of_memory) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, no_memory) = (Arc::clone(&errors), Arc::clone(&out_of_memory));
        let loss = Loss::watch(&device);
        let lost = loss.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            // That it is lost has been said; what cannot be done with it any more follows from that.
            if lost.has_happened() {
                tracing::debug!("of a lost device: {error}");
                return;
            }
            if matches!(error, wgpu::Error::OutOfMemory { .. }) {
                no_memory.store(true, Ordering::Release);
            }
            // One line tells what is wrong; a mistake in every frame must not fill a disk.
            if counter.fetch_add(1, Ordering::Relaxed) == 0 {
                tracing::error!("the GPU reported: {error}");
            }
        }));
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
        Ok(Self {
            adapter,
            device,
            queue,
            info,
            tier,
            atlas_limits,
            loss,
            errors,
            out_of_memory,
            starving: AtomicBool::new(false),
            silent: AtomicBool::new(false),
        })
    }

    /// Whether its memory is the processor's.
    pub fn is_software(&self) -> bool {
        self.info.device_type == wgpu::DeviceType::Cpu
    }

    /// Whether the device was lost.
    pub fn is_lost(&self) -> bool {
        self.loss.has_happened()
    }

    /// An error where the device is lost: egui's renderer, which draws labels, panics on one.
    pub fn check_lost(&self) -> Result<(), GpuError> {
        if self.is_lost() { Err(GpuError::Lost) } else { Ok(()) }
    }

    /// Calls `tell`, on any thread, when the device is lost; at once if it is lost already.
    pub fn on_lost(&self, tell: impl Fn() + Send + 'static) {
        self.loss.tell(Box::new(tell));
    }

    /// Loses the device (tests).
    pub fn destroy(&self) {
        self.device.destroy();
        // Only a poll notices, once everything is done; what it says of a lost device is nothing new.
        let wait = wgpu::PollType::Wait { submission_index: None, timeout: Some(Duration::from_secs(5)) };
        let _ = self.device.poll(wait);
    }

    /// How many errors nobody caught: 0 in a healthy run.
    pub fn errors(&self) -> u32 {
        self.errors.load(Ordering::Relaxed)
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

/// The GPU that unit tests use; `None`, said aloud, where there is none. Under `CI=true` there must be one.
#[cfg(test)]
#[allow(clippy::panic, clippy::print_stderr, reason = "a test fails by panicking, and says when it does not run")]
pub(crate) fn gpu_for_tests() -> Option<Gpu> {
    match Gpu::headless(&GpuOptions::default()) {
        Ok(gpu) => Some(gpu),
        Err(GpuError::NoAdapter { tried }) if std::env::var_os("CI").is_none_or(|ci| ci != "true") => {
            eprintln!("NOT RUN: no GPU adapter (tried {tried})");
            None
        }
        Err(error) => panic!("{error}"),
    }
}
