//! Kinds of TIFF files as Pillow writes them, against what it reads in them (`tests/cases/expected/tiffs.py`).

use serde_json::Value;

use super::*;

fn read() -> Value {
    serde_json::from_slice(&std::fs::read(shared_file("tiffs.json")).unwrap()).unwrap()
}

fn path(name: &str) -> PathBuf {
    shared_file(&format!("tiffs/{name}.tif"))
}

fn ranged(name: &str, range: &str) -> Dataset {
    let mut options = OpenOptions::default();
    options.values.range = Some(range.parse().unwrap());
    try_open(&[path(name)], &options).unwrap()
}

#[test]
fn colours_and_greys_are_what_pillow_reads() {
    let read = read();
    for (name, off) in [
        ("palette", 0),
        ("palette-lzw-big", 0),
        ("palette-alpha", 0),
        ("grey-alpha", 0),
        ("bits-packbits", 0),
        // Decoders of JPEG differ by one, and so do conversions from brightness and differences.
        ("ycbcr-jpeg", 3),
    ] {
        let dataset = open(&[path(name)]);
        assert_eq!((dataset.height(), dataset.width()), (12, 10), "{name}");
        let digits = read[name].as_str().unwrap().as_bytes().as_chunks::<2>().0;
        let expected = digits.iter().map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap());
        let shown = pixels(&dataset, 0).concat();
        assert_eq!(shown.len(), expected.len());
        let worst = shown.iter().zip(expected).map(|(value, expected)| value.abs_diff(expected)).max().unwrap();
        assert!(worst <= off, "{name}: {worst}");
        assert!(dataset.fates().is_empty(), "{name}");
    }
}

/// Floats without a range from 0 to 1, whole numbers as 16 bits; and both by a range: v8 = round(255 · clamp((v − A) / (B − A))).
#[test]
fn numbers_are_shown_by_a_range() {
    let read = read();
    for (name, range, (low, high)) in [
        ("floats", None, (0.0, 1.0)),
        ("floats", Some("-2:10.75"), (-2.0, 10.75)),
        ("floats-deflate-big", Some("0:8"), (0.0, 8.0)),
        ("whole", None, (0.0, 65_535.0)),
        ("whole", Some("-40:4040"), (-40.0, 4040.0)),
        ("whole", Some("0:200"), (0.0, 200.0)),
        ("words-big", Some("0:4080"), (0.0, 4080.0)),
    ] {
        let dataset = range.map_or_else(|| open(&[path(name)]), |range| ranged(name, range));
        let values = read[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap());
        let expected: Vec<u8> =
            values.map(|value| (255.0 * ((value - low) / (high - low)).clamp(0.0, 1.0) + 0.5).floor() as u8).collect();
        let shown: Vec<u8> = pixels(&dataset, 0).iter().map(|[red, ..]| *red).collect();
        assert_eq!(shown, expected, "{name} {range:?}");
        let original = dataset.original(Row(0)).unwrap().unwrap();
        for (value, at) in read[name].as_array().unwrap().iter().zip(0..) {
            let own = original.pixel([at % 10, at / 10]).unwrap();
            let value = value.as_f64().unwrap();
            assert!(own.numbers().len() == 1 && own.numbers()[0].value() == value, "{name} {at}: {own:?}");
        }
        assert!(
            pixels(&dataset, 0).iter().all(|[red, green, blue, alpha]| red == green && red == blue && *alpha == 255)
        );
        let (_, measured) = dataset.count_values(&mut |_| {}).unwrap();
        let warnings: Vec<&str> = measured.report.warnings().map(|note| note.text.as_str()).collect();
        // (255 / 20 - 2) and 255 · 16 - 40.
        let advice = if name == "whole" { "--range -40:4040 shows all" } else { "--range -2:10.75 shows all" };
        let is_advised = warnings.iter().any(|text| text.contains(advice));
        assert_eq!(is_advised, range.is_none(), "{name} {range:?}: {warnings:?}");
    }
}

/// By hand: 2 bits a value, of two lines, and a palette of 4 bits whose first byte holds the colours 1 and 2.
#[test]
fn few_bits_a_value_are_unpacked() {
    let folder = Folder::new();
    let grey = folder.bytes("grey.tif", &tiff((5, 2), 2, 1, &[], &[0b00_01_10_11, 0b11_000000, 0b11_10_01_00, 0]));
    let greys = [0, 85, 170, 255, 255, 255, 170, 85, 0, 0];
    assert_eq!(pixels(&open(&[grey]), 0), greys.map(|value| [value, value, value, 255]));
    let mut colours = [0_u16; 48];
    (colours[1], colours[16 + 2], colours[32 + 2]) = (0xff00, 0x8000, 0x4000);
    let palette = folder.bytes("palette.tif", &tiff((3, 1), 4, 3, &colours, &[0x12, 0x10]));
    assert_eq!(pixels(&open(&[palette]), 0), [[255, 0, 0, 255], [0, 128, 64, 255], [255, 0, 0, 255]]);
    // A palette of another length is said.
    let short = folder.bytes("short.tif", &tiff((3, 1), 4, 3, &colours[..9], &[0x12, 0x10]));
    let dataset = open(&[short]);
    assert_eq!(pixels(&dataset, 0).len(), 3);
    assert!(dataset.is_broken(Row(0)));
    assert!(dataset.fates().to_string().contains("palette has 9 values, not 48"), "{}", dataset.fates());
}

/// An uncompressed file of one strip, the lowest byte first: tags by number, each 12 bytes.
fn tiff((width, height): (u32, u32), bits: u32, colours: u32, palette: &[u16], data: &[u8]) -> Vec<u8> {
    let tags = if palette.is_empty() { 9 } else { 10 };
    let behind = 8 + 2 + tags * 12 + 4;
    let at_data = behind + 2 * palette.len() as u32;
    let mut all = vec![
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, bits),
        (259, 3, 1, 1),
        (262, 3, 1, colours),
        (273, 4, 1, at_data),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, data.len() as u32),
    ];
    if !palette.is_empty() {
        all.push((320, 3, palette.len() as u32, behind));
    }
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend((tags as u16).to_le_bytes());
    for (tag, kind, count, value) in all {
        bytes.extend([tag, kind].map(u16::to_le_bytes).concat());
        bytes.extend([count, value].map(u32::to_le_bytes).concat());
    }
    bytes.extend([0; 4]);
    bytes.extend(palette.iter().flat_map(|value| value.to_le_bytes()));
    bytes.extend(data);
    bytes
}

#[test]
fn kinds_of_tiff_that_are_not_read_say_why() {
    let folder = Folder::new();
    for name in ["zstd", "lab", "palette"] {
        folder.bytes(&format!("set/{name}.tif"), &std::fs::read(path(name)).unwrap());
    }
    folder.bytes("set/two.tif", &tiff_of_channels());
    let dataset = folder.open("set");
    assert_eq!([0, 1, 2, 3].map(|row| is_crossed(&dataset, row)), [true, false, true, true]);
    let warning = dataset.report().warnings().next().unwrap().text.clone();
    for why in
        ["\"zstd.tif\" (its TIFF data are packed as zstd", "CIELab", "have 5 channels of grey, of which none is alpha"]
    {
        assert!(warning.contains(why), "{why}: {warning}");
    }
}

/// Five channels a pixel, as microscopes write them.
fn tiff_of_channels() -> Vec<u8> {
    let mut bytes = tiff((2, 1), 8, 1, &[], &[0; 10]);
    // The value of the seventh tag, 277.
    bytes[8 + 2 + 6 * 12 + 8] = 5;
    bytes
}

/// By hand: the same numbers, of which the least is white. The file's own values are what stands in it.
#[test]
fn where_white_is_0_the_values_are_those_of_the_file() {
    let folder = Folder::new();
    let values = [0_u16, 100, 1_000, 65_535];
    let data: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    for (colours, expected) in [(0, [255, 254, 251, 0]), (1, [0, 0, 4, 255])] {
        let path = folder.bytes("a.tif", &tiff((4, 1), 16, colours, &[], &data));
        let dataset = open(&[&path]);
        // 255 · 100 / 65535 is 0.39, of 1000 3.9.
        let shown: Vec<u8> = pixels(&dataset, 0).iter().map(|[red, ..]| *red).collect();
        assert!(shown.iter().zip(expected).all(|(shown, expected)| shown.abs_diff(expected) <= 1), "{shown:?}");
        let original = dataset.original(Row(0)).unwrap().unwrap();
        for (value, at) in values.iter().zip(0..) {
            assert_eq!(original.pixel([at, 0]).unwrap().to_string(), value.to_string());
        }
        let mut options = OpenOptions::default();
        options.values.range = Some("0:1000".parse().unwrap());
        let dataset = try_open(&[path], &options).unwrap();
        let shown: Vec<u8> = pixels(&dataset, 0).iter().map(|[red, ..]| *red).collect();
        // 255 / 10 is 25.5.
        assert_eq!(shown, if colours == 1 { [0, 26, 255, 255] } else { [255, 229, 0, 0] });
    }
}
