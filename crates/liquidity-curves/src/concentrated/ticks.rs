//! The places where a pool keeps its ticks.

#[cfg(feature = "alloc")]
use alloc::collections::BTreeMap;

use super::{FeeGrowth, Tick};
use crate::check::in_range;
use crate::{Error, Quantity};

/// The state of a tick at which a position begins or ends.
///
/// ```
/// use tokenomics_liquidity_curves::{FixedTicks, Tick, TickState, Ticks};
///
/// let mut ticks = FixedTicks::<2>::new();
/// let state = TickState { gross: 7, net: 7, ..TickState::default() };
/// ticks.set(Tick::ZERO, state)?;
/// assert_eq!(ticks.at_or_below(Tick::MAX), Some((Tick::ZERO, state)));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
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
pub struct TickState {
    /// The liquidity of all positions that begin or end here.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Integer")
    )]
    pub gross: u128,
    /// The liquidity that is added as the price rises through the tick, and taken as it falls.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_fixed_math::serde_integer")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::SignedInteger")
    )]
    pub net: i128,
    /// The fees that were gathered on the side of the tick on which the price isn't, as seen from when it
    /// was made.
    pub outside: FeeGrowth,
}

impl TickState {
    /// Returns the liquidity that begins here, and that which ends: gross is their sum, net their difference.
    pub(super) fn begun_and_ended(&self) -> Result<(u128, u128), Error> {
        let (gross, net) = (self.gross, self.net.unsigned_abs());
        let what = Quantity::NetLiquidity;
        in_range(what, net, 0, gross)?;
        // A sum and a difference are both even, or both odd.
        let is_one_odd = (gross ^ net) & 1;
        in_range(what, net, net.saturating_add(is_one_odd), gross)?;
        let less = gross.abs_diff(net) >> 1;
        let more = gross.abs_diff(less);
        if self.net < 0 {
            return Ok((less, more));
        }
        Ok((more, less))
    }
}

/// A place in which a [`Concentrated`](crate::Concentrated) pool keeps its ticks: [`FixedTicks`], a
/// `BTreeMap` with the feature `alloc`, or a host's own storage.
pub trait Ticks {
    /// Returns the state of a tick, if it is kept.
    fn get(&self, tick: Tick) -> Option<TickState>;

    /// Stores the state of a tick.
    ///
    /// # Errors
    /// [`Error::Full`] if there is no room for another one. A tick that is kept always has room.
    fn set(&mut self, tick: Tick, state: TickState) -> Result<(), Error>;

    /// Removes a tick.
    fn remove(&mut self, tick: Tick);

    /// Returns the largest tick that is kept at or below a tick.
    fn at_or_below(&self, tick: Tick) -> Option<(Tick, TickState)>;

    /// Returns the least tick that is kept above a tick.
    fn above(&self, tick: Tick) -> Option<(Tick, TickState)>;
}

/// Room for `N` ticks of a [`Concentrated`](crate::Concentrated) pool, without a heap. A position takes
/// two, or shares those of another.
///
/// Anyone can take all of the room with positions of one unit of liquidity; another tick is then
/// [`Error::Full`]. A host that lets everyone in must bound the least liquidity of a position, or keep ticks
/// in a store of its own.
///
/// ```
/// use tokenomics_liquidity_curves::{Error, FixedTicks, Tick, TickState, Ticks};
///
/// let mut ticks = FixedTicks::<1>::new();
/// ticks.set(Tick::MIN, TickState::default())?;
/// let second = ticks.set(Tick::MAX, TickState::default());
/// assert_eq!(second, Err(Error::Full { capacity: 1 }));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct FixedTicks<const N: usize> {
    // Those below `len` are kept, in ascending order.
    ticks: [(Tick, TickState); N],
    len: usize,
}

impl<const N: usize> FixedTicks<N> {
    /// Restores the room from ticks in ascending order.
    ///
    /// # Errors
    /// [`Error::Full`] for more than there is room for; [`Error::Tick`] for one that isn't above the one before.
    ///
    /// ```
    /// use tokenomics_liquidity_curves::{FixedTicks, Tick, TickState, Ticks};
    ///
    /// let state = TickState::default();
    /// let ticks = [Tick::MIN, Tick::MAX].map(|tick| (tick, state));
    /// assert_eq!(FixedTicks::<2>::restore(ticks)?.above(Tick::MIN), Some((Tick::MAX, state)));
    /// assert!(FixedTicks::<1>::restore(ticks).is_err());
    /// assert!(FixedTicks::<2>::restore([(Tick::ZERO, state); 2]).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(ticks: impl IntoIterator<Item = (Tick, TickState)>) -> Result<Self, Error> {
        let mut restored = Self::new();
        for (tick, state) in ticks {
            if let Some((last, _)) = restored.kept().last() {
                if tick <= *last {
                    let (value, bound) = (tick.get(), last.get().saturating_add(1));
                    return Err(Error::Tick { value, bound });
                }
            }
            restored.set(tick, state)?;
        }
        Ok(restored)
    }

    /// Creates the room, with no tick in it yet.
    #[must_use]
    pub const fn new() -> Self {
        let nothing = FeeGrowth {
            token0: tokenomics_fixed_math::U256::ZERO,
            token1: tokenomics_fixed_math::U256::ZERO,
        };
        let state = TickState {
            gross: 0,
            net: 0,
            outside: nothing,
        };
        Self {
            ticks: [(Tick::ZERO, state); N],
            len: 0,
        }
    }

    fn kept(&self) -> &[(Tick, TickState)] {
        self.ticks.get(..self.len).unwrap_or(&[])
    }

    /// Returns the number of ticks that are kept below a tick.
    fn below(&self, tick: Tick) -> usize {
        self.kept().partition_point(|(kept, _)| *kept < tick)
    }

    /// Returns the place of a tick that is kept.
    fn place(&self, tick: Tick) -> Option<usize> {
        let place = self.below(tick);
        let (kept, _) = self.kept().get(place)?;
        (*kept == tick).then_some(place)
    }
}

/// The ticks as they are stored, unchecked: those from `len` on aren't there, and are of the default.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; ticks: ([(Tick, TickState); N]), len: (u32))),
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
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("RawFixedTicks", "FixedTicks"))
)]
pub(crate) struct RawFixedTicks<const N: usize> {
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<(Tick, TickState), N>")
    )]
    ticks: [(Tick, TickState); N],
    len: u32,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&FixedTicks<N>> for RawFixedTicks<N> {
    fn from(room: &FixedTicks<N>) -> Self {
        let mut ticks = [(Tick::ZERO, TickState::default()); N];
        for (place, kept) in ticks.iter_mut().zip(room.kept()) {
            *place = *kept;
        }
        // Of 1,774,545 ticks that there are.
        let len = u32::try_from(room.len).unwrap_or(u32::MAX);
        Self { ticks, len }
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<RawFixedTicks<N>> for FixedTicks<N> {
    type Error = Error;

    fn try_from(raw: RawFixedTicks<N>) -> Result<Self, Error> {
        let full = Error::full(N);
        let len = usize::try_from(raw.len).map_err(|_| full)?;
        Self::restore(raw.ticks.get(..len).ok_or(full)?.iter().copied())
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] FixedTicks<N> as RawFixedTicks<N>: MaxEncodedLen
}

impl<const N: usize> Default for FixedTicks<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Ticks for FixedTicks<N> {
    fn get(&self, tick: Tick) -> Option<TickState> {
        let (_, state) = self.kept().get(self.place(tick)?)?;
        Some(*state)
    }

    fn set(&mut self, tick: Tick, state: TickState) -> Result<(), Error> {
        let place = self.below(tick);
        if self.place(tick).is_none() {
            let full = Error::full(N);
            let len = self.len.checked_add(1).ok_or(full)?;
            // The last one is free, and comes to the place.
            self.ticks.get_mut(place..len).ok_or(full)?.rotate_right(1);
            self.len = len;
        }
        if let Some(entry) = self.ticks.get_mut(place) {
            *entry = (tick, state);
        }
        Ok(())
    }

    fn remove(&mut self, tick: Tick) {
        let Some(place) = self.place(tick) else {
            return;
        };
        if let Some(rest) = self.ticks.get_mut(place..self.len) {
            rest.rotate_left(1);
            self.len = self.len.saturating_sub(1);
        }
    }

    fn at_or_below(&self, tick: Tick) -> Option<(Tick, TickState)> {
        let after = self.kept().partition_point(|(kept, _)| *kept <= tick);
        self.kept().get(after.checked_sub(1)?).copied()
    }

    fn above(&self, tick: Tick) -> Option<(Tick, TickState)> {
        let after = self.kept().partition_point(|(kept, _)| *kept <= tick);
        self.kept().get(after).copied()
    }
}

#[cfg(feature = "alloc")]
impl Ticks for BTreeMap<Tick, TickState> {
    fn get(&self, tick: Tick) -> Option<TickState> {
        Self::get(self, &tick).copied()
    }

    fn set(&mut self, tick: Tick, state: TickState) -> Result<(), Error> {
        self.insert(tick, state);
        Ok(())
    }

    fn remove(&mut self, tick: Tick) {
        Self::remove(self, &tick);
    }

    fn at_or_below(&self, tick: Tick) -> Option<(Tick, TickState)> {
        let (tick, state) = self.range(..=tick).next_back()?;
        Some((*tick, *state))
    }

    fn above(&self, tick: Tick) -> Option<(Tick, TickState)> {
        let (tick, state) = self.range((Excluded(tick), Unbounded)).next()?;
        Some((*tick, *state))
    }
}

#[cfg(feature = "alloc")]
use core::ops::Bound::{Excluded, Unbounded};
