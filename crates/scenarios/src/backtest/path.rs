//! A path of prices, and the places of it that a judgement looks at.

use tokenomics_fixed_math::{Fraction, Ratio, Rounding, Span, Timestamp, Wad};

/// A day, within which losses are told.
pub const DAY: Span = Span::from_days(1);

/// The price of one whole token at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The time.
    pub at: Timestamp,
    /// The price, in whole units of the quote.
    pub price: Wad,
}

/// A path of prices at rising times, of any step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricePath {
    points: Vec<Point>,
    gaps: usize,
}

/// A loss of the price from one row to the lowest of the day after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// The index of the row that it is counted from.
    pub from: usize,
    /// The index of the lowest row that follows.
    pub to: usize,
    /// The part of the price that is lost.
    pub loss: Fraction,
}

impl PricePath {
    /// Creates a path of points, of which there is one at least, at times that rise. `gaps` is the
    /// number of rows that had no price.
    ///
    /// Returns `None` for anything else.
    ///
    /// ```
    /// use tokenomics_fixed_math::{wad, Timestamp};
    /// use tokenomics_scenarios::backtest::{Point, PricePath};
    ///
    /// let point = |at, price| Point { at: Timestamp::new(at), price };
    /// assert!(PricePath::new(vec![point(0, wad!("2")), point(60, wad!("1.5"))], 0).is_some());
    /// assert!(PricePath::new(vec![point(0, wad!("2")), point(0, wad!("1.5"))], 0).is_none());
    /// assert!(PricePath::new(Vec::new(), 0).is_none());
    /// ```
    #[must_use]
    pub fn new(points: Vec<Point>, gaps: usize) -> Option<Self> {
        let rises = points.windows(2).all(|pair| pair[0].at < pair[1].at);
        (rises && !points.is_empty()).then_some(Self { points, gaps })
    }

    /// Returns the rows, of which there is one at least.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Returns the number of rows that had no price.
    #[must_use]
    pub const fn gaps(&self) -> usize {
        self.gaps
    }

    /// Returns the index of the lowest price, the first of equals.
    #[must_use]
    pub fn lowest(&self) -> usize {
        self.first_least(0..self.points.len())
    }

    /// Returns the index of the top: the highest price up to the lowest one, the first of equals.
    #[must_use]
    pub fn top(&self) -> usize {
        let mut top = 0;
        for index in 1..=self.lowest() {
            if self.points[index].price > self.points[top].price {
                top = index;
            }
        }
        top
    }

    /// Returns the loss from a row to the lowest price of the 24 hours after it, of which the end counts.
    /// Where no row lies within them, the next row is what is seen.
    ///
    /// # Rounding
    /// Ceil.
    #[must_use]
    pub fn fall_after(&self, from: usize) -> Fall {
        let first = self.points[from];
        let later = &self.points[from + 1..];
        let within = later
            .iter()
            .take_while(|point| point.at.since(first.at).is_some_and(|gone| gone <= DAY))
            .count();
        let seen = within.max(1).min(later.len());
        let to = match seen {
            0 => from,
            seen => self.first_least(from + 1..from + 1 + seen),
        };
        let loss = loss(first.price, self.points[to].price);
        Fall { from, to, loss }
    }

    /// Returns the fall of the day that lost most, the first of equals.
    #[must_use]
    pub fn worst_day(&self) -> Fall {
        let mut worst = self.fall_after(0);
        for from in 1..self.points.len() {
            let fall = self.fall_after(from);
            if fall.loss > worst.loss {
                worst = fall;
            }
        }
        worst
    }

    fn first_least(&self, within: std::ops::Range<usize>) -> usize {
        let mut least = within.start;
        for index in within {
            if self.points[index].price < self.points[least].price {
                least = index;
            }
        }
        least
    }
}

/// Returns the part of a price that is lost: nothing where it rises, or was nothing.
fn loss(from: Wad, to: Wad) -> Fraction {
    let lost = from.checked_sub(to).map_or(0, Wad::raw);
    match Ratio::new(lost, from.raw()) {
        Ok(ratio) => Fraction::from_ratio(ratio.numerator(), ratio.denominator(), Rounding::Ceil)
            .unwrap_or(Fraction::ONE),
        Err(_) => Fraction::ZERO,
    }
}
