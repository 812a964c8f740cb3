//! Protection of collateral by a put or an insurance, whose payer may fail in the same crash.

mod payer;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Timestamp, U256};

use super::share::share;
use crate::check::in_range;
use crate::portfolio::quote_units;
use crate::wide::{Wide, FULL};
use crate::{Error, Holding, Margin, Quantity};

pub use payer::{Payer, PostedMeans};

/// A put or an insurance: a payer's promise to make up for an amount of an asset whatever its price falls
/// short of the strike, until an end and while the premium is paid.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Ratio, Span, Timestamp};
/// use tokenomics_haircut_collateral::Protection;
///
/// let (ends, paid_until) = (Timestamp::new(1_000), Timestamp::new(600));
/// let put = Protection::new(Amount::new(10), Ratio::from_integer(80), ends, paid_until);
/// // At a price of 100 that falls by 50%, 30 each.
/// assert_eq!(put.claim(Ratio::from_integer(100), fraction!("0.5"))?, Amount::new(300));
/// assert_eq!(put.claim(Ratio::from_integer(100), fraction!("0.1"))?, Amount::ZERO);
/// // A premium that is paid until 600 keeps it until then.
/// assert_eq!(put.left(Timestamp::new(500)), Span::new(100));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[cfg_attr(doc, doc(alias("put", "option", "insurance", "cover", "floor")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct Protection {
    amount: Amount,
    strike: Ratio,
    ends: Timestamp,
    paid_until: Timestamp,
}

impl Protection {
    /// Creates the protection of an amount, in base units of the asset, at a strike in quote base units for
    /// one of them. A premium that is never paid has a `paid_until` of 0, one paid in full that of the end.
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub const fn new(
        amount: Amount,
        strike: Ratio,
        ends: Timestamp,
        paid_until: Timestamp,
    ) -> Self {
        Self {
            amount,
            strike,
            ends,
            paid_until,
        }
    }

    /// Returns the amount that is protected.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Returns the strike.
    #[must_use]
    pub const fn strike(&self) -> Ratio {
        self.strike
    }

    /// Returns the end.
    #[must_use]
    pub const fn ends(&self) -> Timestamp {
        self.ends
    }

    /// Returns the time until which the premium is paid.
    #[must_use]
    pub const fn paid_until(&self) -> Timestamp {
        self.paid_until
    }

    /// Returns the time for which it still holds: until its end, or until the premium is no longer paid.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Span {
        let last = self.ends.min(self.paid_until);
        last.since(now).unwrap_or(Span::ZERO)
    }

    /// Computes the claim on the payer in the state in which a price has fallen by a fraction:
    /// amount · max(0, strike − price·(1 − fall)), in quote units. Its sum over all that a payer protects is
    /// what [`Payer`] shares its means among.
    ///
    /// # Rounding
    /// Ceil: another's claim on the same means is never understated.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount, Ratio, Timestamp};
    /// # use tokenomics_haircut_collateral::Protection;
    /// let put = |amount| Protection::new(amount, Ratio::new(3, 2).unwrap(), Timestamp::MAX, Timestamp::MAX);
    /// assert_eq!(put(Amount::new(3)).claim(Ratio::ONE, fraction!("1"))?, Amount::new(5)); // of 4.5
    /// assert!(put(Amount::MAX).claim(Ratio::ONE, fraction!("1")).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn claim(&self, price: Ratio, fall: Fraction) -> Result<Amount, Error> {
        let weight = fall.complement().raw();
        let amount = self.amount.get();
        let strike = Wide::term(amount, self.strike, FULL, Rounding::Ceil);
        let fallen = Wide::term(amount, price, weight, Rounding::Floor);
        let claim = strike.checked_sub(fallen).unwrap_or(Wide::ZERO);
        quote_units(claim, Rounding::Ceil)
    }

    /// Returns the claim of a holding, in 1e-36 quote units, floored.
    fn claim_of(&self, held: &Holding, margin: Margin) -> Wide {
        let covered = held.with_amount(held.amount().min(self.amount));
        let amount = covered.amount().get();
        let strike = Wide::term(amount, self.strike, FULL, Rounding::Floor);
        let weight = covered.haircut().weight(margin).raw();
        let fallen = Wide::term(amount, covered.price(), weight, Rounding::Ceil);
        strike.checked_sub(fallen).unwrap_or(Wide::ZERO)
    }
}

/// The times left at which a protection begins to count, and from which on it counts fully.
///
/// One that ends before collateral can be liquidated protects nobody: up to the horizon of a liquidation it
/// counts for nothing, and from there it grows along a line, so that there is no moment at which a position
/// is cut off.
///
/// # Laws
/// `monotone_in_protection`.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Span};
/// use tokenomics_haircut_collateral::ProtectionTerms;
///
/// let terms = ProtectionTerms::new(Span::from_days(1), Span::from_days(5))?;
/// assert_eq!(terms.weight(Span::from_days(1)), fraction!("0"));
/// assert_eq!(terms.weight(Span::from_days(2)), fraction!("0.25"));
/// assert_eq!(terms.weight(Span::from_days(9)), fraction!("1"));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProtectionTerms {
    horizon: Span,
    // Above `horizon`.
    full: Span,
}

impl ProtectionTerms {
    /// Creates the terms of the time that a liquidation takes, and the time left from which on a protection
    /// counts fully.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless `full` is above `horizon`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::Span;
    /// # use tokenomics_haircut_collateral::ProtectionTerms;
    /// assert!(ProtectionTerms::new(Span::new(9), Span::new(10)).is_ok());
    /// assert!(ProtectionTerms::new(Span::new(10), Span::new(10)).is_err());
    /// ```
    pub fn new(horizon: Span, full: Span) -> Result<Self, Error> {
        let least = u128::from(horizon.get()).wrapping_add(1);
        let what = Quantity::FullProtection;
        in_range(what, full.get().into(), least, u128::MAX)?;
        Ok(Self { horizon, full })
    }

    /// Returns the time that a liquidation takes.
    #[must_use]
    pub const fn horizon(&self) -> Span {
        self.horizon
    }

    /// Returns the time left from which on a protection counts fully.
    #[must_use]
    pub const fn full(&self) -> Span {
        self.full
    }

    /// Computes the part of a recovery that counts of a protection that holds for so long:
    /// (left − horizon)/(full − horizon), within 0 and 1.
    ///
    /// # Rounding
    /// Floor, the exact number rounded once.
    #[must_use]
    pub fn weight(&self, left: Span) -> Fraction {
        let horizon = self.horizon.get();
        let Some(beyond) = left.get().checked_sub(horizon) else {
            return Fraction::ZERO;
        };
        // Above 0: see the type.
        let all = self.full.get().wrapping_sub(horizon);
        let (beyond, all) = (u128::from(beyond).into(), u128::from(all).into());
        share(beyond, all, Rounding::Floor, Fraction::ZERO)
    }
}

tokenomics_internals::checked_codec! {
    ProtectionTerms::new as RawProtectionTerms {
        horizon: Span = ProtectionTerms::horizon,
        full: Span = ProtectionTerms::full,
    }
}

/// A holding with its protection, and the payer of it.
///
/// What counts is what is there when the price has fallen by the holding's haircut: its fallen value, and of
/// the gap up to the strike what the payer then can pay, whose means have fallen too and are shared among
/// all whom it protects. A payer whose means are the asset itself protects nobody from its fall.
///
/// What a payer has posted must not count as anybody's collateral beside it.
///
/// # Laws
/// `protection_bounded`: the credit is never below that without protection, nor above it by more than the
/// payer's means and the gap to the strike; that of all whom a payer protects is at most its means and what
/// they have without it. `monotone_in_protection`: larger means, a longer time, a smaller joint fall and
/// less that others claim never lower it, and a larger fall never raises it by more than a unit.
/// `split_invariant_of_protection`: split in two, with its protection, it never has more.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio, Span, Timestamp};
/// use tokenomics_haircut_collateral::*;
///
/// // 10 at 100 each, which may fall by 60%, with a put at 80.
/// let price = Ratio::from_integer(100);
/// let holding = Holding::new(Amount::new(10), price, Haircut::uniform(fraction!("0.6")));
/// let protection =
///     Protection::new(Amount::new(10), Ratio::from_integer(80), Timestamp::MAX, Timestamp::MAX);
/// let terms = ProtectionTerms::new(Span::from_days(1), Span::from_days(2))?;
/// let credit = |payer| {
///     let protected = ProtectedHolding { holding, protection, payer };
///     protected.credit(&terms, Margin::Initial, Timestamp::new(0))
/// };
/// let claim = protection.claim(price, fraction!("0.6"))?; // 40 each
///
/// // 1,000 of dollars pay all of it; 1,000 of the asset itself are worth 400 by then.
/// let dollars = PostedMeans { value: Amount::new(1_000), haircut: Fraction::ZERO, joint: Fraction::ZERO };
/// let asset = PostedMeans { joint: fraction!("1"), ..dollars };
/// let paid_by = |means: PostedMeans| Payer::new(means.recoverable(fraction!("0.6")), claim);
/// assert_eq!(credit(paid_by(dollars))?, Amount::new(800));
/// assert_eq!(credit(paid_by(asset))?, Amount::new(800));
/// // Another claims nine times as much of the same.
/// let shared = Payer::new(Amount::new(400), Amount::new(4_000));
/// assert_eq!(credit(shared)?, Amount::new(440));
/// assert_eq!(credit(Payer::new(Amount::ZERO, claim))?, Amount::new(400));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Basel CRE50 and CRE53 on specific wrong-way risk: where a payer and what it protects are legally
/// connected or fail together, protection isn't recognised. Here it counts as far as the payer's means are
/// there in the fallen state.
#[cfg_attr(doc, doc(alias("wrong_way_risk", "hedge")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
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
pub struct ProtectedHolding {
    /// The holding, whose haircut is the fall that is considered.
    pub holding: Holding,
    /// Its protection.
    pub protection: Protection,
    /// The payer, in the state in which the price has fallen by the haircut of the margin.
    pub payer: Payer,
}

impl ProtectedHolding {
    /// Computes what counts of the holding with its protection, in quote units.
    ///
    /// # Rounding
    /// Floor, of a sum in 1e-36 quote units, in which the part that the payer recovers is floored.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `protection_bounded`, `monotone_in_protection`, `split_invariant_of_protection`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio, Span, Timestamp};
    /// # use tokenomics_haircut_collateral::*;
    /// let strike = Ratio::from_integer(2);
    /// let of = |amount, paid_until| ProtectedHolding {
    ///     holding: Holding::new(amount, Ratio::ONE, Haircut::FULL),
    ///     protection: Protection::new(amount, strike, Timestamp::new(100), paid_until),
    ///     payer: Payer::new(Amount::MAX, Amount::ZERO),
    /// };
    /// let terms = ProtectionTerms::new(Span::new(10), Span::new(20))?;
    /// let credit = |of: ProtectedHolding| of.credit(&terms, Margin::Initial, Timestamp::new(5));
    /// assert_eq!(credit(of(Amount::new(9), Timestamp::MAX))?, Amount::new(18));
    /// assert_eq!(credit(of(Amount::new(9), Timestamp::new(20)))?, Amount::new(9)); // half of it counts
    /// assert_eq!(credit(of(Amount::new(9), Timestamp::new(0)))?, Amount::ZERO);
    /// let uncovered = Holding::new(Amount::MAX, Ratio::from_integer(2), Haircut::NONE);
    /// assert!(credit(ProtectedHolding { holding: uncovered, ..of(Amount::new(9), Timestamp::MAX) }).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn credit(
        &self,
        terms: &ProtectionTerms,
        margin: Margin,
        now: Timestamp,
    ) -> Result<Amount, Error> {
        let claim = self.protection.claim_of(&self.holding, margin);
        let weight = terms.weight(self.protection.left(now));
        // At most the payer's means, so the product is below 2^310.
        let recovered = self.payer.recovered(claim).within(weight.raw().into());
        let recovered = recovered.divided(Wide::SCALE, Rounding::Floor);
        let credit = self.holding.credit(margin).plus(recovered);
        quote_units(credit, Rounding::Floor)
    }

    /// Computes the haircut that is left with the protection, 1 − min(1, credit/value), for a portfolio of
    /// plain holdings: never above the holding's own. A protected value of 0 has no haircut that could say
    /// what it is worth; it keeps its own.
    ///
    /// # Rounding
    /// Ceil, of the floored credit: of a value of v units up to 1/v above the real number.
    #[must_use]
    pub fn haircut(&self, terms: &ProtectionTerms, margin: Margin, now: Timestamp) -> Fraction {
        let own = self.holding.haircut().fraction(margin);
        let Ok(credit) = self.credit(terms, margin, now) else {
            return own;
        };
        let price = self.holding.price();
        let value = U256::product(self.holding.amount().get(), price.numerator());
        if value.is_zero() {
            return own;
        }
        let counted = U256::product(credit.get(), price.denominator());
        share(counted, value, Rounding::Floor, Fraction::ZERO)
            .complement()
            .min(own)
    }
}
