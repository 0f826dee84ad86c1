//! The 345 published category names, and what a mistyped one may have meant.

/// One name a line, sorted without regard to case.
const LIST: &str = include_str!("categories.txt");

/// Longest piece of a mistyped name that is compared (the comparison is quadratic in the length).
const MAX_COMPARED: usize = 64;

/// Every published category, sorted without regard to case.
pub fn categories() -> impl Iterator<Item = &'static str> {
    LIST.lines()
}

/// The category that `name` means; case, `-`, `_` and repeated blanks are forgiven.
pub fn find(name: &str) -> Option<&'static str> {
    let wanted = key(name);
    categories().find(|category| key(category) == wanted)
}

/// Up to `n` categories that `name` may have been meant for, the nearest first; empty when nothing is near.
pub fn nearest(name: &str, n: usize) -> Vec<&'static str> {
    // Cut after it is cleaned up: blanks before a name are none of its letters.
    let wanted: String = key(name).chars().take(MAX_COMPARED).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    // Beyond a third of its letters a word is another word.
    let far = (wanted.chars().count() / 3).clamp(1, 4);
    let mut found: Vec<(usize, &str)> = categories()
        .map(|category| (distance(&wanted, &key(category)), category))
        .filter(|&(distance, _)| distance <= far)
        .collect();
    // Stable: equally near names keep the list's order.
    found.sort_by_key(|&(distance, _)| distance);
    found.into_iter().take(n).map(|(_, category)| category).collect()
}

/// Letters to change, a leading "the" apart; one when `category` has every word of `wanted` ("great wall").
fn distance(wanted: &str, category: &str) -> usize {
    let short = category.strip_prefix("the ").unwrap_or(category);
    let edits = [category, short].map(|name| strsim::damerau_levenshtein(wanted, name));
    let has_words = wanted.split(' ').all(|word| category.split(' ').any(|own| own == word));
    edits.into_iter().chain(has_words.then_some(1)).min().unwrap_or(usize::MAX)
}

/// A name as it is compared: lower case, words parted by single blanks.
fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['-', '_'], " ");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
