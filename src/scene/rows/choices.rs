//! What can be chosen of scales: their colours, how values are spread over them, between which ends.

use super::RowColors;
use super::appearance::AppearanceError;
use super::categories::NO_VALUE;
use crate::data::columns::{Column, ColumnType, quoted};
use crate::scene::palette::{Rgb, Theme, cividis, viridis};
use std::fmt;
use std::str::FromStr;

/// Rows without a value where greys are colours of the scale.
const NO_VALUE_BESIDE_GREYS: Rgb = [0xD5, 0x5E, 0x00];
/// The ends of `gray`, low and high: of little ink and of much, on either ground.
const GRAYS: [[u8; 2]; 2] = [[0xD0, 0x18], [0x38, 0xE8]];

/// A word that names none of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{name}'; there are {known}")]
pub struct UnknownScale {
    what: &'static str,
    name: String,
    known: &'static str,
}

/// The colours of a scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScalePalette {
    /// matplotlib's.
    #[default]
    Viridis,
    /// Nearly the same with any colour vision.
    Cividis,
    /// From a little of the theme's ink to much of it.
    Gray,
}

/// How values are spread over the colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Spread {
    /// By their size.
    #[default]
    Linear,
    /// By their place in the order of all.
    Quantile,
}

/// The values that have the first and the last colour, as they are typed: `LO,HI`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ColorRange {
    low: String,
    high: String,
}

impl ScalePalette {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viridis, Self::Cividis, Self::Gray];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viridis => "viridis",
            Self::Cividis => "cividis",
            Self::Gray => "gray",
        }
    }

    /// Its name in the window.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Viridis => "Viridis",
            Self::Cividis => "Cividis",
            Self::Gray => "Grey",
        }
    }

    /// The colour of rows without a value.
    pub fn missing(self) -> Rgb {
        if self == Self::Viridis { NO_VALUE } else { NO_VALUE_BESIDE_GREYS }
    }

    /// A step of the scale, from 0 to one below [`RowColors::SCALE_STEPS`].
    pub fn step(self, theme: Theme, step: u8) -> Rgb {
        let last = u32::from(RowColors::SCALE_STEPS) - 1;
        let at = ((u32::from(step) * 255 + last / 2) / last).min(255) as u8;
        match self {
            Self::Viridis => viridis(at),
            Self::Cividis => cividis(at),
            Self::Gray => {
                let [low, high] = GRAYS[usize::from(theme == Theme::Night)].map(f64::from);
                [(low + (high - low) * f64::from(at) / 255.0).round() as u8; 3]
            }
        }
    }
}

impl Spread {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Linear, Self::Quantile];

    /// Its name in the window.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Linear => "By size",
            Self::Quantile => "By rank (quantiles)",
        }
    }

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Quantile => "quantile",
        }
    }
}

impl ColorRange {
    /// Between two coordinates of a column, as a person types them.
    pub fn of(column: &Column, ends: [f64; 2]) -> Self {
        let [low, high] = ends.map(|end| column.coordinate_text(end));
        Self { low, high }
    }

    /// Its ends along a column.
    pub(super) fn ends(&self, column: &Column) -> Result<[f64; 2], AppearanceError> {
        let refused = |why: String| AppearanceError::Range { name: quoted(column.name()), why };
        let end = |text: &str| {
            let needed = if column.kind() == ColumnType::Time {
                "no time; times are typed as in `2017-03-01,2017-04-01`"
            } else {
                "no number"
            };
            let shown = crate::words::shown_text(text, 40);
            column.typed_coordinate(text).ok_or_else(|| refused(format!("`{shown}` is {needed}")))
        };
        let ends @ [low, high] = [end(&self.low)?, end(&self.high)?];
        if low > high { Err(refused("the lower end comes first".to_owned())) } else { Ok(ends) }
    }
}

impl fmt::Display for ScalePalette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for ColorRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.low, self.high)
    }
}

impl FromStr for ScalePalette {
    type Err = UnknownScale;

    fn from_str(name: &str) -> Result<Self, UnknownScale> {
        let found = Self::ALL.into_iter().find(|palette| palette.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| unknown("palette", name, "viridis, cividis and gray"))
    }
}

impl FromStr for Spread {
    type Err = UnknownScale;

    fn from_str(name: &str) -> Result<Self, UnknownScale> {
        let found = Self::ALL.into_iter().find(|spread| spread.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| unknown("colour scale", name, "linear and quantile"))
    }
}

fn unknown(what: &'static str, name: &str, known: &'static str) -> UnknownScale {
    UnknownScale { what, name: name.chars().take(40).collect(), known }
}

impl FromStr for ColorRange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let needed = || "two values with a comma between them are needed, as in `0,100` or `2017-03-01,2017-04-01`";
        let (low, high) = text.split_once(',').ok_or_else(needed)?;
        let [low, high] = [low, high].map(|end| end.trim().to_owned());
        if low.is_empty() || high.is_empty() { Err(needed().to_owned()) } else { Ok(Self { low, high }) }
    }
}

impl TryFrom<String> for ColorRange {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<ColorRange> for String {
    fn from(range: ColorRange) -> Self {
        range.to_string()
    }
}
