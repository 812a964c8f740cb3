//! The laws of what may still be borrowed, withdrawn and lost in price.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};
use tokenomics_haircut_collateral::{max_leverage, Debt, Holding, Margin, Portfolio};

use super::{debt, debts, haircut, holdings, Entry};

/// What `max_borrow` and `max_withdraw` allow passes, and one unit more doesn't.
pub(crate) fn inverse_is_tight(held: &[Entry], owed: &[Entry], asset: Entry) {
    let (held, owed) = (holdings(held), debts(owed));
    for margin in Margin::ALL {
        borrow_is_tight(&held, &owed, debt(asset), margin);
        for index in 0..held.len() {
            withdrawal_is_tight(&held, &owed, index, margin);
            liquidation_price_is_tight(&held, &owed, index, margin);
        }
        assert!(Portfolio::new(&held, &owed)
            .max_withdraw(held.len(), margin)
            .is_err());
    }
}

fn borrow_is_tight(held: &[Holding], owed: &[Debt], asset: Debt, margin: Margin) {
    let portfolio = Portfolio::new(held, owed);
    let most = portfolio
        .max_borrow(asset.price(), asset.add_on(), margin)
        .unwrap();
    let healthy_with = |amount: Amount| {
        let more: Vec<_> = owed
            .iter()
            .copied()
            .chain([asset.with_amount(amount)])
            .collect();
        Portfolio::new(held, &more).is_healthy(margin)
    };
    if !portfolio.is_healthy(margin) {
        assert_eq!(most, Amount::ZERO);
        return;
    }
    assert!(healthy_with(most), "{portfolio:?} {asset:?} {most}");
    if let Ok(more) = most.checked_add(Amount::new(1)) {
        assert!(!healthy_with(more), "{portfolio:?} {asset:?} {more}");
    }
}

fn withdrawal_is_tight(held: &[Holding], owed: &[Debt], index: usize, margin: Margin) {
    let portfolio = Portfolio::new(held, owed);
    let most = portfolio.max_withdraw(index, margin).unwrap();
    let healthy_without = |amount: Amount| {
        let mut less = held.to_vec();
        less[index] = held[index].with_amount(held[index].amount().checked_sub(amount).unwrap());
        Portfolio::new(&less, owed).is_healthy(margin)
    };
    assert!(most <= held[index].amount());
    if !portfolio.is_healthy(margin) {
        assert_eq!(most, Amount::ZERO);
        return;
    }
    assert!(healthy_without(most), "{portfolio:?} {index} {most}");
    if most < held[index].amount() {
        let more = Amount::new(most.get() + 1);
        assert!(!healthy_without(more), "{portfolio:?} {index} {more}");
    }
}

fn liquidation_price_is_tight(held: &[Holding], owed: &[Debt], index: usize, margin: Margin) {
    let portfolio = Portfolio::new(held, owed);
    let per = held[index].price().denominator();
    let healthy_at = |numerator: u128| {
        let mut moved = held.to_vec();
        let price = Ratio::new(numerator, per).unwrap();
        moved[index] = Holding::new(held[index].amount(), price, held[index].haircut());
        Portfolio::new(&moved, owed).is_healthy(margin)
    };
    match portfolio.liquidation_price(index, margin).unwrap() {
        Some(lowest) => {
            assert_eq!(lowest.denominator(), per);
            assert!(
                healthy_at(lowest.numerator()),
                "{portfolio:?} {index} {lowest}"
            );
            let below = lowest.numerator().checked_sub(1);
            assert!(
                !below.is_some_and(healthy_at),
                "{portfolio:?} {index} {lowest}"
            );
        }
        None => assert!(!healthy_at(u128::MAX)),
    }
}

/// A position of equity `e` may hold ⌊e · leverage⌋, and not a unit more.
pub(crate) fn leverage_is_tight(equity: u64, haircuts: [u64; 2], add_ons: [u64; 2]) {
    let (haircut, add_on) = (haircut(haircuts), haircut(add_ons));
    let equity = u128::from(equity);
    for margin in Margin::ALL {
        let Some(most) = max_leverage(haircut, add_on, margin) else {
            assert_eq!(haircut.fraction(margin), Fraction::ZERO);
            continue;
        };
        let healthy_with = |amount: u128| {
            let held = [Holding::new(Amount::new(amount), Ratio::ONE, haircut)];
            let borrowed = Amount::new(amount.saturating_sub(equity));
            let owed = [Debt::new(borrowed, Ratio::ONE, add_on).unwrap()];
            Portfolio::new(&held, &owed).is_healthy(margin)
        };
        let most = Amount::new(equity)
            .mul_ratio(most, Rounding::Floor)
            .unwrap();
        assert!(healthy_with(most.get()));
        assert!(!healthy_with(most.get() + 1));
    }
}
