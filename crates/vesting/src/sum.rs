//! The sum of two schedules.

use tokenomics_fixed_math::{Amount, Timestamp};

use crate::schedule::search;
use crate::{Each, Error, Pieces, Schedule};

/// The sum of two schedules: at any time, what the one has vested and what the other has, together.
///
/// It is the exact merger: at every time it vests what the two do, each rounded as it is alone. An
/// immediate part at genesis is the sum of a [`Cliff`](crate::Cliff) there and of what follows.
///
/// # Rounding
/// That of the two.
///
/// # Laws
/// Those of [`Schedule`], as far as the two keep them. The inverse is a search of at most 65
/// evaluations, also of sums of sums.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Cliff, Linear, Schedule, Sum};
///
/// // A tenth at genesis, the rest over 90 instants that begin 10 later.
/// let genesis = Timestamp::new(1_000);
/// let rest = Linear::new(Timestamp::new(1_010), Timestamp::new(1_100), Amount::new(900))?;
/// let schedule = Sum::new(Cliff::new(genesis, Amount::new(100)), rest)?;
/// assert_eq!(schedule.vested_at(genesis), Amount::new(100));
/// assert_eq!(schedule.vested_at(Timestamp::new(1_020)), Amount::new(200));
/// assert_eq!(schedule.time_of(Amount::new(201)), Some(Timestamp::new(1_021)));
/// assert_eq!(schedule.total(), Amount::new(1_000));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
///
/// # Source
/// cw-vesting and the periods of Evmos, which merge exactly at the breakpoints of lists;
/// pallet-vesting's `merge_schedules` draws one line from the later start to a mean end instead,
/// which changes what has vested when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawSum<A, B>",
        bound(
            deserialize = "A: Schedule + serde::Deserialize<'de>, B: Schedule + serde::Deserialize<'de>"
        )
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
pub struct Sum<A, B> {
    left: A,
    right: B,
}

impl<A: Schedule, B: Schedule> Sum<A, B> {
    /// Creates the sum of `left` and `right`.
    ///
    /// # Errors
    /// [`Error::Overflow`] if the totals sum to more than [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Cliff, Error, Schedule, Sum};
    ///
    /// let cliff = |at, total| Cliff::new(Timestamp::new(at), total);
    /// let bonus = cliff(200, Amount::new(70));
    /// let both = Sum::new(cliff(100, Amount::new(30)), bonus)?;
    /// assert_eq!(both.vested_at(Timestamp::new(150)), Amount::new(30));
    /// assert_eq!(both.total(), Amount::new(100));
    ///
    /// assert!(matches!(Sum::new(cliff(100, Amount::MAX), bonus), Err(Error::Overflow { .. })));
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    pub fn new(left: A, right: B) -> Result<Self, Error> {
        left.total().checked_add(right.total())?;
        Ok(Self { left, right })
    }

    /// Creates the sum of two schedules whose totals can be added.
    pub(crate) const fn of(left: A, right: B) -> Self {
        Self { left, right }
    }

    /// Returns the first of the two.
    #[must_use]
    pub const fn left(&self) -> &A {
        &self.left
    }

    /// Returns the second of the two.
    #[must_use]
    pub const fn right(&self) -> &B {
        &self.right
    }
}

impl<A: Schedule, B: Schedule> Schedule for Sum<A, B> {
    fn total(&self) -> Amount {
        // The constructor has added the two.
        let sum = self.left.total().checked_add(self.right.total());
        sum.unwrap_or(Amount::MAX)
    }

    fn start(&self) -> Timestamp {
        self.left.start().min(self.right.start())
    }

    fn end(&self) -> Timestamp {
        self.left.end().max(self.right.end())
    }

    fn vested_at(&self, at: Timestamp) -> Amount {
        // Each is at most its total, and the totals can be added.
        let sum = self
            .left
            .vested_at(at)
            .checked_add(self.right.vested_at(at));
        sum.unwrap_or(Amount::MAX)
    }

    fn time_of(&self, amount: Amount) -> Option<Timestamp> {
        // The inverses of the two would narrow it down, but where they are sums themselves, each
        // level would ask for more of them.
        search(self, amount)
    }
}

impl<A: Pieces, B: Pieces> Pieces for Sum<A, B> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        self.left().pieces_by(last, each)?;
        self.right().pieces_by(last, each)
    }
}

tokenomics_internals::checked_codec! {
    Sum<A: Schedule, B: Schedule>::new as RawSum {
        left: A,
        right: B,
    }
}
