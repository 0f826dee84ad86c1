//! What a GPU can refuse, in words.

use thiserror::Error;

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
    #[error(
        "the GPU has no memory left: {what} would have taken {} MiB more. Close other programs that use the GPU, or open \
         fewer drawings with `--rows A:B`",
        crate::words::thousands(bytes.div_ceil(1 << 20))
    )]
    OutOfMemory {
        /// What was being made.
        what: &'static str,
        /// How large it was.
        bytes: u64,
    },
    /// A picture is larger than a texture of the device may be.
    #[error("{what} of {width} × {height} pixels is too large for this GPU, which draws {limit} × {limit} at most")]
    TooLarge {
        /// What was being made.
        what: &'static str,
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
        /// The device's limit for both.
        limit: u32,
    },
    /// GPU memory ran out while something was uploaded or drawn: what is shown lacks it.
    #[error(
        "the GPU has no memory left: some of what was uploaded is missing. Close other programs that use the GPU, or open \
         fewer drawings with `--rows A:B`"
    )]
    Starved,
    /// The device was lost.
    #[error("the GPU device was lost")]
    Lost,
    /// It does not answer.
    #[error(
        "the GPU did not answer within {seconds} s: {adapter} hangs, or other programs keep it busy. Close those that use it or \
         restart the machine; `inkfield doctor` lists other GPUs and drivers, WGPU_BACKEND chooses among them"
    )]
    Silent {
        /// Its name.
        adapter: String,
        /// How long nothing was heard of it.
        seconds: u64,
    },
    /// A read-back failed.
    #[error("reading back from the GPU failed: {0}")]
    Readback(String),
    /// There is no room for its driver.
    #[error(transparent)]
    Memory(#[from] crate::memory::MemoryError),
    /// There are no file handles for its driver.
    #[error(transparent)]
    Handles(#[from] crate::data::file::HandlesError),
    /// A drawing does not fit.
    #[error(transparent)]
    Atlas(#[from] crate::atlas::AtlasError),
}
