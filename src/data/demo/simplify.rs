//! Raw strokes to simplified ones, as the published pipeline does: to the top-left corner, uniformly to 255 at most,
//! to one-unit steps, then Ramer–Douglas–Peucker with a tolerance of 2.

/// Largest coordinate of a simplified drawing.
pub(super) const LARGEST: f32 = 255.0;
/// Tolerance of the Ramer–Douglas–Peucker step, in simplified units.
const TOLERANCE: f32 = 2.0;

/// Simplifies strokes of any scale (canvas pixels) to whole units of a 256-unit canvas. A drawing without extent becomes
/// dots at the origin; coordinates must be finite.
pub fn simplify(raw: &[Vec<[f32; 2]>]) -> Vec<Vec<[f32; 2]>> {
    let mut low = [f32::MAX; 2];
    let mut high = [f32::MIN; 2];
    for point in raw.iter().flatten() {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let scale = if extent > 0.0 { LARGEST / extent } else { 0.0 };
    let mut scaled = Vec::new();
    let mut keep = Vec::new();
    raw.iter()
        .map(|stroke| {
            scaled.clear();
            scaled.extend(stroke.iter().map(|point| [(point[0] - low[0]) * scale, (point[1] - low[1]) * scale]));
            mark_corners(&scaled, &mut keep);
            scaled
                .iter()
                .zip(&keep)
                .filter(|(_, kept)| **kept)
                // Adding a half and cutting is one machine instruction where `round` is a call.
                .map(|(point, _)| [(point[0] + 0.5) as u16 as f32, (point[1] + 0.5) as u16 as f32])
                .collect()
        })
        .collect()
}

/// Ramer–Douglas–Peucker without recursion: marks the points to keep. The published pipeline first puts points at one-unit
/// steps, which lie on the polyline and so are never farther from a chord than its vertices: the vertices alone suffice.
fn mark_corners(points: &[[f32; 2]], keep: &mut Vec<bool>) {
    keep.clear();
    keep.resize(points.len(), false);
    let Some(last) = points.len().checked_sub(1) else {
        return;
    };
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        if to - from < 2 {
            continue;
        }
        let (a, b) = (points[from], points[to]);
        let chord = [b[0] - a[0], b[1] - a[1]];
        let length_squared = chord[0] * chord[0] + chord[1] * chord[1];
        let mut farthest = (from, 0.0_f32);
        for (offset, point) in points[from + 1..to].iter().enumerate() {
            let arm = [point[0] - a[0], point[1] - a[1]];
            // Squared distance, times the chord's squared length where there is a chord.
            let distance = if length_squared > 0.0 {
                let cross = chord[0] * arm[1] - chord[1] * arm[0];
                cross * cross
            } else {
                arm[0] * arm[0] + arm[1] * arm[1]
            };
            if distance > farthest.1 {
                farthest = (from + 1 + offset, distance);
            }
        }
        let weight = if length_squared > 0.0 { length_squared } else { 1.0 };
        if farthest.1 > TOLERANCE * TOLERANCE * weight {
            keep[farthest.0] = true;
            open.push((from, farthest.0));
            open.push((farthest.0, to));
        }
    }
}
