//! The formats' gate against any bytes: it opens nothing that is not wholly there, and what it opens says what ndarray-npy says.

use super::real_data::real_data;
use super::scratch::Scratch;
use inkfield::data::array::{Axes, Counted, ShapeOptions};
use inkfield::data::formats::open_path;
use inkfield::data::source::{Element, ImageSource, Reread};
use ndarray::{Array, ArrayD, IxDyn};
use ndarray_npy::ReadNpyExt;

/// Words of the format, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"\x93NUMPY\x01\x00",
    b"\x93NUMPY\x02\x00",
    b"\x93NUMPY\x03\x00",
    b"'descr'",
    b"'shape'",
    b"'fortran_order'",
    b"'|u1'",
    b"'|b1'",
    b"'<u1'",
    b"'>f8'",
    b"'<f2'",
    b"'>i2'",
    b"'<f4'",
    b"True",
    b"False",
    b"None",
    b"(",
    b")",
    b"[",
    b"{",
    b"}",
    b", ",
    b": ",
    b"2L",
    b"784",
    b"18446744073709551615",
    b"9223372036854775808",
    b"[('a', '|u1'), ('b', '<i2')]",
    b"\xff\xff\xff\xff",
    b"\n",
];

/// What a user may ask for.
type Wanted = (Option<(u32, u32)>, Option<&'static str>);

const WANTED: &[Wanted] = &[
    (None, None),
    (Some((2, 3)), None),
    (Some((28, 28)), None),
    (None, Some("HWN")),
    (None, Some("FN")),
    (None, Some("(WH)N")),
    (None, Some("NWH")),
    (None, Some("HNW")),
    (None, Some("NHWC")),
    (None, Some("NCHW")),
    (None, Some("N(CHW)")),
    (Some((2, 3)), Some("(NF)")),
    (Some((2, 3)), Some("NFF")),
];

thread_local! {
    static FILE: Scratch = Scratch::new("npy");
}

/// One input: a whole file.
pub fn run(bytes: &[u8]) {
    FILE.with(|file| {
        let path = file.write(bytes);
        // One of the others for each input, so that all come up.
        let sum: usize = bytes.iter().map(|&byte| usize::from(byte)).sum();
        let counted = (sum % 2 == 1).then_some(Counted { records: 3, and_more: false });
        for (shape, axes) in [WANTED[0], WANTED[sum / 2 % WANTED.len()]] {
            let axes: Option<Axes> = axes.map(|axes| axes.parse().expect("axes"));
            let options = ShapeOptions { size: shape, axes };
            match open_path(path, &options).and_then(|probe| probe.decide(counted)) {
                Ok((opened, told)) => {
                    if let Some((_, text)) = told {
                        super::check_message(&text);
                    }
                    // Encoded pictures in a column have sizes of their own.
                    if let Some(shape) = shape.filter(|_| opened.reread() != Reread::Computed) {
                        assert_eq!((opened.height(), opened.width()), shape);
                    }
                    check(opened.as_ref(), bytes);
                }
                Err(error) => super::check_message(&error.to_string()),
            }
        }
    });
}

/// Every pixel against ndarray-npy, and against the file's own last bytes.
fn check(file: &dyn ImageSource, bytes: &[u8]) {
    let drawing = file.drawing_bytes() as u64;
    assert!(file.rows() > 0 && drawing == u64::from(file.height() * file.width() * file.channels()) && drawing > 0);
    assert_eq!(file.bytes(), u64::from(file.rows()) * drawing);
    if !bytes.starts_with(b"\x93NUMPY") {
        // An archive or IDX: what was opened is there, or it is said what is wrong.
        let read = file.read_rows(file.rows() - 1, &mut vec![0; drawing as usize]);
        read.err().into_iter().for_each(|error| super::check_message(&error.to_string()));
        if let Some(columns) = file.own_records() {
            let rows = file.rows().min(64);
            let read =
                columns.batch(0..rows).map(|batch| assert_eq!(batch.rows(), rows)).and_then(|()| columns.line(0));
            read.err().into_iter().for_each(|error| super::check_message(&error.to_string()));
        }
        return;
    }
    if file.element().needs_range() || file.channels() != 1 {
        check_values(file, bytes);
        return;
    }
    let (header, data) = bytes.split_at(bytes.len().checked_sub(file.bytes() as usize).expect("all of it is there"));
    assert!(header.starts_with(b"\x93NUMPY"));
    let mut read = vec![7; data.len()];
    if let Err(error) = file.read_rows(0, &mut read) {
        super::check_message(&error.to_string());
        assert_eq!(file.dtype(), "bool", "{error}");
        assert!(data.iter().any(|&byte| byte > 1), "{error}");
        return;
    }
    let scale = if file.dtype() == "bool" { 255 } else { 1 };
    let mut counts = [[0_usize; 256]; 2];
    for (&stored, &shown) in data.iter().zip(&read) {
        counts[0][usize::from(stored) * scale] += 1;
        counts[1][usize::from(shown)] += 1;
    }
    assert_eq!(counts[0], counts[1], "the same pixels in some order");
    if scale == 1 {
        if let Ok(array) = Array::<u8, IxDyn>::read_npy(bytes) {
            assert!(pixels(file, array) == read, "the same pixels in the same order");
        }
    } else if let Ok(array) = Array::<bool, IxDyn>::read_npy(bytes) {
        assert!(pixels(file, array.mapv(|ink| 255 * u8::from(ink))) == read);
    }
    let first = file.rows() / 2;
    let mut part = vec![0; ((u64::from(file.rows() - first)) * drawing) as usize];
    file.read_rows(first, &mut part).expect("what was read once");
    assert_eq!(part, read[read.len() - part.len()..]);
    file.read_rows(file.rows(), &mut vec![0; drawing as usize]).expect_err("a row behind the last");
}

/// Of types that need a range, and of colour: all of it is there, reads the same in parts, and is what its pixels say.
fn check_values(file: &dyn ImageSource, bytes: &[u8]) {
    let (pixels, channels) = ((file.height() * file.width()) as usize, file.file_channels() as usize);
    let values = file.rows() as usize * pixels * channels;
    assert!(values * file.element().bytes() < bytes.len(), "a header claims no more than there is");
    let mut own = Vec::new();
    file.own_values(0, file.rows(), &mut own).expect("all of it is there");
    assert_eq!(own.len(), values);
    let mut read = vec![7; usize::try_from(file.bytes()).unwrap()];
    if let Err(error) = file.read_rows(0, &mut read) {
        super::check_message(&error.to_string());
        assert!(file.element() == Element::Bool && own.iter().any(|&value| value != 0.0 && value != 1.0), "{error}");
        return;
    }
    let last = file.rows() - 1;
    let mut part = vec![7; file.drawing_bytes()];
    file.read_rows(last, &mut part).expect("what was read once");
    assert!(read.ends_with(&part));
    let pixel = file.pixel(last, pixels - 1).expect("what was read once").expect("the last pixel");
    let told: Vec<u64> = pixel.numbers().iter().map(|number| number.value().to_bits()).collect();
    let known: Vec<u64> = own[values - channels..].iter().map(|value| value.to_bits()).collect();
    assert_eq!(told, known, "a pixel is what all values say");
    if !file.element().needs_range() {
        let scale = if file.element() == Element::Bool { 255.0 } else { 1.0 };
        let own = own
            .chunks(channels)
            .flat_map(|pixel| (0..4).map(|at| pixel.get(at).map_or(255, |value| (scale * *value) as u8)));
        assert!(own.eq(read), "bytes are read as they are, bools as none and all");
    }
}

/// The pixels of an array whose axes mean what the file's do: drawings first, then rows, then columns.
fn pixels(file: &dyn ImageSource, array: ArrayD<u8>) -> Vec<u8> {
    let axes = file.axes().to_string();
    let by_columns = axes.contains("(WH)");
    let axes = axes.replace("(WH)", "F").replace("(NF)", "F");
    let mut order: Vec<usize> = (0..array.ndim()).collect();
    assert_eq!(axes.len(), order.len(), "{axes}");
    order.sort_by_key(|&axis| "NHWF1".find(&axes[axis..=axis]));
    let pixels: Vec<u8> = array.permuted_axes(order).iter().copied().collect();
    if !by_columns {
        return pixels;
    }
    let (height, width) = (file.height() as usize, file.width() as usize);
    let turned = |drawing: &[u8]| {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| x * height + y));
        places.map(|place| drawing[place]).collect::<Vec<u8>>()
    };
    pixels.chunks(height * width).flat_map(turned).collect()
}

/// Headers as numpy writes them and as it never would, and the beginnings of real files cut to a few rows.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (version, text, data) in [
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }", 12),
        (1, "{'descr': '|u1', 'fortran_order': True, 'shape': (3, 2, 3), }", 18),
        (1, "{'descr': '|b1', 'fortran_order': False, 'shape': (2L, 4L), }", 8),
        (2, "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 784), }", 784),
        (3, "{'descr': '>u1', 'fortran_order': True, 'shape': (2, 1, 4, 1), }", 8),
        (1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }", 32),
        (1, "{'descr': [('a', '|u1'), ('b', '<i2', (2,))], 'fortran_order': False, 'shape': (2,), }", 10),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1099511627776, 784), }", 8),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (18446744073709551615, 0), }", 0),
        (1, "{'descr': '|u1', 'fortran_order': True, 'shape': (4, 6, 9), }", 216),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 5, 6), }", 120),
        (1, "{'descr': '|u1', 'fortran_order': True, 'shape': (4, 50), }", 200),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 4, 3), }", 72),
        (1, "{'descr': '>u2', 'fortran_order': True, 'shape': (2, 4, 3, 3), }", 144),
        (1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2, 4), }", 192),
        (1, "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 12), }", 48),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (36,), }", 36),
        (1, "{'descr': '|u1', 'fortran_order': False, 'shape': (20, 30), }", 600),
        (1, "{'shape': (), 'descr': '|u1', 'fortran_order': False}", 1),
    ] {
        let values: u8 = if text.contains("|b1") { 2 } else { 251 };
        let data: Vec<u8> = (0..values).cycle().take(data).collect();
        seeds.push(file(version, text, &data));
    }
    for text in
        ["<!DOCTYPE html>", "PK\x03\x04", "version https://git-lfs.github.com/spec/v1\n", "{\"word\":\"ant\"}\n"]
    {
        seeds.push(text.into());
    }
    seeds.push(include_bytes!("../cases/expected/stored.npz").to_vec());
    seeds.push(include_bytes!("../cases/expected/one.npz").to_vec());
    seeds.push(include_bytes!("../cases/expected/columnar/snappy.parquet").to_vec());
    seeds.push(include_bytes!("../cases/expected/columnar/labels.parquet").to_vec());
    seeds.push(include_bytes!("../cases/expected/columnar/lz4.feather").to_vec());
    seeds.push(include_bytes!("../cases/expected/columnar/stream.arrow").to_vec());
    seeds.push(include_bytes!("../arrays/expected/set.safetensors").to_vec());
    seeds.push(include_bytes!("../arrays/expected/packed.mat").to_vec());
    seeds.push(include_bytes!("../arrays/expected/pixels.csv").to_vec());
    seeds.push([&b"\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x03"[..], &[7; 12]].concat());
    let Some(data) = real_data() else { return seeds };
    for folder in ["bitmaps", "npy-conformance/ndarray-npy", "npy-conformance/numpy", "bad", "other", "pairs"] {
        for mut start in super::starts(&data.join(folder), ".npy", 16 << 10) {
            // Three rows of a published file, with a header that says so.
            if let Some(header) = start.get(..80).filter(|header| header.starts_with(b"\x93NUMPY")) {
                let rest = String::from_utf8_lossy(&header[10..]).into_owned();
                if let Some((before, _)) = rest.split_once('(') {
                    seeds.push(file(1, &format!("{before}(3, 784), }}"), &start[80..(80 + 3 * 784).min(start.len())]));
                }
            }
            start.truncate(4 << 10);
            seeds.push(start);
        }
    }
    seeds
}

fn file(version: u8, text: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY".to_vec();
    bytes.extend([version, 0]);
    let length = text.len() as u32 + 1;
    bytes.extend(&length.to_le_bytes()[..if version == 1 { 2 } else { 4 }]);
    bytes.extend(text.as_bytes());
    bytes.push(b'\n');
    bytes.extend(data);
    bytes
}
