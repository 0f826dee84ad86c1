//! Conditions that nobody means well with: none takes the stack, the memory or the time.

use super::{kept_of, records};
use crate::data::columns::query::{Condition, ConditionError, MAX_BYTES, MAX_DEPTH, MAX_TESTS};

fn read(condition: &str) -> Result<Condition, ConditionError> {
    condition.parse()
}

#[test]
fn parentheses_within_one_another_are_bounded() {
    let nested = |depth: usize| format!("{}n = 1{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(kept_of(&nested(MAX_DEPTH), &records()), Ok(vec![0]));
    let error = read(&nested(MAX_DEPTH + 1)).unwrap_err();
    assert!(matches!(&error, ConditionError::TooDeep(at) if at.character == MAX_DEPTH + 1), "{error}");
    let nots = |depth: usize| format!("{}n = 1{}", "not (".repeat(depth), ")".repeat(depth));
    assert_eq!(kept_of(&nots(MAX_DEPTH), &records()), Ok(vec![0]));
    for hostile in [nested(500_000), "(".repeat(1 << 20), "not (".repeat(200_000), "((n) = 1 or ".repeat(80_000)] {
        assert!(matches!(read(&hostile), Err(ConditionError::TooDeep(_))));
    }
    // Beside one another they may be many.
    assert!(read(&["(n = 1)"; MAX_TESTS].join(" and ")).is_ok());
}

#[test]
fn repeated_words_take_no_stack() {
    assert_eq!(kept_of(&format!("{}n = 1", "not ".repeat(200_000)), &records()), Ok(vec![0]));
    assert_eq!(kept_of(&format!("{}n = 1", "!".repeat(100_001)), &records()), Ok(vec![1, 2, 3, 4, 5]));
    let chain = |tests: usize| format!("n{}", " <= 9".repeat(tests));
    // Only the first has a column.
    assert!(matches!(kept_of(&chain(1000), &records()), Err(ConditionError::NoColumn(_))));
    assert_eq!(read(&chain(1001)), Err(ConditionError::TooMany { tests: 1001 }));
    assert_eq!(read(&["n = 1"; 1001].join(" or ")), Err(ConditionError::TooMany { tests: 1001 }));
    assert!(read(&"or ".repeat(300_000)).is_err());
}

#[test]
fn length_is_bounded_and_long_lists_are_quick() {
    let list = (0..100_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(kept_of(&format!("n in ({list})"), &records()), Ok(vec![0, 1, 2, 3, 4, 5]));
    assert_eq!(kept_of(&format!("key in ({list})"), &records()), Ok(vec![3, 5]));
    assert_eq!(kept_of(&format!("word in ({list})"), &records()), Ok(Vec::new()));
    let long = format!("word = \"{}\"", "x".repeat(MAX_BYTES));
    assert!(matches!(read(&long), Err(ConditionError::TooLong { .. })));
    assert_eq!(kept_of(&format!("word != \"{}\"", "x".repeat(500_000)), &records()), Ok(vec![0, 1, 2, 3, 5]));
}

#[test]
fn patterns_are_bounded_in_size_and_match_in_time_that_grows_as_the_text_does() {
    let refused = |pattern: &str| {
        let error = kept_of(&format!("word ~ \"{pattern}\""), &records()).unwrap_err();
        assert!(matches!(error, ConditionError::Pattern { .. }), "{error}");
        error.to_string()
    };
    for bomb in [
        "a{1000}{1000}",
        "((a{100}){100}){100}",
        "(\\w{100}){100}",
        &format!("{}{}", "(".repeat(5000), ")".repeat(5000)),
    ] {
        let message = refused(bomb);
        assert!(message.len() < 300, "{message}");
    }
    assert!(refused("a{1000}{1000}").ends_with("it is too large"));
    refused("(?<=a)b");
    refused("\\");
    refused("[z-a]");
    assert!(kept_of("word ~ \"(a*)*(a|aa)+$(x+x+)+y\"", &records()).is_ok());
    // What takes others ages.
    let text = "a".repeat(60_000);
    let columns = super::columns(&format!("{{\"text\": \"{text}\"}}\n"));
    assert_eq!(kept_of("text ~ \"^(a|aa)+b$\"", &columns), Ok(Vec::new()));
    assert_eq!(kept_of("text contains \"ab\"", &columns), Ok(Vec::new()));
}

#[test]
fn odd_characters_are_shown_and_never_break_a_text_apart() {
    for odd in [
        "\0",
        "word\0= cat",
        "word = \0",
        "\u{202e}word = cat",
        "\u{feff}word = cat",
        "word = cat\u{200b} n",
        "🐙 = 🐙",
        "`🐙",
        "“",
        "’",
        "ö’",
        "word = ‘’",
        "a≠",
        "≠",
        "!≠!~=~",
    ] {
        for end in odd.char_indices().map(|(at, _)| at).chain([odd.len()]) {
            if let Err(error) = kept_of(&odd[..end], &records()) {
                let message = error.to_string();
                assert!(
                    !message.chars().any(char::is_control) && !message.contains(['\u{202e}', '\u{feff}', '\u{200b}']),
                    "{message:?}"
                );
                error.pointed(&odd[..end]);
            }
        }
    }
    assert_eq!(kept_of("word\u{a0}=\u{3000}cat", &records()), Ok(vec![0, 2]));
    assert_eq!(kept_of("\n\tword\n=\r\n'cat'\n", &records()), Ok(vec![0, 2]));
}
