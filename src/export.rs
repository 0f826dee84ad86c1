//! Writes what the user asked to keep (pictures, plots): whole or not at all.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
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
    let written = write_whole(path, |file| encode(file, size_px, rgba).map_err(system_error));
    written.map_err(|source| PngError::Io { source, path: path.to_owned() })
}

/// The same picture as bytes.
pub fn png_bytes(size_px: [u32; 2], rgba: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    encode(&mut bytes, size_px, rgba).map_err(system_error)?;
    Ok(bytes)
}

fn encode(file: &mut impl Write, size_px: [u32; 2], rgba: &[u8]) -> Result<(), png::EncodingError> {
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|texel| [texel[0], texel[1], texel[2]]).collect();
    let mut encoder = png::Encoder::new(file, size_px[0], size_px[1]);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()
}

/// The system's error behind the encoder's; which kind it is decides what is said.
fn system_error(error: png::EncodingError) -> io::Error {
    match error {
        png::EncodingError::IoError(source) => source,
        other => io::Error::other(other),
    }
}

/// Writes a file by `fill`: a temporary file beside the target is renamed when it is complete and on the disk, so that an
/// earlier file stays until then. What is no file (a pipe, a device, `/dev/stdout`) is written to, never replaced; a link is
/// followed. After an error nothing new lies there.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    match Target::of(path)? {
        Target::Stream(path) => fill_file(File::options().write(true).open(path)?, fill).map(drop),
        Target::File(path) => {
            let part = Part::create(&path)?;
            fill_file(part.file.try_clone()?, fill)?.sync_all()?;
            part.rename(&path)
        }
    }
}

/// Whether [`write_whole`] could begin: for work that takes long before there is something to write. Leaves nothing behind.
pub fn check_writable(path: &Path) -> io::Result<()> {
    match Target::of(path)? {
        Target::Stream(_) => Ok(()),
        Target::File(path) => Part::create(&path).map(drop),
    }
}

fn fill_file(file: File, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<File> {
    let mut file = BufWriter::new(file);
    fill(&mut file)?;
    file.flush()?;
    file.into_inner().map_err(io::IntoInnerError::into_error)
}

/// Where the bytes go, links followed.
enum Target {
    /// A file, there already or not.
    File(PathBuf),
    /// A pipe or a device.
    Stream(PathBuf),
}

impl Target {
    fn of(named: &Path) -> io::Result<Self> {
        if named.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let path = std::fs::canonicalize(named).unwrap_or_else(|_| named.to_owned());
        let is_stream = std::fs::metadata(&path).is_ok_and(|found| !found.is_file());
        Ok(if is_stream { Self::Stream(path) } else { Self::File(path) })
    }
}

/// A file that is not complete yet; removed unless it is renamed.
struct Part {
    path: PathBuf,
    file: File,
    renamed: bool,
}

impl Part {
    fn create(target: &Path) -> io::Result<Self> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let path = folder.join(name);
        let create = || File::create_new(&path);
        let file = match create() {
            // Left by a process that was killed; it may be a link, which must not be followed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                std::fs::remove_file(&path)?;
                create()?
            }
            created => created?,
        };
        Ok(Self { path, file, renamed: false })
    }

    fn rename(mut self, target: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, target)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.renamed {
            // What failed is told; a leftover that cannot be removed either adds nothing.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
