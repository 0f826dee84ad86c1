//! Writes a PNG file, whole or not at all.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a picture was not written.
#[derive(Debug, Error)]
pub enum PngError {
    /// The file system refused.
    #[error("cannot write the picture: {source}: {}", path.display())]
    Io {
        /// What the system said.
        source: std::io::Error,
        /// The file.
        path: PathBuf,
    },
    /// The encoder refused.
    #[error("cannot encode the picture: {source}: {}", path.display())]
    Encode {
        /// What it said.
        source: png::EncodingError,
        /// The file.
        path: PathBuf,
    },
}

/// Writes RGBA rows (`width × height × 4` bytes) as an RGB PNG.
///
/// A temporary file beside the target is renamed when it is complete: an earlier file stays until then. What is no file
/// (a pipe, a device, `/dev/stdout`) is written to, never replaced; a link is followed.
pub fn write_png(named: &Path, size_px: [u32; 2], rgba: &[u8]) -> Result<(), PngError> {
    let (io, path) = (|source| PngError::Io { source, path: named.to_owned() }, named);
    if path.is_dir() {
        return Err(io(std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    let linked = std::fs::canonicalize(path);
    let path = linked.as_deref().unwrap_or(path);
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        let file = std::fs::File::options().write(true).open(path).map_err(io)?;
        return write_to(file, named, size_px, rgba).map(drop);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = folder.join(name);
    let result = std::fs::File::create(&part)
        .map_err(io)
        .and_then(|file| write_to(file, named, size_px, rgba)?.sync_all().map_err(io))
        .and_then(|()| std::fs::rename(&part, path).map_err(io));
    if result.is_err() {
        // What failed is told; a leftover that cannot be removed either adds nothing.
        let _ = std::fs::remove_file(&part);
    }
    result
}

/// Writes the picture to an open file; errors speak of `path`.
fn write_to(file: std::fs::File, path: &Path, size_px: [u32; 2], rgba: &[u8]) -> Result<std::fs::File, PngError> {
    let io = |source| PngError::Io { source, path: path.to_owned() };
    let encode = |source| match source {
        png::EncodingError::IoError(source) => PngError::Io { source, path: path.to_owned() },
        source => PngError::Encode { source, path: path.to_owned() },
    };
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|texel| [texel[0], texel[1], texel[2]]).collect();
    let mut file = BufWriter::new(file);
    {
        let mut encoder = png::Encoder::new(&mut file, size_px[0], size_px[1]);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(encode)?;
        writer.write_image_data(&rgb).map_err(encode)?;
        writer.finish().map_err(encode)?;
    }
    file.flush().map_err(io)?;
    file.into_inner().map_err(|error| io(error.into_error()))
}
