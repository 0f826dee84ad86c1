//! The card that is open over the window.

use super::export::ExportCard;
use super::find::Find;
use super::goto::Goto;

/// The open dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Dialog {
    /// None.
    #[default]
    None,
    /// Every key.
    Help,
    /// Find a command by its name.
    Palette,
    /// Go to a row, with what became of the last text.
    Goto(Goto),
    /// Find what holds a text.
    Find(Find),
    /// Type a condition, with what was wrong with the last one.
    Filter(Option<Refused>),
    /// The selected drawings, drawn at once.
    Together,
    /// Take drawings away.
    Export(ExportCard),
    /// Type a path, with what was wrong with the last one.
    OpenPath(Option<String>),
}

/// A text that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The text.
    pub text: String,
    /// Why.
    pub why: String,
}

impl Dialog {
    /// Its name in the state log, and why a path field has come or what is wrong with a text.
    pub fn in_log(&self) -> (Option<String>, Option<String>) {
        let (name, says) = match self {
            Self::None => return (None, None),
            Self::Help => ("help", None),
            Self::Palette => ("palette", None),
            Self::Goto(asked) => ("goto", asked.error.clone()),
            Self::Find(find) => ("find", Some(crate::words::thousands(find.rows.len() as u64))),
            Self::Filter(refused) => ("filter", refused.as_ref().map(|refused| refused.why.clone())),
            Self::Together => ("together", None),
            Self::Export(card) => ("export", card.in_log()),
            Self::OpenPath(says) => ("open", says.clone()),
        };
        (Some(name.to_owned()), says)
    }

    /// This one, or none where it is open already: the key that opened it closes it.
    #[must_use]
    pub fn toggled(&self, other: Self) -> Self {
        if std::mem::discriminant(self) == std::mem::discriminant(&other) { Self::None } else { other }
    }
}
