//! The laws of Kyle's auctions.

use num_bigint::{BigInt, BigUint};
use tokenomics_fixed_math::{Amount, Ratio};
use tokenomics_liquidity_curves::{Auction, Error, Kyle};

use super::draw::big;

fn kyle(volatility: [u128; 2], noise: u128) -> Kyle {
    let [numerator, denominator] = volatility.map(|term| term.max(1));
    let volatility = Ratio::new(numerator, denominator).unwrap();
    Kyle::new(volatility, Amount::new(noise.max(1))).unwrap()
}

/// One auction is λ = σ₀/(2σᵤ), β = σᵤ/σ₀, a profit of σ₀σᵤ/2 and half of the variance: exact where the terms
/// have 128 bits, and where not rounded in its direction, by less than one part in 2^120.
pub fn kyle_single_is_exact(volatility: [u128; 2], noise: u128, flow: u128, edge: [u128; 2]) {
    let market = kyle(volatility, noise);
    let auction = market.single();
    let terms = [
        market.volatility().numerator(),
        market.volatility().denominator(),
        market.noise().get(),
    ];
    let [up, down, noise] = terms.map(big);
    let lambda = [up.clone(), &down * &noise * 2_u8];
    below(auction.lambda(), &lambda);
    below(auction.beta(), &[&noise * &down, up.clone()]);
    // Above a ratio is below its reciprocal.
    if flow > 0 {
        let impact = auction
            .impact(Amount::new(flow))
            .and_then(|it| Ok(it.recip()?));
        below(impact, &[lambda[1].clone(), &lambda[0] * flow]);
    }
    assert_eq!(auction.variance_left().raw(), 500_000_000_000_000_000);
    floored(auction.expected_profit(), &(&up * &noise), &(&down * 2_u8));
    let edge = Ratio::new(edge[0], edge[1].max(1)).unwrap();
    let above = &noise * edge.numerator() * &down;
    floored(auction.order(edge), &above, &(up * edge.denominator()));
}

/// A ratio that isn't above the real one, nor below by one part in 2^120.
fn below(ratio: Result<Ratio, Error>, [above, under]: &[BigUint; 2]) {
    let Ok(ratio) = ratio else {
        // Beyond what 128 bits tell, either way.
        let longest = above.bits().abs_diff(under.bits());
        assert!(longest >= 124, "{above}/{under}");
        return;
    };
    let (left, right) = (above * ratio.denominator(), under * ratio.numerator());
    assert!(right <= left);
    assert!((&left - right) << 120_u32 <= left);
    let fits = |term: &BigUint| term.bits() <= 126;
    if fits(above) && fits(under) {
        assert_eq!(above * ratio.denominator(), under * ratio.numerator());
    }
}

fn floored(amount: Result<Amount, Error>, above: &BigUint, below: &BigUint) {
    let floor = above / below;
    match amount {
        Ok(amount) => assert_eq!(big(amount.get()), floor),
        Err(_) => assert!(floor.bits() > 128),
    }
}

/// All auctions keep Kyle's difference equations: λₙ = βₙΣₙ/σᵤ², Σₙ = (1 − βₙλₙΔt)·Σₙ₋₁, βₙΔt =
/// (1 − 2αₙλₙ)/(2λₙ·(1 − αₙλₙ)) and αₙ₋₁ = 1/(4λₙ·(1 − αₙλₙ)), from α = 0 after the last; what the insider
/// gains is λₙσᵤ²Δt, and no more of the variance is left than before.
pub fn kyle_auctions(volatility: [u64; 2], noise: u64, count: u8) {
    let count = 1 + u32::from(count % 12);
    let unit = kyle([1, 1], 1);
    let auctions: Vec<Auction> = (1..=count)
        .map(|number| unit.auction(number, count).unwrap())
        .collect();
    let one = BigInt::from(1) << DIGITS;
    let (mut variance, mut alpha) = (one.clone(), BigInt::ZERO);
    let times = |a: &BigInt, b: &BigInt| (a * b) >> DIGITS;
    for auction in &auctions {
        let left = fixed(auction.volatility_left());
        let [lambda, beta] = [auction.lambda(), auction.beta()].map(fixed);
        let told = times(&lambda, &beta) / count;
        let after = times(&left, &left);
        near(&lambda, &times(&beta, &after));
        near(&after, &times(&variance, &(&one - told)));
        assert!(after < variance);
        variance = after;
    }
    for auction in auctions.iter().rev() {
        let [lambda, beta] = [auction.lambda(), auction.beta()].map(fixed);
        let told = times(&alpha, &lambda);
        let rest = &one - &told;
        near(
            &(times(&times(&lambda, &beta), &rest) * 2 / count),
            &(&rest - told),
        );
        alpha = ((&one * &one) / times(&lambda, &rest)) >> 2_u32;
    }
    let market = kyle(volatility.map(u128::from), noise.into());
    for number in 1..=count {
        let auction = market.auction(number, count).unwrap();
        profit(&market, count, &auction);
        order(count, &auction, market.volatility());
        if let (Ok(lambda), Ok(impact)) = (auction.lambda(), auction.impact(Amount::new(1))) {
            assert!(lambda <= impact);
        }
    }
    let five = market.auctions::<5>().unwrap();
    for (number, auction) in (1..).zip(five) {
        assert_eq!(market.auction(number, 5), Ok(auction));
    }
}

/// The profit is below λσᵤ²/N by less than a unit, and what λ is rounded by.
fn profit(market: &Kyle, count: u32, auction: &Auction) {
    let (Ok(lambda), Ok(profit)) = (auction.lambda(), auction.expected_profit()) else {
        return;
    };
    let flow = big(market.noise().get());
    let real = &flow * &flow * lambda.numerator();
    let unit = big(lambda.denominator()) * count;
    assert!((big(profit.get()) * &unit) << 90_u32 <= (&real << 90_u32) + &real);
    assert!((big(profit.get()) + 1_u8) * unit > &real - (&real >> 90_u32) - 1_u8);
}

/// The order is below βₙ·edge/N by less than a unit, and what β is rounded by.
fn order(count: u32, auction: &Auction, edge: Ratio) {
    let (Ok(beta), Ok(order)) = (auction.beta(), auction.order(edge)) else {
        return;
    };
    let real = big(beta.numerator()) * edge.numerator();
    let unit = big(beta.denominator()) * edge.denominator() * count;
    assert!((big(order.get()) * &unit) << 90_u32 <= (&real << 90_u32) + &real);
    assert!((big(order.get()) + 1_u8) * unit > &real - (&real >> 90_u32) - 1_u8);
}

/// The digits behind the point that the equations are tried with.
const DIGITS: u32 = 110;

fn fixed(ratio: Result<Ratio, Error>) -> BigInt {
    let ratio = ratio.unwrap();
    (BigInt::from(ratio.numerator()) << DIGITS) / ratio.denominator()
}

/// Two numbers that are the same, but for one part in 2^90.
fn near(one: &BigInt, other: &BigInt) {
    let difference = (one - other).magnitude() << 90_u32;
    assert!(difference <= *one.magnitude(), "{one} {other}");
}
