//! The exact check that no portfolio has a negative variance by a matrix.

use tokenomics_fixed_math::{Rounding, U256};

use super::{Correlation, CorrelationMatrix};

/// The entries on and under the diagonal of the matrix that the first asset leaves of 16.
const ENTRIES: usize = 120;

/// An integer of 256 bits with a sign.
#[derive(Clone, Copy)]
struct Minor {
    negative: bool,
    size: U256,
}

impl Minor {
    fn new(value: i64) -> Self {
        Self {
            negative: value < 0,
            size: u128::from(value.unsigned_abs()).into(),
        }
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
struct Minors {
    sizes: [U256; ENTRIES],
    // Apart from the sizes, beside which each would take 16 bytes.
    negative: [bool; ENTRIES],
}

impl Minors {
    /// Returns the minors of two rows: 1·ρᵢⱼ − ρᵢ₀·ρⱼ₀.
    fn of(matrix: &CorrelationMatrix) -> Self {
        let mut minors = Self {
            sizes: [U256::ZERO; ENTRIES],
            negative: [false; ENTRIES],
        };
        let rho = |one, other| {
            let between = matrix.between(one, other).unwrap_or_default();
            i64::from(between.bps())
        };
        for row in 1..matrix.assets() {
            for column in (1..matrix.assets()).take(row) {
                // Each factor is at most 1e4.
                let whole = i64::from(Correlation::SCALE).wrapping_mul(rho(row, column));
                let shared = rho(row, 0).wrapping_mul(rho(column, 0));
                minors.set(row, column, Minor::new(whole.wrapping_sub(shared)));
            }
        }
        minors
    }

    /// Returns where the entry of a row and a column stands, neither of them 0.
    fn index(row: usize, column: usize) -> usize {
        let (row, column) = (row.max(column), row.min(column));
        // Of at most 15: below 120.
        let above = row.wrapping_mul(row.wrapping_sub(1)) / 2;
        above.wrapping_add(column.wrapping_sub(1))
    }

    fn get(&self, row: usize, column: usize) -> Minor {
        let at = Self::index(row, column);
        Minor {
            negative: self.negative.get(at).copied().unwrap_or(true),
            size: self.sizes.get(at).copied().unwrap_or(U256::ONE),
        }
    }

    fn set(&mut self, row: usize, column: usize, minor: Minor) {
        let at = Self::index(row, column);
        if let (Some(size), Some(negative)) = (self.sizes.get_mut(at), self.negative.get_mut(at)) {
            (*size, *negative) = (minor.size, minor.negative);
        }
    }
}

/// Returns the first asset whose correlations with those before it no returns can have; `None` for a
/// positive semidefinite matrix.
///
/// It is Gaussian elimination without fractions: after k assets each entry is the minor of these, its row
/// and its column, an integer below 10,000^(k+1)·(k+1)^((k+1)/2) by Hadamard, which for 16 is 2^245.
/// Sylvester's identity makes (pivot·entry − row·column) a multiple of the pivot before, so both products
/// have one remainder, and the difference of their floors is the quotient.
pub(super) fn contradiction(matrix: &CorrelationMatrix) -> Option<usize> {
    let assets = matrix.assets();
    let mut minors = Minors::of(matrix);
    let mut before = Minor::new(Correlation::SCALE.into()).size;
    for asset in 1..assets {
        let pivot = minors.get(asset, asset);
        if pivot.is_negative() {
            return Some(asset);
        }
        let later = || (asset..assets).skip(1);
        if pivot.size.is_zero() {
            // The asset is a portfolio of those before it: its minors with others must be 0 too, and then
            // the others are judged without it.
            match later().find(|row| !minors.get(*row, asset).size.is_zero()) {
                None => continue,
                found => return found,
            }
        }
        for row in later() {
            for column in later().take_while(|column| *column <= row) {
                match eliminated(&minors, [row, column, asset], before) {
                    Some(minor) => minors.set(row, column, minor),
                    // No minor of a matrix is as large.
                    None => return Some(row),
                }
            }
        }
        before = pivot.size;
    }
    None
}

/// Returns (pivot·entry − row·column) / before.
fn eliminated(minors: &Minors, [row, column, by]: [usize; 3], before: U256) -> Option<Minor> {
    let whole = Minor::floored(minors.get(by, by), minors.get(row, column), before)?;
    let shared = Minor::floored(minors.get(row, by), minors.get(column, by), before)?;
    whole.minus(shared)
}
