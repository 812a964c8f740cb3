//! The loss versus rebalancing with fees and blocks: what part of it arbitrage really takes.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 2"
    )
)]

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding, Wad};

use crate::check::{in_range, largest, product_of_six};
use crate::{Error, Fee, Quantity};

/// The times between blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub enum BlockTimes {
    /// Exponentially distributed, so that blocks come as a Poisson process.
    Poisson,
    /// All the same.
    Constant,
}

tokenomics_internals::borsh_variants! {
    [] BlockTimes {
        0: Poisson,
        1: Constant,
    }
}

impl BlockTimes {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Poisson, Self::Constant];

    /// Returns c as a ratio, where a part 1/(1 + c·γ/σ) of the loss is taken, σ being that of a block: √2 as
    /// (2·1)/(1·1) under a root, or k/2.
    const fn square(self) -> ([u128; 2], [u128; 2]) {
        match self {
            Self::Poisson => ([2, 1], [1, 1]),
            Self::Constant => ([K; 2], [TWO; 2]),
        }
    }
}

/// The arbitrage between a pool and a market that the price moves in: what it takes of the loss versus
/// rebalancing once there are a fee and blocks.
///
/// Between two blocks the price moves by σ, and only beyond the fee γ is there anything to take. Without a fee
/// arbitrage takes all of the loss, σ²/8 of a constant product's value and in general half of σ² of the dollar
/// gamma. With a fee it takes
///
/// - 1/(1 + √2·γ/σ) of that with Poisson times, which is the share of blocks with a trade, too;
/// - 1/(1 + k/2·γ/σ) with constant times, where k = √(2π)/|ζ(½)| = 1.7164519….
///
/// The rest is what the liquidity earns in fees of arbitrage. A fee is that of the price here, as of its
/// logarithm, and small: both forms are what its powers beyond the first leave out.
///
/// # Laws
/// `arbitrage_is_exact`: each figure is the real number, rounded once · `arbitrage_is_monotone`: no larger fee
/// and no more blocks take more.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount};
/// use tokenomics_liquidity_curves::{Arbitrage, BlockTimes, Fee};
///
/// // 5% a day and 30 basis points, with a block each 12 seconds.
/// let fee = Fee::new(3, 1_000)?;
/// let arbitrage = Arbitrage::new(wad!("0.0025"), 7_200, fee, BlockTimes::Poisson)?;
/// assert_eq!(arbitrage.share(), fraction!("0.121951219512195121")); // 1/8.2
/// // A pool worth a million loses 312.5 a day without a fee, and 38.1 with it.
/// assert_eq!(arbitrage.loss_rate(), wad!("0.0003125"));
/// assert_eq!(arbitrage.profit_of(Amount::new(312_500_000)), Amount::new(38_109_757));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Milionis, Moallemi, Roughgarden, Automated Market Making and Arbitrage Profits in the Presence of Fees
/// (2023); Nezlobin, Tassy, Loss-Versus-Rebalancing under Deterministic and Generalized Block-Times (2025).
#[doc(alias("lvr", "milionis", "nezlobin"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arbitrage {
    variance: Wad,
    blocks: u64,
    fee: Fee,
    times: BlockTimes,
}

impl Arbitrage {
    /// Creates the arbitrage of a period: the variance σ²t that the logarithm of the price gathers in it, the
    /// mean number of blocks in it, and the pool's fee.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a variance of 0 and for no block.
    ///
    /// ```
    /// use tokenomics_fixed_math::wad;
    /// use tokenomics_liquidity_curves::{Arbitrage, BlockTimes, Fee};
    ///
    /// assert!(Arbitrage::new(wad!("0.0025"), 1, Fee::NONE, BlockTimes::Constant).is_ok());
    /// assert!(Arbitrage::new(wad!("0.0025"), 0, Fee::NONE, BlockTimes::Constant).is_err());
    /// assert!(Arbitrage::new(wad!("0"), 1, Fee::NONE, BlockTimes::Constant).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(variance: Wad, blocks: u64, fee: Fee, times: BlockTimes) -> Result<Self, Error> {
        in_range(Quantity::Variance, variance.raw(), 1, u128::MAX)?;
        in_range(Quantity::Blocks, blocks.into(), 1, u128::MAX)?;
        Ok(Self {
            variance,
            blocks,
            fee,
            times,
        })
    }

    /// Returns the variance of the period.
    #[must_use]
    pub const fn variance(&self) -> Wad {
        self.variance
    }

    /// Returns the number of blocks in the period.
    #[must_use]
    pub const fn blocks(&self) -> u64 {
        self.blocks
    }

    /// Returns the fee.
    #[must_use]
    pub const fn fee(&self) -> Fee {
        self.fee
    }

    /// Returns the times between blocks.
    #[must_use]
    pub const fn times(&self) -> BlockTimes {
        self.times
    }

    /// Computes the share of the loss versus rebalancing that arbitrage takes. With Poisson times it is the
    /// probability that a block has a trade of arbitrage in it.
    ///
    /// # Rounding
    /// Floor. With constant times k is taken to its 39 digits.
    #[must_use]
    pub fn share(&self) -> Fraction {
        let (share, _) = self.part(Wad::SCALE, 1);
        let raw = u64::try_from(share).unwrap_or(Fraction::SCALE);
        Fraction::from_raw(raw).unwrap_or(Fraction::ONE)
    }

    /// Computes the loss versus rebalancing of the period per unit of value of a constant product, without a
    /// fee: an eighth of the variance. A range loses [`Range::concentration_at`] times as much.
    ///
    /// [`Range::concentration_at`]: crate::Range::concentration_at
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn loss_rate(&self) -> Wad {
        // An eighth is no more than the whole.
        let eighth = mul_div(self.variance.raw(), 1, 8, Rounding::Ceil);
        Wad::from_raw(eighth.unwrap_or(self.variance.raw()))
    }

    /// Computes the profit of arbitrage in the period per unit of value of a constant product: its share of an
    /// eighth of the variance.
    ///
    /// # Rounding
    /// Ceil, as of a loss of the pool. With constant times k is taken to its 39 digits.
    #[must_use]
    pub fn profit_rate(&self) -> Wad {
        Wad::from_raw(ceil(self.part(self.variance.raw(), 8)))
    }

    /// Computes the profit of arbitrage where this is the loss versus rebalancing without a fee, as
    /// [`Position::loss_versus_rebalancing_at`] has it. What is left of the loss is earned in fees.
    ///
    /// [`Position::loss_versus_rebalancing_at`]: crate::Position::loss_versus_rebalancing_at
    ///
    /// # Rounding
    /// Ceil, as of a loss of the pool. With constant times k is taken to its 39 digits.
    #[must_use]
    pub fn profit_of(&self, loss: Amount) -> Amount {
        Amount::new(ceil(self.part(loss.get(), 1)))
    }

    /// Computes ⌊whole/of / (1 + √z)⌋, where z = c²·γ²/σ², and whether that is all of it.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn part(&self, whole: u128, of: u128) -> (u128, bool) {
        let ([c0, c1], [d0, d1]) = self.times.square();
        let [parts, all] = [self.fee.numerator(), self.fee.denominator()].map(u128::from);
        // Products of two numbers of 64 bits, and of 64 by 60.
        let [parts, all] = [parts, all].map(|number| number.wrapping_mul(number));
        let blocks = u128::from(self.blocks).wrapping_mul(Wad::SCALE);
        let variance = self.variance.raw();
        // Of x = m·of: x + x·√z ≤ whole, where x²·z ≤ (whole − x)².
        let sides = |part: u128| {
            let taken = part.checked_mul(of)?;
            let left = whole.checked_sub(taken)?;
            let times_z = product_of_six([taken, taken, c0, c1, parts, blocks]);
            Some((times_z, product_of_six([left, left, d0, d1, all, variance])))
        };
        let part = largest(whole, |part| {
            sides(part).is_some_and(|(left, right)| left <= right)
        });
        (part, sides(part).is_some_and(|(left, right)| left == right))
    }
}

/// Returns a part rounded up.
fn ceil((floor, is_whole): (u128, bool)) -> u128 {
    if is_whole {
        return floor;
    }
    // Below the whole, of which it is less than all.
    floor.wrapping_add(1)
}

/// √(2π)/|ζ(½)| in units of 10^-38, to the nearest. In Python, of the package mpmath, with `mp.dps = 60`:
/// `sqrt(2*pi)/abs(zeta(mpf(1)/2))`, which begins 1.71645190226740730366614304444652466930929482742.
const K: u128 = 171_645_190_226_740_730_366_614_304_444_652_466_931;
/// 2·10^38.
const TWO: u128 = 200_000_000_000_000_000_000_000_000_000_000_000_000;

tokenomics_internals::checked_codec! {
    Arbitrage::new as RawArbitrage {
        variance: Wad = Arbitrage::variance,
        #[cfg_attr(feature = "serde", serde(with = "tokenomics_fixed_math::serde_integer"))]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::Integer")
        )]
        blocks: u64 = Arbitrage::blocks,
        fee: Fee = Arbitrage::fee,
        times: BlockTimes = Arbitrage::times,
    }
}
