//! What window, bench and commands have in common: from a scene to pictures, whoever asks for them.

pub mod captions;
pub mod detail;
pub mod driver;
pub mod in_sight;
pub mod near;
pub mod strokes;
pub mod warm_up;
