//! The pieces of a schedule that is a sum of jumps and lines.

use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

use crate::schedule::difference;
use crate::{
    AnySchedule, Calendar, Cliff, Entitlement, Error, Gate, Graded, Linear, LumpLinear, Piecewise,
    Point, Schedule, Shift, SimpleSchedule, Step, Sum, Tranches, Truncate,
};

/// A jump or a line: one of the pieces whose sum is what a schedule has vested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        /// The line.
        line: Linear,
        /// The first time at which it counts.
        from: Timestamp,
        /// The first time at which it counts no more.
        until: Timestamp,
    },
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
/// assert_eq!(pieces, [Piece::Line { line, from, until }, jump]);
/// # Ok::<(), tokenomics_vesting::Error>(())
/// ```
pub trait Pieces: Schedule {
    /// Hands each piece that begins by `last` to `each`, in the same order at every call.
    ///
    /// # Errors
    /// [`Error::NotInPieces`] for a schedule that is no such sum, [`Error::Math`] for a piece that
    /// would lie past the end of the clock, and any error of `each`. Some pieces may have been
    /// handed on before.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Amount, Timestamp};
    /// use tokenomics_vesting::{Error, Pieces, Power, SimpleSchedule};
    ///
    /// let (start, end) = (Timestamp::new(0), Timestamp::new(100));
    /// let curve: SimpleSchedule = Power::new(start, end, wad!("2"), Amount::new(1_000))?.into();
    /// assert_eq!(curve.pieces_by(Timestamp::MAX, &mut |_| Ok(())), Err(Error::NotInPieces));
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

/// The function that takes one piece after the other, and may stop with an error.
pub type Each<'a> = dyn FnMut(Piece) -> Result<(), Error> + 'a;

/// Hands a jump at each unlock by `last` to `each`.
fn jumps(schedule: &impl Schedule, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
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
fn cut(
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
            Piece::Line { line, from, until } => {
                let until = until.min(end);
                each(Piece::Line { line, from, until })
            }
        })?;
    }
    jump(end, difference(total, so_far), last, each)
}

/// Hands a jump to `each`, if it is one, and not after `last`.
fn jump(at: Timestamp, amount: Amount, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
    if amount.is_zero() || last < at {
        return Ok(());
    }
    each(Piece::Jump { at, amount })
}

/// Hands the pieces of a schedule that is moved along the clock to `each`.
fn shifted(
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
        Piece::Line { line, from, until } => each(Piece::Line {
            line: Linear::new(moved(line.start())?, moved(line.end())?, line.total())?,
            from: moved(from)?,
            until: moved(until)?,
        }),
    })
}

impl Pieces for Cliff {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl Pieces for Step {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl Pieces for Calendar {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl<L: AsRef<[Point]>> Pieces for Tranches<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl<L: AsRef<[Point<Fraction>]>> Pieces for Graded<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jumps(self, last, each)
    }
}

impl Pieces for Linear {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let (line, from, until) = (*self, self.start(), self.end());
        if !self.total().is_zero() && from <= last {
            each(Piece::Line { line, from, until })?;
        }
        jump(until, self.total(), last, each)
    }
}

impl Pieces for LumpLinear {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        jump(self.start(), self.lump(), last, each)?;
        let rest = difference(self.total(), self.lump());
        Linear::new(self.start(), self.end(), rest)?.pieces_by(last, each)
    }
}

impl<L: AsRef<[Point]>> Pieces for Piecewise<L> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let mut before = Point::new(self.start(), Amount::ZERO);
        for point in self.points() {
            let amount = difference(point.vested(), before.vested());
            match Linear::new(before.at(), point.at(), amount) {
                Ok(line) => line.pieces_by(last, each)?,
                // Two points at one time.
                Err(_) => jump(point.at(), amount, last, each)?,
            }
            before = *point;
        }
        Ok(())
    }
}

impl<S: Pieces> Pieces for Gate<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let open = self.until();
        if last < open {
            return Ok(());
        }
        self.inner().pieces_by(last, &mut |piece| match piece {
            Piece::Jump { at, amount } => each(Piece::Jump {
                at: at.max(open),
                amount,
            }),
            Piece::Line { line, from, until } if open < until => each(Piece::Line {
                line,
                from: from.max(open),
                until,
            }),
            Piece::Line { .. } => Ok(()),
        })
    }
}

impl<A: Pieces, B: Pieces> Pieces for Sum<A, B> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        self.left().pieces_by(last, each)?;
        self.right().pieces_by(last, each)
    }
}

impl<S: Pieces> Pieces for Shift<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        shifted(self.inner(), self.by(), self.is_earlier(), last, each)
    }
}

impl<S: Pieces> Pieces for Truncate<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let pieces = |last: Timestamp, each: &mut Each<'_>| self.inner().pieces_by(last, each);
        cut(self.until(), self.total(), last, pieces, each)
    }
}

/// Returns [`Error::Math`] where the delay moves the end of a line past that of the clock.
impl<S: Pieces> Pieces for Entitlement<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        let total = self.total();
        let pieces = |last: Timestamp, each: &mut Each<'_>| {
            jump(Timestamp::ZERO, self.accelerated(), last, each)?;
            shifted(self.schedule(), self.delay(), false, last, each)
        };
        // There is always a time of all.
        let end = self.time_of(total).unwrap_or(Timestamp::MAX);
        cut(end, total, last, pieces, each)
    }
}

/// Returns [`Error::NotInPieces`] for the curves: a [`Power`](crate::Power) and an
/// [`Exponential`](crate::Exponential).
impl Pieces for SimpleSchedule {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        match self {
            Self::Cliff(schedule) => schedule.pieces_by(last, each),
            Self::Linear(schedule) => schedule.pieces_by(last, each),
            Self::Step(schedule) => schedule.pieces_by(last, each),
            Self::LumpLinear(schedule) => schedule.pieces_by(last, each),
            Self::Calendar(schedule) => schedule.pieces_by(last, each),
            Self::Power(_) | Self::Exponential(_) => Err(Error::NotInPieces),
            #[cfg(feature = "alloc")]
            Self::Tranches(schedule) => schedule.pieces_by(last, each),
            #[cfg(feature = "alloc")]
            Self::Graded(schedule) => schedule.pieces_by(last, each),
            #[cfg(feature = "alloc")]
            Self::Piecewise(schedule) => schedule.pieces_by(last, each),
        }
    }
}

/// Returns [`Error::NotInPieces`] for a minimum, whose breakpoints are none of its parts', and
/// for what is scaled, which is rounded twice.
impl<S: Pieces> Pieces for AnySchedule<S> {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        match self {
            Self::Simple(schedule) => schedule.pieces_by(last, each),
            Self::Gate(schedule) => schedule.pieces_by(last, each),
            Self::Sum(schedule) => schedule.pieces_by(last, each),
            Self::Shift(schedule) => schedule.pieces_by(last, each),
            Self::Truncate(schedule) => schedule.pieces_by(last, each),
            Self::Min(_) | Self::Scale(_) => Err(Error::NotInPieces),
        }
    }
}

impl<S: Pieces + ?Sized> Pieces for &S {
    fn pieces_by(&self, last: Timestamp, each: &mut Each<'_>) -> Result<(), Error> {
        (**self).pieces_by(last, each)
    }
}
