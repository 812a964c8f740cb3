//! The errors of all modules under one name.

/// An error of any module, for a program that uses several: `?` makes it of each module's own.
///
/// A module's error takes at most 48 bytes, and this one 64.
///
/// ```
/// use tokenomics::vesting::{Linear, Schedule};
/// use tokenomics::fee_split::WeightedSplit;
/// use tokenomics::{fee_split, Amount, Error, Timestamp};
///
/// fn shares(weights: [u64; 2]) -> Result<[Amount; 2], Error> {
///     let (start, end) = (Timestamp::new(0), Timestamp::new(100));
///     let unlocked = Linear::new(start, end, Amount::new(1_000))?.vested_at(Timestamp::new(50));
///     Ok(WeightedSplit::new(weights)?.split(unlocked))
/// }
///
/// assert_eq!(shares([1, 3]), Ok([Amount::new(125), Amount::new(375)]));
/// let nobody = shares([0, 0]).unwrap_err();
/// assert!(matches!(nobody, Error::FeeSplit(fee_split::Error::OutOfRange { value: 0, .. })));
/// assert_eq!(nobody.to_string(), "the sum of the weights is 0, below 1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An error of the numbers.
    #[error(transparent)]
    Math(#[from] tokenomics_fixed_math::Error),
    /// An error of a number's text.
    #[error(transparent)]
    Parse(#[from] tokenomics_fixed_math::ParseError),
    /// An error of a schedule, a grant, a gate or an aggregate.
    #[error(transparent)]
    Vesting(#[from] tokenomics_vesting::Error),
    /// An error of an emission curve.
    #[error(transparent)]
    EmissionCurves(#[from] tokenomics_emission_curves::Error),
    /// An error of a controller.
    #[error(transparent)]
    RateControllers(#[from] tokenomics_rate_controllers::Error),
    /// An error of a lock or an escrow.
    #[error(transparent)]
    EscrowWeighting(#[from] tokenomics_escrow_weighting::Error),
    /// An error of a split or a reward pool.
    #[error(transparent)]
    FeeSplit(#[from] tokenomics_fee_split::Error),
    /// An error of a haircut, a portfolio or a liquidation.
    #[error(transparent)]
    HaircutCollateral(#[from] tokenomics_haircut_collateral::Error),
    /// An error of a pool, a book or a market.
    #[error(transparent)]
    LiquidityCurves(#[from] tokenomics_liquidity_curves::Error),
}

impl Error {
    /// Returns the number of the error, for a program that can return no more than a number. It is the same
    /// in every version, and no other error has it; docs/onchain.md lists all.
    ///
    /// ```
    /// use tokenomics::fee_split::WeightedSplit;
    /// use tokenomics::Error;
    ///
    /// let nobody = WeightedSplit::new([0, 0]).unwrap_err();
    /// assert_eq!((nobody.code(), Error::from(nobody).code()), (15_001, 15_001));
    /// ```
    #[must_use]
    pub const fn code(&self) -> u16 {
        match self {
            Self::Math(error) => error.code(),
            Self::Parse(error) => error.code(),
            Self::Vesting(error) => error.code(),
            Self::EmissionCurves(error) => error.code(),
            Self::RateControllers(error) => error.code(),
            Self::EscrowWeighting(error) => error.code(),
            Self::FeeSplit(error) => error.code(),
            Self::HaircutCollateral(error) => error.code(),
            Self::LiquidityCurves(error) => error.code(),
        }
    }
}
