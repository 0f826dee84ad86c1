//! Writes what the user asked to keep (pictures, plots): whole or not at all, and never over what is being read.

mod guard;
mod whole;

pub use guard::{IsRead, refuse_inputs, refuse_output};
pub use whole::{check_writable, write_whole};

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a picture was not written.
#[derive(Debug, Error)]
pub enum PngError {
    /// The file system refused, or the encoder did.
    #[error("cannot write the picture: {source}: {}", path.display())]
    Io {
        /// What the system or the encoder said.
        source: io::Error,
        /// The file.
        path: PathBuf,
    },
}

impl PngError {
    /// Binds a path to the system's errors.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { source, path: path.to_owned() }
    }
}

/// The name that a file of this kind should bear, where the one that was asked for ends otherwise: other programs, and people, go by
/// the ending. Folders are refused when they are written to; pipes and devices take anything.
pub fn better_name(path: &Path, ending: &str) -> Option<PathBuf> {
    let has = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_stream = std::fs::metadata(path).is_ok_and(|found| !found.is_file());
    if has.eq_ignore_ascii_case(ending) || is_stream {
        return None;
    }
    // `v1.2` and `figure.final` keep what is no ending of a file.
    let is_ending = (1..=4).contains(&has.len()) && has.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_ending {
        return Some(path.with_extension(ending));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    Some(path.with_file_name(name))
}

/// Writes RGBA rows (`width × height × 4` bytes) as an RGB PNG, as [`write_whole`] does.
pub fn write_png(path: &Path, size_px: [u32; 2], rgba: &[u8]) -> Result<(), PngError> {
    write_whole(path, |out| encode(out, size_px, rgba).map_err(system_error)).map_err(PngError::io(path))
}

/// The same picture as bytes.
pub fn png_bytes(size_px: [u32; 2], rgba: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    encode(&mut bytes, size_px, rgba).map_err(system_error)?;
    Ok(bytes)
}

fn encode(out: &mut dyn Write, size_px: [u32; 2], rgba: &[u8]) -> Result<(), png::EncodingError> {
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|texel| [texel[0], texel[1], texel[2]]).collect();
    let mut encoder = png::Encoder::new(out, size_px[0], size_px[1]);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()
}

/// The system's error behind the encoder's; which kind it is decides what is said.
pub(crate) fn system_error(error: png::EncodingError) -> io::Error {
    match error {
        png::EncodingError::IoError(source) => source,
        other => io::Error::other(other),
    }
}
