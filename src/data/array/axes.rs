//! `--axes`: which axis of an array counts the drawings, and which are their height and width.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::words::shown_text;

/// What an axis of an array means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `N`: one place along it is one drawing.
    Count,
    /// `H`: rows of pixels, from the top.
    Height,
    /// `W`: pixels of a row, from the left.
    Width,
    /// `F`: all pixels, row by row; several such axes are one, the last the fastest.
    Flat,
    /// `(WH)`: all pixels, column by column, as Julia, MATLAB and R flatten.
    FlatByColumns,
    /// `C`: the 3 or 4 values of a pixel in colour (red, green, blue, alpha), or its one value.
    Channels,
    /// `(CHW)`: all pixels, first their red, row by row, then their green, and so on.
    Planes,
    /// `(HWC)`: all pixels, row by row, each with its channels.
    FlatPixels,
    /// `(NF)`: all pixels of all drawings, drawing by drawing.
    Many,
    /// `1`: an axis of length 1.
    One,
}

impl Role {
    /// As it is written.
    fn text(self) -> &'static str {
        match self {
            Self::Count => "N",
            Self::Height => "H",
            Self::Width => "W",
            Self::Flat => "F",
            Self::FlatByColumns => "(WH)",
            Self::Channels => "C",
            Self::Planes => "(CHW)",
            Self::FlatPixels => "(HWC)",
            Self::Many => "(NF)",
            Self::One => "1",
        }
    }
}

/// The meaning of each axis in the array's order, as numpy prints a shape: `NHW`, `HWN`, `FN`, `HW` …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axes(Vec<Role>);

/// A text that names no axes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" names no axes: {what}")]
pub struct AxesError {
    text: String,
    what: &'static str,
}

/// What the letters are.
const LETTERS: &str = "write one letter for each axis in the array's order: N (drawings), H (height), W (width), \
                       F (height and width in one), C (3 or 4 channels of colour), 1 (length 1), as in NHW, HWN, NF, FN, HW, \
                       NHWC, NCHW or N(CHW)";

impl Axes {
    /// The role of every axis of a shape; axes of length 1 may have been left out. `None` where the two do not go together.
    pub(super) fn roles_for(&self, shape: &[usize]) -> Option<Vec<Role>> {
        if self.0.len() == shape.len() {
            return fits(&self.0, shape).then(|| self.0.clone());
        }
        let named: Vec<Role> = self.0.iter().copied().filter(|role| *role != Role::One).collect();
        let long = shape.iter().filter(|&&len| len != 1).count();
        // Where more axes are named than are long, the first ones of length 1 are meant.
        let mut spare = named.len().checked_sub(long)?;
        let mut named = named.into_iter();
        let mut roles = Vec::with_capacity(shape.len());
        for &len in shape {
            let is_named = len != 1 || spare > 0;
            spare -= usize::from(len == 1 && is_named);
            roles.push(if is_named { named.next()? } else { Role::One });
        }
        named.next().is_none().then_some(roles)
    }

    pub(super) fn of(roles: &[Role]) -> Self {
        Self(roles.to_vec())
    }

    /// `NHW`: drawings one after the other, row by row from the top.
    pub fn plain() -> Self {
        Self(vec![Role::Count, Role::Height, Role::Width])
    }

    /// `NWH`: drawings one after the other, column by column from the left.
    pub(in crate::data) fn transposed() -> Self {
        Self(vec![Role::Count, Role::Width, Role::Height])
    }

    /// `NF`: drawings one after the other, all their pixels on one axis.
    pub(in crate::data) fn flat_rows() -> Self {
        Self(vec![Role::Count, Role::Flat])
    }

    /// `N(CHW)`: drawings one after the other, plane by plane of their colours.
    pub(in crate::data) fn rows_of_planes() -> Self {
        Self(vec![Role::Count, Role::Planes])
    }

    /// Whether drawings are counted along the first axis, as most writers do.
    pub fn is_plain(&self) -> bool {
        self.0.first() == Some(&Role::Count) && !self.0.contains(&Role::FlatByColumns)
    }

    pub(super) fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }
}

fn fits(roles: &[Role], shape: &[usize]) -> bool {
    roles.iter().zip(shape).all(|(role, &len)| *role != Role::One || len == 1)
}

impl fmt::Display for Axes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|role| f.write_str(role.text()))
    }
}

impl FromStr for Axes {
    type Err = AxesError;

    fn from_str(text: &str) -> Result<Self, AxesError> {
        let error = |what| AxesError { text: shown_text(text, 40), what };
        let bare: String = text.chars().filter(|c| !matches!(c, ' ' | ',')).collect::<String>().to_ascii_uppercase();
        let mut roles = Vec::new();
        let mut rest = bare.as_str();
        while let Some(first) = rest.chars().next() {
            let (role, len) = match first {
                'N' => (Role::Count, 1),
                'H' => (Role::Height, 1),
                'W' => (Role::Width, 1),
                'F' => (Role::Flat, 1),
                '1' => (Role::One, 1),
                'C' => (Role::Channels, 1),
                _ => {
                    let groups = [
                        ("(WH)", Role::FlatByColumns),
                        ("(HW)", Role::Flat),
                        ("(NF)", Role::Many),
                        ("(NHW)", Role::Many),
                        ("(CHW)", Role::Planes),
                        ("(CF)", Role::Planes),
                        ("(HWC)", Role::FlatPixels),
                        ("(FC)", Role::FlatPixels),
                    ];
                    let group = groups.into_iter().find(|(group, _)| rest.starts_with(group));
                    group.map(|(group, role)| (role, group.len())).ok_or_else(|| error(LETTERS))?
                }
            };
            roles.push(role);
            rest = rest.get(len..).unwrap_or_default();
        }
        match complaint(&roles) {
            Some(what) => Err(error(what)),
            None => Ok(Self(roles)),
        }
    }
}

/// What keeps roles from being an array of drawings.
fn complaint(roles: &[Role]) -> Option<&'static str> {
    let count = |wanted: Role| roles.iter().filter(|role| **role == wanted).count();
    let sides = (count(Role::Height), count(Role::Width));
    let coloured = count(Role::Planes) + count(Role::FlatPixels);
    let flat = usize::from(count(Role::Flat) > 0) + count(Role::FlatByColumns) + count(Role::Many) + coloured;
    if count(Role::Channels) + coloured + count(Role::Many) > 1 && count(Role::Channels) > 0 {
        return Some("C is written once, and not beside (CHW), (HWC) or (NF)");
    }
    if sides.0 > 1 || sides.1 > 1 || flat > 1 {
        return Some("each letter but N, F and 1 is written once");
    }
    if sides.0 + sides.1 == 1 {
        return Some("H and W come together; where one axis holds both, write F");
    }
    if sides.0 + flat != 1 {
        return Some(if flat == 0 { LETTERS } else { "F is height and width in one: write F, or H and W" });
    }
    if count(Role::Many) > 0 && count(Role::Count) > 0 {
        return Some("(NF) holds the drawings already: leave N out");
    }
    let first = roles.iter().position(|role| *role == Role::Count).unwrap_or_default();
    let last = roles.iter().rposition(|role| *role == Role::Count).unwrap_or_default();
    let between = roles.get(first..last).unwrap_or_default();
    if between.iter().any(|role| !matches!(role, Role::Count | Role::One)) {
        return Some("axes that count drawings stand side by side, as in NNHW");
    }
    None
}
