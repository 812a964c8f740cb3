//! Faults that other systems had, each as what must hold here.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{Debt, Error, Haircut, Holding, Margin, Portfolio, Quantity};

fn held(amount: u128, price: Ratio, haircut: Haircut) -> Holding {
    Holding::new(Amount::new(amount), price, haircut)
}

fn owed(amount: u128, price: Ratio) -> Debt {
    Debt::new(Amount::new(amount), price, Haircut::NONE).unwrap()
}

fn half() -> Ratio {
    Ratio::new(1, 2).unwrap()
}

fn decimal(price: &str) -> Ratio {
    price.parse::<Wad>().unwrap().into()
}

/// hopper-lending and jiminy-lending cut the ratio in basis points to 64 bits (`ratio as u64`), so
/// this position reads as almost worthless.
#[test]
fn very_much_collateral_against_one_unit_of_debt_is_not_liquidatable() {
    let collateral = 1_844_674_407_370_956_u128;
    let truncated = (collateral * 10_000) as u64;
    assert!(truncated < 10_000, "that arithmetic sees {truncated} bps");

    let (held, owed) = (
        [held(collateral, Ratio::ONE, Haircut::NONE)],
        [owed(1, Ratio::ONE)],
    );
    let portfolio = Portfolio::new(&held, &owed);
    assert!(portfolio.is_healthy(Margin::Maintenance));
    let factor = portfolio.health(Margin::Maintenance).unwrap();
    assert!(factor <= Ratio::from_integer(collateral));
    assert!(factor > Ratio::from_integer(collateral - 1));
}

/// Aave v3's `wadDiv` rounds half up.
#[test]
fn a_debt_one_unit_above_the_credit_is_unhealthy_where_half_up_reads_a_factor_of_one() {
    let (credit, debt) = (3 * Wad::SCALE - 1, 3 * Wad::SCALE);
    let half_up = (credit * Wad::SCALE + debt / 2) / debt;
    assert_eq!(half_up, Wad::SCALE);

    let (held, owed) = (
        [held(credit, Ratio::ONE, Haircut::NONE)],
        [owed(debt, Ratio::ONE)],
    );
    let portfolio = Portfolio::new(&held, &owed);
    assert!(!portfolio.is_healthy(Margin::Maintenance));
    let factor = portfolio.health(Margin::Maintenance).unwrap();
    assert!(factor < Ratio::ONE);
}

/// Aave v3's configuration check: threshold 8333 times bonus 12001 must be at most 10000 in basis
/// points, which half up it is, though the product is 10000.4333: a liquidation at the threshold
/// would take more than there is.
#[test]
fn a_threshold_times_a_bonus_is_above_one_where_half_up_reads_one() {
    assert_eq!((8_333 * 12_001 + 5_000) / 10_000, 10_000);

    let weight = Fraction::from_bps(8_333).unwrap();
    let seized = [held(
        12_001,
        Ratio::ONE,
        Haircut::from_weights(weight, weight).unwrap(),
    )];
    let repaid = |price: &str| [owed(10_000, decimal(price))];
    let covers = |price| Portfolio::new(&seized, &repaid(price)).is_healthy(Margin::Maintenance);
    assert!(covers("1.00004333"));
    assert!(!covers("1.000043330000000001"));
}

/// Comet and dYdX truncate each debt toward zero, in the borrower's favour.
#[test]
fn debts_of_a_fraction_of_a_unit_are_owed() {
    let dust = [owed(1, half()); 3];
    let one_by_one: u128 = dust
        .iter()
        .map(|d| d.amount().get() * d.price().numerator() / d.price().denominator())
        .sum();
    assert_eq!(one_by_one, 0);

    let portfolio = Portfolio::new(&[], &dust);
    assert_eq!(portfolio.owed(Margin::Maintenance), Ok(Amount::new(2))); // 1.5, once rounded up
    assert!(!portfolio.is_healthy(Margin::Maintenance));
}

/// Drift floors the margin requirement.
#[test]
fn a_requirement_of_a_fraction_of_a_unit_is_not_met_by_less() {
    let one = [held(1, Ratio::ONE, Haircut::NONE)];
    let requirement = [owed(3, half())]; // 1.5, floored 1
    assert!(!Portfolio::new(&one, &requirement).is_healthy(Margin::Initial));
}

/// marginfi truncates each side: three assets of 0.5 are worth 0 one by one.
#[test]
fn the_sum_is_rounded_and_not_its_terms() {
    let thirds = [held(1, half(), Haircut::NONE); 3];
    let portfolio = Portfolio::new(&thirds, &[]);
    assert_eq!(portfolio.credit(Margin::Initial), Ok(Amount::new(1)));
}

/// Venus counted LUNA at a feed paused at $0.1 (May 2022, $11.2M): an unpriced asset gives no
/// credit, and an unpriced debt can't be written down at all.
#[test]
fn a_missing_price_gives_no_credit_and_forgives_no_debt() {
    let luna = [held(1_000_000, Ratio::ZERO, Haircut::NONE)];
    let portfolio = Portfolio::new(&luna, &[]);
    let most = portfolio.max_borrow(Ratio::ONE, Haircut::NONE, Margin::Initial);
    assert_eq!(most, Ok(Amount::ZERO));

    let (what, value, bound) = (Quantity::DebtPrice, 0, 1);
    let refused = Error::OutOfRange { what, value, bound };
    let unpriced = Debt::new(Amount::new(5), Ratio::ZERO, Haircut::NONE);
    assert_eq!(unpriced, Err(refused));
    let unpriced = portfolio.max_borrow(Ratio::ZERO, Haircut::NONE, Margin::Initial);
    assert_eq!(unpriced, Err(refused));
}

/// A loan-to-value above the liquidation threshold lets a position open that can be liquidated.
#[test]
fn an_initial_weight_above_the_maintenance_weight_is_refused() {
    let (initial, maintenance) = (
        Fraction::from_percent(80).unwrap(),
        Fraction::from_percent(79).unwrap(),
    );
    assert!(Haircut::from_weights(initial, maintenance).is_err());
    assert!(Haircut::from_weights(maintenance, initial).is_ok());
}

/// Products beyond 256 bits, where a checked implementation would revert and leave the position
/// impossible to liquidate.
#[test]
fn the_largest_position_can_still_be_judged() {
    let most = [held(u128::MAX, Wad::MAX.into(), Haircut::NONE); 2];
    let debt = [owed(u128::MAX, Wad::MAX.into()); 2];
    assert!(Portfolio::new(&most, &debt).is_healthy(Margin::Initial));
    assert!(!Portfolio::new(&most[..1], &debt).is_healthy(Margin::Initial));
    let more = [debt[0], debt[1], owed(1, Wad::from_raw(1).into())];
    assert!(!Portfolio::new(&most, &more).is_healthy(Margin::Initial));
}
