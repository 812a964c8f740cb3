//! The reasons for which a call is refused.

/// A text that begins with the number of the error, since a text is all that leaves a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    pub const NOT_FOUND: (u16, &str) = (1, "there is none");
    pub const LOCKED_ALREADY: (u16, &str) = (2, "the holder has a lock already");
    pub const STORED: (u16, &str) = (3, "what is stored can't be read");
    pub const UNAUTHORIZED: (u16, &str) = (4, "the caller isn't the one who may do that");
    pub const ZERO: (u16, &str) = (5, "the amount is 0");
    pub const DEPOSIT: (u16, &str) = (6, "the deposit is less than the amount and the storage");
    pub const FULL: (u16, &str) = (7, "no number is left for a grant");

    /// Returns the number that the text begins with.
    #[must_use]
    pub fn code(&self) -> u16 {
        let number = self.0.split(':').next().unwrap_or_default();
        number.parse().unwrap_or_default()
    }

    fn new(code: u16, why: impl std::fmt::Display) -> Self {
        Self(format!("{code}: {why}"))
    }
}

impl AsRef<str> for Refusal {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<(u16, &str)> for Refusal {
    fn from((code, why): (u16, &str)) -> Self {
        Self::new(code, why)
    }
}

impl From<tokenomics_vesting::Error> for Refusal {
    fn from(error: tokenomics_vesting::Error) -> Self {
        Self::new(error.code(), error)
    }
}

impl From<tokenomics_escrow_weighting::Error> for Refusal {
    fn from(error: tokenomics_escrow_weighting::Error) -> Self {
        Self::new(error.code(), error)
    }
}

impl From<tokenomics_fee_split::Error> for Refusal {
    fn from(error: tokenomics_fee_split::Error) -> Self {
        Self::new(error.code(), error)
    }
}
