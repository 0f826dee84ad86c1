//! Every kind of file that is known: those whose drawings are opened, and those that are refused by name.
//!
//! What a file is is decided by its beginning, never by its name: the first line of [`FORMATS`] whose sign fits. A format that is
//! opened is a file or folder here; one that is refused is no more than its line, which says what it is and what to do.

mod arrays;
mod cifar;
mod cifar_python;
pub(in crate::data) mod columnar;
mod csv;
mod demo;
mod foreign;
mod format;
mod hdf5;
mod idx;
mod mat;
pub(crate) mod npy;
mod npz;
mod opened;
mod pickle;
pub mod pictures;
mod safetensors;
pub(in crate::data) mod splits;
mod text;
mod zip_directory;

use std::path::{Path, PathBuf};

use crate::data::Cancel;
use crate::data::array::ShapeOptions;
use crate::data::demo::DemoError;
use crate::data::file::{PlainFile, Spool};
use crate::data::source::{ColumnArray, ImageError, ImageFault, ImageSource};

pub use columnar::{DrawnBlock, DrawnForm, IMAGE, SetWriter};
pub use format::{Format, OpenAs};
pub(super) use idx::{is_named_labels, labels};
pub(super) use npz::sketches;
pub use opened::{Drawings, Opened};

use format::Sign::{Begins, Is};
use format::{Instead, instead};

const PICTURE: &str = "pictures open by their names or by their folder, not among arrays";
const BESIDE_RECORDS: &str = "name it as the bitmaps, and an .ndjson file as the records";
const NDJSON: &str = "name an .ndjson file";
pub(super) const UTF_16: &str = "save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > FILE.ndjson";
pub(super) const UTF_32: &str = "save it as UTF-8: iconv -f UTF-32 -t UTF-8 FILE > FILE.ndjson";

/// What is known, the first that fits: what such a file is and what to do with it among drawings, and the same among records.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    npy::FORMAT,
    npz::FORMAT,
    idx::FORMAT,
    cifar::FORMAT,
    columnar::PARQUET,
    columnar::ARROW,
    columnar::ARROW_STREAM,
    cifar_python::FORMAT,
    demo::FORMAT,
    safetensors::FORMAT,
    mat::FORMAT,
    hdf5::FORMAT,
    Format::refused("pytorch", Is(foreign::is_pytorch), "a PyTorch file", "save what is in it in Python: numpy.save(\"set.npy\", torch.load(FILE).numpy())"),
    Format::refused("office", Is(foreign::is_office), "an Office document, such as .xlsx", "save its sheet as CSV"),
    npz::OTHER_ZIP,
    Format::refused("empty zip", Begins(b"PK\x05\x06"), "an empty zip or .npz archive", "there is nothing in it to open"),
    Format::refused("gzip", Begins(b"\x1f\x8b"), "gzip data in gzip data", "unpack it with `gunzip` first")
        .no_records("gzip data in gzip data", "unpack it first: gunzip FILE"),
    Format::refused("zstd", Begins(b"\x28\xb5\x2f\xfd"), "zstd data", "unpack it with `zstd -d` first")
        .no_records("Zstandard-compressed", "unpack it first: zstd -d FILE"),
    Format::refused("bzip2", Begins(b"BZh"), "bzip2 data", "unpack it with `bunzip2` first")
        .no_records("bzip2-compressed", "unpack it first: bunzip2 FILE"),
    Format::refused("xz", Begins(b"\xfd7zXZ\x00"), "xz data", "unpack it with `unxz` first"),
    Format::refused("png", Begins(b"\x89PNG\r\n\x1a\n"), "a PNG picture", PICTURE).no_records("a PNG picture", NDJSON),
    Format::refused("jpeg", Begins(b"\xff\xd8\xff"), "a JPEG picture", PICTURE).no_records("a JPEG picture", NDJSON),
    Format::refused("gif", Begins(b"GIF8"), "a GIF picture", PICTURE).no_records("a GIF picture", NDJSON),
    Format::refused("webp", Is(pictures::is_webp), "a WebP picture", PICTURE).no_records("a WebP picture", NDJSON),
    Format::refused("tiff", Is(pictures::is_tiff), "a TIFF picture", PICTURE).no_records("a TIFF picture", NDJSON),
    Format::refused("bmp", Is(pictures::is_bmp), "a BMP picture", PICTURE).no_records("a BMP picture", NDJSON),
    Format::refused("tar", Is(pictures::is_tar), "a tar archive", "an archive of pictures opens by its name; unpack another one, and open what it holds")
        .no_records("a tar archive", "unpack it first: tar -xf FILE"),
    Format::refused("parquet, encrypted", Begins(b"PARE"), "an encrypted Parquet file", "write it without encryption")
        .no_records("an encrypted Parquet file", "write it without encryption"),
    Format::refused("feather 1", Begins(b"FEA1"), "a Feather file of version 1", "write it again, as version 2 (pyarrow.feather.write_feather)")
        .no_records("a Feather file", "convert it to one JSON object a line"),
    Format::refused("git-lfs", Begins(b"version https://git-lfs"), "a git-LFS pointer, not the data", "run `git lfs pull` in its repository")
        .no_records("a Git LFS pointer", "fetch the file itself: git lfs pull"),
    Format::refused("pdf", Begins(b"%PDF"), "a PDF document", "open a .npy file").no_records("a PDF document", NDJSON),
    Format::refused("appledouble", Begins(b"\x00\x05\x16\x07"), "macOS' companion of a file (AppleDouble)", "open the file of the same name without `._`")
        .no_records("macOS' companion of a file (AppleDouble)", "open the file of the same name without `._`"),
    Format::refused("ds_store", Begins(b"\x00\x00\x00\x01Bud1"), "how macOS shows a folder (.DS_Store), not data", "open a .npy file or a folder"),
    Format::refused("pickle", Is(is_pickle), "a Python pickle", "load it in Python and save the array with numpy.save as .npy")
        .looked_into(cifar_python::other_global),
    Format::refused("empty", Is(<[u8]>::is_empty), "an empty file (0 bytes)", "it was never written or downloaded; get it again"),
    Format::refused("html", Is(text::is_html), "a web page, not the data", "the download got a login or error page; fetch the file again"),
    Format::refused("svg", Is(text::is_svg), "an SVG drawing", "make pictures of such files, by rsvg-convert FILE -o FILE.png, and open those"),
    Format::refused("xml", Is(text::is_xml), "an XML answer, not the data", "the download was refused; fetch the file again"),
    Format::refused("json", Is(text::is_object), "JSON text", "records open under other names, such as those that end in .ndjson"),
    Format::refused("json array", Is(text::is_array), "a JSON array", "write one record per line into a .ndjson file"),
    Format::refused("mat 4", Is(mat::is_version_4), "a MATLAB file of version 4", "save it again, in MATLAB by save(FILE, '-v7'), or load it in Python (scipy.io.loadmat) and save the array with numpy.save as .npy")
        .no_records("a MATLAB file of version 4", NDJSON),
    Format::refused("tfrecord", Is(foreign::is_tfrecord), "a TFRecord file", "go through its drawings in Python (tfds.as_numpy) and save them with numpy.save"),
    Format::refused("heif", Is(foreign::is_heif), "a HEIC or AVIF picture", foreign::AS_PNG),
    Format::refused("jpeg xl", Is(foreign::is_jpeg_xl), "a JPEG XL picture", foreign::AS_PNG),
    Format::refused("jpeg 2000", Is(foreign::is_jpeg_2000), "a JPEG 2000 picture", foreign::AS_PNG),
    Format::refused("netpbm", Is(foreign::is_netpbm), "a PPM, PGM or PBM picture", foreign::AS_PNG),
    Format::refused("openexr", Begins(b"v/1\x01"), "an OpenEXR picture", foreign::AS_PNG),
    Format::refused("psd", Begins(b"8BPS"), "a Photoshop document", foreign::AS_PNG),
    Format::refused("film", Is(foreign::is_film), "a film", "write its frames as pictures, by ffmpeg -i FILE frames/%06d.png, and open their folder"),
    Format::refused("dicom", Is(foreign::is_dicom), "a DICOM file", "save its pixels in Python: numpy.save(\"set.npy\", pydicom.dcmread(FILE).pixel_array)"),
    Format::refused("nifti", Is(foreign::is_nifti), "a NIfTI volume", "save it in Python: numpy.save(\"set.npy\", nibabel.load(FILE).get_fdata())"),
    Format::refused("sqlite", Begins(b"SQLite format 3\0"), "an SQLite database", "save its drawings in Python (sqlite3, then numpy.save), and a table as CSV"),
    Format::refused("lmdb", Is(foreign::is_lmdb), "an LMDB database", "go through it in Python (lmdb) and write its pictures as files, or with numpy.save"),
    Format::refused("orc", Is(foreign::is_orc), "an ORC file", foreign::AS_PARQUET),
    Format::refused("avro", Begins(b"Obj\x01"), "an Avro file", foreign::AS_PARQUET),
    Format::refused("7z", Begins(b"7z\xbc\xaf\x27\x1c"), "a 7z archive", "unpack it by 7z x FILE, and open what was in it"),
    Format::refused("rar", Begins(b"Rar!\x1a\x07"), "a RAR archive", "unpack it by unrar x FILE, and open what was in it"),
    Format::refused("r", Is(foreign::is_r), "a file of R's", "write its array in R (RcppCNPy::npySave) as .npy, or a table by write.csv"),
    csv::FORMAT,
    Format::only_among_records("utf-32", Begins(b"\xff\xfe\0\0"), "UTF-32 text", UTF_32),
    Format::only_among_records("utf-16", Begins(b"\xff\xfe"), "UTF-16 text", UTF_16),
    Format::only_among_records("utf-16", Begins(b"\xfe\xff"), "UTF-16 text", UTF_16),
];

/// What is said of a file that none of these is.
const UNKNOWN: Instead =
    instead("no .npy file (it does not begin with \\x93NUMPY)", "save the drawings with numpy.save");

/// The most bytes at the start of a file that are looked at: what the longest header takes.
const HEAD_BYTES: usize = npy::HEADER_BYTES;

/// Pickle protocols 2 to 5 begin with 0x80 and their number.
fn is_pickle(head: &[u8]) -> bool {
    matches!(head, [0x80, 2..=5, ..])
}

/// What a file that begins with `head` (its first 10 KB or more, or all of it) is among drawings.
fn of(head: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.is_of_drawings() && format.fits(head))
}

/// The format that a file is of by more than its beginning.
fn of_file(file: &PlainFile) -> Result<Option<&'static Format>, ImageError> {
    for format in FORMATS {
        if format.fits_file(file)? {
            return Ok(Some(format));
        }
    }
    Ok(None)
}

/// The format of a file that begins with `head`, where its drawings are opened.
pub(super) fn opened_of(head: &[u8]) -> Option<&'static Format> {
    of(head).filter(|format| format.reader().is_some())
}

/// Whether a file that begins with `head` may be opened, its length apart: nothing large is unpacked only to be refused.
pub(super) fn may_be(head: &[u8]) -> bool {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    of(head).and_then(Format::reader).is_some_and(|reader| (reader.is_worth)(head))
}

/// What a file that begins with `head` is instead of records, and what to do; `None` where the table knows nothing.
pub(super) fn instead_of_records(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let known = FORMATS.iter().find_map(|format| format.among_records().filter(|_| format.fits(head)))?;
    Some((known.what, known.advice))
}

/// How names of files of arrays end whose drawings are opened.
fn array_endings() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter_map(Format::reader).flat_map(|reader| reader.endings.iter().copied())
}

/// How names of files end whose drawings are opened, pictures among them.
pub fn endings() -> impl Iterator<Item = &'static str> {
    array_endings().chain(pictures::endings()).chain(columnar::ENDINGS)
}

/// Whether a file's name, which need say nothing of its content, is that of a format that is opened.
pub(super) fn is_named_like_one(path: &Path) -> bool {
    is_named_as(path, Format::is_first_in_folders)
}

/// The same of formats that more often hold something else.
pub(super) fn is_named_like_another(path: &Path) -> bool {
    is_named_as(path, |format| !format.is_first_in_folders())
}

fn is_named_as(path: &Path, such: impl Fn(&Format) -> bool) -> bool {
    // Of large folders this is asked of every file.
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    FORMATS.iter().filter(|format| such(format)).any(|format| format.is_called(path, &name))
}

/// What `text` names without being a file, such as `demo:N:SEED`.
pub(super) fn named(text: &str) -> Option<Result<Opened, DemoError>> {
    FORMATS.iter().find_map(|format| {
        let source = format.maker()?(text)?;
        Some(source.map(|source| Opened::new(format.name, Drawings::Source(source))))
    })
}

/// The file and the array that `path`, which does not exist, names as `FILE.npz:NAME`; `None` where it names none.
pub(super) fn array_within(path: &Path) -> Option<(PathBuf, String)> {
    let text = path.to_str()?;
    let mut colons = text.match_indices(':').map(|(at, _)| text.split_at(at));
    let (file, array) = colons.find(|(file, _)| Path::new(file).is_file())?;
    // Of gzip data no more than the beginning is unpacked to see what is in it.
    let head = head(&PlainFile::open(Path::new(file), &Spool::default(), &|_| false).ok()?).ok()?;
    let array = array.strip_prefix(':').filter(|array| !array.is_empty())?.to_owned();
    opened_of(&head)?.reader()?.holds_arrays.then(|| (file.into(), array))
}

/// Whether a file holds nothing but one value, or several, for each of some drawings, as labels lie beside them in `.npy` and HDF5; not
/// so of one that cannot be read. Its values are not looked at.
pub(super) fn holds_columns(path: &Path) -> bool {
    let look = || {
        let file = PlainFile::open_packed(path).ok()?;
        let head = head(&file).ok()?;
        Some(npy::column_alone(&head).is_some() || hdf5::holds_columns(&file, &head))
    };
    look().unwrap_or(false)
}

/// The columns in such a file; `name` is what the only one is called.
pub(super) fn columns_alone(path: &Path, name: &str, spool: &Spool) -> Result<Vec<ColumnArray>, ImageError> {
    let file = PlainFile::open_packed(path)?;
    let head = head(&file)?;
    match npy::column_alone(&head) {
        Some(npy::ColumnHeader { cells, rows, data_offset }) => {
            Ok(ColumnArray::of(name, file, cells, rows, data_offset).into_iter().collect())
        }
        None => hdf5::columns_alone(file, &head, &OpenAs { shape: &ShapeOptions::default(), array: None, spool }),
    }
}

/// Whether an open file is of a format that is opened.
pub(super) fn is_opened(file: &PlainFile) -> Result<bool, ImageError> {
    Ok(of_file(file)?.is_some() || opened_of(&head(file)?).is_some())
}

/// What a file that begins with `head` is, where it is refused by name, and what to do.
pub(super) fn refused(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let Instead { what, advice } = of(head)?.among_drawings()?;
    Some((what, advice))
}

/// Opens a file for what it holds.
pub(super) fn open(file: PlainFile, how: &OpenAs<'_>) -> Result<Opened, ImageError> {
    let head = head(&file)?;
    let format = of_file(&file)?.or_else(|| of(&head));
    if let Some((name, reader)) = format.and_then(|format| Some((format.name, format.reader()?))) {
        return (reader.open)(file, &head, how).map(|opened| Opened { form: name, ..opened });
    }
    let looked_into = format.and_then(|format| format.look_into()?(&file));
    let Instead { what, advice } = format.and_then(Format::among_drawings).unwrap_or(UNKNOWN);
    Err(looked_into.unwrap_or(ImageFault::Foreign { what, advice }).at(file.path()))
}

/// Opens the file at `path`, gzip data unpacked.
pub fn open_path(path: &Path, shape: &ShapeOptions) -> Result<Opened, ImageError> {
    let spool = Spool::default();
    open(PlainFile::open(path, &spool, &may_be)?, &OpenAs { shape, array: None, spool: &spool })
}

/// The same, unless something would have to be unpacked.
pub(super) fn open_unless_packed(path: &Path) -> Result<Opened, ImageError> {
    let cancel = Cancel::new();
    // A spool that takes nothing.
    cancel.cancel();
    let spool = Spool::new(cancel);
    let how = OpenAs { shape: &ShapeOptions::default(), array: None, spool: &spool };
    open(PlainFile::open(path, &spool, &may_be)?, &how)
}

/// Opens a file of which nothing else is known; `size` is the (height, width) that the user named, in pixels.
pub fn open_alone(path: &Path, size: Option<(u32, u32)>) -> Result<Box<dyn ImageSource>, ImageError> {
    Ok(open_path(path, &ShapeOptions { size, axes: None })?.decide(None)?.0)
}

/// The beginning of a file.
pub(super) fn head(file: &PlainFile) -> Result<Vec<u8>, ImageError> {
    let mut head = vec![0; file.len().min(HEAD_BYTES as u64) as usize];
    let got = file.read_up_to_at(&mut head, 0)?;
    head.truncate(got);
    Ok(head)
}

#[cfg(test)]
mod tests;
