//! Plain loops compiled for the widest registers of the processor at hand.
#![allow(clippy::inline_always, reason = "only what is inlined is compiled for the processor at hand")]

use pulp::{Arch, Simd, WithSimd};

struct Wide<F>(F);

impl<R, F: FnMut() -> R> WithSimd for Wide<F> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) -> R {
        (self.0)()
    }
}

/// Does work with the processor's own instructions, where it and all that it calls are marked `#[inline(always)]`.
///
/// Work that is handed to [`Arch::dispatch`] itself is called through a shim of `FnOnce`, which is not inlined, and compiled for the
/// oldest processor there is.
#[inline(always)]
pub(in crate::likeness) fn wide<R>(work: impl FnMut() -> R) -> R {
    Arch::new().dispatch(Wide(work))
}
