//! Whether the fourth channel of arrays looks like alpha: it is taken as such, and may be something else.

use super::sample::sample;
use crate::data::dataset::{Dataset, Part};

/// Alphas are nearly all clear or opaque: where fewer than one in this many are, they are none.
const FEW: usize = 20;

/// Why the fourth channel of arrays is hardly alpha, by drawings from all over the set; `None` where it may well be.
pub(super) fn in_words(dataset: &Dataset) -> Option<String> {
    if !dataset.parts.iter().any(Part::takes_fourth_as_alpha) {
        return None;
    }
    let (mut all, mut clear, mut opaque) = (0, 0, 0);
    let looked = sample(dataset, &mut |values| {
        for [.., alpha] in values.as_chunks::<4>().0 {
            all += 1;
            clear += usize::from(*alpha == 0);
            opaque += usize::from(*alpha == u8::MAX);
        }
        true
    });
    // Whoever reads all says what cannot be read.
    looked.ok()?;
    let advice = "save the first three alone where it is something else";
    if clear == all {
        return Some(format!(
            "the fourth channel is taken as alpha and is 0 in all drawings looked at, which are clear: {advice}"
        ));
    }
    let is_none = (clear + opaque) * FEW < all;
    is_none.then(|| {
        format!("the fourth channel is taken as alpha, and hardly any value in it is clear or opaque: {advice} (near-infrared light, depth)")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::dataset::OpenOptions;
    use ndarray::Array4;

    /// What is said of a file, when it is opened and once its values have been looked at.
    fn said(path: &std::path::Path) -> (String, Vec<String>) {
        let dataset = Dataset::open(&[path], &OpenOptions::default()).unwrap();
        let (_, measured) = dataset.count_values(&mut |_| {}).unwrap();
        let warnings = measured.report.warnings().map(|note| note.text.clone());
        (dataset.report().to_string(), warnings.filter(|text| text.contains("fourth")).collect())
    }

    #[test]
    fn what_the_fourth_channel_is_taken_for_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("set.npy");
        let write = |alpha: &dyn Fn(usize, usize) -> u8, factor: u16| {
            let value = |(n, y, x, c): (usize, usize, usize, usize)| match c {
                3 => alpha(y, x),
                c => (n * 40 + y * 7 + x * 3 + c * 50) as u8,
            };
            let bytes = Array4::from_shape_fn((5, 12, 12, 4), value);
            if factor == 1 {
                ndarray_npy::write_npy(&path, &bytes).unwrap();
            } else {
                ndarray_npy::write_npy(&path, &bytes.mapv(|value| u16::from(value) * factor)).unwrap();
            }
            said(&path)
        };
        let (opened, warned) = write(&|y, x| if (x + y) % 3 == 0 { 0 } else { 255 }, 1);
        assert!(opened.contains("the fourth is taken as alpha"), "{opened}");
        assert!(warned.is_empty(), "{warned:?}");
        for factor in [1, 9] {
            // No value is 0 or the greatest.
            let (_, warned) = write(&|y, x| 40 + (y * 12 + x) as u8, factor);
            assert!(
                matches!(warned.as_slice(), [one] if one.contains("hardly any value in it is clear or opaque")),
                "{warned:?}"
            );
        }
        let (_, warned) = write(&|_, _| 0, 1);
        assert!(matches!(warned.as_slice(), [one] if one.contains("is 0 in all drawings looked at")), "{warned:?}");
        let three = Array4::from_shape_fn((5, 12, 12, 3), |(n, y, x, c)| (n * 40 + y * 7 + x * 3 + c * 50) as u8);
        ndarray_npy::write_npy(&path, &three).unwrap();
        assert!(!said(&path).0.contains("fourth"));
    }
}
