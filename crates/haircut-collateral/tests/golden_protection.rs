//! Figures of protections, and what they are at their edges.

use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::*;

const ALL: Fraction = Fraction::ONE;

fn protected(held: u128, price: u128, fall: &str, strike: u128, payer: Payer) -> ProtectedHolding {
    let haircut = Haircut::uniform(fall.parse().unwrap());
    let (amount, price) = (Amount::new(held), Ratio::from_integer(price));
    let strike = Ratio::from_integer(strike);
    ProtectedHolding {
        holding: Holding::new(amount, price, haircut),
        protection: Protection::new(amount, strike, Timestamp::MAX, Timestamp::MAX),
        payer,
    }
}

fn terms() -> ProtectionTerms {
    ProtectionTerms::new(Span::from_days(1), Span::from_days(3)).unwrap()
}

fn credit(of: ProtectedHolding) -> u128 {
    let credit = of.credit(&terms(), Margin::Maintenance, Timestamp::new(0));
    credit.unwrap().get()
}

/// LUNA, May 2022: a million at 80 dollars, with a put at 60 from holders of 2 million more of it. Down 87%
/// within an hour, the payers' 160 million are 20.8, of 49.6 that are claimed; down all of the way they pay
/// nothing, and dollars would have paid all.
#[test]
fn a_put_on_luna_by_holders_of_luna() {
    for (fall, by_luna, by_dollars) in [
        ("0", 80_000_000, 80_000_000),
        ("0.25", 60_000_000, 60_000_000),
        ("0.5", 60_000_000, 60_000_000),
        ("0.87", 31_200_000, 60_000_000),
        ("0.99", 2_400_000, 60_000_000),
        ("1", 0, 60_000_000),
    ] {
        let bare = protected(
            1_000_000,
            80,
            fall,
            60,
            Payer::new(Amount::ZERO, Amount::ZERO),
        );
        let depth = fall.parse().unwrap();
        let claim = bare.protection.claim(bare.holding.price(), depth).unwrap();
        let by = |joint| {
            let value = Amount::new(160_000_000);
            let means = PostedMeans {
                value,
                haircut: Fraction::ZERO,
                joint,
            };
            let payer = Payer::new(means.recoverable(depth), claim);
            credit(ProtectedHolding { payer, ..bare })
        };
        assert_eq!(
            (by(ALL), by(Fraction::ZERO)),
            (by_luna, by_dollars),
            "{fall}"
        );
    }
}

#[test]
fn a_premium_that_isnt_paid_and_an_end_within_the_horizon_count_nothing() {
    let whole = protected(
        10,
        100,
        "0.6",
        80,
        Payer::new(Amount::new(400), Amount::new(400)),
    );
    let (day, now) = (86_400, 1_000_000);
    for (ends, paid_until, expected) in [
        (10 * day, 10 * day, 800),
        (3 * day, 10 * day, 800),
        (2 * day, 10 * day, 600),
        (10 * day, 2 * day, 600),
        (10 * day, day, 400),
        (day, 10 * day, 400),
        (10 * day, 0, 400),
    ] {
        let times = [ends, paid_until].map(|after| Timestamp::new(now + after));
        let (amount, strike) = (whole.protection.amount(), whole.protection.strike());
        let protection = Protection::new(amount, strike, times[0], times[1]);
        let of = ProtectedHolding {
            protection,
            ..whole
        };
        let found = of.credit(&terms(), Margin::Initial, Timestamp::new(now));
        assert_eq!(found, Ok(Amount::new(expected)));
        // Of a value of 1,000.
        let cut = of.haircut(&terms(), Margin::Initial, Timestamp::new(now));
        let percent = Fraction::from_percent(100 - u64::try_from(expected / 10).unwrap());
        assert_eq!(Ok(cut), percent);
        assert_eq!(of.protection.left(Timestamp::MAX), Span::ZERO);
    }
}

/// Nine others claim the same means: each gets a tenth of them, however they are written down.
#[test]
fn means_are_shared_among_all() {
    let payer = Payer::new(Amount::new(1_000), Amount::new(4_000));
    assert_eq!(payer.recovery(Amount::new(400)), Amount::new(100));
    assert_eq!(credit(protected(10, 100, "0.6", 80, payer)), 500);
    assert_eq!(
        Payer::new(Amount::new(7), Amount::new(3)).recovery(Amount::new(3)),
        Amount::new(3)
    );
    // A claim that wasn't counted among all gets no more than there is.
    let one = Payer::new(Amount::new(7), Amount::ZERO);
    assert_eq!(one.recovery(Amount::new(9)), Amount::new(7));
    assert_eq!(one.recovery(Amount::MAX), Amount::new(7));
    assert_eq!(
        (one.means(), one.claims(), one.room()),
        (Amount::new(7), Amount::ZERO, Amount::new(7))
    );
    assert_eq!(Payer::default().recovery(Amount::new(9)), Amount::ZERO);
}

#[test]
fn a_part_that_is_protected_and_the_ends_of_numbers() {
    let payer = Payer::new(Amount::MAX, Amount::ZERO);
    let whole = protected(10, 100, "0.6", 80, payer);
    let (strike, end) = (whole.protection.strike(), Timestamp::MAX);
    let part = Protection::new(Amount::new(4), strike, end, end);
    // 4 at 80 and 6 at 40.
    assert_eq!(
        credit(ProtectedHolding {
            protection: part,
            ..whole
        }),
        560
    );
    let more = Protection::new(Amount::MAX, strike, end, end);
    assert_eq!(
        credit(ProtectedHolding {
            protection: more,
            ..whole
        }),
        800
    );
    // A strike above the price is worth what it pays, and no haircut.
    let above = protected(10, 100, "0.6", 300, payer);
    assert_eq!(credit(above), 3_000);
    assert_eq!(
        above.haircut(&terms(), Margin::Initial, Timestamp::new(0)),
        Fraction::ZERO
    );
    // Without a price, only the credit can say it.
    let unpriced = protected(10, 0, "0.6", 80, payer);
    assert_eq!(credit(unpriced), 800);
    assert_eq!(
        unpriced.haircut(&terms(), Margin::Initial, Timestamp::new(0)),
        fraction!("0.6")
    );
    // Beyond all amounts.
    let huge = protected(u128::MAX, u128::MAX, "1", u128::MAX, payer);
    let found = huge.credit(&terms(), Margin::Initial, Timestamp::new(0));
    assert_eq!(found, Ok(Amount::MAX));
    assert!(huge.protection.claim(Ratio::ZERO, ALL).is_err());
    let held = protected(u128::MAX, 2, "0", 1, payer);
    assert!(held
        .credit(&terms(), Margin::Initial, Timestamp::new(0))
        .is_err());
    assert_eq!(
        held.haircut(&terms(), Margin::Initial, Timestamp::new(0)),
        Fraction::ZERO
    );
}

#[test]
fn terms_that_leave_no_line_are_refused() {
    let soon = ProtectionTerms::new(Span::new(5), Span::new(5)).unwrap_err();
    assert_eq!(
        soon.to_string(),
        "the time left of a protection that counts fully is 5, below 6"
    );
}

/// Strikes and prices a hair off whole units, by less than 1e-36: each is cut against the borrower.
#[test]
fn no_hair_of_a_price_is_credit() {
    let per = 30_000_000_000_000_000_000_000_000_000_000_000_000;
    let [below, above] = [per - 1, per + 1].map(|of| Ratio::new(of, per).unwrap());
    let (one, end) = (Amount::new(1), Timestamp::MAX);
    let put = |strike| Protection::new(one, strike, end, end);
    assert_eq!(put(above).claim(Ratio::ZERO, ALL), Ok(Amount::new(2)));
    let payer = Payer::new(Amount::MAX, Amount::ZERO);
    let of = |price, strike| ProtectedHolding {
        holding: Holding::new(one, price, Haircut::NONE),
        protection: put(strike),
        payer,
    };
    assert_eq!(credit(of(Ratio::ZERO, below)), 0);
    assert_eq!(credit(of(Ratio::ZERO, above)), 1);
    assert_eq!(credit(of(above, Ratio::from_integer(2))), 1);
}

/// A third of the time counts a third, floored; a claim that is a little less than three units is then less than a
/// unit, by 1e-54.
#[test]
fn a_weight_and_what_it_counts_are_floored() {
    let terms = ProtectionTerms::new(Span::ZERO, Span::new(3)).unwrap();
    let third = fraction!("0.333333333333333333");
    assert_eq!(terms.weight(Span::new(1)), third);
    let strike = |units| Ratio::new(units, 10_u128.pow(36)).unwrap();
    let credit = |units| {
        let one = Amount::new(1);
        let protected = ProtectedHolding {
            holding: Holding::new(one, Ratio::ONE, Haircut::FULL),
            protection: Protection::new(one, strike(units), Timestamp::new(1), Timestamp::new(1)),
            payer: Payer::new(Amount::MAX, Amount::ZERO),
        };
        protected.credit(&terms, Margin::Initial, Timestamp::new(0))
    };
    // 1e54 / 333,333,333,333,333,333 is a little more than this.
    let below = 3_000_000_000_000_000_003_000_000_000_000_000_003;
    assert_eq!(credit(below), Ok(Amount::ZERO));
    assert_eq!(credit(below + 1), Ok(Amount::new(1)));
}

/// A claim of two and a half that the payer doesn't know of counts as three among the claims.
#[test]
fn a_claim_that_wasnt_counted_is_ceiled() {
    let strike = Ratio::new(5, 2).unwrap();
    let one = Amount::new(1);
    let of = |means| {
        credit(ProtectedHolding {
            holding: Holding::new(one, Ratio::ONE, Haircut::FULL),
            protection: Protection::new(one, strike, Timestamp::MAX, Timestamp::MAX),
            payer: Payer::new(Amount::new(means), Amount::ZERO),
        })
    };
    // Two thirds of 2.5, and all of it.
    assert_eq!([of(2), of(3)], [1, 2]);
}

/// Two thirds of a little less than one and a half are less than one, and of a claim above all amounts the payer
/// pays what it has.
#[test]
fn a_share_of_the_means_is_floored_and_no_more_than_they_are() {
    let of = |amount, strike, means, claims| {
        credit(ProtectedHolding {
            holding: Holding::new(amount, Ratio::ONE, Haircut::FULL),
            protection: Protection::new(amount, strike, Timestamp::MAX, Timestamp::MAX),
            payer: Payer::new(Amount::new(means), Amount::new(claims)),
        })
    };
    let one = 10_u128.pow(36);
    let strike = |units| Ratio::new(units, one).unwrap();
    assert_eq!(of(Amount::new(1), strike(one * 3 / 2), 2, 3), 1);
    assert_eq!(of(Amount::new(1), strike(one * 3 / 2 - 1), 2, 3), 0);
    assert_eq!(of(Amount::MAX, Ratio::from_integer(u128::MAX), 1, 0), 1);
}
