//! Conviction: support that grows the longer it is held.

use tokenomics_fixed_math::{Amount, Fraction, Growth, Ratio, Rounding, Timestamp, U256};

use crate::check::{in_order, in_range};
use crate::{Error, Quantity};

/// A rule by which conviction follows a stake: in each unit of time a part α of it stays, and the stake is
/// added.
///
/// After t units of time with x staked, conviction is y(t) = α^t·y(0) + x·(1 − α^t) / (1 − α), in base
/// units. It never passes x / (1 − α), to which it tends. The closed form is one power, whatever t is:
/// nobody has to call in between, and no call in between changes it.
///
/// # Rounding
/// Down: what is returned is at most the exact y(t), and less than two units below it. At the time of
/// the last change it is what was kept.
///
/// What is kept at a change has up to 64 bits below a unit, and what it lost decays as conviction does. So
/// however often the stake changes, it is below the exact y by less than a ninth of a unit, or than 2^−66 of
/// the largest conviction that there was, where that is more.
///
/// # Laws
/// `conviction_by_steps`: it is between what steps of one unit of time come to when each is floored and
/// when each is ceiled, but for the rounding. `conviction_bounded`: between y(0) and the limit, and
/// monotone in time. `conviction_kept`: however often the stake changes, what is lost stays within its bound.
///
/// ```
/// use tokenomics_escrow_weighting::{Conviction, Support};
/// use tokenomics_fixed_math::{fraction, Amount, Timestamp};
///
/// let at = Timestamp::new;
/// let conviction = Conviction::new(fraction!("0.9"))?;
/// let support = conviction.stake(Support::NONE, at(10), Amount::new(1_000))?;
/// assert_eq!(conviction.at(&support, at(11))?, Amount::new(1_000));
/// assert_eq!(conviction.at(&support, at(12))?, Amount::new(1_900));
/// assert_eq!(conviction.at(&support, at(9_999))?, Amount::new(9_999)); // below 10,000 for ever
///
/// let withdrawn = conviction.stake(support, at(12), Amount::ZERO)?;
/// assert_eq!(conviction.at(&withdrawn, at(13))?, Amount::new(1_710));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
///
/// # Source
/// Emmett, "Conviction Voting" (2019), and 1Hive's contract of it (2020), which raises α by repeated
/// squaring with 128 bits, floored at each step.
#[doc(alias("conviction_voting", "decay"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conviction {
    alpha: Fraction,
    growth: Growth,
}

/// The stake for a proposal, and the conviction that it had come to when the stake last changed.
///
/// It is plain data, for the host to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
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
pub struct Support {
    /// The stake, in base units.
    pub staked: Amount,
    /// The conviction at the last change, in whole base units.
    pub conviction: Amount,
    /// The part of the conviction below a base unit, in 2^−64 of one.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub part: u64,
    /// The time of the last change.
    pub since: Timestamp,
}

impl Support {
    /// None at all, before the first stake.
    pub const NONE: Self = Self {
        staked: Amount::ZERO,
        conviction: Amount::ZERO,
        part: 0,
        since: Timestamp::ZERO,
    };

    /// Returns the conviction in 2^−64 of a base unit.
    fn in_sub_units(&self) -> Result<U256, Error> {
        let whole = U256::product(self.conviction.get(), SUB_UNITS);
        Ok(whole.checked_add(u128::from(self.part).into())?)
    }
}

impl Conviction {
    /// Creates the conviction of which a part `alpha` stays in each unit of time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless 0 < α < 1.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Conviction;
    /// # use tokenomics_fixed_math::{fraction, Fraction};
    /// assert_eq!(Conviction::new(fraction!("0.9"))?.alpha(), fraction!("0.9"));
    /// assert!(Conviction::new(Fraction::ONE).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new(alpha: Fraction) -> Result<Self, Error> {
        let (raw, one) = (u128::from(alpha.raw()), u128::from(Fraction::SCALE));
        in_range(Quantity::Alpha, raw, 1, one.saturating_sub(1))?;
        let growth = Growth::per_unit(Ratio::new(raw, one)?)?;
        Ok(Self { alpha, growth })
    }

    /// Returns the part that stays in each unit of time.
    #[must_use]
    pub const fn alpha(&self) -> Fraction {
        self.alpha
    }

    /// Computes the conviction at a time, in base units.
    ///
    /// # Rounding
    /// Down, less than two units.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last change; [`Error::Overflow`] if what it tends to is above
    /// [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Conviction, Support};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let half = Conviction::new(fraction!("0.5"))?;
    /// let (conviction, since) = (Amount::new(80), Timestamp::new(1));
    /// let support = Support { conviction, since, ..Support::NONE };
    /// assert_eq!(half.at(&support, Timestamp::new(4))?, Amount::new(10));
    /// assert!(half.at(&support, Timestamp::new(0)).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn at(&self, support: &Support, now: Timestamp) -> Result<Amount, Error> {
        let (conviction, _) = self.grown(support, now)?;
        Ok(conviction)
    }

    /// Computes the conviction at a time, in base units, and what it has below one, in 2^−64.
    fn grown(&self, support: &Support, now: Timestamp) -> Result<(Amount, u64), Error> {
        in_order(support.since, now)?;
        let units = now.get().saturating_sub(support.since.get());
        self.limit(support.staked)?;
        if units == 0 {
            return Ok((support.conviction, support.part));
        }
        // y(t) = limit + α^t·(y(0) − limit), where the limit is x / (1 − α): in 10^−18 · 2^−64, y(0) and
        // the limit are these two over 1 − α, and their difference is exact until the power. They have
        // 252 bits at most, as the limit is an amount.
        let kept = support.in_sub_units()?;
        let start = kept.checked_mul(self.complement())?;
        let staked = U256::product(support.staked.get(), Fraction::SCALE.into());
        let aim = staked.checked_mul(SUB_UNITS)?;
        let (limit, _) = aim.div_rem(self.complement())?;
        let grown = if start < aim {
            let left = self.left(aim.checked_sub(start)?, units, Rounding::Ceil)?;
            // Two roundings may take it below where it began.
            limit.checked_sub(left).unwrap_or(kept).max(kept)
        } else {
            limit.checked_add(self.left(start.checked_sub(aim)?, units, Rounding::Floor)?)?
        };
        let (conviction, part) = grown.div_rem(SUB_UNITS)?;
        let part = u64::try_from(part).unwrap_or(u64::MAX);
        Ok((Amount::new(conviction.to_u128()?), part))
    }

    /// Returns 1 − α in 10^−18; never 0.
    fn complement(&self) -> u128 {
        self.alpha.complement().raw().into()
    }

    /// Returns what is left of a difference over 1 − α after some units of time, in 2^−64 of a base unit,
    /// rounded to the last of 128 bits.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn left(&self, gap: U256, units: u64, rounding: Rounding) -> Result<U256, Error> {
        let divisor = self.complement().saturating_mul(SUB_UNITS); // less than 2^124
        let (whole, _) = gap.div_rem(divisor)?;
        // Of whole units it has no more bits than these, since α is below 1.
        let below = whole.low().leading_zeros().min(64);
        let unit = SUB_UNITS.wrapping_shr(below);
        let divisor = self.complement().saturating_mul(unit);
        let units = Ratio::from_integer(units.into());
        let left = self.growth.mul_div(gap, divisor, units, rounding)?;
        Ok(U256::product(left, unit))
    }

    /// Returns the support with another stake from `now` on, and the conviction that it has come to.
    ///
    /// # Rounding
    /// Down, to 2^−64 of a base unit or the last of 128 bits; see [`Conviction`]. With the same stake
    /// nothing is rounded, and the support is returned as it was.
    ///
    /// # Errors
    /// As [`at`](Self::at), of the old stake and of the new one.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Conviction, Support};
    /// # use tokenomics_fixed_math::{fraction, Amount, Timestamp};
    /// let half = Conviction::new(fraction!("0.5"))?;
    /// let support = half.stake(Support::NONE, Timestamp::new(5), Amount::new(8))?;
    /// assert_eq!(half.at(&support, Timestamp::new(6))?, Amount::new(8));
    /// assert!(half.stake(support, Timestamp::new(6), Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn stake(
        &self,
        support: Support,
        now: Timestamp,
        staked: Amount,
    ) -> Result<Support, Error> {
        self.limit(staked)?;
        let (conviction, part) = self.grown(&support, now)?;
        if staked == support.staked {
            // No change: what is rounded now would be lost, and with enough calls all growth.
            return Ok(support);
        }
        Ok(Support {
            staked,
            conviction,
            part,
            since: now,
        })
    }

    /// Returns what conviction tends to, x / (1 − α).
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Conviction;
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// let conviction = Conviction::new(fraction!("0.9"))?;
    /// assert_eq!(conviction.limit(Amount::new(7))?, Amount::new(70));
    /// assert!(conviction.limit(Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn limit(&self, staked: Amount) -> Result<Amount, Error> {
        Ok(staked.mul_div(Fraction::SCALE.into(), self.complement(), Rounding::Floor)?)
    }
}

/// The number of those that make a base unit, in which conviction is kept.
const SUB_UNITS: u128 = 1 << 64;

tokenomics_internals::checked_codec! {
    Conviction::new as RawConviction {
        alpha: Fraction = Conviction::alpha,
    }
}
