//! `--inject-fault`: breaks the GPU at a frame, so that tests see what happens then.

use super::state::App;
use crate::gpu::context::GpuError;
use std::str::FromStr;

/// What breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The device is gone, in the middle of a frame.
    DeviceLost,
    /// There is no memory for the next texture, and the scatter's picture has to be made anew.
    OutOfMemory,
}

/// A fault and the number of the frame that it comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedFault {
    /// What breaks.
    pub fault: Fault,
    /// The frame's number in the state log, from 1.
    pub frame: u64,
}

impl FromStr for PlannedFault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.trim().split_once('@').and_then(|(name, frame)| {
            let fault = match name {
                "device-lost" => Fault::DeviceLost,
                "oom" => Fault::OutOfMemory,
                _ => return None,
            };
            let frame = frame.parse().ok().filter(|&frame| frame > 0)?;
            Some(Self { fault, frame })
        });
        parsed.ok_or_else(|| "`device-lost` or `oom` and a frame from 1 are needed, as in `device-lost@120`".to_owned())
    }
}

impl App {
    /// Breaks what is planned for the frame that is about to be drawn.
    pub(super) fn inject_faults(&mut self) {
        let frame = self.serial + 1;
        let due: Vec<Fault> =
            self.args.faults.iter().filter(|planned| planned.frame == frame).map(|planned| planned.fault).collect();
        // A frame that could not be shown is drawn again under its number: each fault comes once.
        self.args.faults.retain(|planned| planned.frame != frame);
        let Some(shell) = &self.shell else { return };
        for fault in due {
            tracing::warn!("injected before frame {frame}: {fault:?}");
            match fault {
                Fault::DeviceLost => shell.gpu.destroy(),
                Fault::OutOfMemory => {
                    shell.gpu.starve();
                    if let Some(session) = &mut self.session {
                        session.renderer.forget_picture();
                    }
                }
            }
        }
    }

    /// Tells that the GPU could not draw: once, however many frames it is so. A lost device is no matter for the user yet: it
    /// is replaced before the next frame.
    pub(super) fn complain_of_gpu(&mut self, error: &GpuError) {
        if matches!(error, GpuError::Lost) {
            return;
        }
        let what = error.to_string();
        if self.notices.iter().all(|notice| notice.what != what) {
            self.complain(&what);
            self.redraw();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, PlannedFault};

    #[test]
    fn faults_are_read_with_their_frame() {
        let read = |text: &str| text.parse::<PlannedFault>();
        assert_eq!(read("device-lost@120"), Ok(PlannedFault { fault: Fault::DeviceLost, frame: 120 }));
        assert_eq!(read("oom@1"), Ok(PlannedFault { fault: Fault::OutOfMemory, frame: 1 }));
        for wrong in ["", "oom", "oom@", "oom@0", "oom@-1", "fire@3", "oom@3@4", "@3"] {
            assert!(read(wrong).is_err_and(|error| error.contains("device-lost@120")), "{wrong}");
        }
    }
}
