//! What is chosen in panels that find something out: no step of the history, but of a session.

use serde::{Deserialize, Serialize};

/// Which columns panels go by; they say themselves where the drawings have none of that name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// The column on both sides of which duplicates are looked for, where one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub across: Option<String>,
    /// The column whose groups may draw differently.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differ_by: Option<String>,
    /// The values of the groups that are beside each other, two at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
}

impl Panels {
    /// Whether nothing was chosen.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// What cannot have been chosen.
    pub fn check(&self) -> Result<(), String> {
        let [count, different] = [self.beside.len(), 1 + usize::from(self.beside.first() != self.beside.last())];
        if count > 2 || count > different {
            return Err("the groups beside each other are not two different ones at most".to_owned());
        }
        Ok(())
    }
}
