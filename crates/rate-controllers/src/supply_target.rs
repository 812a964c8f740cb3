//! A supply that grows where the price is above its target, and shrinks where it is below: a rebase.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is 0 or 1"
    )
)]

mod params;

use core::cmp::Ordering;

use tokenomics_fixed_math::{mul_div, Amount, Rounding, SignedWad, Span, Timestamp, Wad, U256};

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use tokenomics_fixed_math::Fraction;

pub use self::params::{RebaseRule, SupplyTargetParams};
use crate::check::in_range;
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::{Error, Quantity};

/// The change that a call makes to the supply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
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
pub enum SupplyChange {
    /// It isn't time yet, or the price is near enough.
    Unchanged,
    /// An amount is added.
    Grow(Amount),
    /// An amount is taken.
    Shrink(Amount),
}

tokenomics_internals::borsh_variants! {
    [] SupplyChange {
        0: Unchanged,
        1: Grow(amount),
        2: Shrink(amount),
    }
}

/// A supply that once in a period follows the price, at times that no call moves.
///
/// With d = (price − target) / target, the supply changes by d / lag of it; or, with a sigmoid from −l
/// to u of growth g, by (u + l) / (1 + (u / l) · 2^(−g · d)) − l of it.
///
/// A call before the period is over changes nothing, so neither does a second one at the same time. A
/// call that comes late changes the supply once, whatever it missed: one price says nothing of those
/// before it, and a change for each missed period would let who comes late multiply it. The periods
/// stay where they are: the next one begins on time.
///
/// # Rounding
/// Toward zero for each change.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call` (of when the next change is due),
/// `twice_in_a_second_is_once`, `monotone_response`.
///
/// ```
/// use tokenomics_rate_controllers::{RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams};
/// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
///
/// let params = SupplyTargetParams {
///     target: wad!("1"),
///     dead_band: fraction!("0.05"),
///     rule: RebaseRule::Lag(30),
///     period: Span::new(86_400),
///     max_supply: Amount::MAX,
/// };
/// let mut target = SupplyTarget::new(params, Timestamp::new(7_200))?;
/// let (now, supply) = (Timestamp::new(8_000), Amount::new(50_000_000));
/// // 20% above: a thirtieth of that.
/// let grow = SupplyChange::Grow(Amount::new(333_333));
/// assert_eq!(target.update(now, wad!("1.2"), supply)?, grow);
/// assert_eq!(target.update(now, wad!("1.2"), supply)?, SupplyChange::Unchanged);
/// assert_eq!(target.next(), Timestamp::new(93_600));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Ampleforth, `UFragmentsPolicy`: a lag of 30 with a threshold of 5%, and from its AIP-5 on the sigmoid,
/// there with the exponent cut to 1/32, and to 100 either way.
#[doc(alias("rebase", "Ampleforth"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SupplyTarget {
    params: SupplyTargetParams,
    next: Timestamp,
}

impl SupplyTarget {
    /// Creates one whose first change is due at `next`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Error, RebaseRule, SupplyTarget, SupplyTargetParams};
    ///
    /// let params = SupplyTargetParams {
    ///     target: wad!("1"),
    ///     dead_band: fraction!("0.05"),
    ///     rule: RebaseRule::Lag(0),
    ///     period: Span::new(86_400),
    ///     max_supply: Amount::MAX,
    /// };
    /// let refused = SupplyTarget::new(params, Timestamp::ZERO);
    /// assert!(matches!(refused, Err(Error::OutOfRange { .. })));
    /// let rule = RebaseRule::Lag(30);
    /// assert!(SupplyTarget::new(SupplyTargetParams { rule, ..params }, Timestamp::ZERO).is_ok());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: SupplyTargetParams, next: Timestamp) -> Result<Self, Error> {
        const LARGEST_TARGET: u128 = 1_000_000_000_000_000_000_000_000_000;
        let one = Wad::SCALE;
        in_range(Quantity::Target, params.target.raw(), 1, LARGEST_TARGET)?;
        let period = params.period.get().into();
        in_range(Quantity::Period, period, 1, u64::MAX.into())?;
        match params.rule {
            RebaseRule::Lag(lag) => in_range(Quantity::Lag, lag.into(), 1, 10_000)?,
            RebaseRule::Sigmoid {
                lower,
                upper,
                growth,
            } => {
                in_range(Quantity::LowerEnd, lower.raw().into(), 1, one)?;
                in_range(Quantity::UpperEnd, upper.raw().into(), 1, one)?;
                let steepest = one.wrapping_mul(1_000);
                in_range(Quantity::Growth, growth.raw(), 0, steepest)?;
            }
        }
        Ok(Self { params, next })
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> SupplyTargetParams {
        self.params
    }

    /// Returns the time at which the next change is due.
    #[must_use]
    pub const fn next(&self) -> Timestamp {
        self.next
    }

    /// Computes what this price does to a supply once a change is due.
    ///
    /// # Rounding
    /// Toward zero.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn change(&self, price: Wad, supply: Amount) -> SupplyChange {
        let target = self.params.target;
        let distance = price.abs_diff(target).raw();
        let band = self.params.dead_band.raw().into();
        if U256::cmp_products(distance, Wad::SCALE, band, target.raw()).is_lt() {
            return SupplyChange::Unchanged;
        }
        let room = self.params.max_supply.get().saturating_sub(supply.get());
        match price.cmp(&target) {
            Ordering::Equal => SupplyChange::Unchanged,
            // More than 128 bits are more than there is room for.
            Ordering::Greater => {
                let more = self.growth(distance, supply).unwrap_or(u128::MAX);
                SupplyChange::Grow(Amount::new(more.min(room)))
            }
            Ordering::Less => {
                let less = self.shrinkage(distance, supply).unwrap_or(0);
                SupplyChange::Shrink(Amount::new(less))
            }
        }
    }

    /// Takes the change that is due, if there is one, and waits for the next.
    ///
    /// # Rounding
    /// Toward zero.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the next period is past the end of the clock.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{RebaseRule, SupplyChange, SupplyTarget, SupplyTargetParams};
    ///
    /// let params = SupplyTargetParams {
    ///     target: wad!("1"),
    ///     dead_band: fraction!("0.05"),
    ///     rule: RebaseRule::Lag(10),
    ///     period: Span::new(86_400),
    ///     max_supply: Amount::MAX,
    /// };
    /// let mut target = SupplyTarget::new(params, Timestamp::new(86_400))?;
    /// let (early, due, supply) = (Timestamp::new(1), Timestamp::new(86_400), Amount::new(500));
    /// assert_eq!(target.update(early, wad!("2"), supply)?, SupplyChange::Unchanged);
    /// assert_eq!(target.update(due, wad!("2"), supply)?, SupplyChange::Grow(Amount::new(50)));
    /// assert_eq!(target.update(due, wad!("2"), supply)?, SupplyChange::Unchanged);
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn update(
        &mut self,
        at: Timestamp,
        price: Wad,
        supply: Amount,
    ) -> Result<SupplyChange, Error> {
        let Some(late) = at.since(self.next) else {
            return Ok(SupplyChange::Unchanged);
        };
        let period = self.params.period.get();
        // By less than a period into the one that the call is in; the period isn't 0.
        let into = late.get().checked_rem(period).unwrap_or(0);
        let begun = at.checked_sub(Span::new(into))?;
        self.next = begun.checked_add(self.params.period)?;
        Ok(self.change(price, supply))
    }

    /// Computes what a price so far above the target adds; `None` if that is more than 128 bits.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn growth(&self, distance: u128, supply: Amount) -> Option<u128> {
        let RebaseRule::Sigmoid {
            lower,
            upper,
            growth,
        } = self.params.rule
        else {
            return self.lagged(distance, supply);
        };
        let (lower, upper) = (u128::from(lower.raw()), u128::from(upper.raw()));
        // (u + l) · l / (l + u · 2^−x) − l: all of them at most 10^18.
        let falling = mul_div(
            upper,
            self.halves(distance, growth),
            Wad::SCALE,
            Rounding::Ceil,
        );
        let whole = lower.wrapping_add(falling.unwrap_or(upper));
        let reached = mul_div(lower.wrapping_add(upper), lower, whole, Rounding::Floor).ok()?;
        let part = reached.saturating_sub(lower);
        mul_div(supply.get(), part, Wad::SCALE, Rounding::Floor).ok()
    }

    /// Computes what a price so far below the target takes: at most the supply.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn shrinkage(&self, distance: u128, supply: Amount) -> Option<u128> {
        let RebaseRule::Sigmoid {
            lower,
            upper,
            growth,
        } = self.params.rule
        else {
            return self.lagged(distance, supply);
        };
        let (lower, upper) = (u128::from(lower.raw()), u128::from(upper.raw()));
        // l − (u + l) · l · 2^−x / (l · 2^−x + u).
        let falling = mul_div(
            lower,
            self.halves(distance, growth),
            Wad::SCALE,
            Rounding::Ceil,
        );
        let falling = falling.unwrap_or(lower);
        let whole = falling.wrapping_add(upper);
        let left = mul_div(lower.wrapping_add(upper), falling, whole, Rounding::Ceil).ok()?;
        let part = lower.saturating_sub(left);
        mul_div(supply.get(), part, Wad::SCALE, Rounding::Floor).ok()
    }

    /// Computes supply · distance / (target · lag).
    #[cfg_attr(target_arch = "bpf", inline(always))]
    fn lagged(&self, distance: u128, supply: Amount) -> Option<u128> {
        let RebaseRule::Lag(lag) = self.params.rule else {
            return None;
        };
        // At most 10^27 · 10^4.
        let whole = self.params.target.raw().wrapping_mul(lag.into());
        mul_div(supply.get(), distance, whole, Rounding::Floor).ok()
    }

    /// Computes 2^−(growth · distance / target) in 10^−18, from above.
    fn halves(&self, distance: u128, growth: Wad) -> u128 {
        let target = self.params.target.raw();
        let exponent = mul_div(growth.raw(), distance, target, Rounding::Floor)
            .ok()
            .and_then(|exponent| i128::try_from(exponent).ok())
            .and_then(i128::checked_neg)
            .unwrap_or(i128::MIN);
        let power = SignedWad::from_raw(exponent).exp2(Rounding::Ceil);
        power.map_or(Wad::SCALE, Wad::raw)
    }
}

tokenomics_internals::checked_codec! {
    SupplyTarget::new as RawSupplyTarget {
        params: SupplyTargetParams = SupplyTarget::params,
        next: Timestamp = SupplyTarget::next,
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for SupplyTarget {
    fn from_seed([target, band, kind, a, b, growth, period, max, next, ..]: Seed) -> Option<Self> {
        let rule = if seed::fit(kind, 0, 1) == 0 {
            RebaseRule::Lag(seed::fit64(a, 1, 10_000))
        } else {
            RebaseRule::Sigmoid {
                lower: seed::part(a, 1, Fraction::ONE.raw())?,
                upper: seed::part(b, 1, Fraction::ONE.raw())?,
                growth: seed::wad(growth, 0, seed::ONE.saturating_mul(1_000)),
            }
        };
        let params = SupplyTargetParams {
            target: seed::wad(target, 1, seed::ONE.saturating_mul(1_000_000_000)),
            dead_band: seed::part(band, 0, Fraction::ONE.raw())?,
            rule,
            period: Span::new(seed::fit64(period, 1, u64::MAX)),
            max_supply: Amount::new(max),
        };
        Self::new(params, seed::time(next)).ok()
    }
}
