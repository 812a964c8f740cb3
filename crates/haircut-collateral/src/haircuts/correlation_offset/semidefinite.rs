//! The exact check that no portfolio has a negative variance by a matrix.

use tokenomics_fixed_math::{Rounding, U256};

use super::{Correlation, CorrelationMatrix};

/// The first column whose entries can be above 127 bits, and the first row of one.
const WIDE: usize = 8;
/// The entries of the columns before it, but the first, on and under the diagonal of 16 rows.
const NARROW_ENTRIES: usize = 84;
/// The entries of the columns from it on.
const WIDE_ENTRIES: usize = 36;

/// An integer of 256 bits with a sign.
#[derive(Clone, Copy)]
struct Minor {
    negative: bool,
    size: U256,
}

impl Minor {
    fn new(value: i128) -> Self {
        Self {
            negative: value < 0,
            size: value.unsigned_abs().into(),
        }
    }

    /// Returns the integer in 128 bits, if it fits.
    fn narrow(self) -> Option<i128> {
        let size = i128::try_from(self.size.to_u128().ok()?).ok()?;
        Some(if self.negative {
            size.wrapping_neg()
        } else {
            size
        })
    }

    /// Returns ⌊a · b / divisor⌋, toward −∞.
    fn floored(a: Self, b: Self, divisor: U256) -> Option<Self> {
        let negative = a.negative != b.negative;
        let rounding = if negative {
            Rounding::Ceil
        } else {
            Rounding::Floor
        };
        let size = a.size.mul_div(b.size, divisor, rounding).ok()?;
        Some(Self { negative, size })
    }

    fn minus(self, rhs: Self) -> Option<Self> {
        if self.negative != rhs.negative {
            let size = self.size.checked_add(rhs.size).ok()?;
            return Some(Self { size, ..self });
        }
        match self.size.checked_sub(rhs.size) {
            Ok(size) => Some(Self { size, ..self }),
            Err(_) => Some(Self {
                negative: !self.negative,
                size: rhs.size.checked_sub(self.size).ok()?,
            }),
        }
    }

    fn is_negative(self) -> bool {
        self.negative && !self.size.is_zero()
    }
}

/// The minors of a matrix that are bordered by its first assets, of the assets after the first.
///
/// An entry is eliminated by the assets before its column, so those of the first columns stay small. Both
/// sizes take 2.5 KB, where 256 bits for each would take 4 KB, all of a stack frame on Solana.
struct Minors {
    narrow: [i128; NARROW_ENTRIES],
    wide: [U256; WIDE_ENTRIES],
    // Apart from the sizes, beside which each would take 16 bytes.
    negative: [bool; WIDE_ENTRIES],
}

/// The place of an entry.
enum Place {
    Narrow(usize),
    Wide(usize),
}

impl Minors {
    const ZERO: Self = Self {
        narrow: [0; NARROW_ENTRIES],
        wide: [U256::ZERO; WIDE_ENTRIES],
        negative: [false; WIDE_ENTRIES],
    };

    /// Sets all to the minors of two rows, 1·ρᵢⱼ − ρᵢ₀·ρⱼ₀. It is done in place, since a result would be moved
    /// and take its room twice.
    fn begin(&mut self, matrix: &CorrelationMatrix) {
        let rho = |one, other| {
            let between = matrix.between(one, other).unwrap_or_default();
            i128::from(between.bps())
        };
        for row in 1..matrix.assets() {
            for column in (1..matrix.assets()).take(row) {
                // Each factor is at most 1e4.
                let whole = i128::from(Correlation::SCALE).wrapping_mul(rho(row, column));
                let shared = rho(row, 0).wrapping_mul(rho(column, 0));
                let minor = Minor::new(whole.wrapping_sub(shared));
                // A minor of two rows fits.
                let _ = self.set(row, column, minor);
            }
        }
    }

    /// Returns where the entry of a row and a column stands, neither of them 0 or above 15.
    fn place(row: usize, column: usize) -> Place {
        let (row, column) = (row.max(column), row.min(column));
        // The number of pairs of so many rows, and of each with itself.
        let above = |row: usize| row.wrapping_mul(row.wrapping_add(1)) / 2;
        let (row, column) = (row.wrapping_sub(1), column.wrapping_sub(1));
        let narrow = WIDE.wrapping_sub(1);
        if let (Some(row), Some(column)) = (row.checked_sub(narrow), column.checked_sub(narrow)) {
            return Place::Wide(above(row).wrapping_add(column));
        }
        // Rows are a triangle of 7 and then 7 long.
        let rest = row.saturating_sub(narrow).wrapping_mul(narrow);
        let start = above(row.min(narrow)).wrapping_add(rest);
        Place::Narrow(start.wrapping_add(column))
    }

    fn get(&self, row: usize, column: usize) -> Minor {
        match Self::place(row, column) {
            Place::Narrow(at) => Minor::new(self.narrow.get(at).copied().unwrap_or(-1)),
            Place::Wide(at) => Minor {
                negative: self.negative.get(at).copied().unwrap_or(true),
                size: self.wide.get(at).copied().unwrap_or(U256::ONE),
            },
        }
    }

    /// Sets an entry, if it has room for so large a number.
    fn set(&mut self, row: usize, column: usize, minor: Minor) -> Option<()> {
        match Self::place(row, column) {
            Place::Narrow(at) => *self.narrow.get_mut(at)? = minor.narrow()?,
            Place::Wide(at) => {
                *self.wide.get_mut(at)? = minor.size;
                *self.negative.get_mut(at)? = minor.negative;
            }
        }
        Some(())
    }
}

/// Returns the first asset whose correlations with those before it no returns can have; `None` for a
/// positive semidefinite matrix.
///
/// It is Gaussian elimination without fractions: after k assets each entry is the minor of these, its row
/// and its column, an integer below 10,000^(k+1)·(k+1)^((k+1)/2) by Hadamard, which for 16 is 2^245 and
/// for 8 is 2^119.
/// Sylvester's identity makes (pivot·entry − row·column) a multiple of the pivot before, so both products
/// have one remainder, and the difference of their floors is the quotient.
pub(super) fn contradiction(matrix: &CorrelationMatrix) -> Option<usize> {
    // The first that is known to contradict those before it, if one is, and then only those are looked at.
    let (mut assets, mut known) = (matrix.assets(), None);
    let mut minors = Minors::ZERO;
    minors.begin(matrix);
    let mut before = Minor::new(Correlation::SCALE.into()).size;
    for asset in 1..matrix.assets() {
        if asset >= assets {
            break;
        }
        let pivot = minors.get(asset, asset);
        if pivot.is_negative() {
            return Some(asset);
        }
        if pivot.size.is_zero() {
            // The asset is a portfolio of those before it: its minors with others must be 0 too, and then
            // the others are judged without it.
            let mut later = (asset..assets).skip(1);
            if let Some(row) = later.find(|row| !minors.get(*row, asset).size.is_zero()) {
                (assets, known) = (row, Some(row));
            }
            continue;
        }
        let later = || (asset..assets).skip(1);
        for row in later() {
            for column in later().take_while(|column| *column <= row) {
                let minor = eliminated(&minors, [row, column, asset], before);
                if minor
                    .and_then(|minor| minors.set(row, column, minor))
                    .is_none()
                {
                    // No minor of a matrix is as large.
                    return Some(row);
                }
            }
        }
        before = pivot.size;
    }
    known
}

/// Returns (pivot·entry − row·column) / before.
fn eliminated(minors: &Minors, [row, column, by]: [usize; 3], before: U256) -> Option<Minor> {
    let whole = Minor::floored(minors.get(by, by), minors.get(row, column), before)?;
    let shared = Minor::floored(minors.get(row, by), minors.get(column, by), before)?;
    whole.minus(shared)
}
