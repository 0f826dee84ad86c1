//! Whatever lies in the place of an entry: it is what was kept, or nothing.

use super::super::entry::{Kind, Label};
use super::super::payload;
use super::super::source::Fault;
use super::*;

/// An entry of any payload, as a file in which all else is right.
fn forged(label: Label<'_>, payload: &[u8]) -> Vec<u8> {
    summed(&[&label.head(payload.len() as u64)[..], payload].concat())
}

fn label(kind: Kind) -> Label<'static> {
    Label { content: content(1), name: "it", kind }
}

/// Parts of a payload, one after the other.
fn concat(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// Asserts that a file under a name, read as each kind, is nothing, and is removed.
fn assert_is_nothing(store: &Store, bytes: &[u8], what: &str) {
    let path = file(store, content(1), "it");
    std::fs::create_dir_all(store.folder().path()).unwrap();
    let write = || std::fs::write(&path, bytes).unwrap();
    let gone = |is_none: bool, kind: &str| {
        assert!(is_none, "{what}, read as {kind}");
        assert!(!path.exists(), "{what}, read as {kind}, is removed");
    };
    write();
    gone(store.codes(content(1), "it", 3).is_none(), "codes");
    write();
    gone(store.graph(content(1), "it", 3).is_none(), "a graph");
    write();
    gone(store.places(content(1), "it", 3).is_none(), "places");
    write();
    gone(store.cells(content(1), "it", 3, 5).is_none(), "cells");
    write();
    gone(store.begun(content(1), "it", 3).is_none(), "a map that was begun");
}

/// One small entry of each kind but codes, for three rows.
fn small_entries() -> [(Kind, Vec<u8>); 4] {
    let (_folder, store) = store(AMPLE);
    let read = || std::fs::read(file(&store, content(1), "it")).unwrap();
    let graph = Graph::of_lists(3, 2, vec![1, 2, 0, Graph::NOBODY, 1, 0], vec![9, 8, 9, i32::MIN, 3, -3]).unwrap();
    store.put_graph(content(1), "it", &graph).unwrap();
    let graph = read();
    store.put_places(content(1), "it", &[[1.0, -0.0], [f32::MAX, 0.5], [3.0, 4.0]]).unwrap();
    let places = read();
    store.put_begun(content(1), "it", &Begun { steps: 7, pairs: vec![[1.0, -0.5]; 3] }).unwrap();
    let begun = read();
    store.put_cells(content(1), "it", &[4, 0, 2]).unwrap();
    [(Kind::Graph, graph), (Kind::Places, places), (Kind::Begun, begun), (Kind::Cells, read())]
}

#[test]
fn no_byte_can_be_another() {
    let (_folder, store) = store(AMPLE);
    for (kind, entry) in small_entries() {
        for at in 0..entry.len() {
            for by in [0x01, 0x80, 0xff] {
                let mut bytes = entry.clone();
                bytes[at] ^= by;
                assert_is_nothing(&store, &bytes, &format!("{kind:?} with byte {at} changed by {by}"));
            }
        }
    }
}

#[test]
fn no_byte_of_codes_can_be_another_and_none_can_be_missing() {
    let mut entry = Vec::new();
    let codes = set_codes(Measure::Ink, 3, 28);
    label(Kind::Codes).write(&payload::Payload::Codes(&codes.0, &codes.1), &mut entry).unwrap();
    let read = |bytes: &[u8]| label(Kind::Codes).read(bytes.len() as u64, &mut &*bytes, |from| payload::codes(from, 3));
    assert_eq!(read(&entry).unwrap().0, codes.0);
    // Numbers of the maker are many, and each like the others: some of them stand for all.
    let is_looked_at = |at: usize| at < 400 || at + 600 > entry.len() || at.is_multiple_of(61);
    for at in (0..entry.len()).filter(|&at| is_looked_at(at)) {
        let mut bytes = entry.clone();
        bytes[at] ^= 0x40;
        assert_eq!(read(&bytes).err(), Some(Fault::Wrong), "byte {at} changed");
        assert_eq!(read(&entry[..at]).err(), Some(Fault::Wrong), "cut to {at} bytes");
        // Cut after its length was asked for.
        let cut = label(Kind::Codes).read(entry.len() as u64, &mut &entry[..at], |from| payload::codes(from, 3));
        assert_eq!(cut.err(), Some(Fault::Wrong), "cut to {at} bytes while it is read");
    }
}

#[test]
fn no_part_of_a_file_and_no_longer_file_is_an_entry() {
    let (_folder, store) = store(AMPLE);
    for (kind, entry) in small_entries() {
        for length in 0..entry.len() {
            assert_is_nothing(&store, &entry[..length], &format!("{kind:?} cut to {length} bytes"));
        }
        assert_is_nothing(&store, &[&entry[..], &[0]].concat(), "one byte more");
        assert_is_nothing(&store, &[&entry[..], &entry[..]].concat(), "twice the same");
        let grown = [&entry[..], &[0]].concat();
        let found = label(kind).read(entry.len() as u64, &mut &grown[..], |from| from.numbers::<u8>(from.left() - 8));
        assert_eq!(found.err(), Some(Fault::Wrong), "grown while it is read");
    }
}

#[test]
fn numbers_that_are_claimed_are_checked_though_the_sum_is_right() {
    let (_folder, store) = store(AMPLE);
    let n = |number: u64| number.to_le_bytes();
    let u = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let f = |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let (nobody, least) = (u32::MAX, i32::MIN as u32);
    let graph = |k: u64, of: &[u32], similar: &[u32]| {
        concat(&[&n(k), &n(of.len() as u64), &u(of), &n(similar.len() as u64), &u(similar)])
    };
    let codes = |measure: u32, size: [u32; 2], numbers: &[f32], width: u32, codes: usize| {
        let maker = concat(&[&u(&[measure]), &u(&size), &n(numbers.len() as u64), &f(numbers)]);
        concat(&[&maker, &u(&[width]), &n(codes as u64), &vec![1; codes]])
    };
    let fine = vec![0.5; (Measure::Ink.values() + 1) * WIDTH];
    let with = |value: f32| [&fine[1..], &[value]].concat();
    let cases: Vec<(&str, Kind, Vec<u8>)> = vec![
        ("no payload", Kind::Cells, Vec::new()),
        ("steps alone", Kind::Begun, u(&[7])),
        ("more pairs than bytes", Kind::Begun, concat(&[&u(&[7]), &n(3), &f(&[0.5; 4])])),
        ("more pairs than rows have", Kind::Begun, concat(&[&u(&[7]), &n(10), &f(&[0.5; 20])])),
        ("a pair that is no number", Kind::Begun, concat(&[&u(&[7]), &n(1), &f(&[0.5, f32::NAN])])),
        ("more cells than bytes", Kind::Cells, concat(&[&n(4), &u(&[0, 1, 2])])),
        ("cells beyond all memory", Kind::Cells, concat(&[&n(u64::MAX), &u(&[0, 1, 2])])),
        ("cells whose bytes are 0 by overflow", Kind::Cells, concat(&[&n(1 << 62), &u(&[0, 1, 2])])),
        ("cells beyond the file", Kind::Cells, concat(&[&n(1 << 40), &u(&[0, 1, 2])])),
        ("fewer cells than bytes", Kind::Cells, concat(&[&n(3), &u(&[0, 1, 2, 3])])),
        ("cells of two rows", Kind::Cells, concat(&[&n(2), &u(&[0, 1])])),
        ("a cell twice", Kind::Cells, concat(&[&n(3), &u(&[1, 4, 1])])),
        ("a cell beyond the grid", Kind::Cells, concat(&[&n(3), &u(&[1, 5, 2])])),
        ("a cell far beyond the grid", Kind::Cells, concat(&[&n(3), &u(&[1, u32::MAX, 2])])),
        ("places of two rows", Kind::Places, concat(&[&n(2), &f(&[0.0; 4])])),
        ("a place that is no number", Kind::Places, concat(&[&n(3), &f(&[0., 0., 0., f32::NAN, 0., 0.])])),
        ("a place at infinity", Kind::Places, concat(&[&n(3), &f(&[0., 0., 0., 0., 0., f32::NEG_INFINITY])])),
        ("a row that does not exist", Kind::Graph, graph(1, &[1, 3, 0], &[1, 1, 1])),
        ("a row that is its own neighbour", Kind::Graph, graph(1, &[1, 1, 0], &[1, 1, 1])),
        ("nobody with a similarity", Kind::Graph, graph(1, &[1, nobody, 0], &[1, 1, 1])),
        ("somebody after nobody", Kind::Graph, graph(2, &[1, 2, nobody, 0, 0, 1], &[2, 1, least, 1, 2, 1])),
        ("the less alike first", Kind::Graph, graph(2, &[1, 2, 0, 2, 0, 1], &[1, 2, 2, 1, 2, 1])),
        ("the same neighbour twice", Kind::Graph, graph(2, &[1, 1, 0, 2, 0, 1], &[2, 2, 2, 1, 2, 1])),
        ("another number of neighbours", Kind::Graph, graph(2, &[1, 2, 0], &[1, 1, 1])),
        ("similarities of others", Kind::Graph, graph(1, &[1, 2, 0], &[1, 1])),
        ("neighbours beyond all memory", Kind::Graph, graph(u64::MAX, &[1, 2, 0], &[1, 1, 1])),
        ("a measure that is none", Kind::Codes, codes(9, [28, 28], &fine, 64, 192)),
        ("the numbers of another measure", Kind::Codes, codes(1, [28, 28], &fine, 64, 192)),
        ("drawings of no size", Kind::Codes, codes(2, [0, 28], &fine, 64, 192)),
        ("drawings too large", Kind::Codes, codes(2, [28, u32::MAX], &fine, 64, 192)),
        ("a number too few", Kind::Codes, codes(2, [28, 28], &fine[1..], 64, 192)),
        ("no numbers", Kind::Codes, codes(2, [28, 28], &[], 64, 192)),
        ("a number that is none", Kind::Codes, codes(2, [28, 28], &with(f32::NAN), 64, 192)),
        ("an infinite number", Kind::Codes, codes(2, [28, 28], &with(f32::INFINITY), 64, 192)),
        ("codes of another width", Kind::Codes, codes(2, [28, 28], &fine, 96, 192)),
        ("codes of two rows", Kind::Codes, codes(2, [28, 28], &fine, 64, 128)),
        ("half a code", Kind::Codes, codes(2, [28, 28], &fine, 64, 160)),
    ];
    for (what, kind, payload) in cases {
        assert_is_nothing(&store, &forged(label(kind), &payload), what);
    }
    // The same made rightly is read: it is the fault named that was found.
    let put =
        |kind, payload: &[u8]| std::fs::write(file(&store, content(1), "it"), forged(label(kind), payload)).unwrap();
    put(Kind::Codes, &codes(2, [28, 28], &fine, 64, 192));
    assert!(store.codes(content(1), "it", 3).is_some());
    put(Kind::Graph, &graph(2, &[1, 2, 0, nobody, 0, 1], &[2, 1, 1, least, 1, 1]));
    assert!(store.graph(content(1), "it", 3).is_some());
    put(Kind::Places, &concat(&[&n(3), &f(&[0.0; 6])]));
    assert_eq!(store.places(content(1), "it", 3), Some(vec![[0.0; 2]; 3]));
    put(Kind::Begun, &concat(&[&u(&[7]), &n(1), &f(&[0.5, -1.0])]));
    assert_eq!(store.begun(content(1), "it", 3), Some(Begun { steps: 7, pairs: vec![[0.5, -1.0]] }));
    put(Kind::Cells, &concat(&[&n(3), &u(&[4, 0, 2])]));
    assert_eq!(store.cells(content(1), "it", 3, 5), Some(vec![4, 0, 2]));
}

#[test]
fn an_entry_of_other_drawings_name_form_or_version_is_nothing() {
    let (_folder, store) = store(AMPLE);
    let [.., (_, entry)] = small_entries();
    let payload = &entry[48 + 2..entry.len() - 8];
    let own = label(Kind::Cells);
    assert_eq!(forged(own, payload), entry);
    assert_is_nothing(&store, &forged(Label { content: content(2), ..own }, payload), "other drawings");
    assert_is_nothing(&store, &forged(Label { name: "at", ..own }, payload), "another name");
    assert_is_nothing(&store, &forged(Label { kind: Kind::Places, ..own }, payload), "another kind");
    // Beginning, form, kind, version, length of the name, length of the payload: all are wrong with a right sum too.
    for at in [0, 8, 12, 16, 20, 40] {
        let mut head = entry[..entry.len() - 8].to_vec();
        head[at] += 1;
        assert_is_nothing(&store, &summed(&head), &format!("byte {at} of the head"));
    }
    assert_eq!(summed(&entry[..entry.len() - 8]), entry);
}

/// Bytes with their sum.
fn summed(bytes: &[u8]) -> Vec<u8> {
    [bytes, &twox_hash::XxHash3_64::oneshot(bytes).to_le_bytes()].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_payload_makes_it_panic(payload in prop::collection::vec(prop_oneof![Just(0_u8), 0..4_u8, any::<u8>()], 0..120)) {
        let rows = 3;
        let read = |kind| {
            let bytes = forged(label(kind), &payload);
            let from = &mut &bytes[..];
            let bytes = bytes.len() as u64;
            match kind {
                Kind::Codes => label(kind).read(bytes, from, |from| payload::codes(from, rows)).map(drop),
                Kind::Graph => label(kind).read(bytes, from, |from| payload::graph(from, rows)).map(drop),
                Kind::Places => label(kind).read(bytes, from, |from| payload::places(from, rows)).map(drop),
                Kind::Cells => label(kind).read(bytes, from, |from| payload::cells(from, rows, 5)).map(drop),
                Kind::Begun => label(kind).read(bytes, from, |from| payload::begun(from, rows)).map(drop),
            }
        };
        for kind in [Kind::Codes, Kind::Graph, Kind::Places, Kind::Cells, Kind::Begun] {
            prop_assert!(matches!(read(kind), Ok(()) | Err(Fault::Wrong)));
        }
    }
}
