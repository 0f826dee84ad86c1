//! Compressed files in the window: unpacked beside it, shown as they are, read again after a lost device.

use super::driver::{Driver, Shown};
use super::picture::{assert_seen, rendered};
use flate2::{Compression, write::GzEncoder};
use std::fs::File;
use std::io::Write;
use std::path::Path;

fn pack(path: &Path, blocks: impl Iterator<Item = Vec<u8>>) {
    let mut encoder = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
    blocks.for_each(|block| encoder.write_all(&block).unwrap());
    encoder.finish().unwrap();
}

/// The file that was unpacked is gone when the device is lost: what it held is read again.
#[test]
fn case_c09_a_lost_device_reads_unpacked_files_again() {
    const ROWS: usize = 321;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    super::loading::write_drawings(&path("plain.npy"), ROWS);
    pack(&path("set.npy.gz"), std::iter::once(std::fs::read(path("plain.npy")).unwrap()));
    let record = |row: usize| format!("{{\"word\":\"stripe\",\"n\":{row}}}\n").into_bytes();
    pack(&path("set.ndjson.gz"), (0..ROWS).map(record));
    let args = ["set.npy.gz", "--size", "500x400", "--inject-fault", "device-lost@60"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    let read = |frame: &Shown| frame.is_loaded() && frame.records_loaded == ROWS as u32;
    let before = driver.wait("drawings and records", read);
    assert_eq!((before.title.as_str(), before.notices.len()), ("set", 0));
    std::fs::remove_file(driver.path("set.npy.gz")).unwrap();
    driver.stir([[251, 198], [262, 207]], "the loss", |frame| frame.serial >= 60);
    driver.wait("drawings again", |frame| frame.serial > 60 && frame.is_loaded());
    driver.point_away();
    let after = driver.wait("no hover", |frame| frame.pointer.is_none() && frame.hover_row.is_none());
    assert!(driver.stderr().contains("the GPU device was lost"), "{}", driver.stderr());
    let expected = rendered(&driver, driver.path("plain.npy").to_str().unwrap(), &after, "plain.png");
    assert!(expected.chunks(3).any(|pixel| pixel != &expected[..3]));
    assert_seen(&driver, &after, &expected, "read again");
    // That the file is gone was told when its drawings were looked at; they are there all the same.
    assert!(driver.stderr().contains("was deleted or moved while it was open; what is shown is as it was"));
}

/// 390 MB in 100 MB, which take seconds anywhere: the window draws and says what it does, and another file that is named meanwhile would
/// be opened.
#[test]
fn case_c09_the_window_goes_on_while_it_unpacks() {
    const ROWS: usize = 500_000;
    let folder = tempfile::tempdir().unwrap();
    let mut head = b"\x93NUMPY\x01\x00".to_vec();
    let dictionary = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': ({ROWS}, 784), }}\n");
    head.extend(u16::try_from(dictionary.len()).unwrap().to_le_bytes());
    head.extend(dictionary.bytes());
    // Two bits a value without a pattern: each is unpacked by itself.
    let mut state = 7_u32;
    let mut value = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 30) as u8
    };
    let thousand: Vec<u8> = (0..784 * 1000).map(|_| value()).collect();
    let [head, thousand] = [head, thousand].map(|bytes| {
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(&bytes).unwrap();
        member.finish().unwrap()
    });
    let members = std::iter::once(&head).chain(std::iter::repeat_n(&thousand, ROWS / 1000));
    let mut file = File::create(folder.path().join("large.npy.gz")).unwrap();
    members.for_each(|member| file.write_all(member).unwrap());
    let args = ["large.npy.gz", "--rows", "0:50", "--size", "500x400"];
    let Some(mut driver) = Driver::open_in(folder, &args) else { return };
    let last = driver.wait("the drawings", |frame| frame.is_loaded() && frame.notices.is_empty());
    assert_eq!(last.rows, 50);
    let meanwhile = driver.frames.iter().find(|frame| frame.rows == 0).expect("a frame before");
    assert_eq!(meanwhile.notices, ["reading the files…"]);
    assert_eq!(driver.close(), 0);
}
