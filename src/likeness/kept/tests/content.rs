//! Equal drawings have the same hash, and others another one.

use super::*;

fn hash(shape: (u32, u32, u32), ink: &[u8], blocks: &[&[u8]]) -> Content {
    let mut hasher = ContentHasher::new(shape.0, (shape.1, shape.2), ink);
    for block in blocks {
        hasher.add(block);
    }
    hasher.content()
}

#[test]
fn another_byte_order_or_header_is_another_set() {
    let drawings: Vec<u8> = (0..2_000_u32).map(|i| (i * 31 % 251) as u8).collect();
    let own = hash((4, 20, 25), b"ink", &[&drawings]);
    let mut others = vec![own];
    for at in 0..drawings.len() {
        let mut other = drawings.clone();
        other[at] ^= 1;
        others.push(hash((4, 20, 25), b"ink", &[&other]));
    }
    let swapped = [&drawings[500..1_000], &drawings[..500], &drawings[1_000..]].concat();
    others.push(hash((4, 20, 25), b"ink", &[&swapped]));
    others.push(hash((4, 20, 25), b"ink", &[&drawings[1..]]));
    others.push(hash((4, 20, 25), b"ink", &[&drawings, &[0]]));
    for shape in [(5, 20, 25), (4, 25, 20), (20, 4, 25), (4, 20, 26), (0, 0, 0)] {
        others.push(hash(shape, b"ink", &[&drawings]));
    }
    for ink in [b"".as_slice(), b"inl", b"in", b"ink\0"] {
        others.push(hash((4, 20, 25), ink, &[&drawings]));
    }
    // What belongs to the header is not taken for drawings.
    others.push(hash((4, 20, 25), b"in", &[b"k", &drawings]));
    let count = others.len();
    others.sort();
    others.dedup();
    assert_eq!(others.len(), count);
}

#[test]
fn it_can_be_asked_on_the_way_and_reads_as_it_is_written() {
    let mut hasher = ContentHasher::new(1, (2, 2), b"");
    hasher.add(&[1, 2]);
    let halfway = hasher.content();
    assert_eq!(halfway, hash((1, 2, 2), b"", &[&[1, 2]]));
    hasher.add(&[3, 4]);
    let whole = hasher.content();
    assert_eq!(whole, hash((1, 2, 2), b"", &[&[1, 2, 3, 4]]));
    assert_eq!(Content::from_hex(&whole.to_string()), Some(whole));
    let digits = whole.to_string();
    for bad in
        ["", &digits[1..], &format!("{digits}0"), &format!("+{}", &digits[1..]), &"A".repeat(32), &"é".repeat(16)]
    {
        assert_eq!(Content::from_hex(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn no_cutting_changes_it(
        drawings in prop::collection::vec(any::<u8>(), 0..5_000),
        mut cuts in prop::collection::vec(0.0_f64..=1.0, 0..12),
    ) {
        cuts.sort_by(f64::total_cmp);
        let mut hasher = ContentHasher::new(7, (3, 9), b"how");
        let mut from = 0;
        for cut in cuts {
            let to = (cut * drawings.len() as f64) as usize;
            hasher.add(&drawings[from..to]);
            from = to;
        }
        hasher.add(&drawings[from..]);
        prop_assert_eq!(hasher.content(), hash((7, 3, 9), b"how", &[&drawings]));
    }
}
