//! Any bytes, in every form: opened and read whole, or an error that says what is wrong.

use super::*;
use inkfield::data::array::ShapeOptions;
use inkfield::data::formats::open_path;
use std::fs;

/// splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Changes a file in up to four places: bits, bytes, numbers at their limits, pieces left out or doubled, the end cut off.
fn changed(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        // Headers are what matters: half of the changes are near the beginning.
        let most = if random.below(2) == 0 { bytes.len().min(600) } else { bytes.len() };
        let at = random.below(most);
        match random.below(7) {
            0 => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << random.below(8)),
            1 => bytes.get_mut(at).into_iter().for_each(|byte| *byte = random.next() as u8),
            2 => {
                let limits = [0, 0x7f, 0xff, 0x80];
                let (limit, len) = (limits[random.below(4)], [1, 2, 4, 8][random.below(4)]);
                bytes.iter_mut().skip(at).take(len).for_each(|byte| *byte = limit);
            }
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..(at + random.below(12)).min(bytes.len()))),
            5 => {
                let piece = bytes[at.min(bytes.len())..(at + random.below(16)).min(bytes.len())].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes.insert(at.min(bytes.len()), random.next() as u8),
        }
    }
    bytes
}

/// Opens a file and reads all of it, however it was damaged.
fn read_all(path: &Path) -> bool {
    let opened = open_path(path, &ShapeOptions::default()).and_then(|opened| opened.decide(None));
    let source = match opened {
        Ok((source, _)) => source,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return false;
        }
    };
    let some = source.rows().min(64);
    let mut own = Vec::new();
    let read = source
        .read_rows(source.rows() - 1, &mut vec![0; source.drawing_bytes()])
        .and_then(|()| source.own_values(0, some, &mut own));
    let records = source.own_records().map(|records| records.batch(0..some).and_then(|_| records.line(some - 1)));
    read.is_ok() && records.is_none_or(|records| records.is_ok())
}

/// Tries `count` inputs made of a file. So that they do not all fail at once, some must open.
fn try_all(name: &str, count: u64) {
    let whole = fs::read(expected(name)).unwrap();
    let folder = Folder::new();
    let path = folder.path(name);
    let mut opened = 0;
    for number in 0..count {
        let bytes = if number == 0 { whole.clone() } else { changed(&whole, &mut Random(number)) };
        fs::write(&path, &bytes).unwrap();
        let result = std::panic::catch_unwind(|| read_all(&path));
        opened += u64::from(result.unwrap_or_else(|_| panic!("{name}, input {number}")));
    }
    assert!(opened > count / 100, "{name}: {opened} of {count}");
}

#[test]
fn tables_of_pixels_come_through_any_damage() {
    for name in ["pixels.csv", "headless.csv", "sides.csv", "floats.tsv"] {
        try_all(name, 2000);
    }
}

#[test]
fn safetensors_come_through_any_damage() {
    for name in ["set.safetensors", "floats.safetensors"] {
        try_all(name, 3000);
    }
}

#[test]
fn matlab_files_come_through_any_damage() {
    for name in ["packed.mat", "plain.mat", "others.mat"] {
        try_all(name, 3000);
    }
}

#[test]
fn pickles_come_through_any_damage() {
    for name in ["python2_train", "python3_batch"] {
        try_all(name, 3000);
    }
}

#[test]
fn hdf5_files_come_through_any_damage() {
    for name in ["plain.h5", "chunked.h5", "checked.h5", "latest.h5", "block.mat"] {
        try_all(name, 2000);
    }
}
