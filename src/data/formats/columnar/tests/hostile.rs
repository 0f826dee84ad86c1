//! Files that are cut, changed at random or made to claim too much: errors, never panics, and nothing is allocated for what they claim.

use super::*;

/// Opens a file and reads all of it, drawings and records; whether that went well.
fn read_all(path: &Path) -> Result<(), OpenError> {
    let dataset = try_open(&[path], &OpenOptions::default())?;
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values)?;
    dataset.columns()?;
    Ok(())
}

#[test]
fn what_was_cut_short_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.bin");
    for name in ["zstd.parquet", "plain.arrow", "lz4.feather"] {
        let bytes = std::fs::read(kept(name)).unwrap();
        for length in (8..bytes.len()).step_by(97) {
            std::fs::write(&path, &bytes[..length]).unwrap();
            assert!(read_all(&path).is_err(), "{name} {length}");
        }
    }
    // A stream may end anywhere between two messages: that it has no end is said.
    let bytes = std::fs::read(kept("stream.arrow")).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() - 8]).unwrap();
    assert!(notes(&open(&[&path])).contains("it may have been cut short"));
    std::fs::write(&path, &bytes[..bytes.len() - 9]).unwrap();
    let said = refused(&path);
    assert!(said.contains("an Arrow stream that is not read: it was cut short"), "{said}");
}

#[test]
fn any_bytes_are_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.bin");
    let mut state = 59_u64;
    // Knuth's MMIX generator: its upper bits are as good as any for this.
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut refused = 0;
    for name in [
        "snappy.parquet",
        "zstd.parquet",
        "labels.parquet",
        "nested.parquet",
        "lz4.feather",
        "stream.arrow",
        "labels.arrow",
    ] {
        let bytes = std::fs::read(kept(name)).unwrap();
        for _ in 0..500 {
            let mut changed = bytes.clone();
            for _ in 0..=random() % 4 {
                // Footers and heads are what claims the most.
                let from = if random() % 2 == 0 { 0 } else { bytes.len() * 2 / 3 };
                let at = from + random() as usize % (bytes.len() - from);
                changed[at] = match random() % 4 {
                    0 => 0xff,
                    1 => changed[at].wrapping_add(1),
                    2 => 1 << (random() % 8),
                    _ => random() as u8,
                };
            }
            std::fs::write(&path, &changed).unwrap();
            refused += u32::from(read_all(&path).is_err());
        }
    }
    assert!(refused > 500, "{refused}");
}

/// Wherever a number may stand, another one that no memory holds: in a footer, a message, in front of packed values.
#[test]
fn nothing_is_allocated_for_what_a_file_merely_claims() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("claims.bin");
    let claims: [&[u8]; 3] = [&(1_u64 << 60).to_le_bytes(), &[0xff, 0xff, 0xff, 0xff, 0x07], &[0xff, 0xff, 0xff, 0x7f]];
    for (name, step) in [("lz4.feather", 8), ("zstd.feather", 40), ("labels.arrow", 12), ("labels.parquet", 7)] {
        let bytes = std::fs::read(kept(name)).unwrap();
        for at in (8..bytes.len() - 16).step_by(step) {
            for claim in claims {
                let mut changed = bytes.clone();
                changed[at..at + claim.len()].copy_from_slice(claim);
                std::fs::write(&path, &changed).unwrap();
                _ = read_all(&path).is_ok();
            }
        }
    }
}
