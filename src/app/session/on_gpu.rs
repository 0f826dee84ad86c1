//! All that a session has on a GPU, built in one place: at the start, and again when the device is lost or another one draws.

use crate::app::hover::Hover;
use crate::app::waiter::Waiter;
use crate::app::{AppError, Wake};
use crate::atlas::AtlasPlan;
use crate::data::dataset::Dataset;
use crate::gpu::context::Gpu;
use crate::gpu::renderer::Renderer;
use crate::headless::HeadlessError;
use crate::memory::{Needs, Purpose};
use crate::viewer::driver::Driver;
use crate::viewer::warm_up::WarmUp;
use std::sync::Arc;

/// What belongs to one device and goes with it.
pub struct OnGpu {
    /// How the drawings lie in its textures, which are empty yet.
    pub plan: AtlasPlan,
    /// What draws.
    pub renderer: Renderer,
    /// What is under the pointer.
    pub hover: Hover,
    /// What waits for the GPU.
    pub waiter: Waiter,
    /// What plans and times pictures: how long they take is the device's.
    pub driver: Driver,
    /// What makes ready what zooming will need.
    pub warm_up: WarmUp,
}

impl OnGpu {
    /// Builds it for a data set. `format` is the target's; `wake` turns the event loop.
    pub fn new(
        gpu: Arc<Gpu>,
        dataset: &Dataset,
        format: wgpu::TextureFormat,
        wake: impl Fn(Wake) + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        let plan = AtlasPlan::of(dataset, gpu.atlas_limits).map_err(HeadlessError::from)?;
        let renderer = Renderer::new(gpu, &plan, format).map_err(HeadlessError::from)?;
        let waiter = Waiter::start(renderer.gpu().device.clone(), move || wake(Wake::GpuDone));
        let hover = Hover::new(&renderer);
        let (driver, warm_up) = (Driver::default(), WarmUp::default());
        Ok(Self { plan, renderer, hover, waiter, driver, warm_up })
    }
}

/// Refuses what does not fit this machine; all purposes of the window at once.
pub(super) fn refuse_unless_room(needs: &Needs, gpu: &Gpu) -> Result<(), HeadlessError> {
    needs.refuse_unless_room(Purpose::Records)?;
    // The driver is there already: what it takes is no longer asked for.
    needs.refuse_unless_room(Purpose::Layout)?;
    Ok(needs.refuse_unless_drawn(gpu.is_software())?)
}
