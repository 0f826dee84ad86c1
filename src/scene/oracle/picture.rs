//! Which ink every pixel shows: the check on the GPU's scatter pass.

/// Sides of the ink pyramid's levels in texels for drawings of `canvas` texels a side, finest first.
///
/// Halves of the side while they are whole and at least 5, then 4, 2, 1: 28 gives 28, 14, 7, 4, 2, 1.
pub fn pyramid_sizes(canvas: u32) -> Vec<u32> {
    let mut sizes = vec![canvas.max(1)];
    while let Some(&last) = sizes.last()
        && last % 2 == 0
        && last / 2 >= 5
    {
        sizes.push(last / 2);
    }
    let smallest = sizes.last().copied().unwrap_or(1);
    sizes.extend([4, 2, 1].into_iter().filter(|&n| n < smallest));
    sizes
}
