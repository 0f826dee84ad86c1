//! Everything that touches wgpu: adapter, textures, passes, read-back. Draws [`crate::scene::frame::Frame`]s.

pub mod atlas;
pub mod bindings;
pub mod buffers;
pub mod colors;
pub mod context;
pub mod convert;
pub mod dots;
pub mod error;
pub mod ink_mode;
pub mod labels;
pub mod layout;
pub mod lookup;
pub mod loss;
pub mod marks;
pub mod memory;
mod moved;
pub mod pass;
pub mod pick;
pub mod pipelines;
pub mod points;
pub mod readback;
pub mod renderer;
pub mod scatter;
pub mod shaders;
mod slices;
pub mod stand_in;
pub mod surface;
