//! Takes the steps of a warm-up, out of sight and while nobody moves: the first frame at another zoom is then no slower than the next.

use crate::gpu::progressive::{WARM_UP_PX, WarmUpStep};
use crate::gpu::renderer::Renderer;
use crate::scene::Scene;
use crate::scene::rows::Styling;
use std::collections::VecDeque;

/// How far it has come.
#[derive(Clone, Debug, Default)]
pub struct WarmUp {
    /// What is done.
    done: Option<Kind>,
    /// What is not, and the steps that are left.
    steps: Option<(Kind, VecDeque<WarmUpStep>)>,
    /// A picture has been submitted and is not finished yet.
    in_flight: bool,
    /// Nobody is there who could zoom: it waits until somebody is.
    asleep: bool,
}

impl WarmUp {
    /// One that begins when somebody does something: a device is mostly lost while a computer sleeps, and a second of work for
    /// a window that nobody looks at is for nothing.
    pub fn asleep() -> Self {
        Self { asleep: true, ..Self::default() }
    }

    /// Somebody is there.
    pub fn wake(&mut self) {
        self.asleep = false;
    }

    /// Whether a step is under way.
    pub fn is_in_flight(&self) -> bool {
        self.in_flight
    }

    /// The GPU has finished something: the next step may follow.
    pub fn set_landed(&mut self) {
        self.in_flight = false;
    }

    /// Whether the layout in force may need what has not been drawn yet.
    pub fn is_due(&self, scene: &Scene) -> bool {
        !self.asleep && scene.rows_ready() == scene.rows() && self.done != Some(kind_of(scene))
    }

    /// Whether a step can be taken for the layout in force, which the renderer holds; where none is left, it is done.
    pub fn can_step(&mut self, scene: &Scene, renderer: &Renderer) -> bool {
        if !self.is_due(scene) || self.in_flight {
            return false;
        }
        let kind = kind_of(scene);
        if self.steps.as_ref().is_none_or(|(of, _)| *of != kind) {
            let steps =
                renderer.warm_up_steps(scene.view().px_per_unit, |side_px| scene.picture_at(WARM_UP_PX, side_px));
            self.steps = Some((kind, steps.into()));
        }
        let is_done = self.steps.as_ref().is_none_or(|(_, steps)| steps.is_empty());
        if is_done {
            (self.done, self.steps) = (Some(kind), None);
        }
        !is_done
    }

    /// Takes the next step; what was submitted for it is to be waited for, then [`WarmUp::set_landed`] called.
    pub fn step(&mut self, renderer: &mut Renderer) -> Option<wgpu::SubmissionIndex> {
        let step = self.steps.as_mut()?.1.pop_front()?;
        let gpu = std::sync::Arc::clone(renderer.gpu());
        let label = wgpu::CommandEncoderDescriptor { label: Some("warm-up") };
        let mut encoder = gpu.device.create_command_encoder(&label);
        match renderer.warm_up(&step, &mut encoder) {
            Ok(()) => {
                self.in_flight = true;
                Some(gpu.queue.submit([encoder.finish()]))
            }
            Err(error) => {
                tracing::debug!("warming up failed: {error}");
                None
            }
        }
    }
}

/// What decides which pipelines a scene's pictures can need: the layout, what of the rows' looks is read, the size of the view,
/// the zoom, at which other looks may come first, and whether strokes are wished for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    revision: u64,
    styling: Styling,
    size_px: [u32; 2],
    px_per_unit: f64,
    strokes: bool,
}

fn kind_of(scene: &Scene) -> Kind {
    let viewport = scene.viewport();
    Kind {
        revision: scene.placed().revision,
        styling: scene.row_table().styling(),
        size_px: [viewport.width_px, viewport.height_px],
        px_per_unit: scene.view().px_per_unit,
        strokes: scene.settings.strokes,
    }
}
