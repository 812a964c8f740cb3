//! A gate that opens with the price.

mod observation;

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Span, Timestamp};

pub use self::observation::{Cumulative, Observation};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The levels of a [`PriceGate`], each a price and the share of the total that is free from it on:
/// an array, a slice or a `Vec`.
pub trait Levels: AsRef<[(Ratio, Fraction)]> {}

impl<L: AsRef<[(Ratio, Fraction)]>> Levels for L {}

/// The terms of a [`PriceGate`]: which prices count, and which share of the total each frees.
///
/// A single level with a share of 1 is a gate that opens at a price. A band with ticks is a level
/// for each tick.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Fraction, Ratio, Span};
/// use tokenomics_vesting::PriceTerms;
///
/// let price = |units| Ratio::new(units, 1);
/// let levels = [(price(2)?, fraction!("0.5")), (price(3)?, fraction!("1"))];
/// // Averages over half an hour at least, no older than five minutes.
/// let (age, window) = (Span::new(300), Span::new(1_800));
/// let terms = PriceTerms::new(levels, age, window)?;
/// assert_eq!(terms.share(Ratio::new(199, 100)?), Fraction::ZERO);
/// assert_eq!(terms.share(price(2)?), fraction!("0.5"));
/// assert_eq!(terms.share(price(9)?), Fraction::ONE);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawPriceTerms<L>",
        bound(deserialize = "L: Levels + serde::Deserialize<'de>")
    )
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct PriceTerms<L> {
    // Strictly increasing in price, never decreasing in share.
    levels: L,
    max_age: Span,
    min_window: Span,
    floor: Fraction,
    expiry: Option<(Timestamp, Fraction)>,
}

impl<L: Levels> PriceTerms<L> {
    /// Creates the terms of `levels` from the lowest price to the highest, for prices no older than
    /// `max_age` and averaged over `min_window` at least, which is zero where a spot price will do.
    /// Below the lowest level nothing is free, and the terms don't expire.
    ///
    /// # Errors
    /// [`Error::Unordered`] with the index of a level whose price is not above the one before, or
    /// whose share is below it.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction, Ratio, Span};
    /// use tokenomics_vesting::{Error, PriceTerms};
    ///
    /// let (two, three) = (Ratio::from_integer(2), Ratio::from_integer(3));
    /// let (half, all) = (fraction!("0.5"), Fraction::ONE);
    /// let hour = Span::new(3_600);
    /// PriceTerms::new([(two, half), (three, all)], hour, hour)?;
    ///
    /// let falling = PriceTerms::new([(three, all), (two, half)], hour, hour);
    /// assert_eq!(falling, Err(Error::Unordered { index: 1 }));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(levels: L, max_age: Span, min_window: Span) -> Result<Self, Error> {
        let all = levels.as_ref();
        let pairs = all.iter().zip(all.iter().skip(1));
        for (index, (before, level)) in (1..=u32::MAX).zip(pairs) {
            if level.0 <= before.0 || level.1 < before.1 {
                return Err(Error::Unordered { index });
            }
        }
        Ok(Self {
            levels,
            max_age,
            min_window,
            floor: Fraction::ZERO,
            expiry: None,
        })
    }

    /// Returns these terms with a share that is free at any price.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio, Span, Timestamp};
    /// use tokenomics_vesting::{PriceGate, PriceTerms};
    ///
    /// let (levels, hour) = ([(Ratio::from_integer(2), Fraction::ONE)], Span::new(3_600));
    /// let terms = PriceTerms::new(levels, hour, hour)?.with_floor(fraction!("0.1"));
    /// let limit = PriceGate::default().limit(&terms, Timestamp::ZERO, Amount::new(500));
    /// assert_eq!(limit, Amount::new(50));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[must_use]
    pub fn with_floor(self, floor: Fraction) -> Self {
        Self { floor, ..self }
    }

    /// Returns these terms with a time from which on no price counts any more, and a share at least
    /// is free: [`Fraction::ONE`] opens the gate in the end, [`Fraction::ZERO`] leaves it where it is.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
    /// use tokenomics_vesting::{PriceGate, PriceTerms};
    ///
    /// let (levels, hour) = ([(Ratio::from_integer(2), Fraction::ONE)], Span::new(3_600));
    /// let end = Timestamp::new(1_000_000);
    /// let terms = PriceTerms::new(levels, hour, hour)?.with_expiry(end, Fraction::ONE);
    /// let limit = |time| PriceGate::default().limit(&terms, Timestamp::new(time), Amount::new(500));
    /// assert_eq!((limit(999_999), limit(1_000_000)), (Amount::ZERO, Amount::new(500)));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[must_use]
    pub fn with_expiry(self, at: Timestamp, share: Fraction) -> Self {
        Self {
            expiry: Some((at, share)),
            ..self
        }
    }

    /// Creates the terms of the fields that they are written as.
    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    fn of(
        levels: L,
        max_age: Span,
        min_window: Span,
        floor: Fraction,
        expiry: Option<(Timestamp, Fraction)>,
    ) -> Result<Self, Error> {
        Ok(Self {
            floor,
            expiry,
            ..Self::new(levels, max_age, min_window)?
        })
    }

    /// Returns the levels, from the lowest price to the highest.
    #[must_use]
    pub fn levels(&self) -> &[(Ratio, Fraction)] {
        self.levels.as_ref()
    }

    /// Returns the share that `price` frees: that of the highest level it has reached, and 0 below
    /// the lowest.
    ///
    /// # Rounding
    /// None: prices are compared exactly.
    #[must_use]
    pub fn share(&self, price: Ratio) -> Fraction {
        let reached = self.levels().iter().rev().find(|level| level.0 <= price);
        reached.map_or(Fraction::ZERO, |level| level.1)
    }

    /// Checks that a price which comes now counts: it is recent enough, and averaged over long
    /// enough.
    fn accept(&self, now: Timestamp, observed: Observation) -> Result<(), Error> {
        if let Some((at, _)) = self.expiry.filter(|&(at, _)| at <= now) {
            return Err(Error::Expired { at });
        }
        let oldest = now.checked_sub(self.max_age).unwrap_or(Timestamp::ZERO);
        let (time, window) = (observed.at.get(), observed.window.get());
        in_range(
            Quantity::PriceTime,
            time.into(),
            oldest.get().into(),
            now.get().into(),
        )?;
        let least = self.min_window.get();
        in_range(
            Quantity::PriceWindow,
            window.into(),
            least.into(),
            u128::MAX,
        )
    }
}

/// A gate that opens with the price and never shuts again: what a price has freed stays free when
/// the price falls. Its state is one share; the terms are handed in, the same at each call.
///
/// It holds back claims, not vesting: hand its limit to
/// [`Grant::claim_within`](crate::Grant::claim_within). Prices come in as plain values; who may
/// bring one, and from which oracle, is the host's to know. That a price is an average over a
/// window, which a single block can't move far, is what keeps a borrowed fortune from opening it.
///
/// # Laws
/// `reached_stays_reached`: no call and no passing of time lowers a limit, and a refused price
/// changes nothing. `a_gate_only_holds_back`.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
/// use tokenomics_vesting::{Observation, PriceGate, PriceTerms};
///
/// let (at, hour) = (Timestamp::new, Span::new(3_600));
/// let percent = Fraction::from_percent;
/// // Half at 2, all at 3, by averages over an hour no older than an hour; in the end, a tenth.
/// let levels = [(Ratio::new(2, 1)?, percent(50)?), (Ratio::new(3, 1)?, percent(100)?)];
/// let terms = PriceTerms::new(levels, hour, hour)?.with_expiry(at(1_000_000), percent(10)?);
/// let mut gate = PriceGate::default();
///
/// let average = |price, time| Observation { price, at: at(time), window: hour };
/// gate.observe(&terms, at(10_000), average(Ratio::new(5, 2)?, 9_000))?;
/// gate.observe(&terms, at(20_000), average(Ratio::new(1, 2)?, 19_000))?;
/// assert_eq!(gate.limit(&terms, at(20_000), Amount::new(701)), Amount::new(350));
///
/// // A spot price, and one that is stale.
/// let spot = Observation::spot(Ratio::new(9, 1)?, at(30_000));
/// assert!(gate.observe(&terms, at(30_000), spot).is_err());
/// assert!(gate.observe(&terms, at(30_000), average(Ratio::new(9, 1)?, 26_000)).is_err());
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// Sablier Lockup Price Gated: one level, by spot price, and all at the end. Streamflow's
/// price-based contracts: a band with ticks, a least share and a share at expiry, of the rate.
/// Both go by the price of the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
pub struct PriceGate {
    // The largest share that an accepted price has freed.
    freed: Fraction,
}

impl PriceGate {
    /// Creates a gate of which prices have freed the share `freed` already;
    /// [`default`](Self::default) is one of which they have freed nothing.
    #[must_use]
    pub const fn new(freed: Fraction) -> Self {
        Self { freed }
    }

    /// Returns the largest share that a price has freed so far.
    #[must_use]
    pub const fn freed(&self) -> Fraction {
        self.freed
    }

    /// Takes a price in, and returns the share that prices have freed by now.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a price that is too old, from later than `now`, or averaged over
    /// too short a window; [`Error::Expired`] from the expiry on.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Fraction, Ratio, Span, Timestamp};
    /// use tokenomics_vesting::{Error, Observation, PriceGate, PriceTerms};
    ///
    /// let (at, price) = (Timestamp::new, Ratio::from_integer);
    /// let levels = [(price(2), fraction!("0.5")), (price(3), fraction!("1"))];
    /// let terms = PriceTerms::new(levels, Span::new(60), Span::ZERO)?;
    /// let mut gate = PriceGate::default();
    /// let freed = gate.observe(&terms, at(1_000), Observation::spot(price(2), at(940)))?;
    /// assert_eq!(freed, fraction!("0.5"));
    ///
    /// // 61 old, where 60 are allowed.
    /// let stale = gate.observe(&terms, at(1_000), Observation::spot(price(3), at(939)));
    /// assert!(matches!(stale, Err(Error::OutOfRange { value: 939, bound: 940, .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn observe<L: Levels>(
        &mut self,
        terms: &PriceTerms<L>,
        now: Timestamp,
        observed: Observation,
    ) -> Result<Fraction, Error> {
        terms.accept(now, observed)?;
        self.freed = self.freed.max(terms.share(observed.price));
        Ok(self.freed)
    }

    /// Returns the share of the total that is free at `now`.
    #[must_use]
    pub fn share_at<L: Levels>(&self, terms: &PriceTerms<L>, now: Timestamp) -> Fraction {
        let free = self.freed.max(terms.floor);
        match terms.expiry {
            Some((at, share)) if at <= now => free.max(share),
            _ => free,
        }
    }

    /// Returns how much of `total` may be claimed in all at `now`.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn limit<L: Levels>(&self, terms: &PriceTerms<L>, now: Timestamp, total: Amount) -> Amount {
        total.mul_fraction(self.share_at(terms, now), Rounding::Floor)
    }
}

tokenomics_internals::checked_codec! {
    PriceTerms<L: Levels>::of as RawPriceTerms {
        levels: L,
        max_age: Span,
        min_window: Span,
        floor: Fraction,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::option")
        )]
        expiry: Option<(Timestamp, Fraction)>,
    }
}
