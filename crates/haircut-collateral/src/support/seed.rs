//! Haircuts, holdings and debts of any numbers, each brought into the range that the constructors
//! accept: the base of the generators.

mod accounts;
mod guards;
mod liquidation;
mod losses;

use tokenomics_fixed_math::{Amount, Decimals, Fraction, Ratio, Span, Timestamp, Wad};

use crate::{Band, BandGrid, BandPosition, BandPositionState, SoftLiquidationState};
use crate::{Cap, Debt, Haircut, Holding, RateLimit, TreasuryAsset};
use crate::{
    ConcentrationCap, ConcentrationThreshold, Confidence, DepthBudget, EarlyExit, GroupSet,
    LiquidityRange, PriceAge, SquareRootSize, TimeToExit, Volatility,
};
use crate::{
    Correlation, CorrelationMatrix, CorrelationOffset, CorrelationStress, Payer, PostedMeans,
    Protection, ProtectionTerms,
};

/// A type that can be made of any numbers.
pub(super) trait FromSeed: Sized {
    /// The numbers.
    type Seed;

    /// Returns the value of these numbers. It is never `None`; constructors can't know that.
    fn from_seed(seed: Self::Seed) -> Option<Self>;
}

/// Returns a number from `least` to `most`, both included.
const fn within(number: u128, least: u128, most: u128) -> Option<u128> {
    let Some(range) = most.wrapping_sub(least).checked_add(1) else {
        return Some(number);
    };
    match number.checked_rem(range) {
        Some(above) => least.checked_add(above),
        None => None,
    }
}

/// Returns a number of 18 decimals from `least` to `most`, both included.
fn wad_within(wad: Wad, least: u128, most: u128) -> Option<Wad> {
    within(wad.raw(), least, most).map(Wad::from_raw)
}

impl FromSeed for Haircut {
    /// The two haircuts, in either order.
    type Seed = (Fraction, Fraction);

    fn from_seed((one, other): Self::Seed) -> Option<Self> {
        Self::new(one.max(other), one.min(other)).ok()
    }
}

impl FromSeed for Holding {
    type Seed = (Amount, Ratio, Haircut);

    fn from_seed((amount, price, haircut): Self::Seed) -> Option<Self> {
        Some(Self::new(amount, price, haircut))
    }
}

impl FromSeed for Debt {
    type Seed = (Amount, Ratio, Haircut);

    fn from_seed((amount, price, add_on): Self::Seed) -> Option<Self> {
        let priced = if price.is_zero() { Ratio::ONE } else { price };
        Self::new(amount, priced, add_on).ok()
    }
}

impl FromSeed for DepthBudget {
    /// The depth and the cost, of which neither end is one.
    type Seed = (Amount, Fraction);

    fn from_seed((depth, cost): Self::Seed) -> Option<Self> {
        let most = Fraction::SCALE.checked_sub(1)?;
        let cost = Fraction::from_raw(cost.raw().clamp(1, most)).ok()?;
        Self::new(depth, cost).ok()
    }
}

impl FromSeed for ConcentrationCap {
    type Seed = Amount;

    fn from_seed(cap: Self::Seed) -> Option<Self> {
        Some(Self::new(cap))
    }
}

impl FromSeed for ConcentrationThreshold {
    type Seed = Amount;

    fn from_seed(threshold: Self::Seed) -> Option<Self> {
        Self::new(threshold.max(Amount::new(1))).ok()
    }
}

impl FromSeed for Confidence {
    type Seed = Wad;

    fn from_seed(multiple: Self::Seed) -> Option<Self> {
        Some(Self::new(multiple))
    }
}

impl FromSeed for LiquidityRange {
    /// The two prices, in either order; none above two that are equal.
    type Seed = (Ratio, Option<Ratio>);

    fn from_seed((one, other): Self::Seed) -> Option<Self> {
        match other {
            Some(other) if other != one => Self::new(one.min(other), Some(one.max(other))).ok(),
            _ => Self::new(one, None).ok(),
        }
    }
}

impl FromSeed for PriceAge {
    /// The two ages, in either order.
    type Seed = (Span, Span);

    fn from_seed((one, other): Self::Seed) -> Option<Self> {
        let last = u64::MAX.checked_sub(1)?;
        let fresh = one.min(other).get().min(last);
        let stale = one.max(other).get().max(fresh.checked_add(1)?);
        Self::new(Span::new(fresh), Span::new(stale)).ok()
    }
}

impl FromSeed for SquareRootSize {
    type Seed = (Fraction, Decimals);

    fn from_seed((factor, decimals): Self::Seed) -> Option<Self> {
        Some(Self::new(factor, decimals))
    }
}

impl FromSeed for TimeToExit {
    type Seed = (Wad, Span);

    fn from_seed((rate, year): Self::Seed) -> Option<Self> {
        Self::new(rate, year.max(Span::new(1))).ok()
    }
}

impl FromSeed for EarlyExit {
    type Seed = (Fraction, Span);

    fn from_seed((penalty, wait): Self::Seed) -> Option<Self> {
        Some(Self { penalty, wait })
    }
}

impl FromSeed for GroupSet {
    type Seed = u64;

    fn from_seed(bits: Self::Seed) -> Option<Self> {
        Some(Self::from_bits(bits))
    }
}

impl FromSeed for Volatility {
    type Seed = (Wad, Span, Fraction);

    fn from_seed((multiple, period, floor): Self::Seed) -> Option<Self> {
        Self::new(multiple, period.max(Span::new(1)), floor).ok()
    }
}

impl FromSeed for Correlation {
    type Seed = i16;

    fn from_seed(bps: Self::Seed) -> Option<Self> {
        Self::from_bps(bps.clamp(-Self::SCALE, Self::SCALE)).ok()
    }
}

impl FromSeed for CorrelationMatrix {
    /// The number of assets, and how each moves with one factor; of those that are −1 or 1 the matrix is
    /// singular.
    type Seed = (u8, [i16; Self::MAX_ASSETS]);

    fn from_seed((assets, loadings): Self::Seed) -> Option<Self> {
        let assets = usize::from(assets.clamp(1, 16));
        let loading = |at: usize| {
            let loading = loadings.get(at).copied().and_then(Correlation::from_seed);
            i32::from(loading.unwrap_or_default().bps())
        };
        let mut below = [Correlation::ZERO; 120];
        let pairs = (1..assets).flat_map(|row| (0..row).map(move |column| (row, column)));
        for (entry, (row, column)) in below.iter_mut().zip(pairs) {
            let product = loading(row).checked_mul(loading(column))?;
            *entry = Correlation::from_bps(i16::try_from(product / 10_000).ok()?).ok()?;
        }
        let pairs = assets.checked_mul(assets.checked_sub(1)?)?.checked_div(2)?;
        // What the entries were cut by may leave no matrix; nearer to 0 it is one.
        for _ in 0..16 {
            if let Ok(matrix) = Self::new(assets, below.get(..pairs)?) {
                return Some(matrix);
            }
            for entry in &mut below {
                *entry = Correlation::from_bps(entry.bps() / 2).ok()?;
            }
        }
        None
    }
}

impl FromSeed for CorrelationStress {
    type Seed = (Fraction, Fraction);

    fn from_seed((to_one, to_zero): Self::Seed) -> Option<Self> {
        Some(Self { to_one, to_zero })
    }
}

impl FromSeed for CorrelationOffset {
    /// The matrix, the stress and the largest offset.
    type Seed = (
        <CorrelationMatrix as FromSeed>::Seed,
        <CorrelationStress as FromSeed>::Seed,
        Fraction,
    );

    fn from_seed((matrix, stress, most_offset): Self::Seed) -> Option<Self> {
        let matrix = CorrelationMatrix::from_seed(matrix)?;
        let stress = CorrelationStress::from_seed(stress)?;
        Some(Self::new(matrix, stress, most_offset))
    }
}

impl FromSeed for Protection {
    type Seed = (Amount, Ratio, Timestamp, Timestamp);

    fn from_seed((amount, strike, ends, paid_until): Self::Seed) -> Option<Self> {
        Some(Self::new(amount, strike, ends, paid_until))
    }
}

impl FromSeed for ProtectionTerms {
    /// The two times, in either order.
    type Seed = (Span, Span);

    fn from_seed((one, other): Self::Seed) -> Option<Self> {
        let last = u64::MAX.checked_sub(1)?;
        let horizon = one.min(other).get().min(last);
        let full = one.max(other).get().max(horizon.checked_add(1)?);
        Self::new(Span::new(horizon), Span::new(full)).ok()
    }
}

impl FromSeed for PostedMeans {
    type Seed = (Amount, Fraction, Fraction);

    fn from_seed((value, haircut, joint): Self::Seed) -> Option<Self> {
        Some(Self {
            value,
            haircut,
            joint,
        })
    }
}

impl FromSeed for Payer {
    /// The means and the claims.
    type Seed = (Amount, Amount);

    fn from_seed((means, claims): Self::Seed) -> Option<Self> {
        Some(Self::new(means, claims))
    }
}

impl FromSeed for RateLimit {
    /// Burst, amount, period, time, and the amount taken.
    type Seed = (Amount, Amount, Span, Timestamp, Amount);

    fn from_seed((burst, amount, period, now, taken): Self::Seed) -> Option<Self> {
        let mut limit = Self::new(burst, amount, period.max(Span::new(1)), now).ok()?;
        limit.take(taken.min(burst), now).ok()?;
        Some(limit)
    }
}

impl FromSeed for Cap {
    /// The limit and what is used.
    type Seed = (Amount, Amount);

    fn from_seed((limit, used): Self::Seed) -> Option<Self> {
        Some(Self::restore(limit, used))
    }
}

impl FromSeed for TreasuryAsset {
    type Seed = (Amount, Fraction, bool);

    fn from_seed((value, haircut, native): Self::Seed) -> Option<Self> {
        Some(if native {
            Self::native(value, haircut)
        } else {
            Self::new(value, haircut)
        })
    }
}

impl FromSeed for BandGrid {
    /// The base price, of which 0 and what is below 2^-64 is 1, the amplification and the number of bands: at
    /// most so many that they end at a part of 2^-20 of it.
    type Seed = (Ratio, u32, u32);

    fn from_seed((base, amplification, count): Self::Seed) -> Option<Self> {
        let least = Ratio::new(1, 1 << 64).ok()?;
        let base = if base < least { Ratio::ONE } else { base };
        let wide = amplification.checked_rem(9_999)?.checked_add(2)?;
        // ln(2^20) = 13.86, and each band is at most ln 2 · 2/A of it.
        let most = wide.checked_mul(10)?;
        let count = count.checked_rem(most)?.checked_add(1)?;
        Self::new(base, wide, count).ok()
    }
}

impl FromSeed for Band {
    /// The collateral, the proceeds and the shares.
    type Seed = (Amount, Amount, Amount);

    fn from_seed((collateral, proceeds, shares): Self::Seed) -> Option<Self> {
        let shares = if collateral.is_zero() && proceeds.is_zero() {
            Amount::ZERO
        } else {
            shares.max(Amount::new(1))
        };
        Self::restore(collateral, proceeds, shares).ok()
    }
}

impl<const N: usize> FromSeed for BandPositionState<N> {
    /// The first band, the number of bands less one, and the shares of each.
    type Seed = (u32, u32, [Amount; N]);

    fn from_seed((first, count, mut shares): Self::Seed) -> Option<Self> {
        let most = u32::try_from(N).ok()?;
        let count = count.checked_rem(most)?.checked_add(1)?;
        let first = first.min(u32::MAX.checked_sub(count)?);
        let beyond = shares.iter_mut().skip(usize::try_from(count).ok()?);
        beyond.for_each(|shares| *shares = Amount::ZERO);
        Some(Self {
            first,
            count,
            shares,
        })
    }
}

impl<const N: usize> FromSeed for BandPosition<N> {
    type Seed = <BandPositionState<N> as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::restore(FromSeed::from_seed(seed)?).ok()
    }
}

impl FromSeed for SoftLiquidationState {
    /// The grid, the fee and the active band, each brought into its range.
    type Seed = (<BandGrid as FromSeed>::Seed, Fraction, u32);

    fn from_seed((grid, fee, active): Self::Seed) -> Option<Self> {
        let grid = BandGrid::from_seed(grid)?;
        let most = Fraction::from_raw(Fraction::SCALE.checked_sub(1)?).ok()?;
        Some(Self {
            grid,
            fee: fee.min(most),
            active: active.checked_rem(grid.count())?,
        })
    }
}
