//! What is wrong with a set, as one answer: for `inkfield audit`, as JSON and as CSV.

use super::duplicates::{Between, Exact, Leakage, NearPair, Outlier, groups};
use serde::Serialize;
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
}

/// Duplicates with several values of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaked {
    /// The column.
    pub column: String,
    /// The spelling of each value that [`between`](Self::between) names by its number.
    pub values: Vec<String>,
    /// What stands between two values.
    pub between: Vec<Between>,
    /// Groups of equal drawings with several values.
    pub duplicates: Vec<Vec<u32>>,
    /// Pairs of near duplicates with two values.
    pub near_pairs: Vec<NearPair>,
}

impl Leaked {
    /// Of a column with the spellings of its values, by number.
    pub fn new(column: String, values: Vec<String>, found: Leakage) -> Self {
        Self { column, values, between: found.between, duplicates: found.equal, near_pairs: found.near }
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
        }
    }

    /// Writes it as CSV, a line for each finding, with the heading `kind,group,row,other,distance`; what a kind does not have is
    /// empty:
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
    /// Distances are written so that they read back as the same. Fails where `out` does.
    pub fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "kind,group,row,other,distance")?;
        write_groups(out, "duplicate", &self.duplicates)?;
        let mut group_of = vec![None; self.rows as usize];
        for (number, group) in self.near.iter().enumerate() {
            for &row in group {
                if let Some(of) = group_of.get_mut(row as usize) {
                    *of = Some(number);
                }
            }
        }
        for NearPair { row, other, distance } in &self.near_pairs {
            let group = group_of.get(*row as usize).copied().flatten().map(|number| number.to_string());
            writeln!(out, "near,{},{row},{other},{distance}", group.unwrap_or_default())?;
        }
        for row in &self.blank {
            writeln!(out, "blank,,{row},,")?;
        }
        for Outlier { row, distance } in &self.outliers {
            writeln!(out, "outlier,,{row},,{distance}")?;
        }
        if let Some(leaked) = &self.leakage {
            write_groups(out, "leak-duplicate", &leaked.duplicates)?;
            for NearPair { row, other, distance } in &leaked.near_pairs {
                writeln!(out, "leak-near,,{row},{other},{distance}")?;
            }
        }
        Ok(())
    }
}

fn write_groups(out: &mut dyn Write, kind: &str, groups: &[Vec<u32>]) -> io::Result<()> {
    for (number, group) in groups.iter().enumerate() {
        for row in group {
            writeln!(out, "{kind},{number},{row},,")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::likeness::duplicates::leakage;
    use crate::progress::Progress;

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
            "duplicates": [[0, 4]], "near_pairs": [{"row": 1, "other": 5, "distance": 0.012_345_678_901_234_5}]
        });
        assert_eq!(json["leakage"], expected);
    }

    #[test]
    fn each_finding_is_a_line() {
        let mut out = Vec::new();
        audit(Some(&[0, 0, 0, 0, 1, 1, 1, 1, 0])).write_csv(&mut out).unwrap();
        let expected = "kind,group,row,other,distance\nduplicate,0,0,,\nduplicate,0,4,,\nduplicate,1,2,,\nduplicate,1,3,,\n\
            near,0,1,5,0.0123456789012345\nnear,1,3,8,0.1\nblank,,6,,\noutlier,,7,,0.5\n\
            leak-duplicate,0,0,,\nleak-duplicate,0,4,,\nleak-near,,1,5,0.0123456789012345\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        let mut full: &mut [u8] = &mut [0; 10];
        assert!(audit(None).write_csv(&mut full).is_err(), "a full disk is not passed over");
    }
}
