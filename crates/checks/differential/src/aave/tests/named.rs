//! A position for each difference, with its figures.

use revm::primitives::ruint::aliases::U512;

use super::super::here::{Here, Outcome};
use super::super::model::{Account, Refusal, Taken};
use super::super::position::{Asset, Group, Position, ONE};
use super::super::tally::{Difference as D, Tally};
use super::super::Question;
use super::judged;

/// Of which a base unit is worth one of the base currency.
const COIN: Asset = Asset {
    decimals: 8,
    price: 100_000_000,
    ltv: 8_000,
    threshold: 8_500,
    bonus: 10_500,
    fee: 0,
    is_grouped: false,
    held: 0,
    owed: 0,
};
/// Of which ten are.
const TENTH: Asset = Asset {
    decimals: 9,
    ..COIN
};
/// Of which one is worth a hundred.
const HUNDRED: Asset = Asset {
    decimals: 6,
    ..COIN
};

fn held(held: u128, asset: Asset) -> Asset {
    Asset { held, ..asset }
}

fn owed(owed: u128, asset: Asset) -> Asset {
    Asset { owed, ..asset }
}

fn position(assets: &[Asset]) -> Position {
    Position {
        assets: assets.to_vec(),
        group: None,
    }
}

/// The differences of a position whose first asset is seized, for up to so much of the last, which is the one
/// that is borrowed too.
fn differences(position: &Position, cover: u128) -> Vec<D> {
    let last = position.assets.len() - 1;
    let question = Question {
        borrowed: last,
        pair: (position.assets[last].owed > 0).then_some([0, last]),
        cover,
    };
    let mut tally = Tally::default();
    judged(position, &question, (None, None), &mut tally).unwrap();
    tally.seen()
}

fn health(position: &Position) -> u64 {
    Account::of(position).health.to()
}

/// What a liquidation of the first for the last takes there, and here.
fn liquidations(position: &Position, cover: u128) -> (Taken, Outcome) {
    let pair = [0, position.assets.len() - 1];
    let there = Account::of(position).liquidate(position, pair, cover);
    let here = Here::new(position, None).unwrap();
    (there, here.liquidate(pair, cover).unwrap())
}

fn part(seized: u128, repaid: u128) -> Outcome {
    Outcome::Part { seized, repaid }
}

#[test]
fn a_holding_is_floored() {
    // Worth 2,000.5.
    let position = position(&[held(20_005, TENTH), COIN]);
    assert_eq!(Account::of(&position).collateral, U512::from(2_000));
    assert_eq!(differences(&position, 1), [D::HoldingFloored]);
}

#[test]
fn a_debt_is_floored() {
    // Of 1.5.
    let position = position(&[held(10_000, COIN), owed(15, TENTH)]);
    assert_eq!(Account::of(&position).debt, U512::from(1));
    let seen = [D::DebtFloored, D::OffersMore, D::BorrowsMore];
    assert_eq!(differences(&position, 1), seen);
}

#[test]
fn a_debt_of_less_than_a_unit_is_none() {
    let dust = Asset {
        decimals: 18,
        ..COIN
    };
    let position = position(&[held(1, COIN), owed(9_999_999_999, dust)]);
    let account = Account::of(&position);
    assert_eq!(account.debt, U512::ZERO);
    assert!(account.health > U512::from(u128::MAX));
    let seen = differences(&position, 1);
    assert!(seen.contains(&D::HealthyThere), "{seen:?}");
}

/// 20,000 of which 17,001 count.
fn averaged(debt: u128) -> Position {
    let other = Asset {
        threshold: 8_501,
        ltv: 8_001,
        ..COIN
    };
    position(&[held(10_000, COIN), held(10_000, other), owed(debt, COIN)])
}

#[test]
fn an_average_is_cut() {
    let position = averaged(17_001);
    assert_eq!(Account::of(&position).threshold, U512::from(8_500));
    let shown = U512::from(999_941_179_930_592_318_u64);
    assert_eq!(Account::of(&position).health, shown);
    let seen = [D::AverageCut, D::FactorDown, D::LiquidatableThere];
    assert_eq!(differences(&position, 1), seen);
}

#[test]
fn an_average_that_is_cut_lends_less() {
    let position = averaged(0);
    assert_eq!(Account::of(&position).available, U512::from(16_000));
    let seen = [D::AverageCut, D::OffersLess, D::BorrowsLess];
    assert_eq!(differences(&position, 1), seen);
}

#[test]
fn a_unit_is_lent_for_a_unit_and_healthy() {
    let empty = position(&[held(1, COIN), COIN]);
    assert_eq!(Account::of(&empty).available, U512::from(1));
    let seen = [D::PercentUp, D::OffersMore, D::BorrowsMore];
    assert_eq!(differences(&empty, 1), seen);

    let lent = position(&[held(1, COIN), owed(1, COIN)]);
    assert_eq!(health(&lent), ONE);
    assert_eq!(differences(&lent, 1), [D::PercentUp, D::HealthyThere]);
}

#[test]
fn what_counts_is_rounded_down() {
    // 3.4 of 4.
    let position = position(&[held(4, COIN), owed(3, COIN)]);
    assert_eq!(health(&position), ONE);
    let seen = differences(&position, 1);
    assert_eq!(seen, [D::PercentDown]);
}

#[test]
fn a_factor_is_rounded_up_to_one() {
    let half = Asset {
        threshold: 5_000,
        ltv: 5_000,
        ..COIN
    };
    let debt = 3 * u128::from(ONE);
    let position = position(&[held(2 * (debt - 1), half), owed(debt, COIN)]);
    assert_eq!(health(&position), ONE);
    assert_eq!(differences(&position, 1), [D::FactorUp, D::HealthyThere]);
}

#[test]
fn a_factor_is_rounded() {
    // 85 of 100 against 60, and against 75.
    let against = |debt| position(&[held(100, COIN), owed(debt, COIN)]);
    assert_eq!(health(&against(60)), 1_416_666_666_666_666_667);
    assert_eq!(differences(&against(60), 1), [D::FactorUp]);
    assert_eq!(health(&against(75)), 1_133_333_333_333_333_333);
    assert_eq!(differences(&against(75), 1), [D::FactorDown]);
}

#[test]
fn all_is_repaid_above_a_health_of_95_percent() {
    // 17,001 against 17,895: 0.95004.
    let position = averaged(17_895);
    assert_eq!(health(&position), 949_986_029_617_211_512);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!(there, Ok((10_000, 9_524)));
    assert_eq!(here, part(9_395, 8_948));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::WholeThere), "{seen:?}");
}

#[test]
fn all_is_repaid_at_95_percent_by_both() {
    let half = Asset {
        threshold: 5_000,
        ltv: 5_000,
        ..COIN
    };
    // There 100, and here as much as reaches a health of 10: (1,000 − 95) / (10 − 1.05 · 0.5).
    let position = position(&[held(190, half), owed(100, COIN)]);
    assert_eq!(health(&position), ONE / 100 * 95);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!((there, here), (Ok((105, 100)), part(100, 96)));
    let seen = differences(&position, u128::MAX);
    assert_eq!(seen, [D::SeizesMore, D::NoTarget]);
}

#[test]
fn half_is_repaid_at_less_than_95_percent() {
    let half = Asset {
        threshold: 5_000,
        ltv: 5_000,
        ..COIN
    };
    // 19.5 against 21: 0.929.
    let position = position(&[held(39, half), owed(21, COIN)]);
    assert_eq!(health(&position), 952_380_952_380_952_381);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!(there, Ok((12, 11)));
    assert_eq!(here, part(22, 21));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::HalfThere), "{seen:?}");
}

#[test]
fn a_base_is_floored_before_the_bonus() {
    let triple = Asset {
        price: 300_000_000,
        bonus: 12_000,
        threshold: 5_000,
        ltv: 5_000,
        ..COIN
    };
    // 5 · 1.2 / 3 = 2, but of 1 for 5 at first.
    let position = position(&[held(100, triple), owed(200, COIN)]);
    assert_eq!(liquidations(&position, 5), (Ok((1, 5)), part(2, 5)));
    assert_eq!(differences(&position, 5), [D::SeizesLess]);

    // More than the bonus as a factor: of 7.99 · 1.64 = 13.1, 7 · 1.64 = 11.48.
    let high = Asset {
        bonus: 16_400,
        threshold: 6_000,
        ltv: 5_000,
        ..HUNDRED
    };
    let position = self::position(&[held(1_000, high), owed(60_500, COIN)]);
    assert_eq!(liquidations(&position, 799), (Ok((11, 799)), part(13, 799)));
    assert_eq!(differences(&position, 799), [D::FactorUp, D::SeizesLess]);
}

#[test]
fn half_a_unit_is_seized_as_one() {
    let position = position(&[held(1_000, COIN), owed(900, COIN)]);
    assert_eq!(liquidations(&position, 10), (Ok((11, 10)), part(10, 10)));
    let seen = differences(&position, 10);
    assert!(seen.contains(&D::SeizesMore), "{seen:?}");
}

#[test]
fn a_rest_costs_two_units_less() {
    let cent = Asset {
        decimals: 10,
        bonus: 10_600,
        ..COIN
    };
    // Worth 10.99, which is 10.37 at the bonus.
    let position = position(&[held(1_099, cent), held(1_000, COIN), owed(900, COIN)]);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!((there, here), (Ok((1_099, 9)), part(1_099, 11)));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::RestForLess), "{seen:?}");
}

#[test]
fn a_rest_costs_more_than_it_is_worth_at_the_bonus() {
    // 1,090 buy 10.9, which are 10, and with the bonus 11.
    let position = position(&[held(11, HUNDRED), held(10_000, COIN), owed(10_000, COIN)]);
    let (there, here) = liquidations(&position, 1_090);
    assert_eq!((there, here), (Ok((11, 1_090)), part(11, 1_048)));
    let seen = differences(&position, 1_090);
    assert!(seen.contains(&D::Overpaid), "{seen:?}");
}

#[test]
fn a_rest_costs_more_by_a_unit_of_it_and_more() {
    // 1,099 buy 10.99, which are 10, and with the bonus of 4.9% 10.49, so 10 are seized: worth 953.3.
    let held_most = Asset {
        bonus: 10_490,
        ..HUNDRED
    };
    let position = position(&[held(10, held_most), held(10_000, COIN), owed(9_900, COIN)]);
    let (there, here) = liquidations(&position, 1_099);
    assert_eq!((there, here), (Ok((10, 1_099)), part(10, 954)));
    let seen = differences(&position, 1_099);
    assert!(seen.contains(&D::Overpaid), "{seen:?}");
}

#[test]
fn a_part_that_buys_no_unit_is_refused() {
    let position = position(&[held(100, HUNDRED), owed(9_000, COIN)]);
    let (there, here) = liquidations(&position, 96);
    assert_eq!((there, here), (Err(Refusal::Nothing), part(1, 96)));
    let seen = differences(&position, 96);
    assert!(seen.contains(&D::Nothing), "{seen:?}");
}

#[test]
fn what_pays_for_no_unit_is_refused() {
    // A unit costs 100 / 1.05, 95.2 units of the debt.
    let position = position(&[held(100, HUNDRED), owed(9_000, COIN)]);
    let (there, here) = liquidations(&position, 95);
    let least = Outcome::TooLittle { least: 96 };
    assert_eq!((there, here), (Err(Refusal::Nothing), least));
    assert!(!differences(&position, 95).contains(&D::SeizesMore));
}

#[test]
fn there_is_no_target() {
    let low = Asset {
        threshold: 4_500,
        ltv: 4_000,
        ..COIN
    };
    // (10 · 100 − 90) / (10 − 1.05 · 0.45) = 95.5
    let position = position(&[held(200, low), owed(100, COIN)]);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!((there, here), (Ok((105, 100)), part(100, 96)));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::NoTarget), "{seen:?}");
}

#[test]
fn a_solvent_position_is_left_with_a_bad_debt() {
    let position = position(&[held(105, COIN), owed(104, COIN)]);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!((there, here), (Ok((105, 100)), Outcome::Close));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::NoGain), "{seen:?}");
}

#[test]
fn a_bonus_is_paid_of_what_is_insolvent() {
    let position = position(&[held(100, COIN), owed(110, COIN)]);
    let (there, here) = liquidations(&position, u128::MAX);
    assert_eq!((there, here), (Ok((100, 95)), Outcome::BadDebt));
    let seen = differences(&position, u128::MAX);
    assert!(seen.contains(&D::Insolvent), "{seen:?}");
}

#[test]
fn what_is_closed_whole_is_refused_as_nothing() {
    for (position, outcome) in [
        // All of the holding costs 0.3 units, or the debt buys 0.99 of one.
        (position(&[held(3, TENTH), owed(1, COIN)]), Outcome::BadDebt),
        (
            position(&[held(1, HUNDRED), owed(99, COIN)]),
            Outcome::Close,
        ),
    ] {
        let (there, here) = liquidations(&position, u128::MAX);
        assert_eq!((there, here), (Err(Refusal::Nothing), outcome));
        let seen = differences(&position, u128::MAX);
        assert!(seen.contains(&D::NothingWhole), "{seen:?}");
        assert!(!seen.contains(&D::NoGain) && !seen.contains(&D::Insolvent));
    }
}

#[test]
fn more_than_128_bits_are_counted() {
    let dear = Asset {
        price: 1 << 49,
        decimals: 0,
        ..COIN
    };
    let seen = differences(&position(&[held(1 << 111, dear), COIN]), 1);
    assert!(seen.contains(&D::Wide), "{seen:?}");
}

#[test]
fn a_category_counts_what_is_in_it() {
    let grouped = |asset: Asset| Asset {
        is_grouped: true,
        ..asset
    };
    let unborrowable = Asset { ltv: 0, ..COIN };
    let mut position = position(&[
        held(1_000, grouped(COIN)),
        held(1_000, grouped(unborrowable)),
        held(1_000, COIN),
        owed(100, grouped(COIN)),
    ]);
    position.group = Some(Group {
        ltv: 9_000,
        threshold: 9_500,
        bonus: 10_100,
        price: 200_000_000,
    });
    // 2,000 · 0.9 + 1,000 · 0.8 of 5,000, and 4,000 · 0.95 + 850.
    let account = Account::of(&position);
    assert_eq!(account.collateral, U512::from(5_000));
    assert_eq!(account.ltv, U512::from(5_200));
    assert_eq!(account.threshold, U512::from(9_300));
    assert_eq!(account.available, U512::from(2_400));
    assert_eq!(differences(&position, 1), []);
}
