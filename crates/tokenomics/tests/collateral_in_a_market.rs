//! Collateral beside the market that it has to be sold in: the meeting of two crates that don't know each
//! other, as a program would have it.

use tokenomics::haircut_collateral::{
    impact_haircut, liquidity_haircut, recoverable_value, Composition, Haircut, LiquidityPosition,
    LiquidityRange, Margin, Proceeds,
};
use tokenomics::liquidity_curves::{
    ConstantProduct, Fee, Ladder, Level, Market, Part, Position, Sell, Weighted,
};
use tokenomics::{fraction, wad, Amount, Fraction, Ratio, Rounding, Wad};

/// A market of which the first token is the collateral.
struct Exit<M>(M);

impl<M: Market> Proceeds for Exit<M> {
    fn proceeds(&self, amount: Amount) -> Option<Amount> {
        if amount.is_zero() {
            return Some(Amount::ZERO);
        }
        let swap = self.0.quote_exact_in(Sell::Token0, amount).ok()?;
        // A book that is sold out takes less.
        (swap.amount_in == amount).then_some(swap.amount_out)
    }
}

fn pool(reserve0: u128, reserve1: u128) -> ConstantProduct {
    let [reserve0, reserve1] = [reserve0, reserve1].map(Amount::new);
    ConstantProduct::new(reserve0, reserve1, Fee::NONE).unwrap()
}

#[test]
fn credit_is_what_a_pool_would_pay() {
    let pool = pool(1_000_000, 2_000_000);
    let price = pool.price().unwrap();
    let market = Exit(pool);
    let held = Amount::new(250_000);
    assert_eq!(impact_haircut(&market, price, held), fraction!("0.2"));
    assert_eq!(
        recoverable_value(&market, price, held),
        Amount::new(400_000)
    );

    // The asset's own haircut comes on top.
    let asset = Haircut::from_weights(fraction!("0.8"), fraction!("0.85")).unwrap();
    let impact = Haircut::uniform(impact_haircut(&market, price, held));
    let both = Composition::Product.compose([asset, impact]);
    assert_eq!(both.weight(Margin::Initial), fraction!("0.64"));
    assert_eq!(both.weight(Margin::Maintenance), fraction!("0.68"));
}

#[test]
fn a_book_that_is_sold_out_gives_no_credit() {
    let bids = [(99, 20), (98, 30)].map(|(price, amount)| Level {
        price,
        amount: Amount::new(amount),
    });
    let book = Ladder::<2>::new(Ratio::ONE, &bids, &[], Fee::NONE).unwrap();
    let market = Exit(book);
    let price = Ratio::from_integer(99);
    assert_eq!(
        impact_haircut(&market, price, Amount::new(20)),
        Fraction::ZERO
    );
    let half = impact_haircut(&market, price, Amount::new(50));
    assert!(half > Fraction::ZERO && half < fraction!("0.01"));
    assert_eq!(
        impact_haircut(&market, price, Amount::new(51)),
        Fraction::ONE
    );
    assert_eq!(
        recoverable_value(&market, price, Amount::new(51)),
        Amount::ZERO
    );
}

/// What a share of the pool is worth at the worst price, by the pool itself, is never less than what the
/// haircut counts of it, and never more than a millionth above.
#[test]
fn a_share_of_a_pool_counts_as_the_pool_says() {
    let pool = pool(2_000_000_000_000, 8_000_000_000_000);
    let share = Part::new(&pool, Amount::new(1_000_000_000_000), pool.shares()).unwrap();
    let price = pool.price().unwrap();
    let marked = share.value_at(price).unwrap();
    for fall in ["0.01", "0.1", "0.36", "0.9"] {
        let fall: Fraction = fall.parse().unwrap();
        let left = fall.complement();
        let worst = Ratio::from(left).checked_mul(price).unwrap();
        let variance = wad!("0.0025");
        let cut = LiquidityRange::FULL.haircut(price, fall, variance);
        let counted = marked.mul_fraction(cut.complement(), Rounding::Floor);
        let at_worst = share.value_at(worst).unwrap();
        let loss = share.loss_versus_rebalancing_at(price, variance).unwrap();
        let by_the_pool = at_worst.checked_sub(loss).unwrap();
        assert!(counted <= by_the_pool);
        assert!(by_the_pool.get() - counted.get() <= by_the_pool.get() / 1_000_000);
    }
}

/// A position of any pool.
struct Liquidity<P>(P);

impl<P: Position> LiquidityPosition for Liquidity<P> {
    fn value_at(&self, price: Ratio) -> Option<Amount> {
        self.0.value_at(price).ok()
    }

    fn loss_versus_rebalancing_at(&self, price: Ratio, variance: Wad) -> Option<Amount> {
        self.0.loss_versus_rebalancing_at(price, variance).ok()
    }
}

/// With 80% in the token a fall by half leaves 0.5^0.8 of the value, with 50% its root, and more is lost to
/// arbitrage of the even pool: σ²t/2 of 0.16 and of 0.25 of the value.
#[test]
fn pools_of_any_weights_are_cut_by_their_own_value() {
    let reserves = [1_600_000_000_000, 400_000_000_000].map(Amount::new);
    let weights = [fraction!("0.8"), fraction!("0.2")];
    let heavy = Liquidity(Weighted::new(reserves, weights, Fee::NONE).unwrap());
    let even = Liquidity(pool(1_000_000_000_000, 1_000_000_000_000));
    let near = |cut: Fraction, expected: u64| cut.raw().abs_diff(expected) < 10_000_000;
    let half = fraction!("0.5");
    let still = |position: &dyn Fn(Wad) -> Fraction| [Wad::ZERO, wad!("0.01")].map(position);
    let [calm, moved] = still(&|variance| liquidity_haircut(&heavy, Ratio::ONE, half, variance));
    assert!(near(calm, 425_650_822_501_998_290));
    assert!(near(moved, 425_650_822_501_998_290 + 800_000_000_000_000));
    let [calm, moved] = still(&|variance| liquidity_haircut(&even, Ratio::ONE, half, variance));
    assert!(near(calm, 292_893_218_813_452_476));
    assert!(near(moved, 292_893_218_813_452_476 + 1_250_000_000_000_000));
}
