//! Outlines of squares as few rectangles: of neighbours the shared edges once, and edges in a line as one.

/// The edges of squares (left, top, side) as rectangles (left, top, width, height), `line` pixels thick, inside the pixels that a square
/// touches.
pub(super) fn lines(squares: &[[f32; 3]], line: f32) -> Vec<[f32; 4]> {
    let mut across = Vec::with_capacity(2 * squares.len());
    let mut down = Vec::with_capacity(2 * squares.len());
    for &[left, top, side] in squares {
        let (x0, y0) = (left.floor(), top.floor());
        let (x1, y1) = ((left + side).ceil(), (top + side).ceil());
        across.extend([[y0, x0, x1], [y1 - line, x0, x1]]);
        down.extend([[x0, y0, y1], [x1 - line, y0, y1]]);
    }
    let across = joined(across).into_iter().map(|[y, from, to]| [from, y, to - from, line]);
    let down = joined(down).into_iter().map(|[x, from, to]| [x, from, line, to - from]);
    across.chain(down).collect()
}

/// Stretches of lines (place, from, to), those that touch joined.
fn joined(mut stretches: Vec<[f32; 3]>) -> Vec<[f32; 3]> {
    stretches.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    stretches.dedup_by(|next, before| {
        let joins = next[0] == before[0] && next[1] <= before[2];
        if joins {
            before[2] = before[2].max(next[2]);
        }
        joins
    });
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The pixels that rectangles cover.
    fn pixels(rects: &[[f32; 4]]) -> BTreeSet<(i32, i32)> {
        let of = |&[x, y, width, height]: &[f32; 4]| {
            let (x, y) = (x as i32, y as i32);
            (0..width as i32).flat_map(move |i| (0..height as i32).map(move |j| (x + i, y + j)))
        };
        rects.iter().flat_map(of).collect()
    }

    #[test]
    fn joined_lines_cover_what_the_outline_of_each_square_covers() {
        let squares = [[0.0, 0.0, 8.0], [8.0, 0.0, 8.0], [8.3, 8.7, 8.4], [40.0, 3.0, 9.0], [44.0, 7.0, 9.0]];
        for line in [1.0, 2.0] {
            let one_by_one: Vec<[f32; 4]> = squares.iter().flat_map(|&square| lines(&[square], line)).collect();
            assert_eq!(pixels(&lines(&squares, line)), pixels(&one_by_one));
        }
    }

    #[test]
    fn a_whole_grid_takes_as_many_lines_as_it_has_edges_in_a_row() {
        let squares: Vec<[f32; 3]> = (0..200).map(|i| [(i % 20) as f32 * 8.5, (i / 20) as f32 * 8.5, 8.5]).collect();
        // Neighbours may share an edge's pixels or lie side by side: two lines an edge at most.
        assert!(lines(&squares, 1.0).len() <= 2 * (20 + 10), "{}", lines(&squares, 1.0).len());
    }
}
