//! Multipliers by the length of a lock.

use tokenomics_fixed_math::{Span, Wad};

use crate::check::{in_range, units};
use crate::{Error, Quantity};

/// A table of multipliers by the length of a lock, for weights that are
/// [fixed](crate::Terms::constant) when it is made.
///
/// ```
/// use tokenomics_escrow_weighting::LengthTable;
/// use tokenomics_fixed_math::{wad, Span};
///
/// // A period of 28 days: a lock of 40 days counts as one period.
/// let conviction = LengthTable::conviction(Span::from_days(28))?;
/// assert_eq!(conviction.multiplier_for(Span::from_days(40)), wad!("1"));
/// assert_eq!(conviction.multiplier_for(Span::ZERO), wad!("0.1"));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LengthTable<const N: usize> {
    // In rising order of the lengths.
    rows: [(Span, Wad); N],
}

impl<const N: usize> LengthTable<N> {
    /// Creates a table of the least length that has each multiplier.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a length that isn't longer than the one before it.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, LengthTable};
    /// # use tokenomics_fixed_math::{wad, Span};
    /// let rows = [(Span::from_days(30), wad!("1.5")), (Span::from_days(90), wad!("2"))];
    /// let table = LengthTable::new(rows)?;
    /// assert_eq!(table.multiplier_for(Span::from_days(29)), wad!("0"));
    /// assert_eq!(table.multiplier_for(Span::from_days(89)), wad!("1.5"));
    ///
    /// let [first, second] = rows;
    /// assert!(matches!(LengthTable::new([second, first]), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new(rows: [(Span, Wad); N]) -> Result<Self, Error> {
        let later = rows.iter().skip(1);
        for (&(before, _), &(length, _)) in rows.iter().zip(later) {
            let least = units(before.get()).saturating_add(1);
            in_range(Quantity::Duration, units(length.get()), least, u128::MAX)?;
        }
        Ok(Self { rows })
    }

    /// Returns the rows: the least length that has each multiplier.
    #[must_use]
    pub const fn rows(&self) -> &[(Span, Wad); N] {
        &self.rows
    }

    /// Returns the multiplier of a lock of a length: that of the longest row which isn't longer, and 0
    /// if there is none.
    #[must_use]
    pub fn multiplier_for(&self, length: Span) -> Wad {
        let known = self.rows.partition_point(|&(least, _)| least <= length);
        let row = known.checked_sub(1).and_then(|last| self.rows.get(last));
        row.map_or(Wad::ZERO, |&(_, multiplier)| multiplier)
    }
}

impl LengthTable<7> {
    /// Creates Polkadot's table of convictions, of a period of one's own: 0.1 without a lock, and 1 to
    /// 6 for 1, 2, 4, 8, 16 and 32 periods.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a period of 0; [`Error::Overflow`] for one of which 32 are too long.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::LengthTable;
    /// # use tokenomics_fixed_math::{wad, Span};
    /// let week = Span::from_weeks(1);
    /// let table = LengthTable::conviction(week)?;
    /// assert_eq!(table.multiplier_for(Span::from_weeks(32)), wad!("6"));
    /// assert!(LengthTable::conviction(Span::MAX).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    ///
    /// # Source
    /// Polkadot SDK, pallet-conviction-voting, `Conviction`.
    pub fn conviction(period: Span) -> Result<Self, Error> {
        let mut rows = [(Span::ZERO, TENTH); 7];
        let convictions = rows.iter_mut().skip(1).zip(1_u32..);
        for (row, conviction) in convictions {
            let periods = 1_u64.checked_shl(conviction.saturating_sub(1)).unwrap_or(0);
            let length = period.checked_mul(periods)?;
            let multiplier = Wad::ONE.raw().saturating_mul(conviction.into());
            *row = (length, Wad::from_raw(multiplier));
        }
        Self::new(rows)
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> LengthTable<N> {
    /// Returns a copy of the rows, for what is written.
    const fn copied(&self) -> [(Span, Wad); N] {
        self.rows
    }
}

/// The multiplier without a lock.
const TENTH: Wad = Wad::from_raw(100_000_000_000_000_000);

tokenomics_internals::checked_codec! {
    LengthTable::new as RawLengthTable([(Span, Wad); N] = LengthTable::copied)
}
