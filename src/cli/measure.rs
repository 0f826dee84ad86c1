//! `--measure`, `--embedding` and `--metric`: by what drawings are compared, for every command that does.

use crate::likeness::code::embedding::Metric;
use crate::likeness::comparison::{ComparedBy, Comparison};
use clap::Args;
use std::path::PathBuf;

/// By what drawings are compared.
#[derive(Clone, Debug, Default, Args)]
pub struct MeasureArgs {
    /// Alike are drawings by `direction` of lines, by `ink`, by a `file`
    #[arg(long, value_name = "NAME", requires_if("file", "embedding"))]
    pub measure: Option<ComparedBy>,
    /// .npy of floats, one row a drawing, that says what is alike
    #[arg(long, value_name = "FILE")]
    pub embedding: Option<PathBuf>,
    /// Compare --embedding by `cosine` or `euclid`
    #[arg(long, default_value_t, value_name = "NAME", requires = "embedding")]
    pub metric: Metric,
}

impl MeasureArgs {
    /// What comparing is told.
    pub fn comparison(&self) -> Comparison {
        let usual = if self.embedding.is_some() { ComparedBy::File } else { ComparedBy::default() };
        Comparison { by: self.measure.unwrap_or(usual), embedding: self.embedding.clone(), metric: self.metric }
    }
}
