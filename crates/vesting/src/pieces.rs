//! The pieces of a schedule that is a sum of jumps and lines.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 256"
    )
)]

use tokenomics_fixed_math::{Amount, Span, Timestamp};
use tokenomics_internals::difference;

use crate::{Error, Linear, Schedule};

/// A jump or a line: one of the pieces whose sum is what a schedule has vested.
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
pub enum Piece {
    /// An amount that counts from a time on.
    Jump {
        /// The first time at which it counts.
        at: Timestamp,
        /// The amount.
        amount: Amount,
    },
    /// A line that counts from a time on that is not before its start, and until one that is not
    /// after its end; before and afterwards nothing of it does.
    Line {
        /// The line, as it stands before it is moved.
        line: Linear,
        /// How much later than `line` it runs, in units of the clock; below 0 if it runs earlier.
        ///
        /// A line of which only a part counts may begin before the clock does, or end after it.
        #[cfg_attr(
            feature = "serde",
            serde(with = "tokenomics_fixed_math::serde_integer")
        )]
        #[cfg_attr(
            feature = "schemars",
            schemars(with = "tokenomics_fixed_math::schema::SignedInteger")
        )]
        later: i128,
        /// The first time at which it counts.
        from: Timestamp,
        /// The first time at which it counts no more.
        until: Timestamp,
    },
}

tokenomics_internals::borsh_variants! {
    [] Piece {
        0: Jump { at, amount },
        1: Line { line, later, from, until },
    }
}

impl Piece {
    /// Returns what the piece comes to at `at`.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_vesting::{Linear, Piece};
    ///
    /// let at = Timestamp::new;
    /// // A line that began 20 before the clock did, of which what comes from 5 on counts.
    /// let line = Linear::new(at(0), at(100), Amount::new(1_000))?;
    /// let piece = Piece::Line { line, later: -20, from: at(5), until: at(80) };
    /// let vested = [4, 5, 6, 80].map(|time| piece.vested_at(at(time)).get());
    /// assert_eq!(vested, [0, 250, 260, 0]);
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    #[must_use]
    pub fn vested_at(&self, at: Timestamp) -> Amount {
        let vested = match *self {
            Self::Jump { at: from, amount } => (from <= at).then_some(amount),
            Self::Line {
                line,
                later,
                from,
                until,
            } if from <= at && at < until => {
                // While it counts the line is under way, and so on its own clock.
                let at = i128::from(at.get()).checked_sub(later);
                let at = at.and_then(|at| u64::try_from(at).ok());
                at.map(|at| line.vested_at(Timestamp::new(at)))
            }
            Self::Line { .. } => None,
        };
        vested.unwrap_or(Amount::ZERO)
    }
}

/// A schedule that is a sum of jumps and lines: what an [`Aggregate`](crate::Aggregate) can add up.
///
/// # Laws
/// `pieces_sum_to_the_schedule`: at every time, what the pieces come to, each line rounded by
/// itself, is `vested_at`.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_vesting::{Linear, Piece, Pieces};
///
/// let at = Timestamp::new;
/// let line = Linear::new(at(10), at(20), Amount::new(7))?;
/// let mut pieces = Vec::new();
/// line.pieces(&mut |piece| Ok(pieces.push(piece)))?;
/// // The line while it lasts, and then what it comes to.
/// let (from, until) = (at(10), at(20));
/// let jump = Piece::Jump { at: until, amount: Amount::new(7) };
/// assert_eq!(pieces, [Piece::Line { line, later: 0, from, until }, jump]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait Pieces: Schedule {
    /// Hands each piece that begins by `last` to `each`, in the same order at every call.
    ///
    /// # Errors
    /// [`Error::Overflow`] for a piece that would lie past the end of the clock, and any error of
    /// `each`. Some pieces may have been handed on before.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_vesting::{Allocation, Pieces, Step, StepParams};
    ///
    /// // Four instalments, two of which unlock by 25.
    /// let (start, period, rule) = (Timestamp::ZERO, Span::new(10), Allocation::FrontLoaded);
    /// let step = Step::new(StepParams {
    ///     start,
    ///     period,
    ///     count: 4,
    ///     total: Amount::new(40),
    ///     allocation: rule,
    /// })?;
    /// let mut count = 0;
    /// step.pieces_by(Timestamp::new(25), &mut |_| Ok(count += 1))?;
    /// assert_eq!(count, 2);
    /// # Ok::<(), tokenomics_vesting::Error>(())
    /// ```
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error>;

    /// Hands each piece to `each`, in the same order at every call.
    ///
    /// # Errors
    /// Those of [`pieces_by`](Self::pieces_by).
    fn pieces(&self, each: &mut Each<'_>) -> Result<(), Error> {
        self.pieces_by(Timestamp::MAX, each)
    }
}

/// A schedule of a kind that is known only when the program runs, and may be in [`Pieces`].
///
/// ```
/// use tokenomics_fixed_math::{wad, Amount, Timestamp};
/// use tokenomics_vesting::{Aggregate, Linear, MaybePieces, Node, Power, SimpleSchedule};
///
/// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
/// let line: SimpleSchedule = Linear::new(start, end, Amount::new(1_000))?.into();
/// let curve: SimpleSchedule = Power::new(start, end, wad!("2"), Amount::new(1_000))?.into();
///
/// let mut aggregate = Aggregate::new([Node::EMPTY; 8]);
/// assert_eq!(line.with_pieces(|pieces| aggregate.add(pieces)), Some(Ok(())));
/// assert_eq!(curve.with_pieces(|pieces| aggregate.add(pieces)), None);
/// assert_eq!(aggregate.total(), Amount::new(1_000));
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait MaybePieces: Schedule {
    /// Calls `then` with the schedule if it is in pieces, once, and not at all if it isn't.
    fn visit_pieces(&self, then: &mut dyn FnMut(&dyn Pieces));

    /// Returns what `then` makes of the schedule; `None` if it isn't in pieces.
    fn with_pieces<R>(&self, then: impl FnOnce(&dyn Pieces) -> R) -> Option<R>
    where
        Self: Sized,
    {
        let (mut then, mut result) = (Some(then), None);
        self.visit_pieces(&mut |pieces| result = then.take().map(|then| then(pieces)));
        result
    }
}

/// The function that takes one piece after the other, and may stop with an error.
pub type Each<'a> = dyn FnMut(Piece) -> Result<(), Error> + 'a;

/// Hands a jump at each unlock by `last` to `each`.
pub(crate) fn jumps(
    schedule: &impl Schedule,
    last: Timestamp,
    each: &mut Each<'_>,
) -> Result<(), Error> {
    let mut before = Amount::ZERO;
    let mut next = schedule.time_of(Amount::new(1));
    while let Some(at) = next.filter(|&at| at <= last) {
        let vested = schedule.vested_at(at);
        let amount = difference(vested, before);
        each(Piece::Jump { at, amount })?;
        before = vested;
        next = schedule.next_unlock_after(at);
    }
    Ok(())
}

/// Hands what `pieces` gives before `end`, and at `end` what is missing from `total`, to `each`;
/// all by `last`.
pub(crate) fn cut(
    end: Timestamp,
    total: Amount,
    last: Timestamp,
    pieces: impl Fn(Timestamp, &mut Each<'_>) -> Result<(), Error>,
    each: &mut Each<'_>,
) -> Result<(), Error> {
    let mut so_far = Amount::ZERO;
    if let Ok(before) = end.checked_sub(Span::new(1)) {
        pieces(before.min(last), &mut |piece| match piece {
            Piece::Jump { amount, .. } => {
                so_far = so_far.checked_add(amount)?;
                each(piece)
            }
            Piece::Line {
                line,
                later,
                from,
                until,
            } => each(Piece::Line {
                line,
                later,
                from,
                until: until.min(end),
            }),
        })?;
    }
    jump(end, difference(total, so_far), last, each)
}

/// Hands a jump to `each`, if it is one, and not after `last`.
pub(crate) fn jump(
    at: Timestamp,
    amount: Amount,
    last: Timestamp,
    each: &mut Each<'_>,
) -> Result<(), Error> {
    if amount.is_zero() || last < at {
        return Ok(());
    }
    each(Piece::Jump { at, amount })
}

/// Hands the pieces of a schedule that is moved along the clock to `each`.
pub(crate) fn shifted(
    schedule: &impl Pieces,
    by: Span,
    earlier: bool,
    last: Timestamp,
    each: &mut Each<'_>,
) -> Result<(), Error> {
    let moved = |at: Timestamp| {
        if earlier {
            at.checked_sub(by)
        } else {
            at.checked_add(by)
        }
    };
    let last = if earlier {
        // What would be asked about past the end of the clock is all.
        last.checked_add(by).unwrap_or(Timestamp::MAX)
    } else {
        let Ok(last) = last.checked_sub(by) else {
            return Ok(());
        };
        last
    };
    schedule.pieces_by(last, &mut |piece| match piece {
        Piece::Jump { at, amount } => each(Piece::Jump {
            at: moved(at)?,
            amount,
        }),
        Piece::Line {
            line,
            later,
            from,
            until,
        } => each(Piece::Line {
            line,
            // A length of time is below 2^64: it would take 2^63 shifts to leave the range.
            later: if earlier {
                later.saturating_sub(by.get().into())
            } else {
                later.saturating_add(by.get().into())
            },
            from: moved(from)?,
            until: moved(until)?,
        }),
    })
}

impl<S: Pieces + ?Sized> Pieces for &S {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        (**self).pieces_by(last, each)
    }
}
