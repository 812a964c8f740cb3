//! Tail emission: a floor under the rate of a curve.

use tokenomics_fixed_math::{earliest, mul_div, Amount, Ratio, Rounding, Span, Timestamp, U256};
use tokenomics_internals::difference;

use crate::check::{at_rate, in_range, positive};
use crate::{Curve, Error, Quantity};

/// Tail emission: a curve until its rate has fallen below a floor, and the floor from then on.
///
/// It takes over at the first unit of the clock in which the curve would emit less than the floor.
/// That is found once, in the constructor, and exact wherever the curve's rate never rises; where
/// it does rise in between, the tail begins at one of the times at which it falls below.
///
/// # Rounding
/// That of the curve, and Floor for the tail, from its start on.
///
/// # Laws
/// Those of [`Curve`], as far as the curve keeps them; `tail_takes_over`: it is the curve before,
/// and the floor rate after.
///
/// ```
/// use tokenomics_emission_curves::{Curve, Decay, Exponential, Phase, Phases, Tail};
/// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
///
/// // Monero, on a clock of block heights: 2^-20 of what is left of 2^64 - 1 in each block, 2^-19
/// // from the 1,009,827th on, when blocks began to take two minutes, and never less than 0.6 XMR.
/// let (genesis, longer) = (Timestamp::ZERO, Timestamp::new(1_009_827));
/// let of = |start, left, bits: u32| -> Result<_, tokenomics_emission_curves::Error> {
///     let part = Ratio::new((1 << bits) - 1, 1 << bits)?;
///     Exponential::new(start, Timestamp::MAX, left, Decay::PerUnit(part))
/// };
/// let first = of(genesis, Amount::new(u64::MAX.into()), 20)?;
/// let left = first.reserve().checked_sub(first.emitted_at(longer))?;
/// let phases = [Phase::new(genesis, first), Phase::new(longer, of(longer, left, 19)?)];
/// let least = Ratio::new(600_000_000_000, 1)?;
/// let monero = Tail::new(Phases::new(phases)?, least, Timestamp::new(100_000_000))?;
///
/// // The chain came to its tail at block 2,641,623: larger blocks pay a little less.
/// assert_eq!(monero.takes_over_at(), Timestamp::new(2_639_513));
/// assert_eq!(monero.rate_at(Timestamp::new(3_000_000)), Amount::new(600_000_000_000));
/// # Ok::<(), tokenomics_emission_curves::Error>(())
/// ```
///
/// # Source
/// Monero's tail emission, 0.6 XMR a block.
#[cfg_attr(doc, doc(alias("tail_emission", "Monero")))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawTail<C>",
        bound(deserialize = "C: Curve + serde::Deserialize<'de>")
    )
)]
#[cfg_attr(
    all(feature = "cosmwasm", not(doc)),
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; inner: (C), floor: (Ratio), end: (Timestamp))),
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
pub struct Tail<C> {
    inner: C,
    // Above 0.
    floor: Ratio,
    // Not before the floor takes over.
    end: Timestamp,
    // Where the floor takes over, and what the curve has emitted by then: they follow from the rest.
    #[cfg_attr(feature = "serde", serde(skip))]
    #[cfg_attr(feature = "borsh", borsh(skip))]
    #[cfg_attr(feature = "scale", codec(skip))]
    takes_over_at: Timestamp,
    #[cfg_attr(feature = "serde", serde(skip))]
    #[cfg_attr(feature = "borsh", borsh(skip))]
    #[cfg_attr(feature = "scale", codec(skip))]
    before: Amount,
}

impl<C: Curve> Tail<C> {
    /// Creates a curve that is `inner` while that emits at least `floor` base units per unit of the
    /// clock, and then emits at `floor` until `end`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a floor of 0, and for an end before the tail begins;
    /// [`Error::Overflow`] if all of it is above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_emission_curves::{Curve, Error, LinearRate, Quantity, Tail};
    /// # use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// // From 100 a second down to 0 in 100 seconds, but never below 20.
    /// let (start, zero) = (Timestamp::ZERO, Timestamp::new(100));
    /// let falling = LinearRate::new(start, zero, Ratio::from_integer(100), Ratio::ZERO)?;
    /// let tail = Tail::new(falling, Ratio::from_integer(20), Timestamp::new(1_000))?;
    /// assert_eq!(tail.takes_over_at(), Timestamp::new(80));
    /// assert_eq!(tail.rate_at(Timestamp::new(500)), Amount::new(20));
    ///
    /// let (what, value, bound) = (Quantity::End, 79, 80);
    /// let too_early = Tail::new(falling, Ratio::from_integer(20), Timestamp::new(79));
    /// assert_eq!(too_early, Err(Error::OutOfRange { what, value, bound }));
    /// # Ok::<(), tokenomics_emission_curves::Error>(())
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(inner: C, floor: Ratio, end: Timestamp) -> Result<Self, Error> {
        positive(Quantity::RateFloor, floor.numerator())?;
        let below = |at: Timestamp| {
            let rate = inner.rate_at(at).get();
            U256::cmp_products(rate, floor.denominator(), floor.numerator(), 1).is_lt()
        };
        // At its end it emits nothing.
        let from = earliest(inner.start(), inner.end(), below);
        in_range(
            Quantity::End,
            end.get().into(),
            from.get().into(),
            u64::MAX.into(),
        )?;
        let before = inner.emitted_at(from);
        // All of it: from here on no evaluation fails.
        let all = at_rate(floor, end.since(from).unwrap_or(Span::ZERO).get())?;
        before.checked_add(all)?;
        Ok(Self {
            inner,
            floor,
            end,
            takes_over_at: from,
            before,
        })
    }

    /// Returns the curve before the tail.
    #[must_use]
    pub const fn inner(&self) -> &C {
        &self.inner
    }

    /// Returns the floor: the least rate, in base units per unit of the clock.
    #[must_use]
    pub const fn floor(&self) -> Ratio {
        self.floor
    }

    /// Returns the time at which the floor takes over.
    #[must_use]
    pub const fn takes_over_at(&self) -> Timestamp {
        self.takes_over_at
    }
}

impl<C: Curve> Curve for Tail<C> {
    fn cap(&self) -> Amount {
        self.emitted_at(self.end)
    }

    fn start(&self) -> Timestamp {
        self.inner.start()
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        let Some(into) = at.min(self.end).since(self.takes_over_at) else {
            return self.inner.emitted_at(at);
        };
        // At most what the constructor has seen fit.
        let tail =
            at_rate(self.floor, into.get()).and_then(|tail| Ok(self.before.checked_add(tail)?));
        tail.unwrap_or(self.before)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        if amount <= self.before {
            return self.inner.time_of(amount);
        }
        if amount > self.cap() {
            return None;
        }
        // ⌊e·n/d⌋ ≥ x ⟺ e ≥ ⌈x·d/n⌉, at most up to the end.
        let missing = difference(amount, self.before).get();
        let (n, d) = (self.floor.numerator(), self.floor.denominator());
        let into = mul_div(missing, d, n, Rounding::Ceil).ok()?;
        self.takes_over_at
            .checked_add(Span::new(u64::try_from(into).ok()?))
            .ok()
    }
}

tokenomics_internals::checked_codec! {
    Tail<C: Curve>::new as RawTail {
        inner: C,
        floor: Ratio,
        end: Timestamp,
    }
}
