//! The WGSL sources, put together from `shaders/`.

/// The WGSL sources by name, as the device gets them (shared prelude included).
pub const SHADERS: [(&str, &str); 6] = [
    (
        "scatter",
        concat!(
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/scatter.wgsl"),
            include_str!("../../shaders/pick.wgsl")
        ),
    ),
    (
        "lookup",
        concat!(
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/lattice.wgsl"),
            include_str!("../../shaders/lookup.wgsl")
        ),
    ),
    ("dots", concat!(include_str!("../../shaders/view.wgsl"), include_str!("../../shaders/dots.wgsl"))),
    ("mark", concat!(include_str!("../../shaders/view.wgsl"), include_str!("../../shaders/mark.wgsl"))),
    ("resolve", include_str!("../../shaders/resolve.wgsl")),
    ("present", include_str!("../../shaders/present.wgsl")),
];
