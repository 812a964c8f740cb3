//! Collateral over price bands, sold as the price falls and bought back as it rises.

use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding};
use tokenomics_internals::Store;

use crate::check::in_range;
use crate::{Error, Quantity};

mod band;
mod credit;
mod curve;
mod grid;
mod position;
mod state;
#[cfg(test)]
mod tests;
mod trade;

pub use band::Band;
use credit::sold_through;
use grid::scaled;
pub use grid::BandGrid;
pub use position::{BandPosition, BandPositionState};
pub use state::SoftLiquidationState;
pub use trade::BandTrade;

/// Soft liquidation: collateral spread over price bands, which whoever trades with them converts to the
/// debt asset as the price falls through each, and back as it rises.
///
/// All positions of a market share its bands. What a band holds belongs to its shares in proportion, so a
/// trade costs the same for any number of positions, and a position costs by the number of its own bands.
/// Bands are entries of a store: an array, a filled `Vec` with the feature `alloc`, or a map of a chain's storage
/// that gives [`Band::EMPTY`] for what it hasn't stored.
///
/// One band is active: those above it hold no collateral, those below it no debt asset. It trades along a
/// curve that the price of the oracle moves, three times as fast as it moves itself: when the oracle falls,
/// collateral is cheaper in the bands than elsewhere until enough of it is sold. A band is all sold below
/// its lower price and all bought back above its upper one. The difference is what holders pay for being
/// liquidated softly; a fee keeps small moves from being traded.
///
/// The price is the caller's. Whoever can move it within a transaction takes the difference out of the bands.
///
/// # Rounding
/// In favour of the bands: what they give is floored and what they take is ceiled. In favour of those who
/// stay: shares and what is withdrawn for them are floored.
///
/// # Laws
/// `bands_conserve`: every unit paid in is in one band or was paid out · `band_trades_never_gain`: a round
/// trip at one price, in any steps, never gains, and no root of a band falls · `price_in_band`: above the
/// active band there is no collateral, and below it no debt asset; once trading stops to pay, the active band
/// holds both only if the price is within it · `credit_of_bands`: below all bands the credit is what a sale
/// of all pays; trading to the oracle's price leaves it; it is largest where the bands' own price is the
/// oracle's, and without proceeds it never falls as the price rises · `bands_pay_the_last`: all
/// can leave, in any order, and nobody's leaving lowers what is another's · `band_splits_never_gain`: two
/// deposits are worth what one of both is, or less · `deposits_keep_their_worth`: a deposit is worth what was
/// paid in, but for less than a part in 1,024 and two units a band.
///
/// ```
/// use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};
/// use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
///
/// // Bands of 1% from 3,000 down, and a fee of 0.3%.
/// let grid = BandGrid::new(Ratio::from_integer(3_000), 100, 50)?;
/// let mut bands = SoftLiquidation::new(grid, fraction!("0.003"), [Band::EMPTY; 50])?;
///
/// // 10,000 over the ten bands from 2,970 to 2,686.
/// let mut alice = BandPosition::<10>::new(1, 10)?;
/// bands.deposit(&mut alice, Amount::new(10_000), Ratio::from_integer(3_050))?;
/// let credit = bands.credit(&alice, Ratio::from_integer(3_050))?;
/// assert_eq!(credit, Amount::new(28_256_168));
///
/// // The price falls to 2,800, and someone buys what is cheap.
/// let price = Ratio::from_integer(2_800);
/// let trade = bands.buy(price, Amount::new(15_000_000), 50)?;
/// assert_eq!(bands.amounts(&alice)?, [Amount::new(10_000 - trade.received.get()), trade.paid]);
///
/// // It is all Alice's: what is sold and what isn't.
/// let [collateral, proceeds] = bands.withdraw(&mut alice, Fraction::ONE)?;
/// assert_eq!(collateral.checked_add(trade.received), Ok(Amount::new(10_000)));
/// assert_eq!(proceeds, trade.paid);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Egorov, Curve Stablecoin Design (2022), and its AMM.vy: LLAMMA. There the curve is rounded step by step to
/// 18 digits; here its root is rounded once, in favour of the bands. Its `get_x_down` approximates the
/// proceeds of a price within a band; here they are a closed form. Its fee moves with the oracle; here it
/// is constant.
#[doc(alias("llamma", "crvUSD", "bands", "soft_liquidation"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoftLiquidation<B> {
    grid: BandGrid,
    // Below 1.
    fee: Fraction,
    // Below the number of bands.
    active: u32,
    bands: B,
}

impl<B> SoftLiquidation<B> {
    /// Returns the grid of the bands.
    #[must_use]
    pub const fn grid(&self) -> BandGrid {
        self.grid
    }

    /// Returns the fee, a part of what a trader pays.
    #[must_use]
    pub const fn fee(&self) -> Fraction {
        self.fee
    }

    /// Returns the active band: those above it hold no collateral, those below it no debt asset.
    #[must_use]
    pub const fn active(&self) -> u32 {
        self.active
    }

    /// Returns the store of the bands.
    #[must_use]
    pub const fn bands(&self) -> &B {
        &self.bands
    }
}

impl<B: Store<Entry = Band>> SoftLiquidation<B> {
    /// Creates a market of empty bands, with the store that holds them and the fee that a trader pays.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a fee of all, [`Error::Full`] if the store has room for fewer bands.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::ONE, 100, 3)?;
    /// assert!(SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3]).is_ok());
    /// assert!(SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 2]).is_err());
    /// assert!(SoftLiquidation::new(grid, Fraction::ONE, [Band::EMPTY; 3]).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn new(grid: BandGrid, fee: Fraction, bands: B) -> Result<Self, Error> {
        let active = 0;
        Self::restore(SoftLiquidationState { grid, fee, active }, bands)
    }

    /// Adds collateral to a position, in equal parts over its bands; what doesn't divide goes to the highest,
    /// a unit each.
    ///
    /// The bands are below the active one, or it is the highest of them and holds no proceeds, and the price
    /// of the oracle is above them: nobody could buy from them at once for less.
    ///
    /// # Rounding
    /// Floor, of the shares, which takes less than a part in 1,024 of what goes to a band.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for bands that aren't the grid's or aren't below the active one (see
    /// [`raise_active`](Self::raise_active)), and for a part of the amount that makes fewer than 2^10 shares
    /// of its band; [`Error::PriceOrder`] for a price that isn't above them;
    /// [`Error::Overflow`] for more than 2^128 shares of a band, which are 2^20 a unit at first;
    /// [`Error::Missing`] if the store has lost a band.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// let mut alice = BandPosition::<3>::new(1, 2)?;
    /// assert!(bands.deposit(&mut alice, Amount::new(5), Ratio::from_integer(4)).is_err());
    /// bands.deposit(&mut alice, Amount::new(5), Ratio::from_integer(5))?;
    /// let held = bands.bands().map(|band| band.collateral().get());
    /// assert_eq!(held, [0, 3, 2]);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("deposit_range", "create_loan"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn deposit<const N: usize>(
        &mut self,
        position: &mut BandPosition<N>,
        amount: Amount,
        price: Ratio,
    ) -> Result<(), Error> {
        self.check_deposit(position, price)?;
        let (parts, rest) = (position.count().into(), amount.get());
        let part = amount.mul_div(1, parts, Rounding::Floor)?;
        let mut rest = rest.checked_rem(parts).unwrap_or(0);
        let (mut shares, mut bands) = ([Amount::ZERO; N], [Band::EMPTY; N]);
        let after = shares.iter_mut().zip(bands.iter_mut());
        for ((at, held), (shares, band)) in position.bands().zip(after) {
            *band = self.band(at)?;
            let unit = Amount::new(rest.min(1));
            rest = rest.saturating_sub(1);
            let minted = band.deposit(part.checked_add(unit)?)?;
            *shares = held.checked_add(minted)?;
        }
        self.set(position, bands);
        *position = position.with(shares);
        Ok(())
    }

    /// Takes a part of a position out of its bands, and returns the collateral and the debt asset.
    ///
    /// # Rounding
    /// Floor, of the shares and of what is paid for them. All of the shares of a band get all of it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a position that isn't of these bands, [`Error::Missing`] if the store has
    /// lost a band, [`Error::Overflow`] above [`Amount::MAX`] of either: a part of it can be taken then.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// let mut alice = BandPosition::<3>::new(0, 3)?;
    /// bands.deposit(&mut alice, Amount::new(300), Ratio::from_integer(9))?;
    /// let half = bands.withdraw(&mut alice, fraction!("0.5"))?;
    /// assert_eq!(half, [Amount::new(150), Amount::ZERO]);
    /// let mut forged = BandPosition::restore(BandPosition::<3>::new(0, 3)?.state())?;
    /// assert_eq!(bands.withdraw(&mut forged, Fraction::ONE)?, [Amount::ZERO; 2]);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn withdraw<const N: usize>(
        &mut self,
        position: &mut BandPosition<N>,
        part: Fraction,
    ) -> Result<[Amount; 2], Error> {
        let mut sums = [Amount::ZERO; 2];
        let (mut shares, mut bands) = ([Amount::ZERO; N], [Band::EMPTY; N]);
        let after = shares.iter_mut().zip(bands.iter_mut());
        for ((at, held), (shares, band)) in position.bands().zip(after) {
            *band = self.band(at)?;
            let burned = held.mul_fraction(part, Rounding::Floor);
            sums = sum(sums, band.withdraw(burned)?)?;
            *shares = held.checked_sub(burned)?;
        }
        self.set(position, bands);
        *position = position.with(shares);
        Ok(sums)
    }

    /// Returns the collateral and the debt asset that a position owns.
    ///
    /// # Rounding
    /// Floor, of each band.
    ///
    /// # Errors
    /// As [`withdraw`](Self::withdraw).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// let bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// assert_eq!(bands.amounts(&BandPosition::<3>::new(0, 3)?)?, [Amount::ZERO; 2]);
    /// assert!(bands.amounts(&BandPosition::<3>::new(1, 3)?).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("get_sum_xy"))]
    pub fn amounts<const N: usize>(
        &self,
        position: &BandPosition<N>,
    ) -> Result<[Amount; 2], Error> {
        let mut sums = [Amount::ZERO; 2];
        for (at, held) in position.bands() {
            let band = self.band(at)?;
            let collateral = band.part(band.collateral(), held)?;
            sums = sum(sums, [collateral, band.part(band.proceeds(), held)?])?;
        }
        Ok(sums)
    }

    /// Computes the credit of a position, in the debt asset: what its bands end with if they are first traded
    /// to the price of the oracle, and that then falls through all of them. The position is healthy while
    /// that covers its debt.
    ///
    /// A fall by steps of a part s fetches 1.5·s less, at any amplification, so leave a haircut on the credit
    /// for the largest step to be feared.
    ///
    /// # Rounding
    /// Floor, of each band and of the position's part of it.
    ///
    /// # Errors
    /// As [`withdraw`](Self::withdraw) and [`buy`](Self::buy).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// let mut alice = BandPosition::<3>::new(0, 3)?;
    /// bands.deposit(&mut alice, Amount::new(3_000), Ratio::from_integer(9))?;
    ///
    /// // 1,000 at √(8·4), √(4·2) and √(2·1) each.
    /// let credit = bands.credit(&alice, Ratio::from_integer(9))?;
    /// assert_eq!(credit, Amount::new(5_656 + 2_828 + 1_414));
    /// assert!(bands.credit(&BandPosition::<3>::new(1, 3)?, Ratio::ONE).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("get_x_down", "health"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn credit<const N: usize>(
        &self,
        position: &BandPosition<N>,
        price: Ratio,
    ) -> Result<Amount, Error> {
        let (price, amplification) = (scaled(price), self.grid.amplification());
        let mut credit = Amount::ZERO;
        for (at, held) in position.bands() {
            let band = self.band(at)?;
            if held.is_zero() {
                continue;
            }
            let all = sold_through(band, price, self.grid.bounds(at), amplification)?;
            credit = credit.checked_add(band.part(all, held)?)?;
        }
        Ok(credit)
    }

    /// Makes the next band above the active one active, up to `most_bands` times, as long as the active one
    /// holds no proceeds, and returns the active band. Anyone may call it: where trades have left the active
    /// band far down and holders have left it, deposits above need it.
    ///
    /// # Errors
    /// [`Error::Missing`] if the store has lost a band.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Fraction, Ratio};
    /// # use tokenomics_haircut_collateral::{Band, BandGrid, BandPosition, SoftLiquidation};
    /// let grid = BandGrid::new(Ratio::from_integer(8), 2, 3)?;
    /// let mut bands = SoftLiquidation::new(grid, Fraction::ZERO, [Band::EMPTY; 3])?;
    /// let mut alice = BandPosition::<3>::new(2, 1)?;
    /// bands.deposit(&mut alice, Amount::new(300), Ratio::from_integer(9))?;
    /// bands.buy(Ratio::ONE, Amount::new(9), 3)?;
    /// assert_eq!((bands.raise_active(3)?, bands.active()), (2, 2));
    /// bands.withdraw(&mut alice, Fraction::ONE)?;
    /// assert_eq!((bands.raise_active(1)?, bands.raise_active(3)?), (1, 0));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn raise_active(&mut self, most_bands: u32) -> Result<u32, Error> {
        let mut active = self.active;
        for _ in 0..most_bands.min(active) {
            if !self.band(active)?.proceeds().is_zero() {
                break;
            }
            active = active.saturating_sub(1);
        }
        self.active = active;
        Ok(active)
    }

    /// Checks that a deposit is above neither the active band nor the price.
    fn check_deposit<const N: usize>(
        &self,
        position: &BandPosition<N>,
        price: Ratio,
    ) -> Result<(), Error> {
        let first = position.first();
        let sold = !self.band(self.active)?.proceeds().is_zero();
        let least = self.active.saturating_add(sold.into());
        let what = Quantity::BandIndex;
        in_range(what, first.into(), least.into(), u128::MAX)?;
        if scaled(price) <= self.grid.upper(first) {
            let (what, limit) = (Quantity::DepositPrice, Quantity::BandUpperPrice);
            return Err(Error::PriceOrder { what, price, limit });
        }
        Ok(())
    }

    fn band(&self, index: u32) -> Result<Band, Error> {
        let last = self.grid.count().saturating_sub(1);
        in_range(Quantity::BandIndex, index.into(), 0, last.into())?;
        self.bands.get(index).ok_or(Error::Missing { index })
    }

    fn set<const N: usize>(&mut self, position: &BandPosition<N>, bands: [Band; N]) {
        for ((at, _), band) in position.bands().zip(bands) {
            self.bands.set(at, band);
        }
    }
}

/// Adds both.
fn sum([a, b]: [Amount; 2], [c, d]: [Amount; 2]) -> Result<[Amount; 2], Error> {
    Ok([a.checked_add(c)?, b.checked_add(d)?])
}
