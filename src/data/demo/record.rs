//! Records: what is known of a drawing, and its line of raw ndjson in the published form.

use std::fmt::Write;

use super::countries;
use super::random::{Random, Stream, splitmix64};

/// What a record says besides the strokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoMeta {
    /// What was to be drawn.
    pub word: &'static str,
    /// Two letters of ISO 3166-1.
    pub countrycode: &'static str,
    /// When, in microseconds since 1970 UTC.
    pub timestamp_us: i64,
    /// Whether it was recognised in time.
    pub recognized: bool,
    /// A number of 16 digits that no other row has.
    pub key_id: u64,
}

/// Share of drawings that were not recognised.
const UNRECOGNIZED: f32 = 0.075;
/// 2017-01-01 00:00:00 UTC.
const NEW_YEAR_US: i64 = 1_483_228_800_000_000;
const DAY_US: i64 = 86_400_000_000;
const MONTH_DAYS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl DemoMeta {
    /// The record of a row.
    pub fn new(seed: u64, row: u32) -> Self {
        let mut random = Random::new(seed, row, Stream::Meta);
        Self {
            recognized: !random.chance(UNRECOGNIZED),
            countrycode: countries::pick(&mut random),
            timestamp_us: timestamp_us(&mut random),
            word: "octopus",
            key_id: key_id(seed, row),
        }
    }
}

/// Late January or March 2017, more often in the afternoon (UTC) than at night; a multiple of 10 µs.
fn timestamp_us(random: &mut Random) -> i64 {
    // Days from New Year: 23…31 January, 1…29 March.
    let day = if random.chance(0.35) { 22 + random.below(9) } else { 59 + random.below(29) };
    let hour = 8.0 * (random.unit() + random.unit() + random.unit()) + 3.0;
    let second = i64::from((hour * 3600.0) as u32 % 86_400);
    let fraction = i64::from(1 + random.below(99_999)) * 10;
    NEW_YEAR_US + i64::from(day) * DAY_US + second * 1_000_000 + fraction
}

/// Mixes the row within 51 bits, each step being reversible, so that no two rows of a seed share a number; on top of 2⁵²
/// all have 16 digits, as the published ones.
fn key_id(seed: u64, row: u32) -> u64 {
    const BITS: u64 = (1 << 51) - 1;
    let key = splitmix64(seed);
    let mut mixed = (u64::from(row) ^ key) & BITS;
    for factor in [0x9e37_79b9_7f4a_7c15_u64, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
        mixed = mixed.wrapping_mul(factor) & BITS;
        mixed ^= mixed >> 26;
    }
    (1 << 52) + mixed
}

/// A time as the published files write it: `2017-03-08 21:12:07.26604 UTC`, without trailing zeros.
fn published_time(timestamp_us: i64) -> String {
    let since = timestamp_us - NEW_YEAR_US;
    let (mut day, within) = (since.div_euclid(DAY_US), since.rem_euclid(DAY_US));
    let mut month = 1;
    for days in MONTH_DAYS {
        if day < days {
            break;
        }
        day -= days;
        month += 1;
    }
    let (second, fraction) = (within / 1_000_000, within % 1_000_000);
    let text = format!(
        "2017-{month:02}-{:02} {:02}:{:02}:{:02}.{fraction:06}",
        day + 1,
        second / 3600,
        second / 60 % 60,
        second % 60
    );
    format!("{} UTC", text.trim_end_matches('0'))
}

/// One line of raw ndjson: keys in the published order, strokes as `[xs, ys, ts]` in canvas pixels and milliseconds.
pub(super) fn line(seed: u64, row: u32, meta: &DemoMeta, strokes: &[Vec<[f32; 2]>]) -> String {
    let points: usize = strokes.iter().map(Vec::len).sum();
    let mut line = String::with_capacity(200 + points * 20);
    let DemoMeta { word, countrycode, recognized, key_id, .. } = meta;
    let time = published_time(meta.timestamp_us);
    // Writing to a String cannot fail.
    let _ = write!(
        line,
        r#"{{"word":"{word}","countrycode":"{countrycode}","timestamp":"{time}","recognized":{recognized},"key_id":"{key_id}","drawing":["#
    );
    let mut clock = Clock::new(seed, row);
    for (index, stroke) in strokes.iter().enumerate() {
        line.push_str(if index == 0 { "[" } else { ",[" });
        array(&mut line, stroke.iter().map(|point| (point[0] * 8.0) as u32));
        line.push(',');
        array(&mut line, stroke.iter().map(|point| (point[1] * 8.0) as u32));
        line.push(',');
        array(&mut line, stroke.iter().map(|_| clock.tick() * 8));
        line.push(']');
        clock.pause();
    }
    line.push_str("]}");
    line
}

/// Appends numbers that are given in eighths, which is what coordinates are exact to. (The general formatting of floats takes
/// several times as long as drawing them.)
fn array(line: &mut String, eighths: impl Iterator<Item = u32>) {
    const FRACTIONS: [&str; 8] = ["", ".125", ".25", ".375", ".5", ".625", ".75", ".875"];
    line.push('[');
    for (index, value) in eighths.enumerate() {
        if index > 0 {
            line.push(',');
        }
        let mut divisor = 1;
        while value / 8 / divisor >= 10 {
            divisor *= 10;
        }
        while divisor > 0 {
            line.push((b'0' + (value / 8 / divisor % 10) as u8) as char);
            divisor /= 10;
        }
        line.push_str(FRACTIONS[(value % 8) as usize]);
    }
    line.push(']');
}

/// The pointer's times, in milliseconds from the first touch.
struct Clock {
    random: Random,
    now: u32,
    /// Milliseconds between two reports, and how much that varies.
    interval: u32,
    jitter: u32,
}

impl Clock {
    fn new(seed: u64, row: u32) -> Self {
        let mut random = Random::new(seed, row, Stream::Timing);
        let interval = [8, 16, 16, 16, 16, 20, 33][random.below(7) as usize];
        let jitter = 1 + random.below(interval / 2);
        Self { random, now: 0, interval, jitter }
    }

    /// The time of this report; the next one comes later.
    fn tick(&mut self) -> u32 {
        let now = self.now;
        self.now += self.interval + self.random.below(self.jitter + 1);
        now
    }

    /// The pen is lifted.
    fn pause(&mut self) {
        self.now += 80 + self.random.below(300) + self.random.below(300);
    }
}
