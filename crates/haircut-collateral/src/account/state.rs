//! The state of an account.

use super::Account;
use crate::{Debt, Error, Holding};

/// The state of an [`Account`]: what it is stored as, and restored from by [`Account::restore`], which checks
/// it.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Ratio};
/// use tokenomics_haircut_collateral::{Account, AccountState, Haircut, Holding};
///
/// let held = Holding::new(Amount::new(5), Ratio::ONE, Haircut::NONE);
/// let account = Account::<2>::from_entries(&[held], &[])?;
/// let state = AccountState { holdings: [Some(held), None], debts: [None; 2] };
/// assert_eq!(account.state(), state);
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename = "Account", deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; holdings: ([Option<Holding>; N]), debts: ([Option<Debt>; N]))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Account_for_{N}")
)]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata, replace_segment("AccountState", "Account"))
)]
pub struct AccountState<const N: usize = 16> {
    /// The holdings; places that are free come after all of them.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Option<Holding>, N>")
    )]
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::options")
    )]
    pub holdings: [Option<Holding>; N],
    /// The debts; places that are free come after all of them.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Option<Debt>, N>")
    )]
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::options")
    )]
    pub debts: [Option<Debt>; N],
}

impl<const N: usize> Account<N> {
    /// Restores an account from its state, healthy or not.
    ///
    /// # Errors
    /// [`Error::Missing`] for a free place ahead of an entry.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, Ratio};
    /// # use tokenomics_haircut_collateral::{Account, AccountState, Haircut, Holding};
    /// # let held = Holding::new(Amount::new(5), Ratio::ONE, Haircut::NONE);
    /// let account = Account::<2>::from_entries(&[held], &[])?;
    /// assert_eq!(Account::restore(account.state())?, account);
    /// let gap = AccountState { holdings: [None, Some(held)], ..account.state() };
    /// assert!(Account::restore(gap).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn restore(state: AccountState<N>) -> Result<Self, Error> {
        let mut account = Self::new();
        account.holdings_len = filled(&mut account.holdings, &state.holdings)?;
        account.debts_len = filled(&mut account.debts, &state.debts)?;
        Ok(account)
    }

    /// Returns the state, for [`restore`](Self::restore).
    #[must_use]
    pub fn state(&self) -> AccountState<N> {
        AccountState {
            holdings: stored(self.holdings()),
            debts: stored(self.debts()),
        }
    }
}

/// Fills places with what is stored, and returns how many there are.
fn filled<T: Copy>(entries: &mut [T], stored: &[Option<T>]) -> Result<usize, Error> {
    let mut len = 0_usize;
    for (index, (entry, stored)) in (0..stored.len()).zip(entries.iter_mut().zip(stored)) {
        let Some(stored) = stored else {
            continue;
        };
        if index != len {
            let index = u32::try_from(len).unwrap_or(u32::MAX);
            return Err(Error::Missing { index });
        }
        *entry = *stored;
        // At most the number of places.
        len = len.wrapping_add(1);
    }
    Ok(len)
}

fn stored<T: Copy, const N: usize>(entries: &[T]) -> [Option<T>; N] {
    let mut stored = [None; N];
    for (place, entry) in stored.iter_mut().zip(entries) {
        *place = Some(*entry);
    }
    stored
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> From<&Account<N>> for AccountState<N> {
    fn from(account: &Account<N>) -> Self {
        account.state()
    }
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<const N: usize> TryFrom<AccountState<N>> for Account<N> {
    type Error = Error;

    fn try_from(state: AccountState<N>) -> Result<Self, Error> {
        Self::restore(state)
    }
}

tokenomics_internals::checked_codec! {
    [const N: usize] Account<N> as AccountState<N>: MaxEncodedLen
}
