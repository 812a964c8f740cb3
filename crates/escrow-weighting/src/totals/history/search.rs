//! The search for the last entry by a time, among entries in order.

use tokenomics_fixed_math::Timestamp;

/// A number, and the time of the entry of that number.
type Entry = (u32, Timestamp);

/// Returns the number of the last entry by a time, which is that of `low` or later, and before that of
/// `high`.
///
/// It is looked for where it is if they are evenly spread, and in the middle of what is left, by turns:
/// a few steps where they nearly are, and twice those of a bisection whatever times there are.
pub(super) fn last_by(
    at: Timestamp,
    mut low: Entry,
    mut high: Entry,
    time_of: impl Fn(u32) -> Option<Timestamp>,
) -> u32 {
    let mut evenly = true;
    while let Some(middle) = between(at, low, high, evenly) {
        evenly = !evenly;
        match time_of(middle) {
            Some(time) if time <= at => low = (middle, time),
            Some(time) => high = (middle, time),
            None => high = (middle, high.1),
        }
    }
    low.0
}

/// Returns a number between two, if there is one: the middle, or where the time is on a line from the
/// one to the other.
fn between(at: Timestamp, low: Entry, high: Entry, evenly: bool) -> Option<u32> {
    let most = high.0.checked_sub(low.0)?.checked_sub(1)?;
    if most == 0 {
        return None;
    }
    let steps = if evenly {
        on_line(at, low, high)
    } else {
        most.wrapping_shr(1)
    };
    low.0.checked_add(steps.clamp(1, most))
}

/// Returns how many numbers after the lower a time is on the line to the higher.
fn on_line(at: Timestamp, low: Entry, high: Entry) -> u32 {
    let (from, to) = (low.1.get(), high.1.get());
    let all = to.saturating_sub(from);
    // With the upper 32 bits of both, what is divided has 64.
    let shift = 32_u32.saturating_sub(all.leading_zeros());
    let passed = at.get().saturating_sub(from).wrapping_shr(shift);
    let numbers = u64::from(high.0.saturating_sub(low.0));
    let steps = passed.saturating_mul(numbers);
    let steps = steps.checked_div(all.wrapping_shr(shift)).unwrap_or(0);
    u32::try_from(steps).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::cell::Cell;
    use std::vec::Vec;

    use super::*;

    /// Returns what the search finds among times, and in how many steps.
    fn found(times: &[u64], at: u64) -> (usize, u32) {
        let entry = |index: usize| (u32::try_from(index).unwrap(), Timestamp::new(times[index]));
        let steps = Cell::new(0);
        let (low, high) = (entry(0), entry(times.len() - 1));
        let by = last_by(Timestamp::new(at), low, high, |index| {
            steps.set(steps.get() + 1);
            Some(Timestamp::new(times[usize::try_from(index).unwrap()]))
        });
        (usize::try_from(by).unwrap(), steps.get())
    }

    /// Checks each time between the first and the last, and returns the most steps.
    fn most_steps(times: &[u64]) -> u32 {
        let last = *times.last().unwrap();
        let near = |&time: &u64| [time.saturating_sub(1), time, time.saturating_add(1)];
        let within = |time: &u64| *time >= times[0] && *time < last;
        let asked = times.iter().flat_map(near).filter(within);
        let steps = asked.map(|at| {
            let (by, steps) = found(times, at);
            assert_eq!(by, times.partition_point(|&time| time <= at) - 1, "by {at}");
            steps
        });
        steps.max().unwrap_or(0)
    }

    #[test]
    fn times_that_are_evenly_spread_take_a_few_steps() {
        let times: Vec<u64> = (0..50_000)
            .map(|number| 1_700_000_000 + 12 * number)
            .collect();
        assert!(most_steps(&times) <= 4);
        let uneven = |number: u64| 1_700_000_000 + 100 * number + number * number % 97;
        assert!(most_steps(&(0..50_000).map(uneven).collect::<Vec<_>>()) <= 8);
    }

    #[test]
    fn no_times_take_more_than_twice_a_bisection() {
        let doubling = (0..64).map(|bit| 1_u64 << bit).chain([u64::MAX]);
        assert!(most_steps(&doubling.collect::<Vec<_>>()) <= 2 * 7);
        let cubes: Vec<u64> = (0..20_000_u64).map(|number| number.pow(4)).collect();
        assert!(most_steps(&cubes) <= 2 * 15);
        let crowd = (0..30_000).chain([u64::MAX - 1, u64::MAX]);
        assert!(most_steps(&crowd.collect::<Vec<_>>()) <= 2 * 15);
        for few in [&[3][..], &[3, 9], &[0, 1, 2], &[0, u64::MAX - 1, u64::MAX]] {
            assert!(most_steps(few) <= 2);
        }
    }

    #[test]
    fn entries_that_are_missing_or_out_of_order_end_the_search() {
        let (low, high) = ((0, Timestamp::new(5)), (u32::MAX, Timestamp::MAX));
        let by = last_by(Timestamp::new(9), low, high, |_| None);
        assert_eq!(by, 0);
        let backwards = |index: u32| Some(Timestamp::new(u64::from(!index)));
        let _ = last_by(Timestamp::new(9), low, (9, Timestamp::ZERO), backwards);
    }
}
