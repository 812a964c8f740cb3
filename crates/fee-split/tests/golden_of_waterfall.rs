//! Waterfalls of others, by their figures.

use tokenomics_fee_split::{catch_up_cap, SurplusBuffer, Tier, Waterfall, WeightedSplit};
use tokenomics_fixed_math::{fraction, Amount};

/// The usual waterfall of a fund: capital back, a preferred return of 8%, a full catch-up to 20%, then 80 to
/// 20. On 1,000 of capital and 1,500 of proceeds, which are 500 of profit, the manager has 100, a fifth.
#[test]
fn a_fund_with_a_full_catch_up() {
    let (capital, preferred) = (Amount::new(1_000_000), Amount::new(80_000));
    let catch_up = catch_up_cap(preferred, fraction!("0.2"), fraction!("1")).unwrap();
    assert_eq!(catch_up, Amount::new(20_000));
    let tiers = [(capital, [1, 0]), (preferred, [1, 0]), (catch_up, [0, 1])]
        .map(|(cap, weights)| Tier::new(cap, weights).unwrap());
    let mut fund = Waterfall::new(tiers, WeightedSplit::new([80, 20]).unwrap()).unwrap();
    let [mut investors, mut manager] = [0, 0];
    // As the proceeds come in, quarter by quarter.
    for proceeds in [700_001, 350_000, 40_009, 5_000, 404_990] {
        let [first, second] = fund.distribute(Amount::new(proceeds)).unwrap();
        investors += first.get();
        manager += second.get();
    }
    assert_eq!([investors, manager], [1_400_000, 100_000]);
    assert_eq!(fund.carried(), Amount::ZERO);
}

/// With a catch-up of a half the manager needs 80,000·0.2/(0.5 − 0.2) = 53,333.3 to have a fifth.
#[test]
fn a_fund_with_half_a_catch_up() {
    let preferred = Amount::new(80_000);
    let catch_up = catch_up_cap(preferred, fraction!("0.2"), fraction!("0.5")).unwrap();
    assert_eq!(catch_up, Amount::new(53_333));
    let tiers = [(preferred, [1, 0]), (catch_up, [1, 1])]
        .map(|(cap, weights)| Tier::new(cap, weights).unwrap());
    let mut fund = Waterfall::new(tiers, WeightedSplit::new([80, 20]).unwrap()).unwrap();
    let [investors, manager] = fund
        .distribute(Amount::new(133_333))
        .unwrap()
        .map(Amount::get);
    // The odd unit of the halves goes to the first.
    assert_eq!([investors, manager], [106_667, 26_666]);
}

/// 0xSplits, WaterfallModule, by its own rule: cumulative thresholds of 1 and 3 ether, the rest to the third;
/// each payment continues where the one before stopped.
#[test]
fn thresholds_of_one_and_three() {
    const ETHER: u128 = 1_000_000_000_000_000_000;
    let tiers = [(ETHER, [1, 0, 0]), (2 * ETHER, [0, 1, 0])]
        .map(|(cap, weights)| Tier::new(Amount::new(cap), weights).unwrap());
    let residual = WeightedSplit::new([0, 0, 1]).unwrap();
    let mut waterfall = Waterfall::new(tiers, residual).unwrap();
    let mut pay = |tenths: u128| {
        let parts = waterfall
            .distribute(Amount::new(tenths * ETHER / 10))
            .unwrap();
        parts.map(|part| part.get() * 10 / ETHER)
    };
    assert_eq!(pay(5), [5, 0, 0]);
    assert_eq!(pay(10), [5, 5, 0]);
    assert_eq!(pay(20), [0, 15, 5]);
    assert_eq!(pay(10), [0, 0, 10]);
}

/// MakerDAO, vow.sol: surplus goes to auction only from the hump on, and bad debt is healed from it first.
#[test]
fn surplus_above_the_hump() {
    let mut vow = SurplusBuffer::new(Amount::new(500));
    assert_eq!(vow.fill(Amount::new(450)), Amount::ZERO);
    assert_eq!(vow.draw(Amount::new(200)), Amount::new(200));
    assert_eq!(vow.fill(Amount::new(300)), Amount::new(50));
    assert_eq!(vow.level(), Amount::new(500));
}
