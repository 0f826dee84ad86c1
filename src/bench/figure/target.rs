//! What is aimed at.

use super::Figure;

/// What is aimed at for 150,152 drawings at 1280 × 800 on the reference machine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Target {
    /// The median is at most this.
    pub p50: Option<f64>,
    /// The 99th percentile is at most this.
    pub p99: Option<f64>,
    /// A time: on a slower machine it is longer.
    pub scales: bool,
}

/// Drawings that the targets are meant for.
pub const TARGET_ROWS: u32 = 150_152;
/// Viewport that the targets are meant for, pixels.
pub const TARGET_PX: [u32; 2] = [1280, 800];

impl Figure {
    /// What is aimed at, in [`Self::unit`].
    pub fn target(self) -> Target {
        let time = |p50| Target { p50: Some(p50), p99: None, scales: true };
        let most = |p99| Target { p50: None, p99: Some(p99), scales: true };
        match self {
            Self::ReadRecords => time(0.5),
            Self::Codes | Self::SimilarPinned => time(3.0),
            Self::Pca => time(1000.0),
            Self::Map => time(240.0),
            Self::Sorted => time(10.0),
            Self::Clusters => time(5.0),
            Self::FirstPicture => time(250.0),
            Self::Complete => time(600.0),
            Self::OverviewDots => time(11.0),
            Self::OverviewThumbnails => time(7.0),
            Self::Visible1Pct | Self::Visible001Pct => time(6.0),
            Self::Moving | Self::Gliding | Self::InStrokes | Self::NearPictures => most(16.0),
            Self::MovingBusy => most(20.0),
            Self::LayoutSwitch => time(50.0),
            Self::Settle => time(150.0),
            Self::HoverPick => Target { p50: Some(1.0), p99: Some(4.0), scales: true },
            Self::HoverFrame => time(8.0),
            Self::Recolour | Self::FilterToggle | Self::TypeQuery => time(16.0),
            Self::FacetCounts | Self::FindAsYouType | Self::Graph => time(30.0),
            Self::LassoHalf => time(25.0),
            Self::PeakMemory => Target { p50: Some(300.0), ..Target::default() },
            Self::IdleFrames => Target { p50: Some(0.0), ..Target::default() },
            Self::IdleCpu => Target { p50: Some(0.5), ..Target::default() },
            // Of those asked of the GPU, 5 ms are aimed at for 50 million.
            _ => Target::default(),
        }
    }
}
