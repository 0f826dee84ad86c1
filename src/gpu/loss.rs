//! The loss of a device: noticed once, told to whoever can build another one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Listener = Box<dyn Fn() + Send>;

/// Whether a device is lost, and who is to be told.
#[derive(Clone, Default)]
pub struct Loss {
    lost: Arc<AtomicBool>,
    tell: Arc<Mutex<Option<Listener>>>,
}

impl Loss {
    /// Watches a device from its beginning.
    pub fn watch(device: &wgpu::Device) -> Self {
        let loss = Self::default();
        let noticed = loss.clone();
        device.set_device_lost_callback(move |reason, message| {
            if reason != wgpu::DeviceLostReason::Destroyed {
                tracing::warn!("the GPU device was lost: {message}");
            }
            noticed.lost.store(true, Ordering::Release);
            noticed.pass_on();
        });
        loss
    }

    /// Whether it is lost.
    pub fn has_happened(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }

    /// Calls `tell`, on any thread, when the device is lost; at once if it is lost already.
    pub fn tell(&self, tell: Listener) {
        *self.tell.lock().unwrap_or_else(PoisonError::into_inner) = Some(tell);
        if self.has_happened() {
            self.pass_on();
        }
    }

    fn pass_on(&self) {
        if let Some(tell) = &*self.tell.lock().unwrap_or_else(PoisonError::into_inner) {
            tell();
        }
    }
}

impl std::fmt::Debug for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loss").field("lost", &self.has_happened()).finish_non_exhaustive()
    }
}
