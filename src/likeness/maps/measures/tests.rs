//! Measures against what they are defined to be.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::maps::pca;
use crate::likeness::maps::tests::{heaps, labels};
use crate::likeness::query::tests::some_codes;
use crate::likeness::query::{Of, nearest};
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Watcher};

/// The `k` nearest of a row on a map, by sorting all.
fn on_map(places: &[Place], row: usize, k: usize) -> Vec<usize> {
    let away = |other: usize| {
        [0, 1].map(|axis| (f64::from(places[row][axis]) - f64::from(places[other][axis])).powi(2)).iter().sum::<f64>()
    };
    let mut others: Vec<usize> = (0..places.len()).filter(|&other| other != row).collect();
    others.sort_by(|&a, &b| away(a).total_cmp(&away(b)));
    others.truncate(k);
    others
}

/// `sklearn.manifold.trustworthiness` written plainly, and the share of neighbours kept.
fn naive(codes: &Codes, places: &[Place], k: usize) -> Fidelity {
    let n = places.len();
    let (mut sum, mut kept) = (0.0, 0);
    for row in 0..n {
        let order = nearest(codes, Of::Row(row as u32), n);
        for near in on_map(places, row, k) {
            let rank = 1 + order.iter().position(|other| other.row as usize == near).unwrap();
            sum += rank.saturating_sub(k) as f64;
            kept += usize::from(rank <= k);
        }
    }
    let (n, k) = (n as f64, k as f64);
    Fidelity { trust: 1.0 - sum * (2.0 / (n * k * (2.0 * n - 3.0 * k - 1.0))), kept: kept as f64 / (n * k) }
}

fn random_map(rows: usize, side: usize) -> Vec<Place> {
    let mut random = Random::new(5, 0);
    (0..rows).map(|_| [random.below(side) as f32, random.below(side) as f32]).collect()
}

fn assert_same(a: Fidelity, b: Fidelity) {
    assert!((a.trust - b.trust).abs() < 1e-12 && (a.kept - b.kept).abs() < 1e-12, "{a:?} {b:?}");
}

#[test]
fn they_are_what_they_are_defined_to_be() {
    for (codes, k) in [(heaps(300, 6), 15), (heaps(41, 3), 7), (Codes::new(2, vec![9; 120]).unwrap(), 5)] {
        for places in [pca(&codes), random_map(codes.rows() as usize, 1 << 20), random_map(codes.rows() as usize, 4)] {
            assert_same(fidelity(&codes, &places, k, Progress::NONE).unwrap(), naive(&codes, &places, k));
        }
    }
    let random = fidelity(&heaps(300, 6), &random_map(300, 1 << 20), 15, Progress::NONE).unwrap();
    assert!((random.trust - 0.5).abs() < 0.05 && random.kept < 0.1, "{random:?}");
}

#[test]
fn a_line_shown_as_a_line_is_perfect() {
    // A quarter of a circle: the rows most alike are those beside each other.
    let at = |row: u32, wave: fn(f64) -> f64| (127.0 * wave(f64::from(row) / 40.0)).round() as i8;
    let codes = Codes::new(2, (0..60).flat_map(|row| [at(row, f64::cos), at(row, f64::sin)]).collect()).unwrap();
    let found = fidelity(&codes, &pca(&codes), 5, Progress::NONE).unwrap();
    assert!(found.trust > 0.99 && found.kept > 0.8, "{found:?}");
}

#[test]
fn blank_rows_do_not_count_and_few_rows_have_few_neighbours() {
    let codes = some_codes(200, 6);
    let seen: Vec<u32> = (0..200).filter(|&row| !codes.is_blank(row)).collect();
    let places = random_map(200, 1 << 20);
    let theirs: Vec<Place> = seen.iter().map(|&row| places[row as usize]).collect();
    assert!(seen.len() < 200);
    assert_same(fidelity(&codes, &places, 9, Progress::NONE).unwrap(), naive(&codes.taken(&seen), &theirs, 9));
    for rows in [0, 1, 2] {
        let perfect = Fidelity { trust: 1.0, kept: 1.0 };
        assert_eq!(fidelity(&heaps(rows, 3), &random_map(rows, 9), 15, Progress::NONE), Ok(perfect));
    }
    assert_same(
        fidelity(&heaps(9, 3), &random_map(9, 99), 15, Progress::NONE).unwrap(),
        naive(&heaps(9, 3), &random_map(9, 99), 4),
    );
}

#[test]
fn purity_is_how_often_neighbours_share_a_label() {
    let places = random_map(300, 1 << 20);
    let labels = labels(300);
    let same = |row: usize| on_map(&places, row, 12).iter().filter(|&&near| labels[near] == labels[row]).count();
    let expected = (0..300).map(same).sum::<usize>() as f64 / 3_600.0;
    assert!((purity(&places, &labels, 12, Progress::NONE).unwrap() - expected).abs() < 1e-12);
    assert_eq!(purity(&places, &[7; 300], 12, Progress::NONE), Ok(1.0));
    assert_eq!(purity(&[], &[], 12, Progress::NONE), Ok(1.0));
}

#[test]
fn large_sets_are_judged_by_some_rows_evenly_spaced() {
    let places: Vec<Place> = (0..40_000_u16).map(|row| [f32::from(row), 0.0]).collect();
    let rows = each(&places, Progress::NONE, |row, place| (row, place)).unwrap();
    assert_eq!(rows.len(), SOME);
    assert!(rows.iter().enumerate().all(|(at, &(row, place))| row as usize == at * 20 && place[0] == row as f32));
    assert!(each(&places[..30_000], Progress::NONE, |row, _| row).unwrap().into_iter().eq(0..30_000));
}

#[test]
fn lengths_that_do_not_fit_are_refused_and_it_can_be_given_up() {
    let codes = heaps(50, 3);
    let wrong = MapError::Places { found: 49, rows: 50 };
    assert_eq!(fidelity(&codes, &random_map(49, 9), 15, Progress::NONE), Err(wrong.clone()));
    assert_eq!(purity(&random_map(49, 9), &[0; 50], 12, Progress::NONE), Err(wrong));
    assert_eq!(purity(&[[f32::INFINITY, 0.0]], &[0], 12, Progress::NONE), Err(MapError::NotFinite));
    let nobody = Watcher::new(&|| false, &|_| ());
    let given_up = Err(MapError::Cancelled(Cancelled));
    assert_eq!(fidelity(&codes, &random_map(50, 9), 15, nobody.progress()), given_up);
}
