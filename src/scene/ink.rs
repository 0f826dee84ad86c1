//! Mean ink of every drawing that has arrived, and the percentiles that far contrast stretches between.

/// The percentiles that become paper and full ink far away.
const PERCENTILES: [f64; 2] = [0.01, 0.99];

/// Mean inks by row and their histogram.
#[derive(Clone, Debug)]
pub struct InkStatistics {
    means: Vec<u16>,
    bins: Vec<u32>,
}

impl Default for InkStatistics {
    fn default() -> Self {
        Self { means: Vec::new(), bins: vec![0; 1 << 16] }
    }
}

impl InkStatistics {
    /// Adds the means (0…65535) of the next rows.
    pub fn extend(&mut self, means: &[u16]) {
        for &mean in means {
            if let Some(bin) = self.bins.get_mut(usize::from(mean)) {
                *bin += 1;
            }
        }
        self.means.extend_from_slice(means);
    }

    /// Mean ink of a row, 0…1.
    pub fn mean(&self, row: u32) -> Option<f64> {
        self.means.get(row as usize).map(|&mean| f64::from(mean) / 65535.0)
    }

    /// The 1st and 99th percentile (nearest rank) of mean ink, 0…1; `[0, 0]` while there is nothing.
    pub fn stretch(&self) -> [f64; 2] {
        PERCENTILES.map(|fraction| self.percentile(fraction))
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

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut ink = InkStatistics::default();
        assert_eq!(ink.stretch(), [0.0, 0.0]);
        // 1…200 shuffled: rank ceil(0.01 · 200) = 2 and ceil(0.99 · 200) = 198.
        let means: Vec<u16> = (0..200_u16).map(|i| (i * 77) % 200 + 1).collect();
        ink.extend(&means);
        assert_eq!(ink.stretch(), [2.0 / 65535.0, 198.0 / 65535.0]);
        assert_eq!(ink.mean(0), Some(1.0 / 65535.0));
        assert_eq!(ink.mean(200), None);
    }
}
