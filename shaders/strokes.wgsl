// Strokes in place of pixels. After view.wgsl (`view` gives the target's size only), and what that needs.
//
// How it works: a stretch between two points is what a round pen covers on its way: a quad around it, in which a pixel is covered as far
// as its centre lies within the pen's radius. Stretches share their ends, so that joins are round. They are blended over what is
// there; what lies under a drawing is covered by a filled rectangle before.

struct Stretch {
    // Its ends, x and y, in pixels of the target; of a rectangle two opposite corners.
    @location(0) ends: vec4<f32>,
    // Of the pen, in pixels; negative: a filled rectangle.
    @location(1) radius: f32,
    // An encoded value.
    @location(2) color: vec4<f32>,
}

struct Inked {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) ends: vec4<f32>,
    @location(1) @interpolate(flat) radius: f32,
    @location(2) @interpolate(flat) color: vec4<f32>,
}

@vertex
fn vs_stroke(@builtin(vertex_index) vertex: u32, stretch: Stretch) -> Inked {
    view = given_view;
    let start = stretch.ends.xy;
    let along = stretch.ends.zw - start;
    let far = length(along);
    // A dot is one, whichever way it lies.
    let forward = select(vec2<f32>(1.0, 0.0), along / max(far, 1e-6), far > 1e-6);
    let aside = vec2<f32>(-forward.y, forward.x);
    // A pixel beyond the pen's edge may still be half covered.
    let reach = stretch.radius + 1.0;
    let unit = corner(vertex);
    let around = start + forward * (unit.x * (far + 2.0 * reach) - reach) + aside * ((unit.y * 2.0 - 1.0) * reach);
    let within = start + unit * along;
    var inked: Inked;
    inked.position = clip_from_px(select(around, within, stretch.radius < 0.0));
    inked.ends = stretch.ends;
    inked.radius = stretch.radius;
    inked.color = stretch.color;
    return inked;
}

@fragment
fn fs_stroke(inked: Inked) -> @location(0) vec4<f32> {
    let from_start = inked.position.xy - inked.ends.xy;
    let along = inked.ends.zw - inked.ends.xy;
    let part = max(min(dot(from_start, along) / max(dot(along, along), 1e-9), 1.0), 0.0);
    let apart = length(from_start - along * part);
    let covered = max(min(inked.radius + 0.5 - apart, 1.0), 0.0);
    return vec4<f32>(inked.color.xyz, inked.color.w * select(covered, 1.0, inked.radius < 0.0));
}
