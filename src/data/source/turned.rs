//! How a picture is turned to be seen, and what lies where in it then.

/// How a picture is turned to be seen, as its EXIF data say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    /// EXIF's number of it, 2 to 8: 3 is half a turn, 6 a quarter to the right, 8 one to the left; 2, 4, 5 and 7 mirror.
    pub code: u8,
    /// Width and height in pixels as it is stored.
    pub stored: (u32, u32),
}

impl Turned {
    /// Whether a width and height, which somebody noted, can only be those of the picture as it is seen.
    pub(in crate::data) fn is_known_as_seen(self, sides: [f64; 2]) -> bool {
        let (width, height) = (f64::from(self.stored.0), f64::from(self.stored.1));
        self.code >= 5 && width != height && sides == [height, width]
    }

    /// Column and line as it is stored, of those as it is seen; `None` beyond its edges.
    pub(in crate::data) fn stored_pixel(self, [x, y]: [u32; 2]) -> Option<[u32; 2]> {
        let (width, height) = self.stored;
        let seen = if self.code >= 5 { (height, width) } else { (width, height) };
        if x >= seen.0 || y >= seen.1 {
            return None;
        }
        let (right, bottom) = (seen.0 - 1 - x, seen.1 - 1 - y);
        Some(match self.code {
            2 => [right, y],
            3 => [right, bottom],
            4 => [x, bottom],
            5 => [y, x],
            6 => [y, right],
            7 => [bottom, right],
            8 => [bottom, x],
            _ => [x, y],
        })
    }

    /// Left, top, width and height in the picture as it is seen, of those as it is stored, all as parts of its width and height.
    pub(in crate::data) fn place(self, [x, y, width, height]: [f32; 4]) -> [f32; 4] {
        let (right, bottom) = (1.0 - x - width, 1.0 - y - height);
        match self.code {
            2 => [right, y, width, height],
            3 => [right, bottom, width, height],
            4 => [x, bottom, width, height],
            5 => [y, x, height, width],
            6 => [bottom, x, height, width],
            7 => [bottom, right, height, width],
            8 => [y, right, height, width],
            _ => [x, y, width, height],
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use image::metadata::Orientation;
    use image::{DynamicImage, Luma};

    #[test]
    fn what_lies_in_a_box_lies_in_it_when_the_picture_is_turned() {
        let (width, height) = (10, 6);
        // Dark within two lines of three columns.
        let is_within = |x: u32, y: u32| (1..4).contains(&x) && (3..5).contains(&y);
        let picture = image::GrayImage::from_fn(width, height, |x, y| Luma([if is_within(x, y) { 0 } else { 255 }]));
        let place = [1.0 / 10.0, 3.0 / 6.0, 3.0 / 10.0, 2.0 / 6.0];
        for code in 1..=8 {
            let mut seen = DynamicImage::from(picture.clone());
            seen.apply_orientation(Orientation::from_exif(code).unwrap());
            let seen = seen.into_luma8();
            let sides = [seen.width(), seen.height(), seen.width(), seen.height()];
            let turned = Turned { code, stored: (width, height) };
            let own = turned.place(place);
            let [x, y, w, h] = [0, 1, 2, 3].map(|at| (own[at] * sides[at] as f32).round() as u32);
            for (at_x, at_y, pixel) in seen.enumerate_pixels() {
                let is_in = (x..x + w).contains(&at_x) && (y..y + h).contains(&at_y);
                assert_eq!(is_in, *pixel == Luma([0]), "{code}: {at_x}, {at_y}");
            }
            for (at_x, at_y, pixel) in seen.enumerate_pixels() {
                let [x, y] = turned.stored_pixel([at_x, at_y]).unwrap();
                assert_eq!(is_within(x, y), *pixel == Luma([0]), "{code}: {at_x}, {at_y}");
            }
            assert_eq!(turned.stored_pixel([seen.width(), 0]), None);
            assert_eq!(turned.stored_pixel([0, seen.height()]), None);
            assert_eq!(turned.is_known_as_seen([6.0, 10.0]), code >= 5);
            assert!(!turned.is_known_as_seen([10.0, 6.0]));
        }
    }
}
