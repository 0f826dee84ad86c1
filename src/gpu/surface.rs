//! The window's surface: format, size, and what to do for every status it can answer with.

use super::context::Gpu;
use std::sync::Arc;
use winit::window::Window;

/// Attempts in a row at getting a texture before the frame is given up until the next event.
const RETRIES: u32 = 4;

/// What to do about a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurfaceStep {
    /// Draw into the texture.
    Draw,
    /// Draw, then configure anew.
    DrawThenConfigure,
    /// Configure anew and try again.
    Configure,
    /// Make the surface anew and try again.
    Recreate,
    /// Nothing can be shown now: wait for the next event.
    Skip,
}

/// The step for each status.
pub fn step_for(status: &wgpu::CurrentSurfaceTexture) -> SurfaceStep {
    use wgpu::CurrentSurfaceTexture as Status;
    match status {
        Status::Success(_) => SurfaceStep::Draw,
        // Under X11 a resize shows as this, with the old size: sizes come from the window's own events.
        Status::Suboptimal(_) => SurfaceStep::DrawThenConfigure,
        Status::Outdated => SurfaceStep::Configure,
        Status::Lost => SurfaceStep::Recreate,
        Status::Timeout | Status::Occluded | Status::Validation => SurfaceStep::Skip,
    }
}

/// Asks for a texture until there is one, mending in between what the last answer asks for; gives up after [`RETRIES`].
/// Answers the texture and whether to configure afterwards.
fn mended<T>(mut ask: impl FnMut(Option<SurfaceStep>) -> (SurfaceStep, Option<T>)) -> Option<(T, bool)> {
    let mut mend = None;
    for _ in 0..RETRIES {
        match ask(mend) {
            (step, Some(texture)) => return Some((texture, step == SurfaceStep::DrawThenConfigure)),
            (step @ (SurfaceStep::Configure | SurfaceStep::Recreate), None) => mend = Some(step),
            (_, None) => return None,
        }
    }
    None
}

/// The texture of a status, where it has one.
fn texture_of(status: wgpu::CurrentSurfaceTexture) -> Option<wgpu::SurfaceTexture> {
    use wgpu::CurrentSurfaceTexture as Status;
    match status {
        Status::Success(texture) | Status::Suboptimal(texture) => Some(texture),
        Status::Outdated | Status::Lost | Status::Timeout | Status::Occluded | Status::Validation => None,
    }
}

/// Whether values of 8 bits are written to textures of a format as they are.
fn is_plain(format: wgpu::TextureFormat) -> bool {
    matches!(format, wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Rgba8Unorm)
}

/// A surface with its configuration.
#[derive(Debug)]
pub struct WindowSurface {
    surface: wgpu::Surface<'static>,
    config: wgpu::SurfaceConfiguration,
    configured: bool,
    limit_px: u32,
}

impl WindowSurface {
    /// Configures a surface for a device. Values are written as they are where the surface offers a format for that;
    /// [`WindowSurface::converts`] says where it does not.
    pub fn new(surface: wgpu::Surface<'static>, gpu: &Gpu, size_px: [u32; 2]) -> Option<Self> {
        let capabilities = surface.get_capabilities(&gpu.adapter);
        let formats = capabilities.formats.iter().copied();
        let format = formats.clone().find(|&format| is_plain(format)).or_else(|| formats.clone().next())?;
        let mut config = surface.get_default_config(&gpu.adapter, size_px[0].max(1), size_px[1].max(1))?;
        config.format = format;
        // Finished pictures are copied into the surface where it permits that.
        config.usage |= capabilities.usages & wgpu::TextureUsages::COPY_DST;
        config.present_mode = wgpu::PresentMode::AutoVsync;
        config.desired_maximum_frame_latency = 1;
        let limit_px = gpu.device.limits().max_texture_dimension_2d;
        let mut surface = Self { surface, config, configured: false, limit_px };
        surface.resize(gpu, size_px);
        Some(surface)
    }

    /// The format of its textures.
    pub fn format(&self) -> wgpu::TextureFormat {
        self.config.format
    }

    /// Whether the surface encodes to sRGB by itself, or has other bits than ours: what is drawn must then be converted in a last
    /// pass.
    pub fn converts(&self) -> bool {
        !is_plain(self.config.format)
    }

    /// Width and height in pixels.
    pub fn size_px(&self) -> [u32; 2] {
        [self.config.width, self.config.height]
    }

    /// Takes another size; 0 is skipped and sizes beyond the device's limit are clamped.
    pub fn resize(&mut self, gpu: &Gpu, size_px: [u32; 2]) {
        if size_px[0] == 0 || size_px[1] == 0 {
            self.configured = false;
            return;
        }
        let size = size_px.map(|side| side.min(self.limit_px));
        if self.configured && size == self.size_px() {
            return;
        }
        [self.config.width, self.config.height] = size;
        self.surface.configure(&gpu.device, &self.config);
        self.configured = true;
    }

    /// The next texture to draw into, and whether to configure afterwards; `None` when nothing can be shown now.
    pub fn acquire(
        &mut self,
        gpu: &Gpu,
        instance: &wgpu::Instance,
        window: &Arc<Window>,
    ) -> Option<(wgpu::SurfaceTexture, bool)> {
        if !self.configured || gpu.is_lost() {
            return None;
        }
        mended(|step| {
            match step {
                Some(SurfaceStep::Recreate) => match instance.create_surface(Arc::clone(window)) {
                    Ok(surface) => {
                        self.surface = surface;
                        self.surface.configure(&gpu.device, &self.config);
                    }
                    Err(error) => {
                        tracing::error!("the window's surface cannot be made again: {error}");
                        return (SurfaceStep::Skip, None);
                    }
                },
                Some(_) => self.surface.configure(&gpu.device, &self.config),
                None => {}
            }
            let status = self.surface.get_current_texture();
            (step_for(&status), texture_of(status))
        })
    }

    /// Configures anew with the present size.
    pub fn configure(&self, gpu: &Gpu) {
        if self.configured {
            self.surface.configure(&gpu.device, &self.config);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RETRIES, SurfaceStep, mended, step_for};
    use wgpu::CurrentSurfaceTexture as Status;

    #[test]
    fn faults_22_every_surface_status_has_its_step() {
        let table = [
            (Status::Outdated, SurfaceStep::Configure),
            (Status::Lost, SurfaceStep::Recreate),
            (Status::Timeout, SurfaceStep::Skip),
            (Status::Occluded, SurfaceStep::Skip),
            (Status::Validation, SurfaceStep::Skip),
        ];
        for (status, step) in table {
            assert_eq!(step_for(&status), step, "{status:?}");
        }
    }

    /// What a surface answers, one after the other, and how often it was asked; whether each was mended as it asked for.
    fn ask_all(answers: &[SurfaceStep]) -> (Option<(u32, bool)>, usize) {
        let mut asked = 0_usize;
        let got = mended(|mend| {
            let before = asked.checked_sub(1).map(|last| answers[last % answers.len()]);
            assert_eq!(mend, before, "what the last answer asks for is done before the next");
            let step = answers[asked % answers.len()];
            asked += 1;
            let has_texture = matches!(step, SurfaceStep::Draw | SurfaceStep::DrawThenConfigure);
            (step, has_texture.then_some(7))
        });
        (got, asked)
    }

    #[test]
    fn faults_22_a_surface_is_asked_again_but_not_for_ever() {
        use SurfaceStep::{Configure, Draw, DrawThenConfigure, Recreate, Skip};
        assert_eq!(ask_all(&[Draw]), (Some((7, false)), 1));
        assert_eq!(ask_all(&[DrawThenConfigure]), (Some((7, true)), 1));
        assert_eq!(ask_all(&[Configure, Draw]), (Some((7, false)), 2));
        assert_eq!(ask_all(&[Recreate, Configure, DrawThenConfigure]), (Some((7, true)), 3));
        assert_eq!(ask_all(&[Skip]), (None, 1));
        assert_eq!(ask_all(&[Configure, Skip]), (None, 2));
        assert_eq!(ask_all(&[Configure]), (None, RETRIES as usize));
        assert_eq!(ask_all(&[Recreate]), (None, RETRIES as usize));
    }
}
