//! How often a frame is drawn that only shows how far a load has come: every one of them takes time from the reading.

use std::time::{Duration, Instant};

/// Least time from the last frame, whatever it was drawn for, to one that only shows progress.
const PROGRESS_EVERY: Duration = Duration::from_millis(150);

/// What a load has brought that a frame could show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum News {
    /// Nothing.
    #[default]
    None,
    /// More drawings or records of a load that goes on.
    Progress,
    /// What somebody waits for: the first drawings, the end of drawings or records, an error.
    Milestone,
}

/// When the frame that shows the news is due, never before `now`; `shown` is when the last frame was finished.
pub fn frame_due(news: News, shown: Option<Instant>, now: Instant) -> Option<Instant> {
    match (news, shown) {
        (News::None, _) => None,
        (News::Progress, Some(shown)) => Some((shown + PROGRESS_EVERY).max(now)),
        (News::Progress, None) | (News::Milestone, _) => Some(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_waits_for_its_turn_and_milestones_do_not() {
        let shown = Instant::now();
        let after = |ms| shown + Duration::from_millis(ms);
        assert_eq!(frame_due(News::Progress, Some(shown), after(1)), Some(after(150)));
        assert_eq!(frame_due(News::Progress, Some(shown), after(149)), Some(after(150)));
        assert_eq!(frame_due(News::Progress, Some(shown), after(400)), Some(after(400)));
        assert_eq!(frame_due(News::Milestone, Some(shown), after(1)), Some(after(1)));
        assert_eq!(frame_due(News::Progress, None, after(1)), Some(after(1)));
        assert_eq!(frame_due(News::None, Some(shown), after(1)), None);
    }

    #[test]
    fn of_several_news_the_most_urgent_counts() {
        assert_eq!(News::Progress.max(News::Milestone), News::Milestone);
        assert_eq!(News::None.max(News::Progress), News::Progress);
    }
}
