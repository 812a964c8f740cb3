//! The state of a pool whose rewards come over a period, and the checks that calls could have led to it.

use tokenomics_fixed_math::{Amount, U256};

use super::StreamedPool;
use crate::check::{in_range, units_up};
use crate::share_book::ShareBook;
use crate::{Error, Quantity, RewardStream, RewardStreamState, ZeroShares};

/// The state of a [`StreamedPool`]: what it is stored as, and restored from by
/// [`StreamedPool::restore`], which checks it.
///
/// ```
/// use tokenomics_fee_split::{StreamedPool, ZeroShares};
/// use tokenomics_fixed_math::{Amount, Timestamp};
///
/// let mut pool = StreamedPool::new(Timestamp::ZERO, ZeroShares::Sink);
/// pool.top_up(Amount::new(4), Timestamp::ZERO, Timestamp::new(2))?;
/// let state = pool.state();
/// assert_eq!((state.rule, state.funded), (ZeroShares::Sink, Amount::new(4)));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "StreamedPool", deny_unknown_fields)
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
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("StreamedPoolState", "StreamedPool"))
)]
pub struct StreamedPoolState {
    /// The rule for what comes while nobody has shares.
    pub rule: ZeroShares,
    /// The sum of the shares of all positions.
    pub total_shares: Amount,
    /// The rewards per share since the beginning, in 2^-128 units; with the remainder at most what has come.
    pub accumulated: U256,
    /// The remainder of the last division, in 2^-128 units; at most what is held for positions.
    pub rest: Amount,
    /// The stream, of which nothing is due.
    pub stream: RewardStreamState,
    /// The amount that came while nobody had shares, in 2^-128 units; nothing where silence extends the stream.
    pub unallocated: U256,
    /// The amount that was ever funded: at least what is paid, unallocated and to come.
    pub funded: Amount,
    /// The amount that was ever claimed.
    pub paid: Amount,
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl From<&StreamedPool> for StreamedPoolState {
    fn from(pool: &StreamedPool) -> Self {
        pool.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl TryFrom<StreamedPoolState> for StreamedPool {
    type Error = Error;

    fn try_from(state: StreamedPoolState) -> Result<Self, Error> {
        Self::restore(state)
    }
}

impl StreamedPool {
    /// Restores a pool from its state.
    ///
    /// # Errors
    /// Those of [`RewardStream::restore`]; [`Error::OutOfRange`] or [`Error::Math`] unless what is paid,
    /// unallocated and to come is a part of what was funded, what a share has earned and the remainder are at
    /// most all that was distributed, and the remainder is held; [`Error::OutOfRange`] for a stream of which something is
    /// due, and for something unallocated where silence extends the stream.
    ///
    /// ```
    /// # use tokenomics_fee_split::{Error, Quantity, StreamedPool, StreamedPoolState, ZeroShares};
    /// # use tokenomics_fixed_math::{Amount, Timestamp};
    /// let mut pool = StreamedPool::new(Timestamp::ZERO, ZeroShares::Hold);
    /// pool.top_up(Amount::new(7), Timestamp::ZERO, Timestamp::new(9))?;
    /// assert_eq!(StreamedPool::restore(pool.state())?, pool);
    ///
    /// let paid = Amount::new(8);
    /// let refused = StreamedPool::restore(StreamedPoolState { paid, ..pool.state() });
    /// let what = Quantity::Paid;
    /// assert_eq!(refused, Err(Error::OutOfRange { what, value: 8, bound: 0 }));
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(state: StreamedPoolState) -> Result<Self, Error> {
        let pool = Self {
            rule: state.rule,
            book: ShareBook {
                total: state.total_shares.get(),
                accumulated: state.accumulated,
                rest: state.rest.get(),
            },
            stream: RewardStream::restore(state.stream)?,
            unallocated: state.unallocated,
            funded: state.funded,
            paid: state.paid,
        };
        pool.check_unallocated()?;
        pool.check_sums()?;
        Ok(pool)
    }

    /// Checks that nothing is due, and that nothing is unallocated where nothing comes in a silence.
    fn check_unallocated(&self) -> Result<(), Error> {
        let due = units_up(self.stream.due());
        in_range(Quantity::Unallocated, due, 0, 0)?;
        let most = match self.rule {
            ZeroShares::Extend => 0,
            ZeroShares::Hold | ZeroShares::Sink => self.funded.get(),
        };
        in_range(Quantity::Unallocated, units_up(self.unallocated), 0, most)
    }

    /// Checks that all sums are parts of what was funded.
    fn check_sums(&self) -> Result<(), Error> {
        let funded = U256::new(self.funded.get(), 0);
        let come = funded.checked_sub(self.stream.rest())?;
        let distributed = come.checked_sub(self.unallocated)?;
        in_range(Quantity::Paid, self.paid.get(), 0, distributed.high())?;
        let paid = U256::new(self.paid.get(), 0);
        let held = distributed.checked_sub(paid)?;
        let most = if held.high() > 0 {
            u128::MAX
        } else {
            held.low()
        };
        in_range(Quantity::Rest, self.book.rest, 0, most)?;
        // Each distribution has had a share at least, and the remainder is of them all.
        let earned = self.book.accumulated.checked_add(self.book.rest.into())?;
        if earned > distributed {
            let (value, bound) = (units_up(earned), distributed.high());
            let what = Quantity::RewardPerShare;
            return Err(Error::OutOfRange { what, value, bound });
        }
        Ok(())
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub const fn state(&self) -> StreamedPoolState {
        StreamedPoolState {
            rule: self.rule,
            total_shares: Amount::new(self.book.total),
            accumulated: self.book.accumulated,
            rest: Amount::new(self.book.rest),
            stream: self.stream.state(),
            unallocated: self.unallocated,
            funded: self.funded,
            paid: self.paid,
        }
    }
}
