//! Liquidations that somebody else has sized, and what of them is verified.

use tokenomics_fixed_math::{fraction, wad, Amount, Ratio};
use tokenomics_haircut_collateral::{
    Action, Breach, Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding,
    Incentive, Liquidation, LiquidationTerms, Margin, Pair, Portfolio,
};

/// The dust value lets a rest of less than it be taken too, and is no leave to repay that much more of a
/// debt and a holding that both stay.
#[test]
fn dust_is_no_reason_to_go_beyond_the_target() {
    let haircut = Haircut::uniform(fraction!("0.2"));
    let held = [Holding::new(Amount::new(10_000), Ratio::ONE, haircut)];
    let owed = [Debt::new(Amount::new(8_200), Ratio::ONE, Haircut::NONE).unwrap()];
    let portfolio = Portfolio::new(&held, &owed);
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.05")).unwrap());
    let dust = Amount::new(500);
    let terms = LiquidationTerms::new(wad!("1.1"), CloseFactor::WHOLE, incentive, dust).unwrap();
    let forged = |repaid: u128| {
        let (seized, repaid) = (Amount::new(repaid * 105 / 100), Amount::new(repaid));
        let action = Action::Partial {
            holding: 0,
            seized,
            debt: 0,
            repaid,
        };
        let left = [held[0].with_amount(held[0].amount().checked_sub(seized).unwrap())];
        let still_owed = [owed[0].with_amount(owed[0].amount().checked_sub(repaid).unwrap())];
        let certificate = Certificate::Improves {
            health_before: portfolio.health(Margin::Maintenance).unwrap(),
            health_after: Portfolio::new(&left, &still_owed).health(Margin::Maintenance),
        };
        Liquidation::new(action, certificate).verify(&terms, &portfolio)
    };
    let beyond = Error::Uncertified {
        breach: Breach::BeyondTarget,
    };
    // 3,923.08 reach the target; of more, two units and what a unit of the holding costs are allowed.
    assert_eq!(forged(3_924), Ok(()));
    assert_eq!(forged(3_926), Ok(()));
    assert_eq!(forged(3_927), Err(beyond));
    assert_eq!(forged(4_300), Err(beyond));
}

/// A holding worth less than 1e-36 a unit has no size of which sums that are cut there tell a gain. Who
/// chooses it doesn't have the position closed whole, which another pair restores.
#[test]
fn an_odd_pair_does_not_close_what_another_restores() {
    let held = |amount, price, cut| Holding::new(Amount::new(amount), price, Haircut::uniform(cut));
    let per = u128::MAX - 2;
    let holdings = [
        held(4, Ratio::ONE, fraction!("0.1")),
        held(
            u128::MAX - 1,
            Ratio::new(20, per).unwrap(),
            fraction!("0.481623275240198764"),
        ),
        held(20, Ratio::ONE, fraction!("1")),
    ];
    let owed = |amount, price, add_on| {
        Debt::new(Amount::new(amount), price, Haircut::uniform(add_on)).unwrap()
    };
    let tiny = Ratio::new(3, 1_000_000_000_000_000_000_000_000_000_000_000_000).unwrap();
    let owed = [
        owed(
            6_346_079_351_877_269_099,
            tiny,
            fraction!("0.055710130907155285"),
        ),
        owed(20, Ratio::new(11, 12).unwrap(), fraction!("0.15")),
    ];
    let portfolio = Portfolio::new(&holdings, &owed);
    let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.17")).unwrap());
    let terms =
        LiquidationTerms::new(wad!("1.19"), CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap();
    let odd = Pair {
        holding: 1,
        debt: 0,
    };
    for at_most in [1, 2, 3, 4, 5, u128::MAX] {
        match terms.liquidate_pair(&portfolio, odd, Amount::new(at_most)) {
            Ok(part) => assert_eq!(part.verify(&terms, &portfolio), Ok(())),
            Err(error) => assert_eq!(error, Error::NoGain),
        }
    }
    let by_rule = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    assert!(matches!(by_rule.action(), Action::Partial { .. }));
}
