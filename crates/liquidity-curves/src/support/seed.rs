//! Fees and pools of any numbers, each brought into the range that the constructors accept: the base of
//! the generators.

use crate::{
    Amplification, Arbitrage, BlockTimes, ConcentratedParams, ConcentratedPosition,
    ConcentratedPositionState, ConstantProduct, Fee, FeeGrowth, GradualWeights, Impact, Kyle,
    Ladder, LadderState, Level, OptimalSchedule, PrimaryMarket, PrimaryMarketParams, ResilientBook,
    ResilientBookState, SqrtPrice, StableSwap, StableSwapState, Tick, Weighted,
};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp, Wad, U256};

/// A type that can be made of any numbers.
pub(super) trait FromSeed: Sized {
    /// The numbers.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

impl FromSeed for Fee {
    /// The numerator and the denominator. The largest numerator is all but a part.
    type Seed = (u64, u64);

    fn from_seed((numerator, denominator): Self::Seed) -> Option<Self> {
        let denominator = denominator.max(1);
        let numerator = match numerator {
            u64::MAX => denominator.checked_sub(1)?,
            numerator => numerator.checked_rem(denominator)?,
        };
        Self::new(numerator, denominator).ok()
    }
}

impl FromSeed for ConstantProduct {
    type Seed = (Amount, Amount, Fee);

    fn from_seed((reserve0, reserve1, fee): Self::Seed) -> Option<Self> {
        let least = Amount::new(1);
        Self::new(reserve0.max(least), reserve1.max(least), fee).ok()
    }
}

impl<const N: usize> FromSeed for Ladder<N> {
    /// The tick, and of each bid and each ask its distance from the one before and its amount; a level of
    /// the amount 0 is left out.
    type Seed = ([u64; 2], [[(u64, Amount); N]; 2], Fee);

    fn from_seed(([numerator, denominator], [bids, asks], fee): Self::Seed) -> Option<Self> {
        let tick = Ratio::new(numerator.max(1).into(), denominator.max(1).into()).ok()?;
        let bids = side(bids, u64::MAX, |last, gap| {
            last.checked_sub(1)?.checked_sub(gap.checked_rem(last)?)
        });
        let best = bids.first().map_or(0, |level| level.price);
        let asks = side(asks, best, |last, gap| {
            let room = u64::MAX.checked_sub(last)?;
            last.checked_add(1)?.checked_add(gap.checked_rem(room)?)
        });
        // Fewer units each, until what they are worth fits.
        (0..128_u32).find_map(|down| {
            let fewer = |levels: [Level; N]| levels.map(|level| halved(level, down));
            let (bids, asks) = (fewer(bids), fewer(asks));
            let state = LadderState {
                tick,
                bids,
                asks,
                fee,
            };
            Self::restore(state).ok()
        })
    }
}

/// Returns the levels that `next` gives the price of, by the one before and the distance, up to the first
/// without one or without an amount.
fn side<const N: usize>(
    seeds: [(u64, Amount); N],
    from: u64,
    next: impl Fn(u64, u64) -> Option<u64>,
) -> [Level; N] {
    let (mut levels, mut last) = ([Level::default(); N], from);
    for (level, (gap, amount)) in levels.iter_mut().zip(seeds) {
        let price = next(last, gap).unwrap_or(0);
        if price == 0 || amount.is_zero() {
            break;
        }
        (*level, last) = (Level { price, amount }, price);
    }
    levels
}

/// Returns a level of an amount that is halved so many times, and one unit at least.
fn halved(level: Level, times: u32) -> Level {
    let amount = level.amount.get().checked_shr(times).unwrap_or(0);
    let least = level.amount.min(Amount::new(1));
    let amount = Amount::new(amount).max(least);
    Level { amount, ..level }
}

impl FromSeed for PrimaryMarketParams {
    /// Three prices in any order, the two fees, the length of a period and the two capacities.
    type Seed = ([Ratio; 3], [Fee; 2], Span, [Amount; 2]);

    fn from_seed((prices, fees, period, capacities): Self::Seed) -> Option<Self> {
        let [one, two, three] = prices;
        let (low, high) = (one.min(two), one.max(two));
        let least = Ratio::new(1, u128::MAX).ok()?;
        let redeem_price = three.clamp(low, high).max(least);
        let ([mint_fee, redeem_fee], [mint_capacity, redeem_capacity]) = (fees, capacities);
        Some(Self {
            mint_price: high.max(three).max(least),
            redeem_price,
            minimum_backing: low.min(three),
            mint_fee,
            redeem_fee,
            period: period.max(Span::new(1)),
            mint_capacity,
            redeem_capacity,
        })
    }
}

impl FromSeed for PrimaryMarket {
    /// The rules, the start, and what is minted, redeemed and lost, as far as they allow it.
    type Seed = (PrimaryMarketParams, Timestamp, [Amount; 3]);

    fn from_seed((params, start, [minted, redeemed, lost]): Self::Seed) -> Option<Self> {
        let mut market = Self::new(params, start).ok()?;
        let lose = |market: &mut Self| market.lose_backing(lost.min(market.state().backing), start);
        let _refused = market.mint(minted, start).is_err()
            || lose(&mut market).is_err()
            || market.redeem(redeemed, start).is_err();
        Some(market)
    }
}

impl<const N: usize> FromSeed for Weighted<N> {
    /// The reserves, and of each token but the last what its weight takes of the rest.
    type Seed = ([Amount; N], [u64; N], Fee);

    fn from_seed((reserves, parts, fee): Self::Seed) -> Option<Self> {
        let (weights, least) = (weights(parts)?, Amount::new(1));
        Self::new(reserves.map(|reserve| reserve.max(least)), weights, fee).ok()
    }
}

/// Returns weights, each but the last of what its part takes of the rest.
fn weights<const N: usize>(parts: [u64; N]) -> Option<[Fraction; N]> {
    let mut rest = Fraction::SCALE;
    let mut left = u64::try_from(N).ok()?;
    let mut weights = [Fraction::ZERO; N];
    for (weight, part) in weights.iter_mut().zip(parts) {
        left = left.checked_sub(1)?;
        // One unit at least for each of those that come.
        let most = rest.checked_sub(left)?;
        let raw = match left {
            0 => rest,
            _ => part.checked_rem(most)?.checked_add(1)?,
        };
        rest = rest.checked_sub(raw)?;
        *weight = Fraction::from_raw(raw).ok()?;
    }
    Some(weights)
}

impl<const N: usize> FromSeed for GradualWeights<N> {
    /// The start, one less than how long the weights move, and the parts of both sets.
    type Seed = (Timestamp, Span, [[u64; N]; 2]);

    fn from_seed((start, span, [from, to]): Self::Seed) -> Option<Self> {
        let start = start.min(Timestamp::new(u64::MAX.checked_sub(1)?));
        let room = u64::MAX.checked_sub(start.get())?.checked_sub(1)?;
        let end = start.get().checked_add(span.get().min(room))?;
        let end = Timestamp::new(end.checked_add(1)?);
        Self::new(start, end, weights(from)?, weights(to)?).ok()
    }
}

impl FromSeed for Tick {
    /// Any integer. The least is the least tick, and the largest the largest.
    type Seed = i32;

    fn from_seed(index: i32) -> Option<Self> {
        let ticks = Self::MAX.get().checked_add(1)?;
        match index {
            i32::MIN => Some(Self::MIN),
            i32::MAX => Some(Self::MAX),
            index => Self::new(index.checked_rem(ticks)?).ok(),
        }
    }
}

impl FromSeed for SqrtPrice {
    /// A tick, and units above it.
    type Seed = (Tick, u64);

    fn from_seed((tick, above): Self::Seed) -> Option<Self> {
        let units = tick.sqrt_price().units();
        let units = units.checked_add(U256::from(u128::from(above))).ok()?;
        Self::new(units.min(Self::MAX.units())).ok()
    }
}

impl FromSeed for ConcentratedParams {
    /// The fee, and one less than the spacing.
    type Seed = (Fee, u16);

    fn from_seed((fee, spacing): Self::Seed) -> Option<Self> {
        let spacing = match spacing {
            u16::MAX => Self::MAX_TICK_SPACING,
            spacing => i32::from(spacing)
                .checked_rem(Self::MAX_TICK_SPACING)?
                .checked_add(1)?,
        };
        Self::new(fee, spacing).ok()
    }
}

impl FromSeed for ConcentratedPosition {
    /// Two ticks in any order, the liquidity, and what is owed.
    type Seed = (Tick, Tick, [Amount; 3]);

    fn from_seed((one, other, [liquidity, owed0, owed1]): Self::Seed) -> Option<Self> {
        let (lower, upper) = (one.min(other), one.max(other));
        let (lower, upper) = if lower < upper {
            (lower, upper)
        } else {
            (Tick::MIN, Tick::MAX)
        };
        let inside = FeeGrowth::default();
        Self::restore(ConcentratedPositionState {
            lower,
            upper,
            liquidity,
            inside,
            owed0,
            owed1,
        })
        .ok()
    }
}

impl FromSeed for Amplification {
    /// The hundredths. The largest number is the largest amplification, and the smallest ones are whole.
    type Seed = u32;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        let hundredths = match seed {
            u32::MAX => 100_000_000,
            0..=999 => seed.checked_add(1)?.checked_mul(100)?,
            _ => seed.checked_rem(99_999_901)?.checked_add(100)?,
        };
        Self::from_hundredths(hundredths).ok()
    }
}

impl<const N: usize> FromSeed for StableSwap<N> {
    /// The reserves, what each rate has above 1, the amplification, the fee and the shares.
    type Seed = ([Amount; N], [u64; N], Amplification, Fee, Amount);

    fn from_seed((reserves, rates, amplification, fee, shares): Self::Seed) -> Option<Self> {
        let least = Amount::new(1);
        let one = 1_000_000_000_000_000_000;
        Self::restore(StableSwapState {
            reserves: reserves.map(|reserve| reserve.max(least)),
            rates: rates.map(|above| u128::from(above).saturating_add(one)),
            amplification,
            fee,
            shares: shares.max(least),
        })
        .ok()
    }
}

impl FromSeed for Kyle {
    /// The volatility of the value, and that of the flow.
    type Seed = (Ratio, Amount);

    fn from_seed((volatility, noise): Self::Seed) -> Option<Self> {
        Self::new(positive(volatility)?, noise.max(Amount::new(1))).ok()
    }
}

impl FromSeed for Arbitrage {
    /// The variance, the blocks, the fee, and whether they come at constant times.
    type Seed = (Wad, u64, Fee, bool);

    fn from_seed((variance, blocks, fee, is_constant): Self::Seed) -> Option<Self> {
        let times = if is_constant {
            BlockTimes::Constant
        } else {
            BlockTimes::Poisson
        };
        let least = Wad::from_raw(1);
        Self::new(variance.max(least), blocks.max(1), fee, times).ok()
    }
}

impl FromSeed for ResilientBook {
    /// The price and the depth, the resilience, the impact and which way it is, as far as the price allows it,
    /// and the time of the last trade.
    type Seed = ([Ratio; 2], [u64; 2], Amount, bool, Timestamp);

    fn from_seed(([price, depth], rate, impact, is_sold, last): Self::Seed) -> Option<Self> {
        let (price, depth) = (positive(price)?, positive(depth)?);
        let resilience = resilience(rate)?;
        let none = Amount::ZERO;
        // Smaller, until the price isn't below 0.
        (0..=128_u32).find_map(|down| {
            let units = impact.get().checked_shr(down).unwrap_or(0);
            let size = Amount::new(units);
            let (bought, sold) = if is_sold { (none, size) } else { (size, none) };
            Self::restore(ResilientBookState {
                price,
                depth,
                resilience,
                impact: Impact { bought, sold },
                last,
            })
            .ok()
        })
    }
}

impl FromSeed for OptimalSchedule {
    /// The amount, the resilience, the time and the number of intervals.
    type Seed = (Amount, [u64; 2], Span, u32);

    fn from_seed((amount, rate, time, intervals): Self::Seed) -> Option<Self> {
        Self::new(amount, resilience(rate)?, time, intervals.max(1)).ok()
    }
}

/// Returns a ratio above 0.
fn positive(ratio: Ratio) -> Option<Ratio> {
    Ratio::new(ratio.numerator().max(1), ratio.denominator()).ok()
}

/// Returns a resilience below 2^63.
fn resilience([numerator, denominator]: [u64; 2]) -> Option<Ratio> {
    Ratio::new((numerator >> 1).into(), denominator.max(1).into()).ok()
}
