// Panels and labels as egui tessellates them: triangles with a texture and premultiplied colours, encoded values. What a pixel
// needs and nothing more: software rasterisers run every branch of a shader.

struct Inked {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
    @location(1) color: vec4<f32>,
}

// x, y: width and height of the target in points; z, w: the point in its corner.
@group(0) @binding(0) var<uniform> screen: vec4<f32>;
@group(1) @binding(0) var image: texture_2d<f32>;
@group(1) @binding(1) var image_sampler: sampler;

@vertex
fn vs_panel(@location(0) point: vec2<f32>, @location(1) at: vec2<f32>, @location(2) color: vec4<f32>) -> Inked {
    let unit = (point - screen.zw) / screen.xy;
    return Inked(vec4<f32>(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0), at, color);
}

@fragment
fn fs_panel(inked: Inked) -> @location(0) vec4<f32> {
    // There is one level, so that none has to be chosen.
    return inked.color * textureSampleLevel(image, image_sampler, inked.at, 0.0);
}
