//! When each pipeline of the scatter was first used: a driver compiles one then, and that should be while nobody moves.

use super::Variant;
use super::ink_target::ClearedTargets;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A pipeline of the scatter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Used {
    /// One of a painter's.
    Painter(Variant),
    /// Ink to colours.
    Resolve,
    /// The sums of a coloured picture to colours.
    ResolveColored,
    /// The sums of pictures in colour to colours.
    ResolvePictures,
    /// Nothing into parts of these targets.
    Clear(ClearedTargets),
    /// A low-resolution picture to one of full size.
    Upscale,
    /// Rows into the picking target; whether their looks are read.
    Pick(bool),
    /// Marks over pictures: what they paint, a `PAINTS_*`.
    Mark(u32),
    /// Strokes over pictures.
    Strokes,
}

/// A pipeline's first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstUse {
    /// Which it is.
    pub what: Used,
    /// It was out of sight, to be ready later.
    pub warming_up: bool,
}

/// The first uses so far, in their order.
#[derive(Debug, Default)]
pub struct FirstUses {
    seen: Mutex<Vec<FirstUse>>,
    warming_up: AtomicBool,
}

impl FirstUses {
    /// Takes note of a use, and logs it if it is the first.
    pub fn note(&self, what: Used) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.iter().all(|use_| use_.what != what) {
            let warming_up = self.warming_up.load(Ordering::Acquire);
            tracing::debug!(
                "first use of a pipeline {}: {what:?}",
                if warming_up { "out of sight" } else { "in a frame" }
            );
            seen.push(FirstUse { what, warming_up });
        }
    }

    /// From now on uses are out of sight, or in frames again.
    pub fn set_warming_up(&self, warming_up: bool) {
        self.warming_up.store(warming_up, Ordering::Release);
    }

    /// All of them.
    pub fn all(&self) -> Vec<FirstUse> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether uses are out of sight now.
    pub fn is_warming_up(&self) -> bool {
        self.warming_up.load(Ordering::Acquire)
    }

    /// Whether a pipeline has been used.
    pub fn contains(&self, what: Used) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|use_| use_.what == what)
    }
}
