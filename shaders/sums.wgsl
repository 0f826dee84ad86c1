// What a pixel shows whose drawings have colours and overlap no other. Before row_style.wgsl and resolve.wgsl; its twin is
// `Looks::color` in src/scene/oracle/looks.rs.

const WASH: f32 = 0.12;

// The ground washed with the drawings' colours, and the drawings on it: `washed` are sums of area * c and area, `colored` of k * c and
// k. Drawings that have left their cells may lie on one another: together they take no more than a pixel has.
fn color_apart(paper: vec3<f32>, washed: vec4<f32>, colored: vec4<f32>) -> vec3<f32> {
    let tint = washed / max(washed.w, 1.0);
    let ink = colored / max(colored.w, 1.0);
    let ground = paper + WASH * (tint.xyz - tint.w * paper);
    return ground * (1.0 - ink.w) + ink.xyz;
}
