//! Which lines of a list a typed text means, the likeliest first.

/// How well a line meets a text: the less the better. First the worst of its words counts, then all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    worst: u8,
    sum: u32,
}

/// Where a word was found.
const AT_THE_START: u8 = 0;
const AT_A_WORD: u8 = 1;
const INSIDE: u8 = 2;
const IN_WHAT_IT_DOES: u8 = 3;
const SCATTERED: u8 = 4;

/// How well a line meets a text: each word of it must be found in the title, or in `more`, whatever the case; else its letters in this
/// order in the title. `None` where one is not.
pub(super) fn rank(text: &str, title: &str, more: &str) -> Option<Rank> {
    let (title, more) = (title.to_lowercase(), more.to_lowercase());
    let mut rank = Rank { worst: AT_THE_START, sum: 0 };
    for word in text.to_lowercase().split_whitespace() {
        let found = find(word, &title, &more)?;
        rank.worst = rank.worst.max(found);
        rank.sum += u32::from(found);
    }
    Some(rank)
}

fn find(word: &str, title: &str, more: &str) -> Option<u8> {
    let begins_word = |at: usize| {
        let before = title.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !letter.is_alphanumeric())
    };
    if title.starts_with(word) {
        return Some(AT_THE_START);
    }
    if title.match_indices(word).any(|(at, _)| begins_word(at)) {
        return Some(AT_A_WORD);
    }
    if title.contains(word) {
        return Some(INSIDE);
    }
    if more.contains(word) {
        return Some(IN_WHAT_IT_DOES);
    }
    is_scattered(word, title).then_some(SCATTERED)
}

/// Whether the letters of a word come one after the other in a text, whatever is between them.
fn is_scattered(word: &str, text: &str) -> bool {
    let mut letters = text.chars();
    word.chars().all(|letter| letters.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 7] = [
        "Fit everything",
        "Drag to zoom to a box",
        "Paper or night",
        "Arrange: Grid",
        "Group by countrycode",
        "Colour by countrycode",
        "Colour by größe",
    ];

    fn found(text: &str) -> Vec<&'static str> {
        let ranked = TITLES.iter().filter_map(|title| Some((rank(text, title, "what it does")?, *title)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, title)| title).collect()
    }

    #[test]
    fn the_start_comes_before_a_word_within_and_that_before_any_place() {
        // "Colour" begins with it, "countrycode" is a word within, and the letters of others come in this order.
        assert_eq!(found("co")[..3], ["Colour by countrycode", "Colour by größe", "Group by countrycode"]);
        assert_eq!(found("grid")[0], "Arrange: Grid");
        assert_eq!(found("ight"), ["Paper or night"]);
        assert_eq!(found("fev"), ["Fit everything"], "letters in this order");
    }

    #[test]
    fn every_word_counts_in_any_order_and_case() {
        assert_eq!(found("country colour"), ["Colour by countrycode"]);
        assert_eq!(found("BY COUNTRY"), ["Group by countrycode", "Colour by countrycode"]);
        assert_eq!(found("GRÖSSE"), [""; 0]);
        assert_eq!(found("GRÖ"), ["Colour by größe"]);
        assert_eq!(found("colour nothing"), [""; 0]);
    }

    #[test]
    fn nothing_typed_means_every_line_in_its_order_and_help_is_found_last() {
        assert_eq!(found("  "), TITLES);
        assert_eq!(found("does").len(), TITLES.len());
        assert!(rank("does", "Dog does", "what it does") < rank("does", "Cat", "what it does"));
    }
}
