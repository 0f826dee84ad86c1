//! Where the demo's people come from: two-letter codes, a few of them very common.

use super::random::Random;

/// Codes with how many of 10,000 people are from there: about as skewed as the published data, 43 % from one country. The rest,
/// after the last one, are spread evenly over [`RARE`].
const COMMON: [(&str, u32); 60] = [
    ("US", 4300),
    ("GB", 680),
    ("CA", 360),
    ("DE", 330),
    ("AU", 250),
    ("RU", 240),
    ("FI", 190),
    ("SE", 185),
    ("KR", 175),
    ("FR", 165),
    ("BR", 160),
    ("CZ", 155),
    ("SA", 145),
    ("IT", 140),
    ("TH", 135),
    ("PL", 130),
    ("HU", 120),
    ("PH", 110),
    ("NL", 105),
    ("VN", 95),
    ("RO", 90),
    ("ID", 88),
    ("UA", 80),
    ("IN", 75),
    ("JP", 72),
    ("AE", 68),
    ("SK", 64),
    ("TW", 60),
    ("TR", 57),
    ("NZ", 54),
    ("BG", 51),
    ("NO", 48),
    ("MY", 47),
    ("AT", 46),
    ("HK", 44),
    ("HR", 43),
    ("MX", 42),
    ("SG", 40),
    ("RS", 39),
    ("PT", 38),
    ("ES", 36),
    ("CH", 35),
    ("IE", 31),
    ("BE", 30),
    ("AR", 28),
    ("DK", 27),
    ("EE", 25),
    ("IL", 24),
    ("KW", 23),
    ("IQ", 22),
    ("QA", 21),
    ("LT", 20),
    ("DZ", 17),
    ("KZ", 16),
    ("BH", 15),
    ("ZA", 15),
    ("BA", 14),
    ("MA", 14),
    ("EG", 13),
    ("GR", 13),
];
/// Codes of which there are a few in 10,000 each.
const RARE: [&str; 44] = [
    "PK", "CO", "CL", "LV", "KH", "JO", "BY", "SI", "IS", "PE", "AL", "OM", "GE", "VE", "NP", "MN", "MD", "BN", "LB",
    "BD", "MK", "PA", "PR", "PS", "EC", "CY", "ME", "DO", "KE", "SV", "LU", "TN", "MT", "AM", "TT", "CR", "HN", "AZ",
    "UY", "UZ", "PY", "LK", "MO", "NG",
];

/// Running sums of [`COMMON`].
const SUMS: [u32; COMMON.len()] = {
    let mut sums = [0; COMMON.len()];
    let mut sum = 0;
    let mut index = 0;
    while index < COMMON.len() {
        sum += COMMON[index].1;
        sums[index] = sum;
        index += 1;
    }
    assert!(sum < 10_000, "something must be left for the rare ones");
    sums
};

/// The code of one person.
pub fn pick(random: &mut Random) -> &'static str {
    let person = random.below(10_000);
    let index = SUMS.partition_point(|&sum| sum <= person);
    let rare = RARE[random.below(RARE.len() as u32) as usize];
    COMMON.get(index).map_or(rare, |&(code, _)| code)
}
