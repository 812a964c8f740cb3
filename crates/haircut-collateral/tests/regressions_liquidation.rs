//! Faults that the liquidations of others had, each with its numbers as what must hold here.

use tokenomics_fixed_math::{fraction, wad, Amount, Fraction, Ratio, Wad};
use tokenomics_haircut_collateral::{
    Action, Breach, Certificate, CloseFactor, Debt, Error, FixedIncentive, Haircut, Holding,
    Incentive, Liquidation, LiquidationTerms, Margin, Portfolio, ThresholdIncentive,
};

fn weight(weight: &str) -> Haircut {
    let weight: Fraction = weight.parse().unwrap();
    Haircut::from_weights(weight, weight).unwrap()
}

fn held(amount: u128, price: Ratio, haircut: Haircut) -> Holding {
    Holding::new(Amount::new(amount), price, haircut)
}

fn owed(amount: u128, price: Ratio) -> Debt {
    Debt::new(Amount::new(amount), price, Haircut::NONE).unwrap()
}

fn ratio(numerator: u128, denominator: u128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

fn at(factor: Wad, target: Wad) -> LiquidationTerms {
    let incentive = Incentive::Fixed(FixedIncentive::new(factor).unwrap());
    LiquidationTerms::new(target, CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap()
}

fn left(done: &Liquidation, held: &[Holding], owed: &[Debt]) -> (Vec<Holding>, Vec<Debt>) {
    let held = (0..).zip(held).map(|(index, held)| {
        held.with_amount(
            held.amount()
                .checked_sub(done.seized_of(index, held))
                .unwrap(),
        )
    });
    let owed = (0..).zip(owed).map(|(index, owed)| {
        owed.with_amount(
            owed.amount()
                .checked_sub(done.repaid_of(index, owed))
                .unwrap(),
        )
    });
    (held.collect(), owed.collect())
}

/// morpho-org/midnight #80: a borrow of 188 against 230 at a threshold of 0.5, whose price falls from 1 to
/// just below 0.5, and 100 at 0.9. To seize all of the first at a factor of 1.15 repays 100 and leaves 88
/// against 100, which is healthy; and what can be repaid at all is 187, so 1 was written off.
#[test]
fn a_healthy_rest_is_never_left_with_a_bad_debt() {
    let price = ratio(4_999, 10_000);
    let held = [
        held(230, price, weight("0.5")),
        held(100, Ratio::ONE, weight("0.9")),
    ];
    let owed = [owed(188, Ratio::ONE)];
    let portfolio = Portfolio::new(&held, &owed);
    assert!(portfolio.is_liquidatable() && portfolio.is_solvent());

    let incentive = ThresholdIncentive::new(fraction!("0.3"), wad!("1.15")).unwrap();
    let incentive = Incentive::ByThreshold(incentive);
    let terms =
        LiquidationTerms::new(wad!("1"), CloseFactor::WHOLE, incentive, Amount::ZERO).unwrap();
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    // 214.977 over 188 is 1.1435: no room for 1.15. Nothing is written off, all is repaid.
    assert_eq!(done.certificate(), Certificate::FullCloseRequired);
    assert_eq!(done.repaid_of(0, &owed[0]), Amount::new(188));
    done.verify(&terms, &portfolio).unwrap();

    // What they did is refused.
    let (seized, repaid) = (Amount::new(230), Amount::new(100));
    let (holding, debt) = (0, 0);
    let theirs = Action::Partial {
        holding,
        seized,
        debt,
        repaid,
    };
    let theirs = Liquidation::new(theirs, done.certificate());
    let breach = Breach::WrongAction;
    assert_eq!(
        theirs.verify(&terms, &portfolio),
        Err(Error::Uncertified { breach })
    );
}

/// marginfi #175: 100 held, 80 borrowed of an asset that rises to 97; a liquidator gets 100 for 97.5, which
/// lowers health, so the rule that health must rise refused every liquidation until the debt was bad.
#[test]
fn a_position_of_100_against_97_can_be_liquidated() {
    let held = [held(100_000, Ratio::ONE, weight("0.9"))];
    let owed = [owed(80_000, ratio(97, 80))];
    let portfolio = Portfolio::new(&held, &owed);
    // 100 for 95 of debt: more than what is held over what is owed, so all is closed at once.
    let terms = at(wad!("1.052631578947368421"), wad!("1"));
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    assert_eq!(done.certificate(), Certificate::FullCloseRequired);
    done.verify(&terms, &portfolio).unwrap();
    let (rest, still_owed) = left(&done, &held, &owed);
    assert_eq!(
        (rest[0].amount(), still_owed[0].amount()),
        (Amount::ZERO, Amount::ZERO)
    );

    // 100 for 97.5: a part of it restores health.
    let terms = at(wad!("1.025641025641025641"), wad!("1"));
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    assert!(matches!(done.certificate(), Certificate::Improves { .. }));
    done.verify(&terms, &portfolio).unwrap();
    let (rest, still_owed) = left(&done, &held, &owed);
    assert!(!Portfolio::new(&rest, &still_owed).is_liquidatable());
}

/// mango-v4 #447: an account that was just liquidatable was liquidated until it reached the margin for
/// opening, which can be far away; the target is a buffer of its own.
#[test]
fn a_liquidation_ends_at_its_target_and_not_at_the_margin_for_opening() {
    let haircut = Haircut::from_weights(fraction!("0.5"), fraction!("0.9")).unwrap();
    let held = [held(1_000_000, Ratio::ONE, haircut)];
    let owed = [owed(900_001, Ratio::ONE)];
    let portfolio = Portfolio::new(&held, &owed);
    let terms = at(wad!("1.02"), wad!("1.01"));
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    // (1.01 · 900,001 − 900,000) / (1.01 − 1.02 · 0.9)
    assert_eq!(done.repaid_of(0, &owed[0]), Amount::new(97_838));
    let (rest, still_owed) = left(&done, &held, &owed);
    let after = Portfolio::new(&rest, &still_owed);
    assert!(!after.is_liquidatable() && !after.is_healthy(Margin::Initial));
    let health = after.health(Margin::Maintenance).unwrap();
    assert!(health >= ratio(101, 100) && health < ratio(10_101, 10_000));
}

/// aave-v4 #929 to #970: liquidations of 1 wei, whose seized amount was rounded up, paid each time more
/// than the bonus.
#[test]
fn many_liquidations_of_one_unit_pay_no_more_than_one_of_many() {
    // A unit seized is worth 1, a unit repaid 1.9: at 5% it seizes 1.995, so 1.
    let held = [held(1_000, Ratio::ONE, weight("0.8"))];
    let owed = [owed(440, ratio(19, 10))];
    let terms = at(wad!("1.05"), wad!("1.01"));
    let (mut small, mut small_owed) = (held.to_vec(), owed.to_vec());
    let (mut seized, mut calls) = (0, 0);
    while let Ok(done) = terms.liquidate(&Portfolio::new(&small, &small_owed), Amount::new(1)) {
        assert_eq!(done.repaid_of(0, &small_owed[0]), Amount::new(1));
        seized += done.seized_of(0, &small[0]).get();
        (small, small_owed) = left(&done, &small, &small_owed);
        calls += 1;
    }
    let value = seized * 10;
    assert!(value <= calls * 19, "{seized} for {calls} calls");
    let at_once = terms
        .liquidate(&Portfolio::new(&held, &owed), Amount::new(calls))
        .unwrap();
    assert!(at_once.seized_of(0, &held[0]).get() >= seized);
    assert!(!Portfolio::new(&small, &small_owed).is_liquidatable());
}

/// A unit that is worth less than what it would take to pay for: nothing is seized for nothing.
#[test]
fn nothing_is_repaid_by_seizing() {
    let held = [held(20, ratio(1, 100), weight("0.5"))];
    let owed = [owed(1, ratio(15, 100))];
    let terms = at(wad!("1.1"), wad!("1"));
    let done = terms
        .liquidate(&Portfolio::new(&held, &owed), Amount::MAX)
        .unwrap();
    // 16.5 units are worth 0.165, 1.1 times the unit that is owed.
    assert_eq!(done.repaid_of(0, &owed[0]), Amount::new(1));
    assert_eq!(done.seized_of(0, &held[0]), Amount::new(16));
}

/// morpho-blue #82 and #542: who leaves a wei of collateral leaves the bad debt undeclared.
#[test]
fn a_unit_that_is_left_does_not_hide_a_bad_debt() {
    let held = [held(1, Ratio::ONE, weight("0.8"))];
    let owed = [owed(100, Ratio::ONE)];
    let terms = at(wad!("1.05"), wad!("1"));
    let portfolio = Portfolio::new(&held, &owed);
    let done = terms.liquidate(&portfolio, Amount::new(1)).unwrap();
    let amount = Amount::new(99);
    assert_eq!(done.certificate(), Certificate::BadDebt { amount });
    let (seized, repaid) = (Amount::ZERO, Amount::new(1));
    let (holding, debt) = (0, 0);
    let dodged = Action::Partial {
        holding,
        seized,
        debt,
        repaid,
    };
    let dodged = Liquidation::new(dodged, done.certificate());
    assert!(dodged.verify(&terms, &portfolio).is_err());
}

/// euler-vault-kit #310: dust that no price was to be had for kept the loss from being shared. It stays
/// where it is, and is neither given away nor in the way.
#[test]
fn dust_without_a_price_does_not_hide_a_bad_debt() {
    let held = [
        held(60, Ratio::ONE, weight("0.8")),
        held(7, Ratio::ZERO, weight("0.8")),
    ];
    let owed = [owed(100, Ratio::ONE)];
    let terms = at(wad!("1.05"), wad!("1"));
    let portfolio = Portfolio::new(&held, &owed);
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    let amount = Amount::new(40);
    assert_eq!(done.certificate(), Certificate::BadDebt { amount });
    assert_eq!(done.seized_of(1, &held[1]), Amount::ZERO);
    done.verify(&terms, &portfolio).unwrap();
}

/// Dust that a borrower adds, of either kind, doesn't become what is liquidated.
#[test]
fn dust_is_not_a_veto() {
    let dust = |price| held(1, price, weight("0.1"));
    let held = [
        dust(ratio(1, 1_000)),
        dust(Ratio::ZERO),
        held(1_000, Ratio::ONE, weight("0.8")),
    ];
    let owed = [owed(1, ratio(1, 1_000)), owed(850, Ratio::ONE)];
    let terms = at(wad!("1.05"), wad!("1"));
    let done = terms
        .liquidate(&Portfolio::new(&held, &owed), Amount::MAX)
        .unwrap();
    assert!(matches!(
        done.action(),
        Action::Partial {
            holding: 2,
            debt: 1,
            ..
        }
    ));
    let (rest, still_owed) = left(&done, &held, &owed);
    assert!(!Portfolio::new(&rest, &still_owed).is_liquidatable());
}

/// A debt and a holding of a single unit each.
#[test]
fn a_position_of_one_unit_can_be_liquidated() {
    let terms = at(wad!("1.05"), wad!("1"));
    let half = CloseFactor::new(fraction!("0.5"), wad!("0"), Amount::ZERO).unwrap();
    let halves = LiquidationTerms::new(wad!("1"), half, terms.incentive(), Amount::ZERO).unwrap();
    let (held, owed) = ([held(2, Ratio::ONE, weight("0.4"))], [owed(1, Ratio::ONE)]);
    for terms in [terms, halves] {
        let done = terms
            .liquidate(&Portfolio::new(&held, &owed), Amount::MAX)
            .unwrap();
        let (holding, seized, debt, repaid) = (0, Amount::new(1), 0, Amount::new(1));
        assert_eq!(
            done.action(),
            Action::Partial {
                holding,
                seized,
                debt,
                repaid
            }
        );
    }
}

/// Units of 100 each: what the target needs doesn't buy one, and nobody pays for nothing.
#[test]
fn a_holding_of_large_units_can_be_liquidated() {
    let (held, owed) = (
        [held(4, ratio(100, 1), weight("0.7"))],
        [owed(290, Ratio::ONE)],
    );
    let terms = at(wad!("1.05"), wad!("1"));
    let portfolio = Portfolio::new(&held, &owed);
    let done = terms.liquidate(&portfolio, Amount::MAX).unwrap();
    let (holding, seized, debt, repaid) = (0, Amount::new(1), 0, Amount::new(96));
    assert_eq!(
        done.action(),
        Action::Partial {
            holding,
            seized,
            debt,
            repaid
        }
    );
    done.verify(&terms, &portfolio).unwrap();
}

/// What is sound but for its size is told by its size: beyond the target, and beyond the close factor.
#[test]
fn a_liquidation_of_too_much_is_not_certified() {
    let held = [held(10_000, Ratio::ONE, weight("0.8"))];
    let owed = [owed(8_200, Ratio::ONE)];
    let portfolio = Portfolio::new(&held, &owed);
    let certified = |terms: &LiquidationTerms, repaid: u128| {
        let (holding, debt) = (0, 0);
        let (seized, repaid) = (Amount::new(repaid * 105 / 100), Amount::new(repaid));
        let action = Action::Partial {
            holding,
            seized,
            debt,
            repaid,
        };
        // The certificate is looked at last.
        let done = Liquidation::new(action, Certificate::FullCloseRequired);
        done.verify(terms, &portfolio).unwrap_err()
    };
    let told = |breach| Error::Uncertified { breach };
    // 3,924 reach the target; by rounding and by a unit of each it may be a few more.
    let terms = at(wad!("1.05"), wad!("1.1"));
    let terms = LiquidationTerms::new(
        wad!("1.1"),
        CloseFactor::WHOLE,
        terms.incentive(),
        Amount::ZERO,
    )
    .unwrap();
    assert_eq!(certified(&terms, 3_924), told(Breach::WrongCertificate));
    assert_eq!(certified(&terms, 3_950), told(Breach::BeyondTarget));
    // Half is 4,100, and the target is out of reach.
    let half = CloseFactor::new(fraction!("0.5"), wad!("0.95"), Amount::ZERO).unwrap();
    let terms = LiquidationTerms::new(wad!("9"), half, terms.incentive(), Amount::ZERO).unwrap();
    assert_eq!(certified(&terms, 4_100), told(Breach::WrongCertificate));
    assert_eq!(certified(&terms, 4_103), told(Breach::WrongCertificate));
    assert_eq!(certified(&terms, 4_104), told(Breach::BeyondTarget));
}

/// A debt without an add-on that nothing can be seized for with a gain, beside one whose weight is 2: a
/// part of the second restores the position, which holds a third more than it owes and isn't closed whole.
/// A debt below the dust value doesn't stand in the way of that.
#[test]
fn a_smaller_debt_is_repaid_where_the_largest_gains_nothing() {
    let held = [
        held(12, Ratio::ONE, weight("0.94")),
        held(8, Ratio::ONE, weight("1")),
    ];
    let double = Debt::new(Amount::new(7), Ratio::ONE, Haircut::FULL).unwrap();
    let owed = [owed(8, Ratio::ONE), double];
    let portfolio = Portfolio::new(&held, &owed);
    let terms = |dust| {
        let incentive = Incentive::Fixed(FixedIncentive::new(wad!("1.06")).unwrap());
        let target = wad!("1.09");
        LiquidationTerms::new(target, CloseFactor::WHOLE, incentive, Amount::new(dust)).unwrap()
    };
    let part = terms(0).liquidate(&portfolio, Amount::MAX).unwrap();
    // (1.09 · 22 − 19.28) / (1.09 · 2 − 1.06 · 0.94) = 3.97
    let (seized, repaid) = (Amount::new(4), Amount::new(4));
    let action = Action::Partial {
        holding: 0,
        seized,
        debt: 1,
        repaid,
    };
    assert_eq!(part.action(), action);
    part.verify(&terms(0), &portfolio).unwrap();
    let whole = terms(8).liquidate(&portfolio, Amount::MAX).unwrap();
    assert_eq!(whole.certificate(), Certificate::FullCloseRequired);
    let refused = whole.verify(&terms(7), &portfolio);
    assert_eq!(
        refused,
        Err(Error::Uncertified {
            breach: Breach::WrongAction
        })
    );
}
