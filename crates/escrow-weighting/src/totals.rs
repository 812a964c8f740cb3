//! The sums of weights through time.

pub(crate) mod by_name;
mod history;
mod ring;

#[cfg(feature = "alloc")]
pub use self::by_name::NamesInMemory;
pub use self::by_name::{NamedHead, TotalsByName};
pub use self::history::{Checkpoint, History, HistoryHead, Node};
pub use self::ring::{Ring, RingHead, RingSlot, RingState, SlotRing};
use tokenomics_fixed_math::Timestamp;

use crate::{Error, Power};

/// The sum of the weights of some powers through time, whatever keeps it: a [`History`] of all time, or
/// a [`SlotRing`] from the last change on.
///
/// It keeps sums and no holders. What is in must sum to at most
/// [`Amount::MAX`](tokenomics_fixed_math::Amount::MAX) at any time, as what an [`Escrow`](crate::Escrow) locks
/// does. A change touches O(log n) entries of a history, and a fixed number of a ring's.
pub trait Totals {
    /// Counts `new` in place of `old` from `now` on, which isn't before the last change: what is kept
    /// about earlier times stays as it is.
    ///
    /// # Errors
    /// [`Error::Backdated`]; [`Error::NotHeld`] for an old one that can't be in; [`Error::Full`] without
    /// room for another time. Nothing is changed then.
    fn replace(
        &mut self,
        now: Timestamp,
        old: Option<Power>,
        new: Option<Power>,
    ) -> Result<(), Error>;

    /// Takes what has ended out of what is held: its weight is over already.
    ///
    /// # Errors
    /// [`Error::NotEnded`] and [`Error::Permanent`] for one that still counts; [`Error::Backdated`];
    /// [`Error::NotHeld`] for one that can't be in. Nothing is changed then.
    fn release(&mut self, now: Timestamp, ended: Power) -> Result<(), Error>;
}
