//! The window with its GPU, surface and panels: what must exist before anything can be shown.

use super::gui::Gui;
use super::start::{Screen, fitted, frame_px, is_plain};
use super::state::App;
use super::{AppError, Wake, WindowOptions};
use crate::gpu::context::{Gpu, GpuError, GpuOptions, backend_order, instance, no_adapter, ranked_adapters};
use crate::gpu::patience::FAREWELL;
use crate::gpu::pipelines::PICTURE_FORMAT;
use crate::gpu::surface::WindowSurface;
use std::sync::Arc;
use winit::dpi::{LogicalSize, PhysicalSize, Size};
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::Window;

/// Window size where `--size` says nothing, logical pixels.
const START_SIZE: [f64; 2] = [1440.0, 900.0];

/// The window is never made smaller, logical pixels.
const LEAST_SIZE: [f64; 2] = [320.0, 240.0];

/// A window that can be drawn to. Fields drop in order: the surface before the window.
pub struct Shell {
    /// Panels.
    pub gui: Gui,
    /// What is presented.
    pub surface: WindowSurface,
    /// What draws.
    pub gpu: Arc<Gpu>,
    /// Makes surfaces.
    pub instance: wgpu::Instance,
    /// The window.
    pub window: Arc<Window>,
}

impl Shell {
    /// Makes the window and everything it needs.
    pub fn new(
        event_loop: &ActiveEventLoop,
        options: &WindowOptions,
        screen: Option<Screen>,
        proxy: EventLoopProxy<Wake>,
    ) -> Result<Self, AppError> {
        let (least, size) = sizes(event_loop, options, screen);
        let attributes = Window::default_attributes()
            .with_title("inkfield")
            // Screen readers must be told of the window before it is seen.
            .with_visible(false)
            .with_min_inner_size(least)
            .with_inner_size(size);
        let window = event_loop.create_window(attributes).map_err(|error| AppError::Window(error.to_string()))?;
        let window = Arc::new(window);
        let odd = screen.map(|screen| screen.depth).filter(|&depth| !is_plain(depth));
        let (instance, surface, gpu) = connect(event_loop, &window).map_err(|error| match (error, odd) {
            (AppError::Gpu(GpuError::NoAdapter { .. }), Some(depth)) => AppError::Depth { depth },
            (error, _) => error,
        })?;
        let gpu = Arc::new(gpu);
        let size = window.inner_size();
        let surface = WindowSurface::new(surface, &gpu, [size.width, size.height]).ok_or_else(|| match odd {
            Some(depth) => AppError::Depth { depth },
            None => AppError::Window(format!("the adapter {} cannot draw to it", gpu.info.name)),
        })?;
        tell_of_loss(&gpu, proxy.clone());
        let gui = Gui::new(event_loop, &window, &gpu, drawn_format(&surface), options.scale, proxy);
        window.set_visible(true);
        Ok(Self { gui, surface, gpu, instance, window })
    }

    /// Connects to the GPU anew after its device was lost.
    pub fn reconnect(&mut self, event_loop: &ActiveEventLoop, proxy: EventLoopProxy<Wake>) -> Result<(), AppError> {
        let (instance, surface, gpu) = connect(event_loop, &self.window)?;
        let gpu = Arc::new(gpu);
        let size = self.window.inner_size();
        self.surface = WindowSurface::new(surface, &gpu, [size.width, size.height])
            .ok_or_else(|| AppError::Window(format!("the adapter {} cannot draw to it", gpu.info.name)))?;
        tell_of_loss(&gpu, proxy);
        self.gui.rebuild(&gpu, drawn_format(&self.surface));
        self.gpu = gpu;
        self.instance = instance;
        Ok(())
    }

    /// Physical pixels per logical pixel.
    pub fn scale(&self) -> f64 {
        self.gui.scale(&self.window)
    }
}

/// Nothing else would wake a window at rest whose device is lost.
fn tell_of_loss(gpu: &Gpu, proxy: EventLoopProxy<Wake>) {
    gpu.on_lost(move || {
        // The loop may have ended: then nothing has to be rebuilt.
        let _ = proxy.send_event(Wake::GpuLost);
    });
}

/// A size in logical pixels of the panels, whose scale may be another than the screen's.
fn in_points([width, height]: [f64; 2], scale: Option<f64>) -> Size {
    match scale {
        Some(scale) => PhysicalSize::new((width * scale).round() as u32, (height * scale).round() as u32).into(),
        None => LogicalSize::new(width, height).into(),
    }
}

/// The least size of the window, and that of the first one: what was asked for, else as much of [`START_SIZE`] as the screen has
/// room for.
fn sizes(event_loop: &ActiveEventLoop, options: &WindowOptions, screen: Option<Screen>) -> (Size, Size) {
    let monitor = event_loop.primary_monitor().or_else(|| event_loop.available_monitors().next());
    let screen_scale = monitor.as_ref().map_or(1.0, winit::monitor::MonitorHandle::scale_factor);
    let room = screen.map(|screen| screen.room_px).or_else(|| monitor.map(|monitor| monitor.size().into()));
    let room = room.filter(|room| room.iter().all(|&side| side > 1));
    let least = in_points(LEAST_SIZE, options.scale);
    if let Some(size) = options.size_px {
        // The scatter viewport gets the size that was asked for: panels come on top.
        let scale = options.scale.unwrap_or(screen_scale);
        let chrome = [super::ui::inspector::DEFAULT_WIDTH, super::ui::BAR_HEIGHT + super::ui::STATUS_HEIGHT];
        let [width, height] = [0, 1].map(|axis| size[axis] + (f64::from(chrome[axis]) * scale).round() as u32);
        if let Some([free_width, free_height]) = room.filter(|room| width > room[0] || height > room[1]) {
            tracing::warn!(
                "the window is larger than the screen: --size {}x{} and the panels make {width} × {height} pixels, and there is \
                 room for {free_width} × {free_height}",
                size[0],
                size[1]
            );
        }
        return (least, PhysicalSize::new(width, height).into());
    }
    let Some(room) = room else { return (least, LogicalSize::<f64>::from(START_SIZE).into()) };
    let frame = frame_px(screen.map(|screen| screen.is_managed), screen_scale);
    let wanted = START_SIZE.map(|side| side * screen_scale);
    let [width, height] = fitted(wanted, room, frame, LEAST_SIZE.map(|side| side * screen_scale));
    let size = PhysicalSize::new(width, height);
    match screen {
        // No hint may be larger than the window.
        Some(_) => {
            let least: PhysicalSize<u32> = least.to_physical(screen_scale);
            (PhysicalSize::new(least.width.min(width), least.height.min(height)).into(), size.into())
        }
        // A Wayland window does not know its scale yet.
        None => (least, size.to_logical::<f64>(screen_scale).into()),
    }
}

/// The format that everything is drawn in: the surface's own, or encoded values that a last pass converts.
pub fn drawn_format(surface: &WindowSurface) -> wgpu::TextureFormat {
    if surface.converts() { PICTURE_FORMAT } else { surface.format() }
}

/// Finds an adapter that can draw to the window, trying one group of backends after the other.
fn connect(
    event_loop: &ActiveEventLoop,
    window: &Arc<Window>,
) -> Result<(wgpu::Instance, wgpu::Surface<'static>, Gpu), AppError> {
    let order = backend_order();
    let mut refused = None;
    for &backends in &order {
        let instance = instance(backends, Some(Box::new(event_loop.owned_display_handle())));
        let surface = match instance.create_surface(Arc::clone(window)) {
            Ok(surface) => surface,
            Err(error) => {
                tracing::debug!("no surface with {backends:?}: {error}");
                continue;
            }
        };
        for adapter in ranked_adapters(&instance, backends, Some(&surface)) {
            match Gpu::open(adapter, &GpuOptions::default()) {
                Ok(gpu) => return Ok((instance, surface, gpu)),
                Err(error) => refused = Some(error),
            }
        }
    }
    Err(refused.unwrap_or_else(|| no_adapter(&order)).into())
}

impl App {
    /// At the end: a driver that hangs would hold the program while the window is given back, so it is kept.
    pub(super) fn leave_a_silent_gpu(&mut self) {
        let Some(shell) = &self.shell else { return };
        if let Err(error @ GpuError::Silent { .. }) = shell.gpu.wait_within(FAREWELL) {
            self.error.get_or_insert(error.into());
            std::mem::forget((self.shell.take(), self.session.take()));
        }
    }
}
