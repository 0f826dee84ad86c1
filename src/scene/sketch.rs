//! A drawing made by hand, to look for what is like it: strokes as the pointer left them, and the bitmap that they would be in a set.

use crate::data::demo::sketch::sketch;

/// Most points of a sketch: all of them are painted in each frame. Ten minutes of drawing leave about as many.
const MOST: usize = 8_192;
/// A point nearer to the last one is left out: it would move the line by less than one of its 304 units.
const LEAST_STEP: f32 = 1.0 / 256.0;

/// Strokes on a square pad.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    strokes: Vec<Vec<[f32; 2]>>,
    points: usize,
    revision: u64,
    /// The last stroke goes on as the pen moves: not once a stroke was taken back that was being drawn.
    goes_on: bool,
}

impl Sketch {
    /// The strokes, each with its points: 0 to 1 across the pad on both axes, x to the right, y down.
    pub fn strokes(&self) -> &[Vec<[f32; 2]>] {
        &self.strokes
    }

    /// Another number after each change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The pen comes down.
    pub fn begin(&mut self, at: [f32; 2]) {
        self.strokes.push(Vec::new());
        self.goes_on = true;
        self.go(at);
    }

    /// The pen goes on to a place, within the pad; no further once there are as many points as a sketch may have.
    pub fn go(&mut self, at: [f32; 2]) {
        let at = at.map(|along| along.clamp(0.0, 1.0));
        let may_grow = self.goes_on && self.points < MOST;
        let Some(stroke) = self.strokes.last_mut().filter(|_| may_grow) else { return };
        let is_far = stroke.last().is_none_or(|last| (0..2).any(|axis| (at[axis] - last[axis]).abs() >= LEAST_STEP));
        if at.iter().all(|along| along.is_finite()) && is_far {
            stroke.push(at);
            self.points += 1;
            self.revision += 1;
        }
    }

    /// Takes the last stroke back, even while it is being drawn.
    pub fn take_back(&mut self) {
        self.goes_on = false;
        if let Some(stroke) = self.strokes.pop() {
            self.points -= stroke.len();
            self.revision += 1;
        }
    }

    /// Takes all strokes back.
    pub fn clear(&mut self) {
        *self = Self { revision: self.revision + 1, ..Self::default() };
    }

    /// Nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.points == 0
    }

    /// The ink on a canvas of so many pixels across and down, values of 0 to 255 line by line, made of the strokes as Quick, Draw! makes
    /// its bitmaps: simplified, as large as the canvas lets them be, in its middle. Where they lie on the pad, and how large they are,
    /// does not count.
    pub fn ink(&self, [width, height]: [u32; 2]) -> Vec<u8> {
        sketch(&self.strokes, width, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(strokes: &[&[[f32; 2]]]) -> Sketch {
        let mut sketch = Sketch::default();
        for stroke in strokes {
            sketch.begin(stroke[0]);
            stroke[1..].iter().for_each(|&at| sketch.go(at));
        }
        sketch
    }

    /// The pixels that hold more ink than a quarter, as a box: left, top, right, bottom.
    fn inked(ink: &[u8]) -> [usize; 4] {
        let inked = (0..ink.len()).filter(|&at| ink[at] > 64).map(|at| (at % 28, at / 28));
        inked.fold([28, 28, 0, 0], |[left, top, right, bottom], (x, y)| {
            [left.min(x), top.min(y), right.max(x), bottom.max(y)]
        })
    }

    #[test]
    fn a_drawing_fills_the_bitmap_wherever_and_however_large_it_was_drawn() {
        let square = |at: f32, side: f32| {
            let [a, b] = [at, at + side];
            sketch(&[&[[a, a], [b, a], [b, b], [a, b], [a, a]]]).ink([28, 28])
        };
        let large = square(0.1, 0.8);
        assert_eq!(large, square(0.4, 0.2));
        // 24 of 304 units are border and the pen is 16 wide: from pixel 1.5 to 26.5 of 28.
        assert_eq!(inked(&large), [1, 1, 26, 26]);
        assert_eq!(large[14 * 28 + 14], 0, "nothing is filled");
        // One that is twice as wide as high stands in the middle: 128 units and the pen are 13.3 pixels, from 7.4 to 20.6.
        let wide = sketch(&[&[[0.2, 0.2], [0.8, 0.2], [0.8, 0.5], [0.2, 0.5], [0.2, 0.2]]]).ink([28, 28]);
        assert_eq!(inked(&wide), [1, 7, 26, 20]);
    }

    #[test]
    fn a_dot_is_a_dot_and_nothing_is_nothing() {
        assert_eq!(Sketch::default().ink([28, 28]), [0; 28 * 28]);
        let dot = sketch(&[&[[0.9, 0.1]]]).ink([28, 28]);
        assert_eq!(inked(&dot), [13, 13, 14, 14]);
    }

    #[test]
    fn strokes_are_taken_back_one_by_one_and_stay_within_the_pad() {
        let mut sketch = sketch(&[&[[0.5, 0.5], [2.0, -1.0], [f32::NAN, 0.5], [1.0, 0.0]], &[[0.1, 0.1]]]);
        assert_eq!(sketch.strokes(), [vec![[0.5, 0.5], [1.0, 0.0]], vec![[0.1, 0.1]]]);
        let before = sketch.revision();
        sketch.take_back();
        assert_eq!((sketch.strokes().len(), sketch.is_empty(), sketch.revision() > before), (1, false, true));
        sketch.take_back();
        let before = sketch.revision();
        sketch.take_back();
        assert_eq!((sketch.is_empty(), sketch.revision()), (true, before));
    }

    #[test]
    fn what_follows_a_stroke_that_was_taken_back_as_it_was_drawn_belongs_to_none() {
        let mut sketch = sketch(&[&[[0.1, 0.1]], &[[0.5, 0.5], [0.6, 0.5]]]);
        sketch.begin([0.3, 0.3]);
        sketch.take_back();
        sketch.go([0.9, 0.9]);
        assert_eq!(sketch.strokes()[1], [[0.5, 0.5], [0.6, 0.5]]);
        sketch.begin([0.3, 0.3]);
        sketch.clear();
        sketch.go([0.9, 0.9]);
        assert!(sketch.is_empty());
    }
}
