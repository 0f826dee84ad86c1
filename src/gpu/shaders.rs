//! The WGSL sources, put together from `shaders/`.

/// The WGSL sources by name, as the device gets them (shared prelude included).
pub const SHADERS: [(&str, &str); 7] = [
    (
        "scatter",
        concat!(
            include_str!("../../shaders/whole.wgsl"),
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/scatter.wgsl"),
            include_str!("../../shaders/pick.wgsl")
        ),
    ),
    (
        "lookup",
        concat!(
            include_str!("../../shaders/whole.wgsl"),
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/lattice.wgsl"),
            include_str!("../../shaders/lookup.wgsl")
        ),
    ),
    (
        "dots",
        concat!(
            include_str!("../../shaders/whole.wgsl"),
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/dots.wgsl")
        ),
    ),
    (
        "mark",
        concat!(
            include_str!("../../shaders/whole.wgsl"),
            include_str!("../../shaders/view.wgsl"),
            include_str!("../../shaders/mark.wgsl")
        ),
    ),
    ("resolve", concat!(include_str!("../../shaders/whole.wgsl"), include_str!("../../shaders/resolve.wgsl"))),
    ("present", concat!(include_str!("../../shaders/whole.wgsl"), include_str!("../../shaders/present.wgsl"))),
    ("enlarge", include_str!("../../shaders/enlarge.wgsl")),
];

/// What panels and labels are painted with, by itself.
pub const PANELS: (&str, &str) = ("panels", include_str!("../../shaders/panels.wgsl"));
