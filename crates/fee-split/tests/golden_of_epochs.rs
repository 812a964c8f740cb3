//! Figures worked by hand, and a deployed contract's own formula beside ours.

use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, Error,
    ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

const START: u64 = 1_700_092_800;
const WEEK: u64 = 7 * 86_400;

fn week(number: u64) -> Timestamp {
    Timestamp::new(START + number * WEEK)
}

fn weekly(reading: EpochReading) -> EpochTermsParams {
    EpochTermsParams {
        start: week(0),
        length: Span::from_weeks(1),
        reading,
        zero_weight: ZeroWeight::Hold,
        claim_within: None,
    }
}

fn epochs<const N: usize>(params: EpochTermsParams) -> Epochs<[EpochPot; N]> {
    Epochs::new(EpochTerms::new(params).unwrap(), [EpochPot::EMPTY; N])
}

/// A lock that decays until an end: amount × the time left.
fn decaying(amount: u128, end: u64) -> impl Fn(ClosedEpoch) -> U256 + Copy {
    move |epoch| {
        let left = week(end).since(epoch.at()).map_or(0, Span::get);
        U256::product(amount, left.into())
    }
}

/// The example of docs/mechanisms/fee-split.md: of weeks 0, 1 and 2 with 1,000, 0 and 500, a lock of
/// 300 for 4 weeks and one of 100 for 12 have 1/2 and 1/2, and then 3·2 : 1·10 of 16.
#[test]
fn the_worked_example() {
    let mut epochs = epochs::<4>(weekly(EpochReading::First));
    let (alice, bob) = (decaying(300, 4), decaying(100, 12));
    let total = move |epoch| alice(epoch).checked_add(bob(epoch)).unwrap();
    epochs.fund(Amount::new(1_000), week(0)).unwrap();
    epochs.fund(Amount::new(500), week(2)).unwrap();
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &(total, alice), week(3), 9);
    assert_eq!(claimed.unwrap().amount, Amount::new(687)); // 500 and 187.5
    assert_eq!(cursor.owed(), U256::from(1 << 127));
    let claimed = epochs.claim(&mut EpochCursor::new(), &(total, bob), week(3), 9);
    assert_eq!(claimed.unwrap().amount, Amount::new(812)); // 500 and 312.5
}

/// Curve's FeeDistributor (2020) sums `balance * tokens_per_week / ve_supply`, floored week by week.
/// What is paid here is that, and the whole units that its fractions come to.
#[test]
fn a_claim_is_the_weekly_floors_and_their_fractions() {
    let mut epochs = epochs::<64>(weekly(EpochReading::First));
    let (alice, bob) = (decaying(300, 90), decaying(101, 200));
    let total = move |epoch| alice(epoch).checked_add(bob(epoch)).unwrap();
    let (mut floors, mut fractions) = (0_u128, 0_u128);
    for number in 0..64 {
        let pot = 7 + u128::from(number) * 13 % 31;
        epochs.fund(Amount::new(pot), week(number)).unwrap();
        let own = 300 * u128::from(90 - number);
        let all = own + 101 * u128::from(200 - number);
        floors += pot * own / all;
        // In 10^-18: all that matters of them here.
        fractions += pot * own % all * 10_u128.pow(18) / all;
    }
    let mut cursor = EpochCursor::new();
    let claimed = epochs
        .claim(&mut cursor, &(total, alice), week(64), 64)
        .unwrap();
    let rest = fractions / 10_u128.pow(18);
    assert_eq!(claimed.amount.get(), floors + rest);
    assert!(rest > 20, "{rest} units are lost by floors");
}

/// A holder of a third of a thousand weeks with one unit each: floored week by week it is nothing.
#[test]
fn a_thousand_pots_of_one_unit_are_paid() {
    let (weeks, mut epochs) = (1_000, epochs::<1_000>(weekly(EpochReading::First)));
    for number in 0..weeks {
        epochs.fund(Amount::new(1), week(number)).unwrap();
    }
    let weights = |own: u128| (|_| U256::from(3), move |_| U256::from(own));
    for (own, paid) in [(1, 333), (2, 666)] {
        let claimed = epochs.claim(&mut EpochCursor::new(), &weights(own), week(weeks), 1_000);
        assert_eq!(claimed.unwrap().amount, Amount::new(paid));
    }
}

/// The largest amounts and weights there are.
#[test]
fn the_largest_pot_is_shared_by_the_largest_weights() {
    let mut epochs = epochs::<1>(weekly(EpochReading::Last));
    epochs.fund(Amount::MAX, week(0)).unwrap();
    assert!(matches!(
        epochs.fund(Amount::new(1), week(0)),
        Err(Error::Overflow { .. })
    ));
    let less = U256::MAX.checked_sub(U256::ONE).unwrap();
    let mut sum = 0;
    for own in [less, U256::ONE] {
        let weights = (|_| U256::MAX, move |_| own);
        let claimed = epochs.claim(&mut EpochCursor::new(), &weights, week(1), 1);
        sum += claimed.unwrap().amount.get();
    }
    assert_eq!(sum, u128::MAX - 1);
    assert_eq!(epochs.state().owed.high(), 0);
}
