//! Terms have an end to lock until at any time.

use tokenomics_escrow_weighting::{Error, Quantity, Terms, TermsParams};
use tokenomics_fixed_math::{Span, Timestamp, Wad};

fn terms(max: u64, granule: u64, min: u64) -> Result<Terms, Error> {
    let [max, granule, min] = [max, granule, min].map(Span::new);
    let most = Wad::ONE;
    Terms::from_params(TermsParams {
        max,
        granule,
        min,
        most,
    })
}

/// With a shortest lock that was longer, `create` had no valid end at some times.
#[test]
fn the_longest_lock_has_an_end_at_any_time_and_a_longer_shortest_one_is_refused() {
    for max in 1..=24 {
        for granule in 1..=max {
            let longest = max - granule + 1;
            let terms = |min| terms(max, granule, min);
            for now in (0..60).map(Timestamp::new) {
                let end = terms(longest).unwrap().end_for(now, Span::new(max));
                let length = end.unwrap().get() - now.get();
                assert!((longest..=max).contains(&length));
            }
            let (value, bound) = (u128::from(longest) + 1, longest.into());
            let what = Quantity::Min;
            let refused = Err(Error::OutOfRange { what, value, bound });
            assert_eq!(terms(longest + 1), refused);
        }
    }
}

#[test]
fn the_longest_lock_of_the_clock_has_no_room_for_a_shortest_one() {
    assert!(terms(u64::MAX, u64::MAX, 1).is_ok());
    assert!(terms(u64::MAX, u64::MAX, 2).is_err());
    assert!(terms(u64::MAX, 1, u64::MAX).is_ok());
}
