//! Entries of a portfolio, as far as the volatility of their prices goes.

use tokenomics_fixed_math::{Amount, Fraction, U256};

/// An entry of a portfolio as far as the volatility of its price goes: the asset by its number in the
/// matrix, the side, the value in quote units and the haircut, or for a debt the add-on, of that volatility.
///
/// The value is what counts of the entry after all other rules: what a stale price has already cut can't be
/// given back by an offset.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount};
/// use tokenomics_haircut_collateral::Exposure;
///
/// let ether = Exposure::held(0, Amount::new(5_000), fraction!("0.2"));
/// let short = Exposure::owed(1, Amount::new(1_000), fraction!("0.3"));
/// assert_eq!((ether.asset(), ether.is_owed()), (0, false));
/// assert_eq!((short.value(), short.is_owed()), (Amount::new(1_000), true));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exposure {
    asset: usize,
    owed: bool,
    value: Amount,
    haircut: Fraction,
}

impl Exposure {
    /// Creates the exposure of what is held.
    #[must_use]
    pub const fn held(asset: usize, value: Amount, haircut: Fraction) -> Self {
        Self {
            asset,
            owed: false,
            value,
            haircut,
        }
    }

    /// Creates the exposure of what is owed, which falls and rises against what is held.
    #[must_use]
    pub const fn owed(asset: usize, value: Amount, add_on: Fraction) -> Self {
        Self {
            asset,
            owed: true,
            value,
            haircut: add_on,
        }
    }

    /// Returns the number of the asset in the matrix.
    #[must_use]
    pub const fn asset(&self) -> usize {
        self.asset
    }

    /// Returns `true` for a debt.
    #[must_use]
    pub const fn is_owed(&self) -> bool {
        self.owed
    }

    /// Returns the value, in quote units.
    #[must_use]
    pub const fn value(&self) -> Amount {
        self.value
    }

    /// Returns the haircut, or the add-on of a debt.
    #[must_use]
    pub const fn haircut(&self) -> Fraction {
        self.haircut
    }

    /// Returns value · haircut in 1e-18 quote units, below 2^188.
    pub(super) fn risk(&self) -> U256 {
        U256::product(self.value.get(), self.haircut.raw().into())
    }
}
