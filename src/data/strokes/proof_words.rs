//! What was found out about records and bitmaps, in sentences.

use super::proof::{Finding, Proof};
use crate::words::{counted, thousands};

impl Proof {
    /// In a sentence.
    pub fn in_words(&self) -> String {
        let (fitting, checked) = (thousands(self.fitting.into()), thousands(self.checked.into()));
        let Some(finding) = self.finding else {
            return match (self.checked, self.drawn_otherwise) {
                (0, _) => "no record has strokes to check".to_owned(),
                (_, true) => format!(
                    "records match bitmaps, which are drawn in another way than published: {checked} checked, each is most like its own \
                     strokes"
                ),
                _ if self.without_strokes > 0 => {
                    let without = counted(self.without_strokes.into(), "record has", "records have");
                    format!(
                        "records match bitmaps: {fitting} of {checked} checked; {without} no strokes that can be read"
                    )
                }
                _ => format!("records match bitmaps: {fitting} of {checked} checked"),
            };
        };
        format!("records do not match bitmaps, {fitting} of {checked} checked do: {}", finding.in_words(self))
    }
}

impl Finding {
    fn in_words(self, proof: &Proof) -> String {
        let line = |line: u32| thousands(u64::from(line) + 1);
        match self {
            Self::Shifted { by, from_row } => {
                let sign = if by > 0 { '+' } else { '−' };
                let from = match from_row {
                    0 => String::new(),
                    row => format!(" from row {} on", thousands(row.into())),
                };
                format!("line i {sign} {} belongs to row i{from}", thousands(by.unsigned_abs()))
            }
            Self::Swapped { pairs: 1, line: one, other } => {
                format!("lines {} and {} are swapped", line(one), line(other))
            }
            Self::Swapped { pairs, line: one, other } => {
                format!(
                    "{} pairs of lines are swapped, the first {} and {}",
                    thousands(pairs.into()),
                    line(one),
                    line(other)
                )
            }
            Self::Reversed => {
                format!("the lines stand in reverse: line {} belongs to row 0", thousands(proof.lines.into()))
            }
            Self::Missing { lines, behind } => {
                format!(
                    "{} missing in several places, the first behind line {}",
                    counted(lines.into(), "line is", "lines are"),
                    thousands(behind.into())
                )
            }
            Self::Surplus { lines, behind } => {
                format!(
                    "{} too many in several places, the first behind line {}",
                    counted(lines.into(), "line is", "lines are"),
                    thousands(behind.into())
                )
            }
            Self::Foreign { lines } if proof.fitting > 0 => {
                let lines = counted(lines.into(), "line are", "lines are");
                format!("the strokes of {lines} of other drawings")
            }
            Self::Foreign { .. } => "the strokes are of other drawings".to_owned(),
            Self::Mixed => "the lines stand in another order".to_owned(),
        }
    }
}
