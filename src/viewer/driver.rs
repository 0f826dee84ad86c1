//! One frame's way, the same for window and bench: plan what may be drawn, draw it by itself so that it can be timed, put the
//! frame together, and feed back what the drawing took.

use crate::gpu::context::GpuError;
use crate::gpu::progressive::{DrawBudget, DrawnExtent, DrawnPart, Progressive};
use crate::gpu::renderer::Renderer;
use crate::gpu::scatter::Redrawn;
use crate::scene::frame::Frame;
use crate::scene::picture::ScatterPicture;
use std::time::{Duration, Instant};

/// What a frame is about to draw of a scatter picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is to be seen.
    pub picture: ScatterPicture,
    /// How much of it may be drawn now.
    pub budget: DrawBudget,
}

/// What was submitted for a frame's scatter.
#[derive(Debug)]
pub struct Submitted {
    /// The submission.
    pub submission: wgpu::SubmissionIndex,
    /// How much of the picture it draws.
    pub redrawn: Redrawn,
    /// What is to be handed to [`Driver::record_gpu_time`] with the time that it took; what strips take says nothing of the whole.
    pub drawn: Option<DrawnPart>,
}

/// Drives a renderer from frame to frame.
#[derive(Clone, Debug, Default)]
pub struct Driver {
    progressive: Progressive,
}

impl Driver {
    /// Plans what may be drawn of a picture now; the renderer holds its layout already.
    pub fn plan(&mut self, renderer: &Renderer, picture: ScatterPicture, now: Instant) -> Plan {
        let budget = match renderer.cost_key(&picture) {
            Some(key) if renderer.is_progressive() => {
                self.progressive.plan(&picture.view, key, renderer.reuse(&picture), now)
            }
            _ => DrawBudget::ALL,
        };
        self.progressive.set_refining(!renderer.will_be_exact(&picture, budget));
        Plan { picture, budget }
    }

    /// Draws a frame's scatter where it has changed, in a submission of its own: how long that takes decides how much the next may
    /// draw. `None` where nothing had to be drawn.
    pub fn draw(&mut self, renderer: &mut Renderer, frame: &Frame, plan: &Plan) -> Result<Option<Submitted>, GpuError> {
        let gpu = std::sync::Arc::clone(renderer.gpu());
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("scatter") });
        let start = Instant::now();
        let [redrawn, others] = match renderer.update(frame, plan.budget, &mut encoder) {
            Ok(redrawn) => redrawn,
            Err(error) => {
                self.progressive.set_refining(false);
                return Err(error);
            }
        };
        // Where there is no room for a picture none is waited for.
        let has_room = plan.picture.view.size_px.iter().all(|&side| side > 0);
        self.progressive.set_refining(has_room && !renderer.is_exact());
        let extent = match redrawn {
            Redrawn::Nothing if others == Redrawn::Nothing => return Ok(None),
            // The time is that of several pictures, and says nothing of one.
            _ if others != Redrawn::Nothing => None,
            Redrawn::Nothing | Redrawn::Strips => None,
            Redrawn::Scanlines(lines) => Some(DrawnExtent::Scanlines(lines)),
            Redrawn::Everything => Some(DrawnExtent::All(plan.budget.downsample)),
        };
        // Places of drawings on the way are computed while they are drawn.
        let encoding = if plan.picture.on_the_way.is_some() { start.elapsed() } else { Duration::ZERO };
        let (key, view) = (renderer.cost_key(&plan.picture), plan.picture.view);
        let drawn = extent.zip(key).map(|(extent, cost_key)| DrawnPart { view, cost_key, extent, encoding });
        Ok(Some(Submitted { submission: gpu.queue.submit([encoder.finish()]), redrawn, drawn }))
    }

    /// Takes note of what a submission took.
    pub fn record_gpu_time(&mut self, drawn: &DrawnPart, time: Duration) {
        self.progressive.record_gpu_time(drawn, time);
    }

    /// When the camera moved last.
    pub fn moved_at(&self) -> Option<Instant> {
        self.progressive.moved_at()
    }

    /// Whether the picture drawn last is not exact yet.
    pub fn is_refining(&self) -> bool {
        self.progressive.is_refining()
    }

    /// When the next frame is due that makes more of the picture exact; `None` where it is.
    pub fn due(&self, now: Instant) -> Option<Instant> {
        self.progressive.due(now)
    }
}
