//! The laws of every kind.

use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_liquidity_curves::{Error, Quantity, Swap};

use super::draw::{big, sell, Draw};

/// A quote is what the swap moves, and a swap that is refused changes nothing.
pub fn quoted(draw: Draw, direction: bool, amount: u128) {
    let (sell, amount) = (sell(direction), Amount::new(amount));
    let mut market = draw.market();
    let (quote, before) = (market.quote_exact_in(sell, amount), market.held());
    let after = market.price_after(sell, amount);
    assert_eq!(market.swap_exact_in(sell, amount), quote);
    match quote {
        Ok(_) => assert_eq!(market.price_after(sell, Amount::ZERO), after),
        Err(_) => assert_eq!(market.held(), before),
    }
    let mut market = draw.market();
    let quote = market.quote_exact_out(sell, amount);
    assert_eq!(market.swap_exact_out(sell, amount), quote);
    if quote.is_err() {
        assert_eq!(market.held(), before);
    }
}

/// Selling what was bought fetches no more than it cost, and so does buying back what was sold.
pub fn round_trip(draw: Draw, direction: bool, amount: u128) {
    let (sell, amount) = (sell(direction), Amount::new(amount));
    let mut market = draw.market();
    let Ok(there) = market.swap_exact_in(sell, amount) else {
        return;
    };
    if let Ok(back) = market.quote_exact_in(sell.opposite(), there.amount_out) {
        assert!(back.amount_out <= there.amount_in, "{there:?} {back:?}");
    }
    if let Ok(back) = market.quote_exact_out(sell.opposite(), there.amount_in) {
        assert!(back.amount_in >= there.amount_out, "{there:?} {back:?}");
    }
}

/// Without a fee, selling in two parts never fetches more than selling at once, or than the most that
/// the market says, and buying in two parts never costs less.
pub fn split(draw: Draw, direction: bool, first: u128, second: u128) {
    let (sell, draw) = (sell(direction), draw.without_fee());
    let (first, second) = (Amount::new(first), Amount::new(second));
    let Ok(sum) = first.checked_add(second) else {
        return;
    };
    let mut market = draw.market();
    if let Ok(most) = market.most(sell, sum) {
        let one = market.swap_exact_in(sell, first);
        let two = market.swap_exact_in(sell, second);
        if let (Some(one), Some(two)) = (moved(one), moved(two)) {
            let parts = big(one.amount_out.get()) + big(two.amount_out.get());
            assert!(parts <= big(most.get()), "{one:?} {two:?} {most}");
        }
    }
    let (mut market, before) = (draw.market(), draw.market());
    let one = market.swap_exact_out(sell, first);
    let two = market.swap_exact_out(sell, second);
    if let (Ok(one), Ok(two)) = (one, two) {
        // No less than what the sum costs: it doesn't fetch more than that.
        let parts = one.amount_in.get().checked_add(two.amount_in.get());
        let most = parts.map(|parts| before.most(sell, Amount::new(parts)));
        if let Some(Ok(most)) = most {
            assert!(most >= sum, "{one:?} {two:?} {most}");
        }
    }
}

/// What a swap moved, unless it ended where the market's integers do.
pub fn moved(swap: Result<Swap, Error>) -> Option<Swap> {
    if let Err(Error::OutOfRange { what, .. }) = swap {
        assert_eq!(what, Quantity::Steps);
    }
    swap.ok()
}

/// What is handed in for an amount is the least that fetches it.
pub fn against_the_pool(draw: Draw, direction: bool, amount: u128) {
    let (sell, market) = (sell(direction), draw.market());
    let Ok(bought) = market.quote_exact_out(sell, Amount::new(amount)) else {
        return;
    };
    let fetched = market.quote_exact_in(sell, bought.amount_in).unwrap();
    assert!(
        fetched.amount_out >= bought.amount_out,
        "{bought:?} {fetched:?}"
    );
    let Some(less) = bought.amount_in.get().checked_sub(1) else {
        return;
    };
    let Some(fetched) = moved(market.quote_exact_in(sell, Amount::new(less))) else {
        return;
    };
    assert!(
        fetched.amount_out < bought.amount_out,
        "{bought:?} {fetched:?}"
    );
}

/// A swap never pays all that a pool holds, or more than a book does, and moves just what it says.
pub fn bounded(draw: Draw, direction: bool, amount: u128) {
    let (sell, mut market) = (sell(direction), draw.market());
    let before = market.held();
    let Ok(swap) = market.swap_exact_in(sell, Amount::new(amount)) else {
        return;
    };
    let (sold, bought) = (usize::from(direction), usize::from(!direction));
    let after = market.held();
    let gross = big(swap.amount_out.get()) + big(swap.fee.get());
    assert!(swap.fee <= swap.amount_in || gross < big(before[bought].get()));
    if market.is_book() {
        assert!(swap.amount_out <= before[bought] && after[sold] == before[sold]);
        return;
    }
    assert!(swap.amount_out < before[bought]);
    assert_eq!(before[sold].checked_add(swap.amount_in), Ok(after[sold]));
    assert_eq!(
        before[bought].checked_sub(swap.amount_out),
        Ok(after[bought])
    );
}

/// The largest sale at a cost and the depth within one pass, and one unit more doesn't: by the prices
/// and proceeds themselves, in integers without a limit.
pub fn inverse_is_tight(draw: Draw, direction: bool, cost: u64) {
    let (sell, market) = (sell(direction), draw.market());
    let cost = Fraction::from_raw(cost % (Fraction::SCALE + 1)).unwrap();
    let least = big(cost.complement().raw());
    let Ok(price) = market.price_after(sell, Amount::ZERO) else {
        return;
    };
    let ends = [price.numerator(), price.denominator()];
    let (bought, sold) = (ends[usize::from(direction)], ends[usize::from(!direction)]);
    let is_cheap = |amount: Amount| {
        let swap = market.quote_exact_in(sell, amount);
        swap.is_ok_and(|swap| {
            let proceeds = big(swap.amount_out.get());
            let whole = big(Fraction::SCALE);
            let is_filled = swap.amount_in == amount;
            is_filled && proceeds * sold * whole >= big(amount.get()) * bought * &least
        })
    };
    let is_near = |amount: Amount| {
        market.price_after(sell, amount).is_ok_and(|after| {
            let ends = [after.numerator(), after.denominator()];
            let (after_bought, after_sold) =
                (ends[usize::from(direction)], ends[usize::from(!direction)]);
            let whole = big(Fraction::SCALE);
            big(after_bought) * sold * whole >= big(after_sold) * bought * &least
        })
    };
    let tight = |most: Amount, passes: &dyn Fn(Amount) -> bool| {
        assert!(most.is_zero() || passes(most), "{most}");
        let beyond = most.checked_add(Amount::new(1));
        assert!(beyond.is_err() || !passes(beyond.unwrap()), "{most}");
    };
    tight(market.largest_sale(sell, cost).unwrap(), &is_cheap);
    if market.is_book() {
        // Its depth is a sum of levels, of which the last unit is within the cost and not the next.
        return;
    }
    tight(market.depth(sell, cost).unwrap(), &is_near);
}
