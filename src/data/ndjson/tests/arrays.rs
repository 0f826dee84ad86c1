//! Arrays of numbers, whole and damaged: recognising them, against `serde_json`.

use super::super::automaton;
use super::Random;

/// An array of arrays and numbers as the automaton knows it: no exponents, no blanks.
fn array(random: &mut Random, depth: u32) -> String {
    let items: Vec<String> = (0..random.below(if depth == 1 { 30 } else { 5 }))
        .map(|_| if depth > 1 { array(random, depth - 1) } else { number(random) })
        .collect();
    format!("[{}]", items.join(","))
}

fn number(random: &mut Random) -> String {
    let whole = random.next() % 10_u64.pow(random.below(5));
    match random.below(8) {
        0 => format!("-{whole}"),
        1..4 => format!("{whole}.{}", random.next() >> random.below(64)),
        _ => whole.to_string(),
    }
}

fn damage(random: &mut Random, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(2) {
        let place = random.below(bytes.len() as u32 + 1) as usize;
        let byte = b"0123456789-.,,[[]] e\"}\x80"[random.below(23) as usize];
        match random.below(3) {
            0 => bytes.insert(place, byte),
            1 if place < bytes.len() => bytes[place] = byte,
            _ => drop(bytes.drain(place.min(bytes.len())..bytes.len().min(place + 1))),
        }
    }
    bytes
}

#[test]
fn whole_arrays_are_recognised_and_damaged_ones_as_serde_json_has_it() {
    let mut random = Random(20_171_130);
    let (mut wrong, mut right) = (0, 0);
    for _ in 0..60_000 {
        let depth = 1 + random.below(4);
        let text = array(&mut random, depth);
        assert!(automaton::is_array(text.as_bytes()), "{text}");
        let damaged = damage(&mut random, &text);
        let shown = String::from_utf8_lossy(&damaged);
        let valid = serde_json::from_slice::<Vec<serde::de::IgnoredAny>>(&damaged).is_ok();
        let stepped = automaton::is_array(&damaged);
        assert!(valid || !stepped, "{shown} passes");
        // What is left to the full parser though it is valid.
        let unknown = damaged.iter().any(|byte| b"e\" ".contains(byte));
        assert!(stepped || !valid || unknown, "{shown} is not recognised");
        if valid { right += 1 } else { wrong += 1 }
    }
    assert!(right > 5000 && wrong > 5000, "{right} right, {wrong} wrong");
}

/// Every place of a word of 64 bytes: where a number, its point and its end lie.
#[test]
fn rules_hold_across_words() {
    for start in 1..200 {
        for length in 1..140 {
            let (before, digits) = ("1".repeat(start), "7".repeat(length));
            for (text, valid) in [
                (format!("[{before},0.{digits},5]"), true),
                (format!("[{before},0.{digits}.5]"), false),
                (format!("[{before},0{digits}]"), false),
                (format!("[{before},-{digits},[]]"), true),
                (format!("[{before},[{digits}]],1]"), false),
            ] {
                assert_eq!(automaton::is_array(text.as_bytes()), valid, "{text}");
            }
        }
    }
}

#[test]
fn what_is_hardly_an_array_is_none() {
    for bytes in [&b""[..], b"[", b"]", b"][", b"[[", b"]]", b"[]]", b"[[]", b"1", b"[,]", b"[1,]", b"[]1]", b"[-]"] {
        assert!(!automaton::is_array(bytes), "{}", String::from_utf8_lossy(bytes));
    }
    assert!(automaton::is_array(b"[]") && automaton::is_array(b"[[],[[]]]") && automaton::is_array(b"[1, 2,  -0.50]"));
}
