//! Pictures without their paper: what lies on it keeps how much of it it covers.

use super::palette::{Colormap, Rgb, Theme, color};
use std::fmt;
use std::str::FromStr;

/// What a picture lies on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// The theme's ground.
    #[default]
    Paper,
    /// Nothing: where there is no ink, whatever is behind the picture shows.
    None,
}

impl Background {
    /// What takes the paper out of a picture, where it is to be without.
    pub fn cutout(self, colormap: Colormap, theme: Theme) -> Option<Cutout> {
        (self == Self::None).then(|| Cutout::new(colormap, theme))
    }
}

impl fmt::Display for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Paper => "paper",
            Self::None => "none",
        })
    }
}

impl FromStr for Background {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "paper" => Ok(Self::Paper),
            "none" => Ok(Self::None),
            other => Err(format!("unknown background '{other}'; there are paper and none")),
        }
    }
}

/// Takes the paper out of pictures of a theme and a colour map.
#[derive(Clone, Copy, Debug)]
pub struct Cutout {
    ground: Rgb,
    ink: Rgb,
    /// From ground to full ink.
    along: [f64; 3],
    /// The square of its length, at least 1.
    length: f64,
}

impl Cutout {
    /// Of these colours.
    pub fn new(colormap: Colormap, theme: Theme) -> Self {
        let [ground, ink] = [0.0, 1.0].map(|part| color(colormap, theme, part));
        let along = [0, 1, 2].map(|a| f64::from(ink[a]) - f64::from(ground[a]));
        let length = along.iter().map(|side| side * side).sum::<f64>().max(1.0);
        Self { ground, ink, along, length }
    }

    /// A pixel of the opaque picture as colour and alpha, the colour not multiplied by it: over the ground it is the opaque one,
    /// within 1 of 255.
    ///
    /// What lies between ground and full ink is ink as far as it covers the ground. Any other colour (of a column, a letter, a legend)
    /// covers as little of it as it can.
    pub fn pixel(&self, opaque: Rgb) -> [u8; 4] {
        if opaque == self.ground {
            return [0; 4];
        }
        let [ground, shown] = [self.ground, opaque].map(|rgb| rgb.map(f64::from));
        let part = (0..3).map(|a| (shown[a] - ground[a]) * self.along[a]).sum::<f64>() / self.length;
        let alpha = (part.clamp(0.0, 1.0) * 255.0).round();
        let is_ink = (0..3).all(|a| (ground[a] + self.along[a] * alpha / 255.0 - shown[a]).abs() <= 0.75);
        if is_ink {
            let [r, g, b] = self.ink;
            return [r, g, b, alpha as u8];
        }
        let least = |a: usize| {
            let (by, room) = (shown[a] - ground[a], if shown[a] > ground[a] { 255.0 - ground[a] } else { ground[a] });
            if by == 0.0 { 0.0 } else { by.abs() / room }
        };
        let alpha = (0..3).map(least).fold(0.0, f64::max);
        let alpha = (alpha * 255.0).ceil().clamp(1.0, 255.0);
        let own = |a: usize| (ground[a] + (shown[a] - ground[a]) * 255.0 / alpha).round().clamp(0.0, 255.0) as u8;
        [own(0), own(1), own(2), alpha as u8]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pixel over a ground, as programs put it there.
    fn over([r, g, b, alpha]: [u8; 4], ground: Rgb) -> [f64; 3] {
        let part = f64::from(alpha) / 255.0;
        let mut shown = ground.map(f64::from);
        for (to, own) in shown.iter_mut().zip([r, g, b]) {
            *to = (*to * (1.0 - part) + f64::from(own) * part).round();
        }
        shown
    }

    #[test]
    fn over_the_paper_every_colour_is_what_it_was() {
        for (theme, colormap) in [Theme::Paper, Theme::Night]
            .into_iter()
            .flat_map(|theme| [Colormap::Ink, Colormap::Gray, Colormap::Viridis].map(|map| (theme, map)))
        {
            let cutout = Cutout::new(colormap, theme);
            let ground = color(colormap, theme, 0.0);
            // A lattice of all colours, and every colour of the map.
            let steps = || (0..=255_u8).step_by(15);
            let lattice = steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| [r, g, b])));
            let map = (0..=255_u8).map(|ink| color(colormap, theme, f32::from(ink) / 255.0));
            for opaque in lattice.chain(map) {
                let pixel = cutout.pixel(opaque);
                let far = over(pixel, ground).into_iter().zip(opaque).map(|(a, b)| (a - f64::from(b)).abs());
                assert!(far.fold(0.0, f64::max) <= 1.0, "{opaque:?} is {pixel:?} in {theme:?}, {colormap:?}");
            }
            assert_eq!(cutout.pixel(ground)[3], 0, "paper is clear");
        }
    }

    #[test]
    fn ink_is_full_ink_as_far_as_it_covers_the_paper() {
        for theme in [Theme::Paper, Theme::Night] {
            let cutout = Cutout::new(Colormap::Ink, theme);
            let [full, ink] = [1.0, 0.5].map(|part| color(Colormap::Ink, theme, part));
            let [r, g, b] = full;
            assert_eq!(cutout.pixel(full), [r, g, b, 255]);
            let half = cutout.pixel(ink);
            assert_eq!(half[..3], full);
            assert!(half[3].abs_diff(128) <= 2, "{half:?}");
        }
    }
}
