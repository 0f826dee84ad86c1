//! Everything that touches wgpu: adapter, textures, passes, read-back. Draws [`crate::scene::frame::Frame`]s.

pub mod atlas;
pub mod bindings;
pub mod buffers;
pub mod colors;
pub mod context;
pub mod convert;
pub mod error;
pub mod gpu_types;
pub mod labels;
pub mod loss;
pub mod marks;
pub mod memory;
pub mod meshes;
pub mod nearest;
pub mod painters;
pub mod pass;
pub mod patience;
pub mod pick;
pub mod pipelines;
pub mod points;
pub mod progressive;
pub mod readback;
pub mod renderer;
pub mod scatter;
pub mod shaders;
pub mod surface;
