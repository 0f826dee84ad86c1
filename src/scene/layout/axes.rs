//! What the axes of a layout mean, as plain data.

/// Both axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// From left to right.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
}

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What lies along it: a column's name.
    pub title: String,
    /// Round values, ascending.
    pub ticks: Vec<Tick>,
}

/// A value and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// World coordinate along the axis.
    pub at: f64,
    /// The value as a person reads it.
    pub text: String,
}
