//! What generators draw is valid, and both ends are drawn.
#![cfg(all(feature = "arbitrary", feature = "proptest"))]

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_haircut_collateral::{strategies, DebtCeiling, RateLimit, TreasuryAsset};

#[test]
fn any_bytes_make_valid_values() {
    for byte in [0, 1, 0x7f, 0xff] {
        let bytes = [byte; 256];
        let mut bytes = Unstructured::new(&bytes);
        let drawn = <(RateLimit, DebtCeiling, TreasuryAsset)>::arbitrary(&mut bytes);
        let (limit, ceiling, asset) = drawn.unwrap();
        assert_eq!(RateLimit::restore(limit.state()), Ok(limit));
        assert_eq!(
            DebtCeiling::restore(ceiling.limit(), ceiling.used()),
            ceiling
        );
        assert!(asset.realisable() <= asset.value());
    }
}

#[test]
fn both_endpoints_are_drawn() {
    let mut runner = TestRunner::deterministic();
    let mut seen = [false; 6];
    for _ in 0..2_000 {
        let all = (
            strategies::rate_limit(),
            strategies::debt_ceiling(),
            strategies::treasury_asset(),
        );
        let (limit, ceiling, asset) = all.new_tree(&mut runner).unwrap().current();
        let now = limit.state().at;
        let (free, burst) = (limit.allowed(now).unwrap(), limit.state().burst);
        seen[0] |= free.is_zero() && !burst.is_zero();
        seen[1] |= free == burst && !burst.is_zero();
        seen[2] |= ceiling.room().is_zero() && ceiling.limit() == Amount::MAX;
        seen[3] |= ceiling.room() == Amount::MAX;
        seen[4] |= asset.haircut() == Fraction::ONE && asset.is_native();
        seen[5] |= asset.haircut().is_zero() && asset.value() == Amount::MAX && !asset.is_native();
    }
    assert_eq!(seen, [true; 6]);
}
