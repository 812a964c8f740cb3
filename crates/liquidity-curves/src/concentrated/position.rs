//! Positions: liquidity between two ticks, and the fees that it gathers.

use tokenomics_fixed_math::Amount;

use super::{take, FeeGrowth, Tick, ABOVE_128_BITS};
use crate::Error;

/// A position of a [`Concentrated`](crate::Concentrated) pool: liquidity between two ticks.
///
/// It is kept by whoever holds it, and handed to the pool at each change. A pool counts the liquidity of
/// all that begin or end at a tick, and takes back no more than it has there. It doesn't know the
/// positions themselves: a stored copy must not be used twice, nor one that the pool didn't change, as
/// either takes what other positions own.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{ConcentratedPosition, Tick};
///
/// let position = ConcentratedPosition::new(Tick::new(-60)?, Tick::new(60)?)?;
/// assert_eq!(position.liquidity(), Amount::ZERO);
/// assert!(ConcentratedPosition::new(Tick::ZERO, Tick::ZERO).is_err());
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConcentratedPosition {
    state: ConcentratedPositionState,
}

/// The state of a [`ConcentratedPosition`], as a host keeps it in its own storage.
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
pub struct ConcentratedPositionState {
    /// The tick from which on the liquidity counts.
    pub lower: Tick,
    /// The tick from which on it counts no more.
    pub upper: Tick,
    /// The liquidity.
    pub liquidity: Amount,
    /// The fees per unit of liquidity between the ticks, as of the last change.
    pub inside: FeeGrowth,
    /// The amount of Token0 that is owed to the position.
    pub owed0: Amount,
    /// The amount of Token1 that is owed to the position.
    pub owed1: Amount,
}

impl ConcentratedPosition {
    /// Creates a position without liquidity.
    ///
    /// # Errors
    /// [`Error::Tick`] unless the lower tick is below the upper one.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedPosition, Tick};
    ///
    /// let position = ConcentratedPosition::new(Tick::MIN, Tick::ZERO)?;
    /// assert_eq!(position.upper(), Tick::ZERO);
    /// assert!(ConcentratedPosition::new(Tick::ZERO, Tick::MIN).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn new(lower: Tick, upper: Tick) -> Result<Self, Error> {
        Self::restore(ConcentratedPositionState {
            lower,
            upper,
            liquidity: Amount::ZERO,
            inside: FeeGrowth::default(),
            owed0: Amount::ZERO,
            owed1: Amount::ZERO,
        })
    }

    /// Restores a position from its state.
    ///
    /// # Errors
    /// [`Error::Tick`] unless the lower tick is below the upper one.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{ConcentratedPosition, Tick};
    ///
    /// let position = ConcentratedPosition::new(Tick::MIN, Tick::MAX)?;
    /// assert_eq!(ConcentratedPosition::restore(position.state())?, position);
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(state: ConcentratedPositionState) -> Result<Self, Error> {
        if state.lower >= state.upper {
            return Err(Error::Tick {
                value: state.lower.get(),
                // An upper tick is at least the least.
                bound: state.upper.get().saturating_sub(1),
            });
        }
        Ok(Self { state })
    }

    /// Returns the state, to be stored.
    #[must_use]
    pub const fn state(&self) -> ConcentratedPositionState {
        self.state
    }

    /// Returns the tick from which on the liquidity counts.
    #[must_use]
    pub const fn lower(&self) -> Tick {
        self.state.lower
    }

    /// Returns the tick from which on it counts no more.
    #[must_use]
    pub const fn upper(&self) -> Tick {
        self.state.upper
    }

    /// Returns the fees per unit of liquidity between the ticks, as of the last change.
    #[must_use]
    pub const fn inside(&self) -> FeeGrowth {
        self.state.inside
    }

    /// Returns the liquidity.
    #[must_use]
    pub const fn liquidity(&self) -> Amount {
        self.state.liquidity
    }

    /// Returns what is owed to the position in Token0: what was removed, and fees as of the last change.
    #[must_use]
    pub const fn owed0(&self) -> Amount {
        self.state.owed0
    }

    /// Returns what is owed to the position in Token1, as [`owed0`](Self::owed0).
    #[must_use]
    pub const fn owed1(&self) -> Amount {
        self.state.owed1
    }

    /// Takes out what is owed, up to these amounts of Token0 and of Token1, and returns what was taken.
    #[must_use = "what was taken is to be paid"]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn collect(&mut self, most0: Amount, most1: Amount) -> (Amount, Amount) {
        let state = &mut self.state;
        (take(&mut state.owed0, most0), take(&mut state.owed1, most1))
    }

    /// Returns the position after a change of its liquidity by `by`, at these fees per unit between its ticks:
    /// it is owed the fees since the last change, and `owed` for the change.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(super) fn changed(
        &self,
        by: i128,
        inside: FeeGrowth,
        owed: [Amount; 2],
    ) -> Result<Self, Error> {
        let mut changed = *self;
        changed.settle(inside)?;
        changed.credit(owed)?;
        let liquidity = self.liquidity().get().checked_add_signed(by);
        // A position that was restored may have more than any pool gives.
        changed.state.liquidity = Amount::new(liquidity.ok_or(ABOVE_128_BITS)?);
        Ok(changed)
    }

    /// Credits the fees since the last change.
    fn settle(&mut self, inside: FeeGrowth) -> Result<(), Error> {
        let gathered = inside.since(self.state.inside);
        let fees = gathered.of(self.state.liquidity.get())?;
        self.credit(fees)?;
        self.state.inside = inside;
        Ok(())
    }

    fn credit(&mut self, [amount0, amount1]: [Amount; 2]) -> Result<(), Error> {
        let owed0 = self.state.owed0.checked_add(amount0)?;
        self.state.owed1 = self.state.owed1.checked_add(amount1)?;
        self.state.owed0 = owed0;
        Ok(())
    }
}

tokenomics_internals::checked_codec! {
    ConcentratedPosition::restore(ConcentratedPositionState) as RawConcentratedPosition {
        lower: Tick = ConcentratedPosition::lower,
        upper: Tick = ConcentratedPosition::upper,
        liquidity: Amount = ConcentratedPosition::liquidity,
        inside: FeeGrowth = ConcentratedPosition::inside,
        owed0: Amount = ConcentratedPosition::owed0,
        owed1: Amount = ConcentratedPosition::owed1,
    }
}
