//! Kyle's model: what an order flow moves a price by, where some of it may know more.

mod auction;
mod recursion;

use tokenomics_fixed_math::{Amount, Ratio};

pub use auction::Auction;

use self::recursion::{back, Share, LAST};
use crate::check::in_range;
use crate::{Error, Quantity};

/// A market in which one insider knows what Token0 will be worth, others trade without a reason, and the price
/// is what the sum of both tells.
///
/// The value is normally distributed with the volatility σ₀, in Token1 per Token0, and the flow of the others
/// with the volatility σᵤ, in units of Token0, over all auctions together. In equilibrium the price moves by
/// λ times the flow, and the insider orders β times what the price is off.
///
/// In one auction λ = σ₀/(2σᵤ), β = σᵤ/σ₀, the insider expects a profit of σ₀σᵤ/2, and half of the variance is
/// left. Of N auctions each has its own λₙ, βₙ and variance left Σₙ.
///
/// Volatilities are given and not variances, because then all of one auction are exact fractions; the root of a
/// variance would be none.
///
/// # Laws
/// `kyle_single_is_exact`: one auction is the closed form · `kyle_auctions`: figures keep Kyle's difference
/// equations, and those of an array are those that are asked for one by one.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_liquidity_curves::Kyle;
///
/// // A value that may be off by 0.2, and a million units of flow that says nothing.
/// let market = Kyle::new(Ratio::new(1, 5)?, Amount::new(1_000_000))?;
/// let auction = market.single();
/// assert_eq!(auction.lambda()?, Ratio::new(1, 10_000_000)?);
/// // 300,000 units move the price by 0.03, and the insider expects to gain 100,000.
/// assert_eq!(auction.impact(Amount::new(300_000))?, Ratio::new(3, 100)?);
/// assert_eq!(auction.expected_profit()?, Amount::new(100_000));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// # Source
/// Kyle, Continuous Auctions and Insider Trading (1985), theorems 1 and 2, with a period of 1.
#[doc(alias("kyle1985", "insider"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kyle {
    volatility: Ratio,
    noise: Amount,
}

impl Kyle {
    /// The most auctions.
    pub const MAX_AUCTIONS: u32 = 1_024;

    /// Creates the market of a value's volatility, in Token1 per Token0, and of a flow's, in units of Token0.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a volatility of 0.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// assert!(Kyle::new(Ratio::ONE, Amount::new(1)).is_ok());
    /// assert!(Kyle::new(Ratio::ONE, Amount::ZERO).is_err());
    /// assert!(Kyle::new(Ratio::ZERO, Amount::new(1)).is_err());
    /// ```
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn new(volatility: Ratio, noise: Amount) -> Result<Self, Error> {
        in_range(Quantity::Volatility, volatility.numerator(), 1, u128::MAX)?;
        in_range(Quantity::Noise, noise.get(), 1, u128::MAX)?;
        Ok(Self { volatility, noise })
    }

    /// Returns the volatility of the value.
    #[must_use]
    pub const fn volatility(&self) -> Ratio {
        self.volatility
    }

    /// Returns the volatility of the flow that says nothing.
    #[must_use]
    pub const fn noise(&self) -> Amount {
        self.noise
    }

    /// Returns the one auction of a market that has no more.
    #[must_use]
    pub fn single(&self) -> Auction {
        Auction::new(*self, 1, LAST, Share::ALL.after(LAST))
    }

    /// Computes an auction, of which the first has the number 1, out of so many.
    ///
    /// It takes a bisection, of some microseconds, for each of the others.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no auction, for more than [`Kyle::MAX_AUCTIONS`], and for a number that none
    /// of them has.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::ONE, Amount::new(1_000_000))?;
    /// assert_eq!(market.auction(1, 1)?, market.single());
    /// // Of two, the second leaves half of what the first did.
    /// assert_eq!(market.auction(1, 2)?.variance_left(), fraction!("0.692021471630095869"));
    /// assert_eq!(market.auction(2, 2)?.variance_left(), fraction!("0.346010735815047934"));
    /// assert!(market.auction(3, 2).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn auction(&self, number: u32, of: u32) -> Result<Auction, Error> {
        in_range(Quantity::Auctions, of.into(), 1, Self::MAX_AUCTIONS.into())?;
        in_range(Quantity::Auction, number.into(), 1, of.into())?;
        let mut informed = LAST;
        for _ in number..of {
            informed = back(informed);
        }
        let (here, mut share) = (informed, Share::ALL.after(informed));
        for _ in 1..number {
            informed = back(informed);
            share = share.after(informed);
        }
        Ok(Auction::new(*self, of, here, share))
    }

    /// Computes all auctions, out of N.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for no auction, and for more than [`Kyle::MAX_AUCTIONS`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_liquidity_curves::Kyle;
    ///
    /// let market = Kyle::new(Ratio::ONE, Amount::new(1_000_000))?;
    /// let profits = market.auctions::<4>()?.map(|auction| auction.expected_profit());
    /// let [first, .., last] = profits;
    /// assert_eq!((first?, last?), (Amount::new(191_199), Amount::new(166_050)));
    /// assert!(market.auctions::<0>().is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn auctions<const N: usize>(&self) -> Result<[Auction; N], Error> {
        let of = u32::try_from(N).unwrap_or(u32::MAX);
        in_range(Quantity::Auctions, of.into(), 1, Self::MAX_AUCTIONS.into())?;
        let mut informed = [LAST; N];
        let mut last = LAST;
        for each in informed.iter_mut().rev().skip(1) {
            last = back(last);
            *each = last;
        }
        let mut number = 0_usize;
        Ok(informed.map(|here| {
            number = number.saturating_add(1);
            // From the auction back to the first, as of one that is asked for alone.
            let until = informed.iter().take(number).rev();
            let share = until.fold(Share::ALL, |share, each| share.after(*each));
            Auction::new(*self, of, here, share)
        }))
    }
}

tokenomics_internals::checked_codec! {
    Kyle::new as RawKyle {
        volatility: Ratio = Kyle::volatility,
        noise: Amount = Kyle::noise,
    }
}
