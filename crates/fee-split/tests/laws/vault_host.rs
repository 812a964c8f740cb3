//! A vault under test, with what its host keeps beside it: each call is held to its definition.

use num_bigint::BigUint;
use tokenomics_fee_split::{Error, Vault, VaultState, VaultTerms, Withdrawal};
use tokenomics_fixed_math::{Amount, Fraction, Span, Timestamp};

/// The numbers that terms are made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct VaultDraw {
    pub offset: u8,
    pub performance: u64,
    pub management: u64,
    pub period: u64,
    pub delay: u8,
}

/// One call: what, by whom, how much, and how long after the one before.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct VaultCall {
    pub what: u8,
    pub who: u8,
    pub amount: u128,
    pub after: u8,
}

/// The calls of holders, and then those of the host.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Deposit,
    Mint,
    Withdraw,
    Redeem,
    Request,
    Claim,
    Cancel,
    Gain,
    Loss,
    Collect,
}

impl Kind {
    pub fn of_holder(number: u8) -> Self {
        match number % 8 {
            0 | 1 => Self::Deposit,
            2 => Self::Mint,
            3 => Self::Withdraw,
            4 => Self::Redeem,
            5 => Self::Request,
            6 => Self::Claim,
            _ => Self::Cancel,
        }
    }

    fn of(number: u8) -> Self {
        match number % 16 {
            8 | 9 => Self::Gain,
            10 => Self::Loss,
            11 => Self::Collect,
            12..=15 => Self::Request,
            other => Self::of_holder(other),
        }
    }
}

const HOLDERS: usize = 4;
/// Who collects the fees.
const MANAGER: usize = 0;
/// Who has had nothing to do with the vault yet.
pub const NEW: usize = HOLDERS;

impl VaultDraw {
    pub fn terms(self) -> VaultTerms {
        let fraction = |raw: u64| Fraction::from_raw(raw % (Fraction::SCALE + 1)).unwrap();
        VaultTerms {
            decimals_offset: self.offset % (VaultTerms::MAX_OFFSET + 1),
            performance_fee: fraction(self.performance),
            management_fee: fraction(self.management),
            fee_period: Span::new(self.period.max(1)),
            withdrawal_delay: Span::new((self.delay % 4).into()),
        }
    }
}

pub fn big(number: u128) -> BigUint {
    number.into()
}

/// The parts of what stands in fractions: the backing and the supply of a state.
pub fn price_of(state: &VaultState) -> [BigUint; 2] {
    let virtual_shares = 10_u128.pow(state.terms.decimals_offset.into());
    let supply = total_shares(state) + virtual_shares;
    [big(state.assets.get()) + 1_u8, supply]
}

pub fn total_shares(state: &VaultState) -> BigUint {
    let fees = big(state.management_shares.get()) + state.performance_shares.get();
    fees + state.shares.get()
}

/// Whether `floor` is left/right, rounded down.
pub fn is_floor(floor: u128, left: &BigUint, right: &BigUint) -> bool {
    &(right * floor) <= left && left < &(right * (big(floor) + 1_u8))
}

/// Whether `ceil` is left/right, rounded up.
pub fn is_ceil(ceil: u128, left: &BigUint, right: &BigUint) -> bool {
    &(right * ceil) >= left && left + right > right * ceil
}

/// A vault under test, with what a host keeps beside it.
pub struct Host {
    pub vault: Vault,
    pub now: Timestamp,
    pub balances: [u128; HOLDERS + 1],
    pub withdrawals: Vec<(usize, Withdrawal)>,
    pub put_in: [BigUint; HOLDERS + 1],
    pub paid_out: [BigUint; HOLDERS + 1],
    pub gained: BigUint,
    pub lost: BigUint,
}

pub fn copied(withdrawal: &Withdrawal) -> Withdrawal {
    let (claims, era) = (withdrawal.claims(), withdrawal.era());
    Withdrawal::restore(claims, era, withdrawal.ready())
}

impl Clone for Host {
    fn clone(&self) -> Self {
        let withdrawals = self.withdrawals.iter();
        Self {
            withdrawals: withdrawals.map(|(who, one)| (*who, copied(one))).collect(),
            put_in: self.put_in.clone(),
            paid_out: self.paid_out.clone(),
            gained: self.gained.clone(),
            lost: self.lost.clone(),
            ..*self
        }
    }
}

impl Host {
    pub fn new(draw: VaultDraw) -> Self {
        Self {
            vault: Vault::new(draw.terms(), Timestamp::ZERO).unwrap(),
            now: Timestamp::ZERO,
            balances: [0; HOLDERS + 1],
            withdrawals: Vec::new(),
            put_in: Default::default(),
            paid_out: Default::default(),
            gained: BigUint::ZERO,
            lost: BigUint::ZERO,
        }
    }

    pub fn after(draw: VaultDraw, calls: &[VaultCall]) -> Self {
        let mut host = Self::new(draw);
        for call in calls {
            host.call(call);
        }
        host
    }

    /// Makes a call by one of the holders. An error changes nothing. Returns what it was.
    pub fn call(&mut self, call: &VaultCall) -> Kind {
        let kind = Kind::of(call.what);
        self.make(kind, usize::from(call.who) % HOLDERS, call);
        kind
    }

    pub fn make(&mut self, kind: Kind, who: usize, call: &VaultCall) -> bool {
        self.now = Timestamp::new(self.now.get() + u64::from(call.after % 4));
        let before = self.vault;
        let done = self.try_to(kind, who, call.amount).is_ok();
        assert!(done || self.vault == before, "an error changed the state");
        assert_eq!(Vault::restore(self.vault.state()), Ok(self.vault));
        done
    }

    /// The call, with as much of the number as it can be about, and by definition.
    fn try_to(&mut self, kind: Kind, who: usize, number: u128) -> Result<(), Error> {
        let settled = self.vault.settled_at(self.now)?.state();
        let [backing, supply] = price_of(&settled);
        let (amount, now) = (Amount::new(number), self.now);
        // A part of what one has: any, but all of it often.
        let part = |whole: u128| number % whole.saturating_add(1);
        let held = self.balances[who];
        match kind {
            Kind::Deposit => {
                let shares = self.vault.deposit(amount, now)?;
                assert!(is_floor(shares, &(supply * number), &backing));
                self.balances[who] += shares;
                self.put_in[who] += number;
            }
            Kind::Mint => {
                let assets = self.vault.mint(number, now)?.get();
                assert!(is_ceil(assets, &(backing * number), &supply));
                self.balances[who] += number;
                self.put_in[who] += assets;
            }
            Kind::Withdraw => {
                let most = self.vault.max_withdraw(held, now)?.get();
                let assets = part(most);
                let shares = self.vault.withdraw(Amount::new(assets), now)?;
                assert!(is_ceil(shares, &(supply * assets), &backing));
                self.balances[who] -= shares;
                self.paid_out[who] += assets;
            }
            Kind::Redeem => {
                let shares = part(held);
                let assets = self.vault.redeem(shares, now)?.get();
                assert!(is_floor(assets, &(backing * shares), &supply));
                self.balances[who] -= shares;
                self.paid_out[who] += assets;
            }
            Kind::Request => {
                let shares = if number % 2 == 0 { held } else { part(held) };
                let withdrawal = self.vault.request_withdrawal(shares, now)?;
                let worth = &backing * shares / &supply;
                let rate = settled.claim_rate;
                let claims = withdrawal.claims().get();
                assert!(is_floor(
                    claims,
                    &(worth * rate.denominator()),
                    &rate.numerator().into()
                ));
                let delay = settled.terms.withdrawal_delay;
                assert_eq!(withdrawal.ready(), now.checked_add(delay).unwrap());
                self.balances[who] -= shares;
                self.withdrawals.push((who, withdrawal));
            }
            Kind::Claim | Kind::Cancel => self.settle_one(kind, who, number)?,
            Kind::Gain => {
                let gain = self.vault.recognise_gain(amount, now)?;
                assert_eq!(gain.to_shares.get() + gain.fee.get(), number);
                let mark = settled.high_water_mark;
                let reached = &supply * mark.numerator() + (mark.denominator() - 1);
                let reached = reached / mark.denominator();
                let after = &backing + number;
                let above = if after > reached {
                    after - reached
                } else {
                    BigUint::ZERO
                };
                let exact = above * settled.terms.performance_fee.raw() + settled.performance_rest;
                assert!(is_floor(
                    gain.fee.get(),
                    &exact,
                    &big(Fraction::SCALE.into())
                ));
                self.gained += number;
            }
            Kind::Loss => {
                let loss = Amount::new(part(self.vault.total_assets().get()));
                let parts = self.vault.recognise_loss(loss, now)?;
                let of_others = parts.of_queue.checked_add(parts.of_pending_fee)?;
                assert_eq!(parts.of_shares.checked_add(of_others), Ok(loss));
                self.lost += loss.get();
            }
            Kind::Collect => {
                let fees = self.vault.collect_fees(now)?;
                self.balances[MANAGER] += fees.management + fees.performance;
            }
        }
        Ok(())
    }

    /// Claims or cancels one of the withdrawals of a holder.
    fn settle_one(&mut self, kind: Kind, who: usize, number: u128) -> Result<(), Error> {
        let own = self.withdrawals.iter().enumerate();
        let own = own.filter(|(_, (holder, _))| *holder == who);
        let own: Vec<usize> = own.map(|(index, _)| index).collect();
        if own.is_empty() {
            return Ok(());
        }
        let index = own[(number % own.len() as u128) as usize];
        let withdrawal = &mut self.withdrawals[index].1;
        let worth = self.vault.worth(withdrawal)?;
        let claims = withdrawal.claims();
        if kind == Kind::Claim {
            let paid = self.vault.claim(withdrawal, self.now);
            assert_eq!(paid.is_ok(), self.now >= withdrawal.ready());
            assert_eq!(
                withdrawal.claims().is_zero(),
                paid.is_ok() || claims.is_zero()
            );
            assert_eq!(paid?, worth);
            self.paid_out[who] += worth.get();
        } else {
            let queued = self.vault.queued();
            let shares = self.vault.cancel(withdrawal, self.now)?;
            assert!(withdrawal.claims().is_zero());
            let freed = queued.checked_sub(self.vault.queued()).unwrap();
            assert!(freed >= worth);
            self.balances[who] += shares;
        }
        self.withdrawals.remove(index);
        Ok(())
    }

    fn is_of_this_era(&self, withdrawal: &Withdrawal) -> bool {
        withdrawal.era() == self.vault.state().era
    }

    /// All assets are what was put in and gained, less what was paid and lost, and hold what is owed.
    pub fn check_conserved(&self) {
        let vault = &self.vault;
        let all = |parts: &[BigUint]| parts.iter().sum::<BigUint>();
        let put_in = all(&self.put_in) + &self.gained;
        let gone = all(&self.paid_out) + &self.lost;
        assert_eq!(put_in, gone + vault.total_assets().get());
        assert_eq!(self.balances.iter().sum::<u128>(), vault.shares());

        let current = self.withdrawals.iter().map(|(_, one)| one);
        let current = current.filter(|one| self.is_of_this_era(one));
        let claims = current.clone().map(|one| one.claims().get()).sum::<u128>();
        assert_eq!(claims, vault.state().claims.get());
        let owed = current
            .map(|one| vault.worth(one).unwrap().get())
            .sum::<u128>();
        let queued = vault.queued().get();
        let rate = vault.state().claim_rate;
        assert!(is_ceil(
            queued,
            &(big(claims) * rate.numerator()),
            &rate.denominator().into()
        ));
        assert!(owed <= queued, "{owed} of {queued}");
        assert!(queued - owed <= self.withdrawals.len() as u128);

        let [backing, supply] = price_of(&vault.state());
        let owned = self
            .balances
            .iter()
            .map(|&shares| &backing * shares / &supply);
        assert!(owned.sum::<BigUint>() <= big(vault.assets().get()));
        let all = backing * total_shares(&vault.state()) / supply;
        let unowned = vault.unowned(vault.state().last).unwrap();
        assert_eq!(all + unowned.get(), big(vault.assets().get()));
    }
}
