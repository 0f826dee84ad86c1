//! What is known of pictures whose values have more than 8 bits.

/// The least and the greatest of some values.
pub type Ends = [f32; 2];

/// The ends of the values of pictures that have more than 8 bits a value, as far as they were decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DeepEnds {
    /// Of pictures of 16 bits a channel.
    pub words: Option<Ends>,
    /// Of pictures of floats, and of whole numbers of other widths.
    pub numbers: Option<Ends>,
    /// All pictures are of 16 bits a channel: any range is of their own values.
    pub are_all_words: bool,
}

impl DeepEnds {
    /// Of all of them.
    pub fn all(self) -> Option<Ends> {
        both(self.words, self.numbers)
    }
}

/// The ends of both.
pub(in crate::data) fn both(one: Option<Ends>, other: Option<Ends>) -> Option<Ends> {
    let Some([least, most]) = other else { return one };
    Some(one.map_or([least, most], |[low, high]| [low.min(least), high.max(most)]))
}
