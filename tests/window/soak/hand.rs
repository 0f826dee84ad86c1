//! A hand that does something at random: points, drags, turns the wheel, types, resizes.

use crate::driver::Driver;
use crate::hover::Noise;
use crate::patience::Patience;
use crate::xvfb::keysym::{ALT, CONTROL, DOWN, END, ENTER, ESCAPE, HOME, LEFT, RIGHT, SHIFT, UP};
use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT};
use std::time::Duration;

/// At the viewport's edge the pointer may already hold the inspector's grip.
const EDGE_PX: u32 = 14;
/// A hand waits so long for the frame that shows what it did, and goes on.
const LOOK: Duration = Duration::from_millis(60);

/// The hand and where it points.
pub struct Hand {
    noise: Noise,
    at: [i32; 2],
}

impl Hand {
    /// A hand that does the same for the same noise.
    pub fn new(noise: Noise) -> Self {
        Self { noise, at: [60, 60] }
    }

    fn below(&mut self, end: u32) -> u32 {
        self.noise.below(end)
    }

    /// Looks at what came of it, for a moment.
    fn look(driver: &mut Driver) {
        let mut patience = Patience::default();
        while !driver.read() && patience.spent() < LOOK {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn point(&mut self, driver: &mut Driver, at: [i32; 2]) {
        let size = driver.now().size_px;
        self.at = [0, 1].map(|axis| at[axis].clamp(0, size[axis].max(1) as i32 - 1));
        driver.point_at(self.at);
    }

    fn anywhere(&mut self, driver: &Driver) -> [i32; 2] {
        let size = driver.now().size_px;
        size.map(|side| if side > 3 * EDGE_PX { EDGE_PX + self.below(side - 2 * EDGE_PX) } else { side / 2 } as i32)
    }

    fn near(&mut self, reach: u32) -> [i32; 2] {
        let step = |hand: &mut Self| hand.below(2 * reach + 1) as i32 - reach as i32;
        [self.at[0] + step(self), self.at[1] + step(self)]
    }

    fn drag(&mut self, driver: &mut Driver, steps: u32) {
        driver.screen.button(1, true);
        for _ in 0..steps {
            let to = self.near(25);
            self.point(driver, to);
            // Some in a burst: several moves for one frame.
            if self.below(3) > 0 {
                Self::look(driver);
            }
        }
        driver.screen.button(1, false);
    }

    /// One gesture.
    pub fn gesture(&mut self, driver: &mut Driver) {
        match self.below(40) {
            0..=9 => {
                for _ in 0..4 {
                    let to = self.near(12);
                    self.point(driver, to);
                    Self::look(driver);
                }
            }
            10..=14 => {
                let to = self.anywhere(driver);
                self.point(driver, to);
            }
            15..=20 => {
                for _ in 0..=self.below(4) {
                    let forth = self.below(5) < 3;
                    driver.screen.wheel(forth);
                    let to = self.near(3);
                    self.point(driver, to);
                }
            }
            21..=24 => self.drag(driver, 8),
            25 => {
                driver.screen.key(SHIFT, true);
                self.drag(driver, 3);
                driver.screen.key(SHIFT, false);
            }
            26 => (0..2).for_each(|_| driver.screen.click(1)),
            27 => driver.screen.click(1),
            28 => {
                let keys = [LEFT, UP, RIGHT, DOWN, HOME, END, ESCAPE];
                driver.screen.tap(keys[self.noise.below(keys.len() as u32) as usize]);
            }
            29 => {
                driver.screen.write("g");
                let row = self.below(70_000);
                driver.screen.write(&row.to_string());
                driver.screen.tap(ENTER);
                driver.screen.tap(ESCAPE);
            }
            30 => {
                driver.screen.key(ALT, true);
                let to = self.near(20);
                self.point(driver, to);
                Self::look(driver);
                driver.screen.key(ALT, false);
            }
            31 => driver.screen.tap_with(CONTROL, 'c'.into()),
            32..=33 => {
                let size = [320 + self.below(1200), 240 + self.below(720)];
                driver.screen.resize(driver.window(), if self.below(8) == 0 { [1, 1] } else { size });
            }
            34 => driver.point_away(),
            _ => {
                let keys = b"++-0122233ti?";
                driver.screen.tap(keys[self.noise.below(keys.len() as u32) as usize].into());
            }
        }
        Self::look(driver);
    }

    /// A gesture that looks around: another place or another zoom, nothing else.
    pub fn look_around(&mut self, driver: &mut Driver) {
        match self.below(6) {
            0 => {
                let to = self.anywhere(driver);
                self.point(driver, to);
            }
            1 | 2 => {
                let forth = self.below(5) < 3;
                for _ in 0..=self.below(4) {
                    driver.screen.wheel(forth);
                }
            }
            3 => self.drag(driver, 5),
            _ => {
                let keys = b"++-0";
                driver.screen.tap(keys[self.noise.below(keys.len() as u32) as usize].into());
            }
        }
        Self::look(driver);
    }

    /// Ends what is held or open.
    pub fn let_go(&mut self, driver: &mut Driver) {
        driver.screen.button(1, false);
        for key in [SHIFT, ALT, CONTROL] {
            driver.screen.key(key, false);
        }
        for _ in 0..3 {
            driver.screen.tap(ESCAPE);
        }
        // The frame of a size that comes after the keys shows what they did: a dialog may have been on its way.
        let size = [400 + self.below(1000), 300 + self.below(600)];
        Self::resize(driver, size);
    }

    /// Gives the window a size, by way of another height, and waits for it and for the end of all dialogs.
    fn resize(driver: &mut Driver, [width, height]: [u32; 2]) {
        let bars = (BAR_HEIGHT + STATUS_HEIGHT) as u32;
        for height in [height + 1, height] {
            driver.screen.resize(driver.window(), [width, height]);
            driver.wait("the size without a dialog", |frame| {
                frame.size_px[1] == height - bars && frame.size_px[0] <= width && frame.dialog.is_none()
            });
        }
    }

    /// Closes the notices that can be reached: the newest lies on top.
    pub fn close_notices(driver: &mut Driver) {
        for _ in 0..3 {
            let frame = driver.now().clone();
            let before = frame.notices.len();
            let right = if frame.inspector { driver.screen.size(driver.window())[0] } else { frame.size_px[0] };
            let (inset, top) = if frame.inspector { (37, 18) } else { (31, 12) };
            if before == 0 || right < 340 || frame.size_px[1] < 200 {
                return;
            }
            driver.screen.point([right as i32 - inset, frame.origin_px[1] as i32 + top + 19]);
            Self::look(driver);
            driver.screen.click(1);
            Self::look(driver);
        }
    }

    /// The window as it was at the start: its size, grid, paper, inspector, everything in sight.
    pub fn bring_home(driver: &mut Driver, size_px: [u32; 2]) {
        Self::resize(driver, size_px);
        if !driver.now().inspector {
            driver.tap('i'.into(), "the inspector", |frame| frame.inspector);
        }
        if driver.now().theme != "paper" {
            driver.tap('t'.into(), "paper", |frame| frame.theme == "paper");
        }
        driver.tap('1'.into(), "the grid", |frame| frame.layout == "grid");
        driver.tap('0'.into(), "everything", |frame| frame.zoom == 1.0);
        Self::close_notices(driver);
    }
}
