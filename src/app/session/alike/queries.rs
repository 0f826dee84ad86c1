//! Who looks for the nearest: the processor, or, in sets that would take it longer than a frame, a GPU.

use crate::gpu::context::{Gpu, GpuError, Tier};
use crate::gpu::nearest::NearestOnGpu;
use crate::likeness::SetCodes;
use crate::likeness::query::{Neighbour, Of, nearest};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows from which on a GPU is asked: two cores compare them in 7 ms.
const FROM: u32 = 1 << 20;

/// A set's codes on a GPU, once they are needed there; `None` where they cannot be.
type OnGpu = Option<(Arc<SetCodes>, Option<NearestOnGpu>)>;

/// Who is asked.
#[derive(Debug)]
pub(super) struct Queries {
    gpu: Arc<Gpu>,
    /// Rows from which on it is asked.
    from: u32,
    on_gpu: Mutex<OnGpu>,
}

impl Queries {
    /// A GPU that is none of its own is slower than the processor that it is.
    pub(super) fn new(gpu: &Arc<Gpu>) -> Self {
        let is_worth = gpu.tier == Tier::Full && !gpu.is_software();
        Self { gpu: Arc::clone(gpu), from: if is_worth { FROM } else { u32::MAX }, on_gpu: Mutex::default() }
    }

    /// The `k` nearest in the codes of a set, whoever finds them.
    pub(super) fn nearest(&self, set: &Arc<SetCodes>, of: Of<'_>, k: usize) -> Vec<Neighbour> {
        if set.codes.rows() < self.from {
            return nearest(&set.codes, of, k);
        }
        self.on_gpu(set, of, k).unwrap_or_else(|| nearest(&set.codes, of, k))
    }

    fn on_gpu(&self, set: &Arc<SetCodes>, of: Of<'_>, k: usize) -> Option<Vec<Neighbour>> {
        // Where a query panicked, codes were uploaded whole or not at all.
        let mut on_gpu = self.on_gpu.lock().unwrap_or_else(PoisonError::into_inner);
        if on_gpu.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, set)) {
            // Those of another measure make room first.
            *on_gpu = None;
            *on_gpu = Some((Arc::clone(set), ok(NearestOnGpu::new(&self.gpu, &set.codes))));
        }
        let (_, there) = on_gpu.as_mut()?;
        let found = ok(there.as_ref()?.nearest(&set.codes, of, k));
        if found.is_none() {
            *there = None;
        }
        found
    }
}

/// What a GPU could not do the processor does, with the same result.
fn ok<T>(done: Result<T, GpuError>) -> Option<T> {
    done.inspect_err(|error| tracing::info!("look-alikes are found without the GPU: {error}")).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::{Dataset, OpenOptions};
    use crate::data::values::ValueMap;
    use crate::gpu::context::gpu_for_tests;
    use crate::likeness::comparison::Comparison;
    use crate::progress::Progress;

    fn set_of(source: &str) -> Arc<SetCodes> {
        let dataset = Dataset::open(&[source], &OpenOptions::default()).unwrap();
        let table = ValueMap::default().table();
        Arc::new(SetCodes::of(&dataset, &table, &Comparison::default(), Progress::NONE).unwrap())
    }

    #[test]
    fn whoever_is_asked_finds_the_same() {
        let Some(gpu) = gpu_for_tests() else { return };
        let gpu = Arc::new(gpu);
        let [one, other] = ["demo:3000:1", "demo:700:2"].map(set_of);
        let alone = Queries::new(&gpu);
        assert_eq!(alone.from == u32::MAX, gpu.is_software());
        let together = Queries { from: 0, ..Queries::new(&gpu) };
        for set in [&one, &other, &one] {
            for row in [0, 7, 699] {
                let found = together.nearest(set, Of::Row(row), 12);
                assert_eq!(found, alone.nearest(set, Of::Row(row), 12));
                assert_eq!(found, nearest(&set.codes, Of::Row(row), 12));
            }
            let on_gpu = together.on_gpu.lock().unwrap();
            assert!(on_gpu.as_ref().is_some_and(|(of, there)| Arc::ptr_eq(of, set) && there.is_some()));
        }
        // A GPU that is lost leaves it to the processor.
        gpu.destroy();
        assert_eq!(together.nearest(&one, Of::Row(3), 12), nearest(&one.codes, Of::Row(3), 12));
        assert!(together.on_gpu.lock().unwrap().as_ref().is_some_and(|(_, there)| there.is_none()));
    }
}
