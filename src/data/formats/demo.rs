//! The built-in drawings, `demo:N:SEED`.

use super::format::Format;
use crate::data::demo::Demo;
use crate::data::source::ImageSource;

pub(super) const FORMAT: Format =
    Format::made("demo", |name| Some(Demo::parse(name)?.map(|demo| Box::new(demo) as Box<dyn ImageSource>)));
