//! Whole files of every form through the same door as a user's: opened and read as a data set with all that is known of its rows, or
//! refused in words. There is no second reading here; what values must be is held against their writers in other tests.

use super::opened::read;
use super::scratch::Scratch;
use inkfield::data::dataset::{Dataset, OpenOptions};

/// A form and files of it, by their paths.
type Form = (&'static str, &'static [(&'static str, &'static [u8])]);

/// Two records of CIFAR, of so many bytes each, which begin with these labels.
const fn batch<const BYTES: usize>(labels: &[u8]) -> [[u8; BYTES]; 2] {
    let (mut record, mut at) = ([0x5a; BYTES], 0);
    while at < labels.len() {
        record[at] = labels[at];
        at += 1;
    }
    [record; 2]
}

/// Files under the folder `tests`.
macro_rules! files {
    ($($path:literal),* $(,)?) => { &[$(($path, include_bytes!(concat!("../", $path)))),*] };
}

const FORMS: &[Form] = &[
    ("npz", files!["cases/expected/stored.npz", "cases/expected/deflated.npz", "cases/expected/one.npz"]),
    (
        "parquet",
        files![
            "cases/expected/columnar/snappy.parquet",
            "cases/expected/columnar/zstd.parquet",
            "cases/expected/columnar/gzip.parquet",
            "cases/expected/columnar/nested.parquet",
            "cases/expected/columnar/pandas.parquet",
            "cases/expected/columnar/labels.parquet",
        ],
    ),
    (
        "arrow",
        files![
            "cases/expected/columnar/lz4.feather",
            "cases/expected/columnar/zstd.feather",
            "cases/expected/columnar/nested.feather",
            "cases/expected/columnar/labels.arrow",
            "cases/expected/columnar/plain.arrow",
            "cases/expected/columnar/stream.arrow",
        ],
    ),
    ("csv", files!["arrays/expected/pixels.csv", "arrays/expected/headless.csv", "arrays/expected/sides.csv"]),
    ("safetensors", files!["arrays/expected/set.safetensors", "arrays/expected/floats.safetensors"]),
    ("mat", files!["arrays/expected/plain.mat", "arrays/expected/packed.mat", "arrays/expected/others.mat"]),
    (
        "hdf5",
        files![
            "arrays/expected/plain.h5",
            "arrays/expected/checked.h5",
            "arrays/expected/latest.h5",
            "arrays/expected/chunked.h5",
        ],
    ),
    ("pickle", files!["arrays/expected/python2_train", "arrays/expected/python3_batch"]),
    ("sketch-rnn", files!["strokes/expected/sketches.npz", "strokes/expected/older.npz"]),
    ("tar", files!["cases/expected/gnu.tar", "cases/expected/pax.tar"]),
    (
        "zip",
        files!["cases/expected/zips/classes.zip", "cases/expected/zips/large.zip", "cases/expected/zips/windows.zip"],
    ),
    (
        "cifar",
        &[
            ("two of CIFAR-10", batch::<3_073>(&[9]).as_flattened()),
            ("two of CIFAR-100", batch::<3_074>(&[19, 99]).as_flattened()),
        ],
    ),
    (
        "idx",
        &[
            ("bytes", b"\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03\x00\x10\x20\x30\x40\x50\x60\x70\x80\x90\xa0\xff"),
            (
                "colour",
                b"\0\0\x08\x04\0\0\0\x01\0\0\0\x02\0\0\0\x02\0\0\0\x03\x00\x10\x20\x30\x40\x50\x60\x70\x80\x90\xa0\xff",
            ),
            (
                "integers",
                b"\0\0\x0c\x03\0\0\0\x01\0\0\0\x02\0\0\0\x02\0\0\0\x01\xff\xff\xff\xff\0\x01\0\0\x7f\xff\xff\xff",
            ),
            ("floats", b"\0\0\x0d\x03\0\0\0\x01\0\0\0\x02\0\0\0\x02\x3f\x80\0\0\x7f\xc0\0\0\xbf\x80\0\0\0\0\0\x01"),
        ],
    ),
    (
        "pictures",
        files![
            "fuzz/pictures/alpha.png",
            "fuzz/pictures/palette.png",
            "fuzz/pictures/deep.png",
            "fuzz/pictures/rgb.bmp",
            "fuzz/pictures/frames.gif",
            "fuzz/pictures/lossless.webp",
            "fuzz/pictures/lossy.webp",
            "fuzz/pictures/lzw.tif",
            "fuzz/pictures/plain.tif",
            "fuzz/pictures/progressive.jpg",
            "cases/expected/cmyk.jpg",
            "cases/expected/taken.jpg",
            "cases/expected/tiffs/palette.tif",
            "cases/expected/tiffs/palette-lzw-big.tif",
            "cases/expected/tiffs/floats.tif",
            "cases/expected/tiffs/ycbcr-jpeg.tif",
        ],
    ),
];

/// Words of these forms, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"PAR1",
    b"ARROW1\x00\x00",
    b"\xff\xff\xff\xff\x00\x01\x00\x00",
    b"\"data_offsets\":[0,560]",
    b"\"dtype\":\"F16\"",
    b"\x0e\x00\x00\x00",
    b"pixel0,pixel1",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89HDF\r\n\x1a\n",
    b"TREE",
    b"SNOD",
    b"HEAP",
    b"OHDR",
    b"FRHP",
    b"BTHD",
    b"cnumpy.core.multiarray\n_reconstruct\n",
    b"\x80\x02}q\x01",
    b"\x8c\x05numpy\x94\x8c\x07ndarray\x94\x93",
    b"K\x07K\x03\x86",
    b"ustar\x0000",
    b"ustar  \x00",
    b"\x89PNG\r\n\x1a\n",
    b"IHDR",
    b"tRNS",
    b"\xff\xd8\xff",
    b"\xff\xc0",
    b"Exif\x00\x00",
    b"II*\x00",
    b"MM\x00*",
    b"GIF89a",
    b"RIFF",
    b"WEBPVP8X",
    b"BM",
    b"\x1f\x8b\x08",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x00\x00\x00\x00\x80",
];

thread_local! {
    static FILE: Scratch = Scratch::new("bin");
}

/// One input: a whole file.
pub fn run(bytes: &[u8]) {
    FILE.with(|file| {
        let path = file.write(bytes);
        if let Err(said) = read(Dataset::open(&[path], &OpenOptions::default())) {
            super::check_message(&said);
        }
    });
}

/// The files of all forms, or of the one that `INKFIELD_FUZZ_FORM` names.
pub fn seeds() -> Vec<Vec<u8>> {
    super::shared::chosen(FORMS).flat_map(|files| *files).map(|(_, bytes)| bytes.to_vec()).collect()
}

/// Every file that inputs are made of opens: else nothing behind the first check would be tried.
#[cfg(test)]
#[test]
fn what_inputs_are_made_of_opens() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in FORMS.iter().flat_map(|(_, files)| *files) {
        let path = folder.path().join("seed.bin");
        std::fs::write(&path, bytes).unwrap();
        read(Dataset::open(&[&path], &OpenOptions::default())).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
