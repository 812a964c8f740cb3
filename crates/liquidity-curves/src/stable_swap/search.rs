//! The search of a number from near it.

/// Returns a number up to `most` at which `passes` holds and not at the one before: the least of all
/// where it holds from some number on. It is `None` where it doesn't hold at `most`.
///
/// It looks near `hint` first, in steps that double, and then halves. By reference, as this is compiled once then:
/// it takes little time beside what is looked for.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(super) fn least(hint: u128, most: u128, passes: &dyn Fn(u128) -> bool) -> Option<u128> {
    if passes(hint) {
        Some(descend(hint, passes))
    } else {
        climb(hint, most, passes)
    }
}

fn descend(mut holds: u128, passes: &dyn Fn(u128) -> bool) -> u128 {
    let mut step = 1_u128;
    while holds > 0 {
        let lower = holds.saturating_sub(step);
        if !passes(lower) {
            return halve(lower, holds, passes);
        }
        holds = lower;
        step = step.saturating_mul(2);
    }
    0
}

fn climb(mut fails: u128, most: u128, passes: &dyn Fn(u128) -> bool) -> Option<u128> {
    let mut step = 1_u128;
    while fails < most {
        let higher = fails.saturating_add(step).min(most);
        if passes(higher) {
            return Some(halve(fails, higher, passes));
        }
        fails = higher;
        step = step.saturating_mul(2);
    }
    None
}

fn halve(mut fails: u128, mut holds: u128, passes: &dyn Fn(u128) -> bool) -> u128 {
    loop {
        let half = holds.saturating_sub(fails) >> 1;
        if half == 0 {
            return holds;
        }
        // Between the two, so it doesn't wrap.
        let middle = fails.saturating_add(half);
        if passes(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn the_least_is_found_from_anywhere() {
        for number in 0..40 {
            for hint in 0..40 {
                let found = least(hint, 39, &|at| at >= number);
                assert_eq!(found, Some(number), "from {hint}");
            }
            assert_eq!(least(number, 39, &|_| false), None);
        }
        assert_eq!(least(7, u128::MAX, &|at| at == u128::MAX), Some(u128::MAX));
        assert_eq!(least(u128::MAX, u128::MAX, &|_| true), Some(0));
    }
}
