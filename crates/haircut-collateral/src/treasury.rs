//! Treasuries: how long they last, and on what they lean.

use tokenomics_fixed_math::{Amount, Fraction, Rounding, Wad, U256};

use crate::check::in_range;
use crate::{Error, Quantity};

mod trades;
pub use trades::{Trade, Trades};

/// An asset in a treasury, or a part of one: its value, the fraction of it that wouldn't be realised, and if
/// it is the treasury's own token.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Fraction};
/// use tokenomics_haircut_collateral::TreasuryAsset;
///
/// let dollars = TreasuryAsset::new(Amount::new(500), Fraction::ZERO);
/// let own = TreasuryAsset::native(Amount::new(900), fraction!("0.6"));
/// assert_eq!((own.realisable(), own.is_native()), (Amount::new(360), true));
/// assert_eq!((dollars.realisable(), dollars.is_native()), (Amount::new(500), false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TreasuryAsset {
    value: Amount,
    haircut: Fraction,
    native: bool,
}

impl TreasuryAsset {
    /// Creates an asset that isn't the treasury's own token, of a value in quote base units.
    #[must_use]
    pub const fn new(value: Amount, haircut: Fraction) -> Self {
        Self {
            value,
            haircut,
            native: false,
        }
    }

    /// Creates a holding of the treasury's own token.
    #[must_use]
    pub const fn native(value: Amount, haircut: Fraction) -> Self {
        Self {
            value,
            haircut,
            native: true,
        }
    }

    /// Returns the value, before the haircut.
    #[must_use]
    pub const fn value(&self) -> Amount {
        self.value
    }

    /// Returns the fraction that wouldn't be realised.
    #[must_use]
    pub const fn haircut(&self) -> Fraction {
        self.haircut
    }

    /// Returns `true` for the treasury's own token.
    #[must_use]
    pub const fn is_native(&self) -> bool {
        self.native
    }

    /// Computes the value after the haircut.
    ///
    /// # Rounding
    /// Floor.
    #[must_use]
    pub fn realisable(&self) -> Amount {
        let weight = self.haircut.complement();
        self.value.mul_fraction(weight, Rounding::Floor)
    }

    #[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
    #[allow(
        clippy::unnecessary_wraps,
        reason = "the codec takes a constructor that can fail"
    )]
    const fn read(value: Amount, haircut: Fraction, native: bool) -> Result<Self, Error> {
        Ok(Self {
            value,
            haircut,
            native,
        })
    }
}

tokenomics_internals::checked_codec! {
    TreasuryAsset::read as RawTreasuryAsset {
        value: Amount = TreasuryAsset::value,
        haircut: Fraction = TreasuryAsset::haircut,
        #[cfg_attr(
            feature = "borsh",
            borsh(deserialize_with = "tokenomics_internals::borsh_read::truth")
        )]
        native: bool = TreasuryAsset::is_native,
    }
}

/// A treasury: the measures of a list of assets.
///
/// # Rounding
/// Against the treasury: what it has and how long it lasts are floored, concentration and reliance
/// are ceiled.
///
/// # Laws
/// `treasury_monotone`: a smaller value, a larger haircut or a larger expense never makes it last longer ·
/// `concentration_bounded`: between 1/n and 1, and merging two assets never lowers it ·
/// `trades_conserve`: what is bought is what is sold, and after the trades each asset is within one
/// unit of its target.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Fraction};
/// use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
///
/// let assets = [
///     TreasuryAsset::native(Amount::new(8_000), fraction!("0.7")),
///     TreasuryAsset::new(Amount::new(2_000), Fraction::ZERO),
/// ];
/// let (treasury, monthly) = (Treasury::new(&assets), Amount::new(400));
/// assert_eq!(treasury.runway(monthly)?, wad!("11")); // (2,400 + 2,000) / 400
/// assert_eq!(treasury.runway_without_native(monthly)?, wad!("5"));
/// assert_eq!(treasury.native_reliance()?, fraction!("0.8"));
/// assert_eq!(treasury.concentration()?, fraction!("0.68")); // 0.64 + 0.04
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Runway as months of operating expense; concentration as the Herfindahl–Hirschman index of the US
/// merger guidelines, in fractions (10,000 of theirs is 1 here).
#[doc(alias("runway", "hhi", "diversification", "dao"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treasury<'a> {
    assets: &'a [TreasuryAsset],
}

impl<'a> Treasury<'a> {
    /// Creates a treasury of these assets.
    #[must_use]
    pub const fn new(assets: &'a [TreasuryAsset]) -> Self {
        Self { assets }
    }

    /// Returns the assets.
    #[must_use]
    pub const fn assets(&self) -> &'a [TreasuryAsset] {
        self.assets
    }

    /// Computes the value of all assets, before haircuts.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let most = TreasuryAsset::new(Amount::MAX, Fraction::ZERO);
    /// assert_eq!(Treasury::new(&[most]).value()?, Amount::MAX);
    /// assert!(Treasury::new(&[most, most]).value().is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn value(&self) -> Result<Amount, Error> {
        Ok(Amount::try_sum(
            self.assets.iter().map(|asset| asset.value),
        )?)
    }

    /// Computes the value that could be realised: of each asset after its haircut.
    ///
    /// # Rounding
    /// Floor, of each asset.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let half = TreasuryAsset::native(Amount::new(7), fraction!("0.5"));
    /// assert_eq!(Treasury::new(&[half]).realisable()?, Amount::new(3));
    /// assert!(Treasury::new(&[TreasuryAsset::native(Amount::MAX, fraction!("0.1")); 2]).realisable().is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn realisable(&self) -> Result<Amount, Error> {
        self.realisable_of(|_| true)
    }

    /// Computes for how many times an expense the treasury lasts: months, where it is that of a month.
    ///
    /// # Rounding
    /// Floor, in 1e-18 of a time.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for an expense of 0, and [`Error::Overflow`] above [`Amount::MAX`] or [`Wad::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let assets = [TreasuryAsset::native(Amount::new(100), fraction!("0.5"))];
    /// assert_eq!(Treasury::new(&assets).runway(Amount::new(20))?, wad!("2.5"));
    /// assert!(Treasury::new(&assets).runway(Amount::ZERO).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("burn_rate", "months"))]
    pub fn runway(&self, expense: Amount) -> Result<Wad, Error> {
        lasts(self.realisable()?, expense)
    }

    /// Computes for how many times an expense the treasury lasts without selling its own token.
    ///
    /// # Rounding
    /// Floor, in 1e-18 of a time.
    ///
    /// # Errors
    /// As [`runway`](Self::runway).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, wad, Amount};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let assets = [TreasuryAsset::native(Amount::new(100), fraction!("0.5"))];
    /// assert_eq!(Treasury::new(&assets).runway_without_native(Amount::new(20))?, wad!("0"));
    /// assert!(Treasury::new(&assets).runway_without_native(Amount::ZERO).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn runway_without_native(&self, expense: Amount) -> Result<Wad, Error> {
        lasts(self.realisable_of(|asset| !asset.native)?, expense)
    }

    /// Computes how much of an expense isn't covered without selling the own token.
    ///
    /// # Rounding
    /// Ceil, by the floors of what is realised.
    ///
    /// # Errors
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let dollars = TreasuryAsset::new(Amount::new(100), Fraction::ZERO);
    /// let assets = [dollars, TreasuryAsset::native(Amount::new(100), fraction!("0.5"))];
    /// assert_eq!(Treasury::new(&assets).native_sales_needed(Amount::new(130))?, Amount::new(30));
    /// assert!(Treasury::new(&[TreasuryAsset::new(Amount::MAX, Fraction::ZERO); 2])
    ///     .native_sales_needed(Amount::new(1))
    ///     .is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn native_sales_needed(&self, expense: Amount) -> Result<Amount, Error> {
        let covered = self.realisable_of(|asset| !asset.native)?;
        Ok(expense.checked_sub(covered).unwrap_or(Amount::ZERO))
    }

    /// Computes the share of the value that is the own token's.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a treasury without value, [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let assets = [TreasuryAsset::native(Amount::new(100), fraction!("0.5"))];
    /// assert_eq!(Treasury::new(&assets).native_reliance()?, fraction!("1"));
    /// assert!(Treasury::new(&[]).native_reliance().is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn native_reliance(&self) -> Result<Fraction, Error> {
        let value = self.some_value()?;
        let own = self.assets.iter().filter(|asset| asset.native);
        let own = Amount::try_sum(own.map(|asset| asset.value))?;
        Ok(Fraction::from_ratio(
            own.get(),
            value.get(),
            Rounding::Ceil,
        )?)
    }

    /// Computes the Herfindahl–Hirschman index: the sum of the squared shares of the value. One asset is 1,
    /// n equal ones are 1/n.
    ///
    /// # Rounding
    /// Ceil, once for the whole sum.
    ///
    /// # Errors
    /// As [`native_reliance`](Self::native_reliance).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction};
    /// # use tokenomics_haircut_collateral::{Treasury, TreasuryAsset};
    /// let assets = [TreasuryAsset::new(Amount::new(7), Fraction::ZERO); 4];
    /// assert_eq!(Treasury::new(&assets).concentration()?, fraction!("0.25"));
    /// assert!(Treasury::new(&[]).concentration().is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("hhi", "herfindahl"))]
    pub fn concentration(&self) -> Result<Fraction, Error> {
        let value = self.some_value()?.get();
        // At most the square of the sum, which fits.
        let mut squares = U256::ZERO;
        for asset in self.assets {
            let units = asset.value.get();
            squares = squares.checked_add(U256::product(units, units))?;
        }
        let scale = U256::from(u128::from(Fraction::SCALE));
        let share = squares.mul_div(scale, U256::product(value, value), Rounding::Ceil)?;
        // At most 1.
        let raw = u64::try_from(share.to_u128()?).unwrap_or(Fraction::SCALE);
        Ok(Fraction::from_raw(raw)?)
    }

    /// Returns the trades that bring each asset to its target share of the value, in the order of the assets.
    ///
    /// Costs of trading aren't in it: a caller who knows them subtracts them from the value first.
    ///
    /// # Rounding
    /// Each target is floor or ceil of its exact amount, so that all sum to the value: nothing is lost.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are as many targets as assets, and they sum to 1;
    /// [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// # Laws
    /// `trades_conserve`.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction};
    /// # use tokenomics_haircut_collateral::{Trade, Treasury, TreasuryAsset};
    /// let own = TreasuryAsset::native(Amount::new(80), fraction!("0.5"));
    /// let assets = [own, TreasuryAsset::new(Amount::new(20), Fraction::ZERO)];
    /// let treasury = Treasury::new(&assets);
    /// let mut trades = treasury.trades(&[fraction!("0.5"), fraction!("0.5")])?;
    /// assert_eq!(trades.next(), Some(Trade::Sell(Amount::new(30))));
    /// assert_eq!(trades.next(), Some(Trade::Buy(Amount::new(30))));
    /// assert!(treasury.trades(&[fraction!("0.5"), fraction!("0.4")]).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("rebalance", "allocation"))]
    pub fn trades<'b>(&self, targets: &'b [Fraction]) -> Result<Trades<'a, 'b>, Error> {
        Trades::new(self.assets, targets, self.value()?)
    }

    fn realisable_of(&self, counts: impl Fn(&TreasuryAsset) -> bool) -> Result<Amount, Error> {
        let counted = self.assets.iter().filter(|asset| counts(asset));
        Ok(Amount::try_sum(counted.map(TreasuryAsset::realisable))?)
    }

    /// Returns the value, which isn't 0.
    fn some_value(&self) -> Result<Amount, Error> {
        let value = self.value()?;
        in_range(Quantity::TreasuryValue, value.get(), 1, u128::MAX)?;
        Ok(value)
    }
}

fn lasts(realisable: Amount, expense: Amount) -> Result<Wad, Error> {
    in_range(Quantity::Expense, expense.get(), 1, u128::MAX)?;
    Ok(Wad::from_ratio(
        realisable.get(),
        expense.get(),
        Rounding::Floor,
    )?)
}
