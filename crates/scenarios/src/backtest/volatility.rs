//! The volatility that a path shows up to a row.

use tokenomics_fixed_math::{Rounding, SignedWad, Span, Wad, U256};

use super::path::{Point, DAY};

/// The least number of returns that a volatility is told of.
pub const FEWEST_RETURNS: usize = 24;

/// Sums over the returns of a path, from its first row on.
#[derive(Debug, Clone)]
pub(super) struct Returns<'p> {
    points: &'p [Point],
    /// The sum of squares of the returns up to each row, in 1e-36.
    squares: Vec<U256>,
    /// The number of returns up to each row that are none: from or to a price of 0.
    endless: Vec<usize>,
}

impl<'p> Returns<'p> {
    pub(super) fn of(points: &'p [Point]) -> Self {
        let logs: Vec<_> = points
            .iter()
            .map(|point| point.price.ln(Rounding::HalfEven).ok())
            .collect();
        let (mut squares, mut endless) = (vec![U256::from(0)], vec![0]);
        for pair in logs.windows(2) {
            let square = square(pair[0], pair[1]);
            let (sum, count) = (squares[squares.len() - 1], endless[endless.len() - 1]);
            squares.push(
                square
                    .and_then(|square| sum.checked_add(square).ok())
                    .unwrap_or(sum),
            );
            endless.push(count + usize::from(square.is_none()));
        }
        Self {
            points,
            squares,
            endless,
        }
    }

    /// Returns the standard deviation of a day's return, over the returns that lie in a window which
    /// ends with a row: the root of Σ r² / Σ Δt. It is 0 of fewer than [`FEWEST_RETURNS`] returns, and
    /// as large as can be where one is from or to a price of 0.
    ///
    /// # Rounding
    /// Ceil, of logarithms to 18 decimals.
    pub(super) fn deviation(&self, row: usize, window: Span) -> Wad {
        let now = self.points[row].at;
        let begins = now.get().saturating_sub(window.get());
        let first = self.points[..=row].partition_point(|point| point.at.get() < begins);
        if row - first < FEWEST_RETURNS {
            return Wad::ZERO;
        }
        if self.endless[row] > self.endless[first] {
            return Wad::MAX;
        }
        let time = now.get() - self.points[first].at.get();
        let squares = self.squares[row].checked_sub(self.squares[first]);
        squares
            .and_then(|sum| {
                sum.mul_div(
                    U256::from(u128::from(DAY.get())),
                    U256::from(u128::from(time)),
                    Rounding::Ceil,
                )
            })
            .and_then(|square| square.isqrt(Rounding::Ceil).to_u128())
            .map_or(Wad::MAX, Wad::from_raw)
    }
}

fn square(from: Option<SignedWad>, to: Option<SignedWad>) -> Option<U256> {
    let size = from?.abs_diff(to?).raw();
    Some(U256::product(size, size))
}
