//! What fuzzing has found: each finding once, so that it stays mended.

use super::{fetch, npy, records};
use inkfield::data::columns::Columns;
use inkfield::data::demo::Demo;
use inkfield::data::fetch::address::{is_public, parse_base};
use inkfield::data::fetch::{find, nearest};
use inkfield::data::formats::open_alone;
use inkfield::data::ndjson::parse_block;
use std::path::Path;

/// A header's key was quoted in the message as it is: a file could steer the terminal that the message is shown on.
#[test]
fn found_control_characters_of_an_npy_header_are_escaped() {
    let header =
        b"\x93NUMPY\x01\x00\x46\x00{'descr': '|u1', 'fortran_order': False, 's\x1bape': (1, 4), }           \n";
    npy::run(header);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), header).unwrap();
    let told = open_alone(file.path(), None).unwrap_err().to_string();
    assert!(told.contains(r"s\u{1b}ape"), "{told}");
}

/// The name of a demo was quoted as it is, however long.
#[test]
fn found_control_characters_of_a_demos_name_are_escaped() {
    for name in ["demo:9\u{1b}[2J", "demo:5:\u{202e}1", "demo:5:99999999999999999999\u{7}"] {
        let told = Demo::parse(name).unwrap().unwrap_err().to_string();
        assert!(!told.contains(['\u{1b}', '\u{202e}', '\u{7}']) && told.contains(r"\u{"), "{told}");
    }
    let told = Demo::parse(&format!("demo:{}", "9".repeat(100_000))).unwrap().unwrap_err().to_string();
    assert!(told.len() < 300, "{told}");
}

/// 15 kB of HDF5 with a chunk of 741 MB: as much was asked for before the file was looked at.
#[test]
fn found_a_chunk_of_hdf5_that_is_longer_than_its_file() {
    let told = open_alone(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/found/piece.h5")), None);
    let told = told.unwrap_err().to_string();
    assert!(told.contains("a part of it lies behind its end"), "{told}");
}

/// 4 kB of Parquet whose pages have a header with a list of two thousand million doubles: the library passes over each, at the end of
/// the file, too.
#[test]
fn found_a_page_of_parquet_with_a_list_that_does_not_end() {
    let told = open_alone(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/found/pages.parquet")), None);
    let told = told.unwrap_err().to_string();
    assert!(told.contains("the header of a page is damaged"), "{told}");
}

/// Networks that are not public were taken for it: site-local, Teredo and NAT64 ones, those of documentation and benchmarks.
#[test]
fn found_networks_that_are_not_public() {
    for ip in ["fec0::1", "2001:0:a00:1::", "64:ff9b:1::a00:1", "::10.0.0.1", "2001:db8::1", "198.18.0.1", "192.0.0.1"]
    {
        assert!(!is_public(ip.parse().unwrap()), "{ip}");
        let octets = match ip.parse().unwrap() {
            std::net::IpAddr::V4(ip) => ip.octets().to_vec(),
            std::net::IpAddr::V6(ip) => ip.octets().to_vec(),
        };
        fetch::run(&octets);
    }
}

/// Keys of a line that cannot be read took columns from the lines that can, and were counted as left out, twice where the
/// fast reader had looked at them first.
#[test]
fn found_keys_of_bad_lines_take_no_columns() {
    let keys = |count: usize, end: &str| {
        let members: Vec<String> = (0..count).map(|key| format!("\"k{key}\":1")).collect();
        format!("{{{}{end}\n", members.join(","))
    };
    let text = keys(400, ",oops}") + "{\"word\":\"ant\"}\n";
    let block = parse_block(text.as_bytes(), 0, 0, 1 << 20);
    assert_eq!((block.bad, block.dropped_line, block.batch.dropped()), (1, None, (0, None)));
    let mut columns = Columns::new();
    columns.append(0, block.batch);
    columns.finish(2);
    assert_eq!(columns.iter().map(|column| column.name().to_owned()).collect::<Vec<_>>(), ["word"]);
    // An escape sends a line to the full parser once its first keys are known.
    let block = parse_block(keys(300, ",\"\\u0061\":1}").as_bytes(), 0, 0, 1 << 20);
    assert_eq!((block.bad, block.batch.dropped().0), (0, 300 - 256 + 1));
    records::run(b"{\"a\":1,\"b\":oops}\n{\"b\":1,\"a\":2}\n{\"c\":3}\n");
}

/// A category that was found had no nearest one: a name was cut to length before the blanks around it were dropped.
#[test]
fn found_blanks_before_a_name_are_none_of_its_letters() {
    let name = format!("{}postcard", "\r".repeat(60));
    assert_eq!((find(&name), nearest(&name, 1)), (Some("postcard"), vec!["postcard"]));
    fetch::run(format!("\0d\0{name}\0\0\u{1}").as_bytes());
}

/// A name with several dots at its end, which is no name of this machine, passed for it.
#[test]
fn found_names_with_many_dots_are_not_this_machine() {
    assert!(parse_base("http://localhost./").is_ok());
    assert!(parse_base("http://localhost../").is_err());
    fetch::run("\0http://localhost../\u{fffd}.\0".as_bytes());
}
