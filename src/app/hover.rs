//! Asks the GPU what is under the pointer, off the frame's path, and decides when an answer may still be shown.

use super::waiter::Waiter;
use crate::gpu::pick::{PickHit, PickQuestion, PickRect};
use crate::gpu::readback::{ReadbackRing, padded_row_bytes};
use crate::gpu::renderer::Renderer;
use crate::scene::{Scene, oracle};
use glam::DVec2;
use std::sync::Arc;
use std::time::Duration;

/// Largest rectangle a hover asks about: the radius of 6 px at scale factor 16.
const SLOT_ROWS: u32 = 2 * 6 * 16 + 1;

/// An answer as it was given.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    question: PickQuestion,
    hit: Option<PickHit>,
    /// The frame that was on screen when it was asked.
    pub asked_frame: u64,
    serial: u64,
}

/// Picks under way and the newest answer.
#[derive(Debug)]
pub struct Hover {
    ring: ReadbackRing<(PickQuestion, PickRect, u64)>,
    answered: Option<Answered>,
    asked: Option<PickQuestion>,
}

impl Hover {
    /// Nothing asked yet.
    pub fn new(renderer: &Renderer) -> Self {
        let device = &renderer.gpu().device;
        let bytes = u64::from(padded_row_bytes(SLOT_ROWS, 4)) * u64::from(SLOT_ROWS);
        Self { ring: ReadbackRing::new(device, bytes), answered: None, asked: None }
    }

    /// Asks, unless just that was asked already; false when all slots are on their way and it must be asked later. The waiter
    /// wakes whoever calls [`Hover::collect`].
    pub fn ask(&mut self, renderer: &mut Renderer, waiter: &Waiter, question: PickQuestion, frame: u64) -> bool {
        if self.asked == Some(question) {
            return true;
        }
        let Some(buffer) = self.ring.free_buffer().cloned() else { return false };
        let gpu = Arc::clone(renderer.gpu());
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("hover") });
        match renderer.encode_pick(&question, &buffer, &mut encoder) {
            Ok(Some(rect)) => {
                let submission = gpu.queue.submit([encoder.finish()]);
                self.ring.map((question, rect, frame), || ());
                self.asked = Some(question);
                waiter.watch(submission);
            }
            Ok(None) => {
                self.asked = Some(question);
                let serial = self.answered.map_or(0, |answered| answered.serial);
                self.answered = Some(Answered { question, hit: None, asked_frame: frame, serial });
            }
            Err(error) => tracing::error!("picking failed: {error}"),
        }
        true
    }

    /// Takes in what has arrived; the newest answer counts. What is on its way for longer than `limit` is given up. Returns
    /// whether there was either.
    pub fn collect(&mut self, device: &wgpu::Device, limit: Duration) -> bool {
        let arrived = self.ring.take();
        let given_up = self.ring.give_up(device, limit);
        if given_up {
            tracing::warn!("the GPU has not answered for {} s: asking again", limit.as_secs());
            self.asked = None;
        }
        let any = given_up || !arrived.is_empty();
        for answer in arrived {
            let (question, rect, asked_frame) = answer.question;
            let Some(bytes) = answer.bytes else {
                // The map failed: whoever still wants to know asks again.
                self.asked = None;
                continue;
            };
            if self.answered.is_none_or(|newest| newest.serial <= answer.serial) {
                let hit = question.answer(rect, &bytes);
                self.answered = Some(Answered { question, hit, asked_frame, serial: answer.serial });
            }
        }
        any
    }

    /// Whether an answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.ring.is_waiting()
    }

    /// Forgets everything that was answered (other data, other layout).
    pub fn clear(&mut self) {
        self.answered = None;
        self.asked = None;
    }

    /// The row that may be shown for `now`: the answer to just that, or an earlier answer that the index confirms.
    /// An answer whose question is stale is dropped: nothing is shown rather than a wrong row.
    pub fn row_for(&self, now: &PickQuestion, scene: &Scene) -> Option<(u32, u64)> {
        let answered = self.answered.as_ref()?;
        let row = answered.hit?.row.0;
        if answered.question == *now {
            return Some((row, answered.asked_frame));
        }
        if (answered.question.layout_revision, answered.question.rows_revision)
            != (now.layout_revision, now.rows_revision)
        {
            return None;
        }
        (row_by_index(now, scene) == Some(row)).then_some((row, answered.asked_frame))
    }

    /// Whether the question has been asked last, however many drawings had arrived then.
    pub fn has_asked(&self, question: &PickQuestion) -> bool {
        self.asked.is_some_and(|asked| PickQuestion { rows_ready: question.rows_ready, ..asked } == *question)
    }

    /// Whether the question has been answered.
    pub fn is_answered(&self, question: &PickQuestion) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.question == *question)
    }
}

/// The row that is on screen where a question asks, as the index knows it.
pub fn row_by_index(now: &PickQuestion, scene: &Scene) -> Option<u32> {
    let at = DVec2::new(f64::from(now.at[0]), f64::from(now.at[1]));
    let (placed, rows) = (scene.placed(), scene.row_table());
    let is_found = |row| row < now.rows_ready && rows.style(row).is_picked();
    let found = oracle::pick_among(&now.view, &placed.layout, &placed.index, &is_found, at, now.radius_px)?;
    Some(found.row.0)
}

#[cfg(test)]
mod tests;
