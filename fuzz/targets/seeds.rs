//! Seeds and dictionary as files, where libFuzzer takes its first inputs and its words from.

use std::fmt::Write;
use std::path::PathBuf;

/// Writes each seed into the folder that `INKFIELD_FUZZ_SEEDS` names and the words into `FOLDER.dict`; without that
/// variable nothing.
pub fn write(seeds: Vec<Vec<u8>>, tokens: &[&[u8]]) {
    let Some(folder) = std::env::var_os("INKFIELD_FUZZ_SEEDS").map(PathBuf::from) else { return };
    for (number, seed) in seeds.into_iter().enumerate() {
        std::fs::write(folder.join(format!("{number:04}")), seed).expect("the seed can be written");
    }
    let mut dictionary = String::new();
    for token in tokens {
        dictionary.push('"');
        for byte in *token {
            write!(dictionary, "\\x{byte:02x}").expect("a text grows");
        }
        dictionary.push_str("\"\n");
    }
    std::fs::write(folder.with_extension("dict"), dictionary).expect("the dictionary can be written");
}
