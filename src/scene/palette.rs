//! Colours: the two themes, and the colour maps that turn ink into pixels.

mod cividis;

pub use cividis::cividis;
use std::fmt;
use std::str::FromStr;

/// An encoded (sRGB) colour: red, green, blue.
pub type Rgb = [u8; 3];

/// A name that is no theme or colour map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{name}'; there are {known}")]
pub struct UnknownName {
    what: &'static str,
    name: String,
    known: &'static str,
}

/// The colours of the window and of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark ink on light paper.
    #[default]
    Paper,
    /// Light ink on dark ground.
    Night,
}

/// How ink becomes a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colormap {
    /// From the theme's ground to its ink.
    #[default]
    Ink,
    /// The ink's byte in all three channels: 0 is black.
    Gray,
    /// matplotlib's perceptually uniform map.
    Viridis,
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind the drawings.
    pub ground: Rgb,
    /// Behind text.
    pub panel: Rgb,
    /// Drawings and text.
    pub ink: Rgb,
    /// Labels and less important text.
    pub secondary: Rgb,
    /// Lines between areas.
    pub hairline: Rgb,
    /// Behind input fields.
    pub field: Rgb,
    /// The drawing under the pointer.
    pub hover: Rgb,
    /// Selected drawings.
    pub selection: Rgb,
}

const PAPER: Palette = Palette {
    ground: [0xFA, 0xF9, 0xF6],
    panel: [0xFF, 0xFF, 0xFF],
    ink: [0x1B, 0x1B, 0x1F],
    secondary: [0x6B, 0x6B, 0x76],
    hairline: [0xE6, 0xE4, 0xDF],
    field: [0xF3, 0xF1, 0xEC],
    hover: [0x80, 0x80, 0x00],
    selection: [0x2F, 0x5B, 0xEA],
};

const NIGHT: Palette = Palette {
    ground: [0x11, 0x12, 0x16],
    panel: [0x17, 0x18, 0x1D],
    ink: [0xE9, 0xE7, 0xE2],
    secondary: [0x9A, 0x9A, 0xA6],
    hairline: [0x2A, 0x2B, 0x31],
    field: [0x1F, 0x20, 0x26],
    hover: [0xC2, 0xC2, 0x4A],
    selection: [0x7C, 0x9B, 0xFF],
};

impl Palette {
    /// The colours of a theme.
    pub const fn of(theme: Theme) -> Self {
        match theme {
            Theme::Paper => PAPER,
            Theme::Night => NIGHT,
        }
    }
}

/// The colour of a pixel with `ink` 0…1: exactly what the GPU writes. `ink` and `gray` mix encoded values.
pub fn color(colormap: Colormap, theme: Theme, ink: f32) -> Rgb {
    let k = if ink.is_nan() { 0.0 } else { ink.clamp(0.0, 1.0) };
    let byte = (255.0 * k).round() as u8;
    match colormap {
        Colormap::Ink => {
            let Palette { ground, ink, .. } = Palette::of(theme);
            std::array::from_fn(|i| {
                let (from, to) = (f32::from(ground[i]), f32::from(ink[i]));
                (from + (to - from) * k).round() as u8
            })
        }
        Colormap::Gray => [byte; 3],
        Colormap::Viridis => viridis(byte),
    }
}

/// A colour with a part of another, 0 to 1, of encoded values.
pub fn mixed(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let mut mixed = from;
    for (from, to) in mixed.iter_mut().zip(to) {
        *from = (f32::from(*from) + (f32::from(to) - f32::from(*from)) * part).round() as u8;
    }
    mixed
}

/// What is seen of a colour, 0 to 1 and multiplied by alpha, over another one.
pub fn over([red, green, blue, alpha]: [f32; 4], ground: Rgb) -> Rgb {
    let rest = 1.0 - alpha;
    let [r, g, b] = ground.map(f32::from);
    [red * 255.0 + rest * r, green * 255.0 + rest * g, blue * 255.0 + rest * b].map(|part| part.round() as u8)
}

/// The colour where there is no ink.
pub fn ground(colormap: Colormap, theme: Theme) -> Rgb {
    color(colormap, theme, 0.0)
}

/// Entry `i` of the viridis table.
pub fn viridis(i: u8) -> Rgb {
    rgb(VIRIDIS[usize::from(i)])
}

const fn rgb(hex: u32) -> Rgb {
    let [_, r, g, b] = hex.to_be_bytes();
    [r, g, b]
}

impl Theme {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Night => "night",
        }
    }
}

impl Colormap {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ink => "ink",
            Self::Gray => "gray",
            Self::Viridis => "viridis",
        }
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Colormap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Theme {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name.to_ascii_lowercase().as_str() {
            "paper" | "light" => Ok(Self::Paper),
            "night" | "dark" => Ok(Self::Night),
            _ => Err(unknown("theme", name, "paper and night")),
        }
    }
}

impl FromStr for Colormap {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let found =
            [Self::Ink, Self::Gray, Self::Viridis].into_iter().find(|map| map.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| unknown("colour map", name, "ink, gray and viridis"))
    }
}

fn unknown(what: &'static str, name: &str, known: &'static str) -> UnknownName {
    UnknownName { what, name: name.chars().take(40).collect(), known }
}

/// viridis by Nathaniel J. Smith, Stefan van der Walt and Eric Firing (CC0), the 256 entries of matplotlib rounded to bytes.
#[rustfmt::skip]
#[allow(clippy::unreadable_literal, reason = "six hexadecimal digits are a colour")]
const VIRIDIS: [u32; 256] = [
    0x440154, 0x440256, 0x450457, 0x450559, 0x46075a, 0x46085c, 0x460a5d, 0x460b5e, 0x470d60, 0x470e61, 0x471063, 0x471164,
    0x471365, 0x481467, 0x481668, 0x481769, 0x48186a, 0x481a6c, 0x481b6d, 0x481c6e, 0x481d6f, 0x481f70, 0x482071, 0x482173,
    0x482374, 0x482475, 0x482576, 0x482677, 0x482878, 0x482979, 0x472a7a, 0x472c7a, 0x472d7b, 0x472e7c, 0x472f7d, 0x46307e,
    0x46327e, 0x46337f, 0x463480, 0x453581, 0x453781, 0x453882, 0x443983, 0x443a83, 0x443b84, 0x433d84, 0x433e85, 0x423f85,
    0x424086, 0x424186, 0x414287, 0x414487, 0x404588, 0x404688, 0x3f4788, 0x3f4889, 0x3e4989, 0x3e4a89, 0x3e4c8a, 0x3d4d8a,
    0x3d4e8a, 0x3c4f8a, 0x3c508b, 0x3b518b, 0x3b528b, 0x3a538b, 0x3a548c, 0x39558c, 0x39568c, 0x38588c, 0x38598c, 0x375a8c,
    0x375b8d, 0x365c8d, 0x365d8d, 0x355e8d, 0x355f8d, 0x34608d, 0x34618d, 0x33628d, 0x33638d, 0x32648e, 0x32658e, 0x31668e,
    0x31678e, 0x31688e, 0x30698e, 0x306a8e, 0x2f6b8e, 0x2f6c8e, 0x2e6d8e, 0x2e6e8e, 0x2e6f8e, 0x2d708e, 0x2d718e, 0x2c718e,
    0x2c728e, 0x2c738e, 0x2b748e, 0x2b758e, 0x2a768e, 0x2a778e, 0x2a788e, 0x29798e, 0x297a8e, 0x297b8e, 0x287c8e, 0x287d8e,
    0x277e8e, 0x277f8e, 0x27808e, 0x26818e, 0x26828e, 0x26828e, 0x25838e, 0x25848e, 0x25858e, 0x24868e, 0x24878e, 0x23888e,
    0x23898e, 0x238a8d, 0x228b8d, 0x228c8d, 0x228d8d, 0x218e8d, 0x218f8d, 0x21908d, 0x21918c, 0x20928c, 0x20928c, 0x20938c,
    0x1f948c, 0x1f958b, 0x1f968b, 0x1f978b, 0x1f988b, 0x1f998a, 0x1f9a8a, 0x1e9b8a, 0x1e9c89, 0x1e9d89, 0x1f9e89, 0x1f9f88,
    0x1fa088, 0x1fa188, 0x1fa187, 0x1fa287, 0x20a386, 0x20a486, 0x21a585, 0x21a685, 0x22a785, 0x22a884, 0x23a983, 0x24aa83,
    0x25ab82, 0x25ac82, 0x26ad81, 0x27ad81, 0x28ae80, 0x29af7f, 0x2ab07f, 0x2cb17e, 0x2db27d, 0x2eb37c, 0x2fb47c, 0x31b57b,
    0x32b67a, 0x34b679, 0x35b779, 0x37b878, 0x38b977, 0x3aba76, 0x3bbb75, 0x3dbc74, 0x3fbc73, 0x40bd72, 0x42be71, 0x44bf70,
    0x46c06f, 0x48c16e, 0x4ac16d, 0x4cc26c, 0x4ec36b, 0x50c46a, 0x52c569, 0x54c568, 0x56c667, 0x58c765, 0x5ac864, 0x5cc863,
    0x5ec962, 0x60ca60, 0x63cb5f, 0x65cb5e, 0x67cc5c, 0x69cd5b, 0x6ccd5a, 0x6ece58, 0x70cf57, 0x73d056, 0x75d054, 0x77d153,
    0x7ad151, 0x7cd250, 0x7fd34e, 0x81d34d, 0x84d44b, 0x86d549, 0x89d548, 0x8bd646, 0x8ed645, 0x90d743, 0x93d741, 0x95d840,
    0x98d83e, 0x9bd93c, 0x9dd93b, 0xa0da39, 0xa2da37, 0xa5db36, 0xa8db34, 0xaadc32, 0xaddc30, 0xb0dd2f, 0xb2dd2d, 0xb5de2b,
    0xb8de29, 0xbade28, 0xbddf26, 0xc0df25, 0xc2df23, 0xc5e021, 0xc8e020, 0xcae11f, 0xcde11d, 0xd0e11c, 0xd2e21b, 0xd5e21a,
    0xd8e219, 0xdae319, 0xdde318, 0xdfe318, 0xe2e418, 0xe5e419, 0xe7e419, 0xeae51a, 0xece51b, 0xefe51c, 0xf1e51d, 0xf4e61e,
    0xf6e620, 0xf8e621, 0xfbe723, 0xfde725,
];
