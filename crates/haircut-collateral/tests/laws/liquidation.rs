//! The laws of liquidations, over plain numbers.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Wad};
use tokenomics_haircut_collateral::{
    Action, Certificate, CloseFactor, Debt, Decay, DutchAuction, Error, FixedIncentive, Haircut,
    HealthIncentive, Holding, Incentive, Liquidation, LiquidationTerms, Margin, Pair, Portfolio,
    ThresholdIncentive,
};

use super::{debts, exact_entries, exact_owed, fraction, holdings, Entry};

/// The terms of a liquidation.
#[derive(Debug, Clone, Copy, Default)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub(crate) struct Terms {
    /// In 1e-18, above 1.
    pub(crate) target: u64,
    /// In 1e-18.
    pub(crate) part: u64,
    /// In 1e-18.
    pub(crate) whole_at: u64,
    pub(crate) whole_under: u64,
    pub(crate) dust: u64,
    pub(crate) kind: u8,
    /// In 1e-18, above 1.
    pub(crate) factors: [u64; 2],
    pub(crate) elapsed: u64,
}

const SCALE: u64 = Fraction::SCALE;

/// From 1 to 8, in 1e-18.
fn factor(above_one: u64) -> Wad {
    Wad::from_raw((SCALE + above_one % (7 * SCALE + 1)).into())
}

pub(crate) fn incentive(terms: Terms) -> Incentive {
    let [a, b] = terms.factors.map(factor);
    let (least, most) = (a.min(b), a.max(b));
    let decayed = fraction(terms.factors[1]);
    let auction = |decay| Incentive::Auction {
        auction: DutchAuction::new(a, decay).unwrap(),
        elapsed: Span::new(terms.elapsed),
    };
    let span = Span::new(terms.factors[1] % 1_000 + 1);
    match terms.kind % 6 {
        0 => Incentive::Fixed(FixedIncentive::new(least).unwrap()),
        1 => {
            let by = ThresholdIncentive::new(decayed, most);
            Incentive::ByThreshold(by.unwrap())
        }
        2 => {
            let most_at = Wad::from_raw((terms.elapsed % SCALE).into());
            Incentive::ByHealth(HealthIncentive::new(least, most, most_at).unwrap())
        }
        3 => auction(Decay::Linear(span)),
        4 => auction(Decay::Exponential(decayed)),
        _ => auction(Decay::Steps {
            factor: decayed,
            step: span,
        }),
    }
}

pub(crate) fn terms_of(terms: Terms) -> LiquidationTerms {
    let target = Wad::from_raw((SCALE + terms.target % (9 * SCALE + 1)).into());
    let close_factor = CloseFactor::new(
        fraction(terms.part.max(1)).max(Fraction::from_raw(1).unwrap()),
        Wad::from_raw(terms.whole_at.into()),
        Amount::new(terms.whole_under.into()),
    );
    let dust = Amount::new(terms.dust.into());
    LiquidationTerms::new(target, close_factor.unwrap(), incentive(terms), dust).unwrap()
}

/// The position after a liquidation.
pub(crate) fn after(
    liquidation: &Liquidation,
    held: &[Holding],
    owed: &[Debt],
) -> (Vec<Holding>, Vec<Debt>) {
    let holdings = (0..).zip(held).map(|(index, held)| {
        let seized = liquidation.seized_of(index, held);
        held.with_amount(held.amount().checked_sub(seized).unwrap())
    });
    let debts = (0..).zip(owed).map(|(index, debt)| {
        let repaid = liquidation.repaid_of(index, debt);
        debt.with_amount(debt.amount().checked_sub(repaid).unwrap())
    });
    (holdings.collect(), debts.collect())
}

/// Whatever is returned is certified, by the rule's pair and by every other; and what is certified is so
/// by sums that are made with other arithmetic. A forged one isn't.
pub(crate) fn certified_liquidation(held: &[Entry], owed: &[Entry], terms: Terms, at_most: u128) {
    let terms = terms_of(terms);
    let (any_held, any_owed) = (holdings(held), debts(owed));
    each_is_certified(&any_held, &any_owed, &terms, Amount::new(at_most));

    let (held, owed) = (exact_entries(held), exact_entries(owed));
    let (held, owed) = (holdings(&held), debts(&owed));
    for liquidation in each_is_certified(&held, &owed, &terms, Amount::new(at_most)) {
        no_sum_is_worse(&liquidation, &held, &owed);
        forgeries_are_refused(&liquidation, &Portfolio::new(&held, &owed), &terms);
    }
    closed_only_if_no_part_would_do(&held, &owed, &terms);
}

/// Where a position is closed whole, no debt but one below the dust value could be repaid with a gain.
fn closed_only_if_no_part_would_do(held: &[Holding], owed: &[Debt], terms: &LiquidationTerms) {
    let portfolio = Portfolio::new(held, owed);
    let by_rule = terms.liquidate(&portfolio, Amount::MAX);
    if !by_rule.is_ok_and(|whole| whole.certificate() == Certificate::FullCloseRequired) {
        return;
    }
    for pair in pairs(held, owed) {
        let part = terms.liquidate_pair(&portfolio, pair, Amount::MAX);
        let improves = |part: Liquidation| matches!(part.action(), Action::Partial { .. });
        if part.is_ok_and(improves) {
            let debt = Portfolio::new(&[], &owed[places(pair)[1]..][..1]).liabilities();
            assert!(debt.unwrap() <= terms.dust(), "{portfolio:?} {terms:?}");
        }
    }
}

/// The indices of a pair in its portfolio.
fn places(pair: Pair) -> [usize; 2] {
    [pair.holding, pair.debt].map(|index| usize::try_from(index).unwrap())
}

pub(crate) fn pairs(held: &[Holding], owed: &[Debt]) -> Vec<Pair> {
    let [holdings, debts] = [held.len(), owed.len()].map(|len| u32::try_from(len).unwrap());
    let pairs =
        (0..holdings).flat_map(|holding| (0..debts).map(move |debt| Pair { holding, debt }));
    pairs.collect()
}

fn each_is_certified(
    held: &[Holding],
    owed: &[Debt],
    terms: &LiquidationTerms,
    at_most: Amount,
) -> Vec<Liquidation> {
    let portfolio = Portfolio::new(held, owed);
    let chosen = pairs(held, owed)
        .into_iter()
        .map(|pair| terms.liquidate_pair(&portfolio, pair, at_most));
    let mut certified = Vec::new();
    for result in chosen.chain([terms.liquidate(&portfolio, at_most)]) {
        match result {
            Ok(liquidation) => {
                let verified = liquidation.verify(terms, &portfolio);
                assert_eq!(verified, Ok(()), "{liquidation:?} {portfolio:?} {terms:?}");
                if let Action::Partial { repaid, .. } = liquidation.action() {
                    assert!(repaid <= at_most);
                }
                certified.push(liquidation);
            }
            Err(Error::Healthy) => assert!(portfolio.is_healthy(Margin::Maintenance)),
            Err(Error::OutOfRange { bound, .. }) => {
                assert!(at_most.is_zero() || at_most < Amount::new(bound));
            }
            Err(Error::Overflow { .. }) => assert!(!portfolio.is_solvent()),
            Err(error) => assert_eq!(error, Error::NoGain),
        }
    }
    if portfolio.is_healthy(Margin::Maintenance) {
        assert!(certified.is_empty());
    }
    certified
}

/// Health and solvency by schoolbook arithmetic: cross products of the sums before and after.
fn no_sum_is_worse(liquidation: &Liquidation, held: &[Holding], owed: &[Debt]) {
    let (left, still_owed) = after(liquidation, held, owed);
    let margin = Margin::Maintenance;
    let falls = |weigh_held: &dyn Fn(&[Holding]) -> super::Digits,
                 weigh_owed: &dyn Fn(&[Debt]) -> super::Digits| {
        let before = weigh_held(held).times(&weigh_owed(&still_owed));
        weigh_held(&left)
            .times(&weigh_owed(owed))
            .compare(&before)
            .is_lt()
    };
    let plain_owed = |owed: &[Debt]| exact_owed(&super::without_add_ons(owed), margin);
    let plain_held = |held: &[Holding]| super::exact_credit(&super::without_haircuts(held), margin);
    let before = Portfolio::new(held, owed);
    match liquidation.certificate() {
        Certificate::BadDebt { amount } => {
            assert!(!before.is_solvent());
            let left = plain_held(&left);
            assert!(left.is_zero(), "what has a price is seized");
            super::assert_ceil(Ok::<_, ()>(amount), &plain_owed(&still_owed));
        }
        _ => {
            assert!(before.is_solvent());
            assert!(Portfolio::new(&left, &still_owed).is_solvent());
            assert!(!falls(&|held| super::exact_credit(held, margin), &|owed| {
                exact_owed(owed, margin)
            }));
            assert!(!falls(&plain_held, &plain_owed));
        }
    }
}

/// A unit more seized, another certificate, a share more: each is refused.
fn forgeries_are_refused(sound: &Liquidation, portfolio: &Portfolio<'_>, terms: &LiquidationTerms) {
    let refused = |action, certificate| {
        let forged = Liquidation::new(action, certificate);
        assert!(
            forged.verify(terms, portfolio).is_err(),
            "{forged:?} {portfolio:?} {terms:?}"
        );
    };
    let wrong = match sound.certificate() {
        Certificate::Improves { .. } => Certificate::FullCloseRequired,
        Certificate::FullCloseRequired => Certificate::BadDebt {
            amount: Amount::ZERO,
        },
        Certificate::BadDebt { .. } => Certificate::FullCloseRequired,
    };
    refused(sound.action(), wrong);
    match sound.action() {
        Action::Partial {
            holding,
            seized,
            debt,
            repaid,
        } => {
            let part = |seized, repaid| Action::Partial {
                holding,
                seized,
                debt,
                repaid,
            };
            refused(part(seized, Amount::ZERO), sound.certificate());
            // There is no amount above the largest.
            let one = Amount::new(1);
            if let Ok(more) = seized.checked_add(one) {
                refused(part(more, repaid), sound.certificate());
            }
            if let Ok(too_much) = portfolio.debts()[usize::try_from(debt).unwrap()]
                .amount()
                .checked_add(one)
            {
                refused(part(seized, too_much), sound.certificate());
            }
        }
        Action::Whole { seized, .. } => {
            if portfolio.value() != Ok(Amount::ZERO) {
                let nothing = Ratio::ZERO;
                let unpaid = Action::Whole {
                    seized,
                    repaid: nothing,
                };
                refused(unpaid, sound.certificate());
            }
        }
    }
}

/// Liquidations without a close factor come to an end: each closes the position, restores it, or uses up
/// a holding or a debt.
pub(crate) fn liquidations_end(held: &[Entry], owed: &[Entry], terms: Terms) {
    let whole = Terms {
        part: SCALE,
        ..terms
    };
    let terms = terms_of(whole);
    let (mut held, mut owed) = (holdings(held), debts(owed));
    let was_solvent = Portfolio::new(&held, &owed).is_solvent();
    for _ in 0..=held.len() + owed.len() {
        match terms.liquidate(&Portfolio::new(&held, &owed), Amount::MAX) {
            Ok(liquidation) => (held, owed) = after(&liquidation, &held, &owed),
            Err(error) => {
                let healthy = Portfolio::new(&held, &owed).is_healthy(Margin::Maintenance);
                assert!(healthy || matches!(error, Error::Overflow { .. }));
                return;
            }
        }
        if was_solvent {
            assert!(Portfolio::new(&held, &owed).is_solvent());
        }
    }
    let portfolio = Portfolio::new(&held, &owed);
    // What is written off is still owed, by nobody who has anything.
    assert!(
        !portfolio.is_liquidatable() || !portfolio.is_solvent(),
        "{portfolio:?} {terms:?}"
    );
}

/// The factor of an incentive never falls as health does, nor with time in an auction, and is floored.
pub(crate) fn incentive_is_monotone(
    terms: Terms,
    weights: [u64; 2],
    healths: [u64; 2],
    later: u64,
) {
    let by = incentive(terms);
    let health = |raw: u64| Ratio::new(raw.into(), SCALE.into()).unwrap();
    let [low, high] = [healths[0].min(healths[1]), healths[0].max(healths[1])].map(health);
    let [light, heavy] = [weights[0].min(weights[1]), weights[0].max(weights[1])];
    let [light, heavy] = [light.min(SCALE), heavy.min(SCALE)].map(fraction);
    assert!(by.factor(heavy, high) <= by.factor(heavy, low));
    assert!(by.factor(heavy, high) <= by.factor(light, high));
    assert!(by.factor(light, low) <= Wad::from_raw(8 * Wad::SCALE));
    if let Incentive::Auction { auction, elapsed } = by {
        let later = Span::new(elapsed.get().saturating_add(later));
        assert!(auction.factor_at(elapsed) <= auction.factor_at(later));
        assert!(auction.price_at(later) <= auction.price_at(elapsed));
        assert!(auction.price_at(elapsed) <= auction.start());
        // factor ≤ 1 / price: their product is at most 1.
        let product = auction
            .price_at(elapsed)
            .mul(auction.factor_at(elapsed), Rounding::Ceil);
        assert!(product.unwrap() <= Wad::ONE);
    }
}

/// The value that is left of what there was, in the unit of the dust value, if it is less than that.
fn left_as_dust(left: Result<Amount, Error>, entry: Amount, dust: Amount) -> bool {
    !entry.is_zero() && left.is_ok_and(|value| value < dust)
}

/// A liquidator's limit is no reason to leave dust: none is left of a debt or of a holding that more would
/// not leave too. One that is refused for it closes what it should with the amount that the error says.
pub(crate) fn limits_leave_no_dust(held: &[Entry], owed: &[Entry], terms: Terms, at_most: u128) {
    let (held, owed) = (exact_entries(held), exact_entries(owed));
    let (held, owed) = (holdings(&held), debts(&owed));
    let (terms, portfolio) = (terms_of(terms), Portfolio::new(&held, &owed));
    // Of the debt and of the holding: is there something left, worth less than the dust value?
    let dust_of = |done: &Liquidation, pair: Pair| {
        let (left, still_owed) = after(done, &held, &owed);
        let [holding, debt] = places(pair);
        let (left, debt) = (left[holding], still_owed[debt]);
        let of = |value: Result<Amount, Error>, amount| left_as_dust(value, amount, terms.dust());
        let debt_value = floored_value(&debt);
        let held_value = Portfolio::new(&[left], &[]).value();
        [of(debt_value, debt.amount()), of(held_value, left.amount())]
    };
    for pair in pairs(&held, &owed) {
        let with = |limit| terms.liquidate_pair(&portfolio, pair, limit);
        let Ok(free) = with(Amount::MAX) else {
            continue;
        };
        let gets = |done: &Liquidation| {
            let [index, _] = places(pair);
            !done.seized_of(index, &held[index]).is_zero()
        };
        let for_something = gets(&free);
        let free = dust_of(&free, pair);
        match with(Amount::new(at_most.max(1))) {
            Ok(done) => {
                assert!(gets(&done) || !for_something, "{done:?} {portfolio:?}");
                let limited = dust_of(&done, pair);
                for (limited, free) in limited.into_iter().zip(free) {
                    assert!(!limited || free, "{done:?} {portfolio:?} {terms:?}");
                }
            }
            Err(Error::OutOfRange { value, bound, .. }) => {
                assert!(value < bound);
                assert!(with(Amount::new(bound)).is_ok());
                for less in [1, value / 2, value - 1] {
                    let less = with(Amount::new(less));
                    assert!(less.is_err(), "{less:?} {portfolio:?} {terms:?}");
                }
            }
            Err(error) => panic!("{error} where more passes"),
        }
    }
}

/// The value of a debt, floored: below the dust value if, and only if, the exact one is.
fn floored_value(debt: &Debt) -> Result<Amount, Error> {
    let as_held = Holding::new(debt.amount(), debt.price(), Haircut::NONE);
    Portfolio::new(&[as_held], &[]).value()
}
