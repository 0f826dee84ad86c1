//! A picture becomes exact in slices: from its middle, where one looks, upwards and downwards.

use std::ops::Range;

/// What `lines` more make of the exact lines of a picture, and which lines those are: none of them twice, and no more than the
/// picture has left.
pub fn grown(exact: &Range<u32>, height: u32, lines: u32) -> (Range<u32>, [Range<u32>; 2]) {
    let lines = lines.min(height.saturating_sub(exact.len() as u32));
    let exact = if exact.is_empty() { height / 2..height / 2 } else { exact.clone() };
    let below = height - exact.end;
    // As many on either side, and what one side does not need goes to the other.
    let after = (lines / 2).min(below).max(lines.saturating_sub(exact.start));
    let before = lines - after;
    let all = exact.start - before..exact.end + after;
    let new = [all.start..exact.start, exact.end..all.end];
    (all, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_becomes_exact_once_whatever_was_before() {
        for height in [1, 2, 7, 800] {
            for lines in [1, 2, 3, 90, u32::MAX] {
                for first in [0..0, height / 2..height, 0..height / 3, height / 4..height / 2, 0..height] {
                    let mut times = vec![0; height as usize];
                    times[first.start as usize..first.end as usize].fill(1);
                    let mut exact = first.clone();
                    let mut turns = 0;
                    while exact != (0..height) {
                        let (all, new) = grown(&exact, height, lines);
                        let count: u32 = new.iter().map(|lines| lines.len() as u32).sum();
                        assert_eq!(count, lines.min(height - exact.len() as u32), "{height} {lines} {exact:?}");
                        for line in new.into_iter().flatten() {
                            times[line as usize] += 1;
                        }
                        exact = all;
                        turns += 1;
                        assert!(turns <= height, "{height} {lines} {first:?}");
                    }
                    assert!(times.iter().all(|&times| times == 1), "{height} {lines} {first:?}");
                }
            }
        }
    }

    #[test]
    fn the_middle_comes_first() {
        assert_eq!(grown(&(0..0), 100, 20), (40..60, [40..50, 50..60]));
        assert_eq!(grown(&(40..60), 100, 20), (30..70, [30..40, 60..70]));
        assert_eq!(grown(&(90..100), 100, 20), (70..100, [70..90, 100..100]));
    }
}
