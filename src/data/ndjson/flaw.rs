//! What is wrong with a line that cannot be read, in words that name the cause and the remedy.

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It ends before the record does.
    Cut,
    /// Something is wrong at a byte, counted from 0.
    At(usize, &'static str),
    /// It is an array.
    Array,
    /// It is something else than an object.
    NoObject,
    /// There are so many objects, with or without commas between them.
    Several(u32, bool),
}

impl Flaw {
    pub(super) fn at(place: usize, what: &'static str) -> Self {
        Self::At(place, what)
    }

    /// As a clause behind "line 7".
    pub(super) fn in_words(self) -> String {
        match self {
            Self::Cut => "ends inside of its record: it was cut off, or the record goes on in the next line".to_owned(),
            Self::At(place, what) => format!("byte {}: {what}", place + 1),
            Self::Array => {
                "is an array, not an object: name its values, as in `jq -c '{word: .[0]}' FILE > FILE.ndjson`"
                    .to_owned()
            }
            Self::NoObject => "is no JSON object, which begins with {".to_owned(),
            Self::Several(count, false) => {
                format!("holds {count} objects; one a line is needed: `jq -c . FILE > FILE.ndjson`")
            }
            Self::Several(count, true) => {
                format!("holds {count} objects with commas between them; write each on a line of its own")
            }
        }
    }
}
