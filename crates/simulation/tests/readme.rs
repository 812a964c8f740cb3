//! The examples of the repository's README run, and stand there word for word.

use std::error::Error;

#[rustfmt::skip]
fn in_a_rust_project() -> Result<(), Box<dyn Error>> {
    {
    use tokenomics_fixed_math::{Amount, Timestamp};
    use tokenomics_vesting::{Gate, Grant, Linear};

    let (start, year) = (1_700_000_000, 31_536_000);
    let linear = Linear::new(Timestamp::new(start), Timestamp::new(start + 4 * year), Amount::new(1_000))?;
    let mut grant = Grant::new(Gate::new(linear, Timestamp::new(start + year)));

    assert_eq!(grant.claim(Timestamp::new(start + year - 1))?, Amount::ZERO);
    assert_eq!(grant.claim(Timestamp::new(start + year))?, Amount::new(250));
    let returned = grant.revoke(Timestamp::new(start + 2 * year))?;
    assert_eq!(returned, Amount::new(500));
    }
    Ok(())
}

#[rustfmt::skip]
fn in_an_on_chain_program() -> Result<(), Box<dyn Error>> {
    {
    use tokenomics_fee_split::{Position, RewardPool};
    use tokenomics_fixed_math::Amount;

    // Both are a few words of account data (feature `borsh` or `scale`).
    let (mut pool, mut staker) = (RewardPool::new(), Position::new());
    pool.set_shares(&mut staker, 4_000_000_000_000_000_000_000_000)?;
    // A micro-unit to 4e24 shares: less than any accumulator of 18 decimals can hold. It is carried.
    pool.fund(Amount::new(1))?;
    pool.fund(Amount::new(1))?;
    assert_eq!(pool.claim(&mut staker)?, Amount::new(1));
    }
    Ok(())
}

mod in_a_fuzzing_campaign {
    #[rustfmt::skip]
    mod example {
    use proptest::prelude::*;
    use tokenomics_fixed_math::{strategies, Rounding};

    proptest! {
        fn a_fee_and_the_rest_are_the_whole(amount in strategies::amount(), fee in strategies::fraction()) {
            let paid = amount.mul_fraction(fee, Rounding::Ceil);
            prop_assert_eq!(amount.checked_sub(paid)?.checked_add(paid)?, amount);
        }
    }

    pub(crate) fn run() {
        a_fee_and_the_rest_are_the_whole();
    }
    }
    pub(crate) use example::run;
}

#[test]
fn the_examples_of_the_readme_run() {
    in_a_rust_project().unwrap();
    in_an_on_chain_program().unwrap();
    in_a_fuzzing_campaign::run();
}

#[test]
fn the_examples_of_the_readme_are_these() {
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let tidy = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    };
    let here = tidy(include_str!("readme.rs"));
    let mut blocks = 0;
    for block in readme.split("```rust\n").skip(1) {
        let code = tidy(block.split("```").next().unwrap());
        assert!(here.contains(&code), "{code}");
        blocks += 1;
    }
    assert_eq!(blocks, 3);
}
