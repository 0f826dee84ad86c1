//! What is wrong with a set, as one answer: for `inkfield audit`, as JSON and as CSV.

use super::duplicates::{Between, Exact, Lack, Leakage, NearPair, Outlier, StrokeKinds, StrokesAre, groups};
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, Write};

/// Version of the answer: what it says may be more one day; if it says something else, the number is another one.
pub const SCHEMA: u32 = 1;

/// What was found in a set. Rows are numbered from 0; all lists are in a defined order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Audit {
    /// [`SCHEMA`].
    pub inkfield_audit: u32,
    /// Rows of the set.
    pub rows: u32,
    /// Rows whose drawings are equal byte for byte, two at least in a group.
    pub duplicates: Vec<Vec<u32>>,
    /// Pairs at most so far apart count as near duplicates.
    pub near_distance: f64,
    /// Groups of near duplicates, joined by pairs and by equal drawings.
    pub near: Vec<Vec<u32>>,
    /// The pairs that join them, the nearest ones first.
    pub near_pairs: Vec<NearPair>,
    /// Rows all of whose pixels have one value.
    pub blank: Vec<u32>,
    /// The rows farthest from others, the farthest one first.
    pub outliers: Vec<Outlier>,
    /// Duplicates with several values of a column; absent where no column was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leakage: Option<Leaked>,
    /// Whether duplicates have the same strokes; absent without duplicates, and without records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strokes: Option<SameStrokes>,
}

/// Whether duplicates have the same strokes, or only the same pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SameStrokes {
    /// For each group of [`Audit::duplicates`].
    pub duplicates: Vec<StrokesAre>,
    /// For each group of [`Audit::near`].
    pub near: Vec<StrokesAre>,
    /// For each pair of [`Audit::near_pairs`].
    pub near_pairs: Vec<StrokesAre>,
    /// Duplicates whose strokes are not known, ascending.
    pub unknown: Vec<UnknownStrokes>,
    /// No record of a duplicate holds strokes, and none is broken.
    #[serde(skip)]
    pub are_none: bool,
}

/// A row whose strokes are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownStrokes {
    /// The row.
    pub row: u32,
    /// Why: a clause behind "row 7".
    pub why: String,
}

/// Duplicates with several values of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaked {
    /// The column.
    pub column: String,
    /// The spelling of each value that [`between`](Self::between) names by its number.
    pub values: Vec<String>,
    /// What stands between two values; `None` where more than [`MOST_PAIRS`](super::duplicates::MOST_PAIRS) pairs share some.
    pub between: Option<Vec<Between>>,
    /// How many rows of duplicates have no value, and so are on no side.
    pub missing: u32,
    /// Groups of equal drawings with several values.
    pub duplicates: Vec<Vec<u32>>,
    /// Pairs of near duplicates with two values.
    pub near_pairs: Vec<NearPair>,
}

impl Leaked {
    /// Of a column with the spellings of its values, by number.
    pub fn new(column: String, values: Vec<String>, found: Leakage) -> Self {
        let Leakage { between, missing, equal: duplicates, near: near_pairs } = found;
        let values = if between.is_some() { values } else { Vec::new() };
        Self { column, values, between, missing, duplicates, near_pairs }
    }
}

impl Audit {
    /// Puts together what was found in so many rows; `near_pairs` are those [`within`](super::duplicates::within) the distance.
    pub fn new(
        rows: u32,
        exact: Exact,
        (near_distance, near_pairs): (f64, Vec<NearPair>),
        outliers: Vec<Outlier>,
        leakage: Option<Leaked>,
    ) -> Self {
        Self {
            inkfield_audit: SCHEMA,
            rows,
            near_distance,
            near: groups(rows, &near_pairs, &exact),
            near_pairs,
            duplicates: exact.groups,
            blank: exact.blank,
            outliers,
            leakage,
            strokes: None,
        }
    }

    /// The same with what the strokes of all duplicates have to do with each other.
    pub fn with_strokes(mut self, kinds: &StrokeKinds) -> Self {
        let of = |group: &[u32]| kinds.of_group(group).unwrap_or(StrokesAre::Unknown);
        let groups = |groups: &[Vec<u32>]| groups.iter().map(|group| of(group)).collect();
        let unknown = |(&row, why): (&u32, &Lack)| UnknownStrokes { row, why: why.to_string() };
        self.strokes = Some(SameStrokes {
            duplicates: groups(&self.duplicates),
            near: groups(&self.near),
            near_pairs: self.near_pairs.iter().map(|pair| of(&[pair.row, pair.other])).collect(),
            unknown: kinds.lacking().iter().map(unknown).collect(),
            are_none: kinds.are_none(),
        });
        self
    }

    /// Writes it as CSV, a line for each finding, with the heading `kind,group,row,other,distance,strokes`; what a kind does not have
    /// is empty:
    ///
    /// | kind | group | row | other | distance |
    /// | --- | --- | --- | --- | --- |
    /// | `duplicate` | number of the group, from 0 | a row of it | | |
    /// | `near` | number of the group of near duplicates | lower row of a pair | higher row | of the pair |
    /// | `blank` | | the row | | |
    /// | `outlier` | | the row | | to its neighbour |
    /// | `leak-duplicate` | number of the group among those with several values | a row of it | | |
    /// | `leak-near` | | lower row of a pair | higher row | of the pair |
    ///
    /// Distances are written so that they read back as the same. Under `strokes` stands what those of the group or pair have to do with
    /// each other ([`StrokesAre`]). Fails where `out` does.
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "kind,group,row,other,distance,strokes")?;
        let strokes = self.strokes.as_ref();
        let of_groups = strokes.map_or(&[][..], |strokes| &strokes.duplicates);
        let of_pairs = strokes.map_or(&[][..], |strokes| &strokes.near_pairs);
        write_groups(out, "duplicate", &self.duplicates, &|at| of_groups.get(at).copied())?;
        let mut group_of = vec![None; self.rows as usize];
        for (number, group) in self.near.iter().enumerate() {
            for &row in group {
                if let Some(of) = group_of.get_mut(row as usize) {
                    *of = Some(number);
                }
            }
        }
        for (at, NearPair { row, other, distance }) in self.near_pairs.iter().enumerate() {
            let group = group_of.get(*row as usize).copied().flatten().map(|number| number.to_string());
            let strokes = in_csv(of_pairs.get(at).copied());
            writeln!(out, "near,{},{row},{other},{distance},{strokes}", group.unwrap_or_default())?;
        }
        for row in &self.blank {
            writeln!(out, "blank,,{row},,,")?;
        }
        for Outlier { row, distance } in &self.outliers {
            writeln!(out, "outlier,,{row},,{distance},")?;
        }
        let Some(leaked) = &self.leakage else { return Ok(()) };
        // Those that leak are among the others.
        let first = |group: &Vec<u32>| group.first().copied();
        let of_first: HashMap<_, _> = self.duplicates.iter().map(first).zip(of_groups.iter().copied()).collect();
        let of_group = |at: usize| of_first.get(&leaked.duplicates.get(at).and_then(first)).copied();
        write_groups(out, "leak-duplicate", &leaked.duplicates, &of_group)?;
        let ends = |pair: &NearPair| (pair.row, pair.other);
        let of_ends: HashMap<_, _> = self.near_pairs.iter().map(ends).zip(of_pairs.iter().copied()).collect();
        for pair in &leaked.near_pairs {
            let (NearPair { row, other, distance }, strokes) = (pair, in_csv(of_ends.get(&ends(pair)).copied()));
            writeln!(out, "leak-near,,{row},{other},{distance},{strokes}")?;
        }
        Ok(())
    }
}

fn in_csv(strokes: Option<StrokesAre>) -> String {
    strokes.map(|strokes| strokes.to_string()).unwrap_or_default()
}

fn write_groups(
    out: &mut dyn Write,
    kind: &str,
    groups: &[Vec<u32>],
    strokes: &dyn Fn(usize) -> Option<StrokesAre>,
) -> io::Result<()> {
    for (number, group) in groups.iter().enumerate() {
        let strokes = in_csv(strokes(number));
        for row in group {
            writeln!(out, "{kind},{number},{row},,,{strokes}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::duplicates::{Lines, leakage};
    use crate::progress::{Cancelled, Progress};

    fn audit(column: Option<&[u32]>) -> Audit {
        let exact = Exact { groups: vec![vec![0, 4], vec![2, 3]], blank: vec![6] };
        let near = vec![
            NearPair { row: 1, other: 5, distance: 0.012_345_678_901_234_5 },
            NearPair { row: 3, other: 8, distance: 0.1 },
        ];
        let leaked = column.map(|column| {
            let found = leakage(column, &exact, &near, Progress::NONE).unwrap();
            Leaked::new("split".to_owned(), vec!["train".to_owned(), "test".to_owned()], found)
        });
        Audit::new(9, exact, (0.1, near), vec![Outlier { row: 7, distance: 0.5 }], leaked)
    }

    #[test]
    fn the_answer_is_plain_and_its_version_comes_first() {
        let json = serde_json::to_string(&audit(None)).unwrap();
        let expected = concat!(
            r#"{"inkfield_audit":1,"rows":9,"duplicates":[[0,4],[2,3]],"near_distance":0.1,"near":[[1,5],[2,3,8]],"#,
            r#""near_pairs":[{"row":1,"other":5,"distance":0.0123456789012345},{"row":3,"other":8,"distance":0.1}],"#,
            r#""blank":[6],"outliers":[{"row":7,"distance":0.5}]}"#
        );
        assert_eq!(json, expected);
        let column = [0, 0, 0, 0, 1, 1, 1, 1, 0];
        let json = serde_json::to_value(audit(Some(&column))).unwrap();
        let expected = serde_json::json!({
            "column": "split", "values": ["train", "test"],
            "between": [{"values": [0, 1], "equal_groups": 1, "equal_rows": [1, 1], "near_pairs": 1}],
            "missing": 0, "duplicates": [[0, 4]], "near_pairs": [{"row": 1, "other": 5, "distance": 0.012_345_678_901_234_5}]
        });
        assert_eq!(json["leakage"], expected);
    }

    /// Rows 0 and 4 have the same strokes, 2 and 3 have not, 1 and 5 have, and 8 has no record.
    fn with_strokes(column: Option<&[u32]>) -> Audit {
        let read = |row: u32| -> Result<_, Cancelled> {
            let x = [1, 5, 2, 3, 1, 5].get(row as usize);
            Ok(x.map(|x| format!("{{\"drawing\":[[[{x}],[7]]]}}").into_bytes()))
        };
        let lines = Lines { rows: &[0, 1, 2, 3, 4, 5, 8], bytes: &|_| 30, read: &read };
        audit(column).with_strokes(&StrokeKinds::of(&lines, Progress::NONE).unwrap())
    }

    #[test]
    fn strokes_of_duplicates_are_said_group_by_group_and_pair_by_pair() {
        let json = serde_json::to_value(with_strokes(None)).unwrap();
        let expected = serde_json::json!({
            "duplicates": ["same", "different"], "near": ["same", "unknown"], "near_pairs": ["same", "unknown"],
            "unknown": [{"row": 8, "why": "has no record that was read"}]
        });
        assert_eq!(json["strokes"], expected);
    }

    #[test]
    fn each_finding_is_a_line() {
        let column = [0, 0, 0, 0, 1, 1, 1, 1, 0];
        let mut out = Vec::new();
        with_strokes(Some(&column)).write_csv(&mut out).unwrap();
        let expected = "kind,group,row,other,distance,strokes\nduplicate,0,0,,,same\nduplicate,0,4,,,same\n\
            duplicate,1,2,,,different\nduplicate,1,3,,,different\nnear,0,1,5,0.0123456789012345,same\n\
            near,1,3,8,0.1,unknown\nblank,,6,,,\noutlier,,7,,0.5,\n\
            leak-duplicate,0,0,,,same\nleak-duplicate,0,4,,,same\nleak-near,,1,5,0.0123456789012345,same\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        // Without records nothing is said of strokes.
        let mut out = Vec::new();
        audit(Some(&column)).write_csv(&mut out).unwrap();
        let without: Vec<&str> = expected.lines().map(|line| line.rsplit_once(',').unwrap().0).collect();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(
            out.lines().map(|line| line.rsplit_once(',').unwrap()).skip(1).collect::<Vec<_>>(),
            without.iter().skip(1).map(|line| (*line, "")).collect::<Vec<_>>()
        );
        let mut full: &mut [u8] = &mut [0; 10];
        assert!(audit(None).write_csv(&mut full).is_err(), "a full disk is not passed over");
    }
}
