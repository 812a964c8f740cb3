//! A vault beside the stake pool: deposits, withdrawals, gains and losses.
//!
//! The pool's first token and lamport stand for the vault's virtual ones: whoever has that token never sells it. So
//! both convert by the same numbers, and an amount that differs by a unit is a fault of the one or the other.

use std::error::Error;

use tokenomics_fee_split::{PendingPayout, ReferralChain, Vault, VaultState, VaultTerms};
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Rounding, Timestamp};

use crate::peer::{Deposit, Peer, Withdrawal};
use crate::tally::{Difference, Tally};

type Failure = Box<dyn Error>;

const AT: Timestamp = Timestamp::ZERO;

/// A fee here as the rate that is in force there.
pub fn fraction(fee: spl_stake_pool::state::Fee) -> Result<Fraction, Failure> {
    if fee.denominator == 0 {
        return Ok(Fraction::ZERO);
    }
    let (numerator, denominator) = (fee.numerator.into(), fee.denominator.into());
    Ok(Fraction::from_ratio(
        numerator,
        denominator,
        Rounding::Floor,
    )?)
}

/// The vault, and what a referrer was credited.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    pub vault: Vault,
    referrer: PendingPayout,
}

impl Shares {
    pub fn new() -> Result<Self, Failure> {
        let decimals_offset = 0;
        let terms = VaultTerms {
            decimals_offset,
            ..VaultTerms::PLAIN
        };
        Ok(Self {
            vault: Vault::new(terms, AT)?,
            referrer: PendingPayout::new(),
        })
    }

    /// The vault that has what is there, but for the first token and lamport, and the mark that it has here.
    fn follow(&mut self, peer: &Peer) -> Result<(), Failure> {
        let (assets, shares) = (
            peer.pool.total_lamports - 1,
            peer.pool.pool_token_supply - 1,
        );
        let mut state = self.vault.state();
        state.terms.performance_fee = fraction(peer.pool.epoch_fee)?;
        state.assets = Amount::new(assets.into());
        state.shares = Amount::new(shares.into());
        state.performance_shares = Amount::ZERO;
        (state.pending_fee, state.performance_rest) = (Amount::ZERO, 0);
        let price = Ratio::new(u128::from(assets) + 1, u128::from(shares) + 1)?;
        let is_mark = shares == 0 || price > state.high_water_mark;
        state.high_water_mark = if is_mark {
            price
        } else {
            state.high_water_mark
        };
        self.vault = Vault::restore(state)?;
        Ok(())
    }

    fn check(&self, peer: &Peer) -> Result<(), Failure> {
        let VaultState { assets, shares, .. } = self.vault.state();
        let here = (assets.get() + 1, shares.get() + 1);
        let there = (peer.pool.total_lamports, peer.pool.pool_token_supply);
        let there = (there.0.into(), there.1.into());
        if here != there {
            return Err(format!("{here:?} here, {there:?} there").into());
        }
        Ok(())
    }

    /// A deposit as a host makes it: of the shares the fee is ceiled, and the referrer has a part of it.
    fn deposit(&mut self, peer: &Peer, lamports: u64) -> Result<(Deposit, bool), Failure> {
        let made = self.vault.deposit(Amount::new(lamports.into()), AT)?;
        let fee = fraction(peer.pool.sol_deposit_fee)?;
        let fee = Amount::new(made).mul_fraction(fee, Rounding::Ceil);
        let percent = peer.pool.sol_referral_fee.into();
        let chain = ReferralChain::new([Fraction::from_percent(percent)?])?;
        let part = chain.split(fee, 1).parts[0];
        self.referrer.credit(part)?;
        let user = made - fee.get();
        if user == 0 {
            return Err("the fee takes all".into());
        }
        let (whole, is_whole) = (part.whole().get(), part.fraction() == Fraction::ZERO);
        let deposit = Deposit {
            user: user.try_into()?,
            manager: (fee.get() - whole).try_into()?,
            referrer: whole.try_into()?,
        };
        Ok((deposit, is_whole))
    }

    pub fn deposits(
        &mut self,
        peer: &mut Peer,
        lamports: u64,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let mut after = *self;
        let here = after.deposit(peer, lamports);
        let sums = [peer.pool.total_lamports, lamports].map(u128::from);
        match (here, peer.deposit(lamports)) {
            (Ok((here, is_whole)), Some(there)) if here == there => {
                (*self, tally.same) = (after, tally.same + 3);
                if !is_whole {
                    tally.note(Difference::Floored);
                }
            }
            (Err(_), None) => tally.refused += 1,
            // Tokens or lamports.
            (_, None) if self.is_narrow(sums) => tally.note(Difference::Narrow),
            (here, there) => return Err(format!("{lamports}: {here:?}, there {there:?}").into()),
        }
        self.check(peer)
    }

    /// Whether the sum of two numbers of lamports, or the tokens that the second is worth, has more than 64 bits.
    fn is_narrow(&self, [all, more]: [u128; 2]) -> bool {
        let most = u128::from(u64::MAX);
        let shares = self.vault.shares() + 1;
        all + more > most || more * shares / all + shares > most
    }

    fn withdraw(&mut self, peer: &Peer, tokens: u64) -> Result<Withdrawal, Failure> {
        let fee = fraction(peer.pool.sol_withdrawal_fee)?;
        let tokens = Amount::new(tokens.into());
        let fee = tokens.mul_fraction(fee, Rounding::Ceil);
        let burned = tokens.checked_sub(fee)?.get();
        let paid = self.vault.redeem(burned, AT)?.get();
        Ok(Withdrawal {
            fee: fee.get().try_into()?,
            burned: burned.try_into()?,
            paid: paid.try_into()?,
        })
    }

    pub fn withdraws(
        &mut self,
        peer: &mut Peer,
        tokens: u64,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let mut after = *self;
        let here = after.withdraw(peer, tokens);
        // The token program refuses what the holder doesn't have.
        let held = peer.pool.pool_token_supply - 1;
        let there = (tokens <= held).then(|| peer.withdraw(tokens)).flatten();
        match (here, there) {
            (Ok(here), Some(there)) if here == there => {
                (*self, tally.same) = (after, tally.same + 3);
            }
            (Err(_), None) => tally.refused += 1,
            // With the manager's part, which isn't burned, it would be more than is held.
            (Ok(_), None) if tokens > held => tally.refused += 1,
            (here, there) => return Err(format!("{tokens}: {here:?}, there {there:?}").into()),
        }
        self.check(peer)
    }

    /// Lamports that come to what is there, of which the manager has a part.
    pub fn gains(&mut self, peer: &mut Peer, gain: u64, tally: &mut Tally) -> Result<(), Failure> {
        self.follow(peer)?;
        let before = peer.clone();
        let here = self.vault.recognise_gain(Amount::new(gain.into()), AT);
        let all = peer.pool.total_lamports.checked_add(gain);
        match (here, all.and_then(|all| peer.update(all))) {
            (Ok(here), Some(there)) => {
                let (fee, made) = (here.fee.get(), here.fee_shares);
                Gain::new(before, gain, fee).explain((made, there), tally)?;
            }
            (Err(_), Some(_)) if before.pool.pool_token_supply == 1 && gain > 0 => {
                tally.note(Difference::Nobodys);
            }
            (Err(_), Some(_)) if before.pool.pool_token_supply == 1 => tally.refused += 1,
            (Ok(here), None) if Gain::new(before, gain, here.fee.get()).is_narrow() => {
                tally.note(Difference::Narrow);
            }
            (Err(_), None) => tally.refused += 1,
            (here, there) => return Err(format!("{gain}: {here:?}, there {there:?}").into()),
        }
        self.follow(peer)?;
        self.check(peer)
    }

    /// Lamports that are lost, but for the last one.
    pub fn loses(&mut self, peer: &mut Peer, loss: u64, tally: &mut Tally) -> Result<(), Failure> {
        let loss = loss.min(peer.pool.total_lamports - 1);
        self.vault.recognise_loss(Amount::new(loss.into()), AT)?;
        let fee = peer.update(peer.pool.total_lamports - loss);
        if fee != Some(0) {
            return Err(format!("a loss of {loss} pays {fee:?}").into());
        }
        tally.same += 1;
        self.check(peer)
    }
}

/// A gain that both took, and the fee of it here.
struct Gain {
    before: Peer,
    gain: u64,
    fee: u128,
}

impl Gain {
    fn new(before: Peer, gain: u64, fee: u128) -> Self {
        Self { before, gain, fee }
    }

    /// The tokens that a fee in lamports is worth.
    fn tokens(&self, fee: u128) -> u128 {
        let all = u128::from(self.before.pool.total_lamports) + u128::from(self.gain);
        u128::from(self.before.pool.pool_token_supply) * fee / (all - fee)
    }

    /// Whether the lamports, or the tokens with those of the fee, have more than 64 bits.
    fn is_narrow(&self) -> bool {
        let pool = &self.before.pool;
        let fee = pool.epoch_fee.apply(self.gain).unwrap_or(0);
        let sums = [
            u128::from(pool.total_lamports) + u128::from(self.gain),
            u128::from(pool.pool_token_supply) + self.tokens(fee),
        ];
        sums.iter().any(|sum| *sum > u128::from(u64::MAX))
    }

    /// Says why the tokens made for the manager differ, if they do.
    fn explain(&self, (here, there): (u128, u64), tally: &mut Tally) -> Result<(), Failure> {
        let pool = &self.before.pool;
        let charged = pool.epoch_fee.apply(self.gain).ok_or("no fee")?;
        if here != self.tokens(self.fee) || u128::from(there) != self.tokens(charged) {
            return Err(format!("{here} tokens here, {there} there, of {}", self.gain).into());
        }
        let floor =
            Amount::new(self.gain.into()).mul_fraction(fraction(pool.epoch_fee)?, Rounding::Floor);
        let due = floor.get();
        tally.overpaid += charged - self.fee;
        match (charged - self.fee, charged - due) {
            (0, _) => tally.same += 1,
            (1, 1) if self.fee == due => tally.note(Difference::Ceiled),
            (over, 0 | 1) if self.fee < due => {
                tally.recovered += over;
                tally.note(Difference::Recovered);
            }
            _ => return Err(format!("a fee of {} here, {charged} there", self.fee).into()),
        }
        Ok(())
    }
}
