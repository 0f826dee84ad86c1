//! Mean ink of every drawing that has arrived, and what far contrast makes of it.

use super::view::Stretch;
use crate::atlas::Moments;
use std::sync::Arc;
use std::sync::OnceLock;

/// The percentiles that become paper and full ink far away.
const PERCENTILES: [f64; 2] = [0.01, 0.99];

/// Mean inks by row and their histogram.
#[derive(Clone, Debug)]
pub struct InkStatistics {
    means: Vec<u16>,
    moments: Arc<Vec<Moments>>,
    bins: Vec<u32>,
    /// Found when first asked for after drawings have arrived: it looks at every possible mean.
    stretch: OnceLock<Stretch>,
}

impl Default for InkStatistics {
    fn default() -> Self {
        Self { means: Vec::new(), moments: Arc::default(), bins: vec![0; 1 << 16], stretch: OnceLock::new() }
    }
}

impl InkStatistics {
    /// Adds the means (0…65535) of the canvases of the next rows, and the moments of their drawings.
    pub fn extend(&mut self, means: &[u16], moments: &[Moments]) {
        for &mean in means {
            if let Some(bin) = self.bins.get_mut(usize::from(mean)) {
                *bin += 1;
            }
        }
        self.means.extend_from_slice(means);
        // Nobody else holds them before all have arrived.
        Arc::make_mut(&mut self.moments).extend_from_slice(moments);
        self.stretch = OnceLock::new();
    }

    /// Mean inks by row, 0…65535.
    pub fn means(&self) -> &[u16] {
        &self.means
    }

    /// Mean and standard deviation of the ink of each drawing, once so many have arrived.
    pub fn moments(&self, rows: u32) -> Option<&Arc<Vec<Moments>>> {
        (self.moments.len() == rows as usize).then_some(&self.moments)
    }

    /// Mean ink of a row, 0…1.
    pub fn mean(&self, row: u32) -> Option<f64> {
        self.means.get(row as usize).map(|&mean| f64::from(mean) / 65535.0)
    }

    /// Far contrast of what has arrived; none while there is nothing to tell apart.
    pub fn stretch(&self) -> Stretch {
        *self.stretch.get_or_init(|| self.find_stretch())
    }

    /// Nearest-rank percentiles at the ends; a knee at the mean, at the height that leaves the mean of all where it is.
    fn find_stretch(&self) -> Stretch {
        let [low, high] = PERCENTILES.map(|fraction| self.percentile(fraction));
        let knee = self.over(|mean| mean) / self.means.len().max(1) as f64;
        if !(low < knee && knee < high) {
            return Stretch::default();
        }
        // The stretched sum is linear in the knee's height: its ends are the sums at 0 and at 1.
        let stretch = |knee_to| Stretch { low, knee, high, knee_to };
        let sum_at = |knee_to| self.over(|mean| stretch(knee_to).apply(mean));
        let (at_0, at_1, wanted) = (sum_at(0.0), sum_at(1.0), self.over(|mean| mean));
        stretch(((wanted - at_0) / (at_1 - at_0)).clamp(0.0, 1.0))
    }

    /// Sums a function of mean ink over all drawings.
    fn over(&self, value: impl Fn(f64) -> f64) -> f64 {
        let bins = self.bins.iter().enumerate().filter(|(_, count)| **count > 0);
        bins.map(|(mean, &count)| f64::from(count) * value(mean as f64 / 65535.0)).sum()
    }

    fn percentile(&self, fraction: f64) -> f64 {
        let rank = ((fraction * self.means.len() as f64).ceil() as u64).max(1);
        let mut below = 0_u64;
        for (mean, &count) in self.bins.iter().enumerate() {
            below += u64::from(count);
            if below >= rank {
                return mean as f64 / 65535.0;
            }
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::InkStatistics;
    use crate::scene::view::Stretch;

    #[test]
    fn the_ends_are_nearest_ranks_and_the_mean_of_all_stays() {
        let mut ink = InkStatistics::default();
        assert_eq!(ink.stretch(), Stretch::default());
        // 1…200 shuffled: rank ceil(0.01 · 200) = 2 and ceil(0.99 · 200) = 198.
        let means: Vec<u16> = (0..200_u16).map(|i| ((i * 77) % 200 + 1) * 200).collect();
        ink.extend(&means, &[]);
        let stretch = ink.stretch();
        assert_eq!([stretch.low, stretch.high], [400.0 / 65535.0, 39_600.0 / 65535.0]);
        assert_eq!((stretch.apply(stretch.low), stretch.apply(stretch.high)), (0.0, 1.0));
        let (plain, stretched) = means.iter().fold((0.0, 0.0), |(plain, stretched), &mean| {
            let mean = f64::from(mean) / 65535.0;
            (plain + mean, stretched + stretch.apply(mean))
        });
        assert!((plain - stretched).abs() < 1e-9, "{plain} became {stretched}");
        assert_eq!(ink.mean(0), Some(200.0 / 65535.0));
        assert_eq!(ink.mean(200), None);
    }
}
