//! The laws of vaults, over any sequence of calls.

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
enum Kind {
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
    fn of_holder(number: u8) -> Self {
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
const NEW: usize = HOLDERS;

impl VaultDraw {
    fn terms(self) -> VaultTerms {
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

fn big(number: u128) -> BigUint {
    number.into()
}

/// The parts of what stands in fractions: the backing and the supply of a state.
fn price_of(state: &VaultState) -> [BigUint; 2] {
    let fees = big(state.management_shares.get()) + state.performance_shares.get();
    let virtual_shares = 10_u128.pow(state.terms.decimals_offset.into());
    let supply = fees + state.shares.get() + virtual_shares;
    [big(state.assets.get()) + 1_u8, supply]
}

/// Whether `floor` is left/right, rounded down.
fn is_floor(floor: u128, left: &BigUint, right: &BigUint) -> bool {
    &(right * floor) <= left && left < &(right * (big(floor) + 1_u8))
}

/// Whether `ceil` is left/right, rounded up.
fn is_ceil(ceil: u128, left: &BigUint, right: &BigUint) -> bool {
    &(right * ceil) >= left && left + right > right * ceil
}

/// A vault under test, with what a host keeps beside it.
struct Host {
    vault: Vault,
    now: Timestamp,
    balances: [u128; HOLDERS + 1],
    withdrawals: Vec<(usize, Withdrawal)>,
    put_in: [BigUint; HOLDERS + 1],
    paid_out: [BigUint; HOLDERS + 1],
    gained: BigUint,
    lost: BigUint,
}

fn copied(withdrawal: &Withdrawal) -> Withdrawal {
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
    fn new(draw: VaultDraw) -> Self {
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

    fn after(draw: VaultDraw, calls: &[VaultCall]) -> Self {
        let mut host = Self::new(draw);
        for call in calls {
            host.call(call);
        }
        host
    }

    /// Makes a call by one of the holders. An error changes nothing. Returns what it was.
    fn call(&mut self, call: &VaultCall) -> Kind {
        let kind = Kind::of(call.what);
        self.make(kind, usize::from(call.who) % HOLDERS, call);
        kind
    }

    fn make(&mut self, kind: Kind, who: usize, call: &VaultCall) -> bool {
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
                self.gained += number;
            }
            Kind::Loss => {
                let loss = Amount::new(part(self.vault.total_assets()?.get()));
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
            let queued = self.vault.queued()?;
            let shares = self.vault.cancel(withdrawal, self.now)?;
            assert!(withdrawal.claims().is_zero());
            let freed = queued.checked_sub(self.vault.queued()?).unwrap();
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
    fn check_conserved(&self) {
        let vault = &self.vault;
        let all = |parts: &[BigUint]| parts.iter().sum::<BigUint>();
        let put_in = all(&self.put_in) + &self.gained;
        let gone = all(&self.paid_out) + &self.lost;
        assert_eq!(put_in, gone + vault.total_assets().unwrap().get());
        assert_eq!(self.balances.iter().sum::<u128>(), vault.shares());

        let current = self.withdrawals.iter().map(|(_, one)| one);
        let current = current.filter(|one| self.is_of_this_era(one));
        let claims = current.clone().map(|one| one.claims().get()).sum::<u128>();
        assert_eq!(claims, vault.state().claims.get());
        let owed = current
            .map(|one| vault.worth(one).unwrap().get())
            .sum::<u128>();
        let queued = vault.queued().unwrap().get();
        assert!(owed <= queued, "{owed} of {queued}");
        assert!(queued - owed <= self.withdrawals.len() as u128);

        let [backing, supply] = price_of(&vault.state());
        let owned = self
            .balances
            .iter()
            .map(|&shares| &backing * shares / &supply);
        assert!(owned.sum::<BigUint>() <= big(vault.assets().get()));
    }
}

/// Assets are what was put in and gained, less what was paid and lost, after any sequence of calls, and
/// what holders own and wait for is a part of them.
pub fn vault_conserves(draw: VaultDraw, calls: &[VaultCall]) {
    let mut host = Host::new(draw);
    for call in calls {
        host.call(call);
        host.check_conserved();
    }
}

/// No call but a loss lowers the price, in time only the management fee does, and what is queued neither
/// gains nor loses otherwise. The high-water mark is the highest price while there are shares.
pub fn vault_accrual(draw: VaultDraw, calls: &[VaultCall]) {
    let mut host = Host::new(draw);
    for call in calls {
        let before = host.clone();
        let kind = host.call(call);
        let settled = before.vault.settled_at(host.now).unwrap();
        let (was, is) = (settled.price(host.now), host.vault.price(host.now));
        let (was, is) = (was.unwrap(), is.unwrap());
        assert!(was <= before.vault.price(before.now).unwrap());
        assert!(
            draw.terms().management_fee > Fraction::ZERO
                || was == before.vault.price(before.now).unwrap()
        );
        assert!(kind == Kind::Loss || is >= was, "from {was:?} to {is:?}");
        assert!(kind != Kind::Loss || is <= was, "from {was:?} to {is:?}");
        let (old, new) = (before.vault.state(), host.vault.state());
        let nobody = new.shares.is_zero()
            && price_of(&new)[1] == big(10_u128.pow(new.terms.decimals_offset.into()));
        let mark = if nobody {
            is
        } else {
            old.high_water_mark.max(is)
        };
        assert_eq!(
            new.high_water_mark,
            if old == new {
                old.high_water_mark
            } else {
                mark
            }
        );
        for (_, one) in &before.withdrawals {
            let (was, is) = (before.vault.worth(one).unwrap(), host.vault.worth(one));
            let kept = is.as_ref().is_ok_and(|is| *is == was);
            let gone = host.withdrawals.len() < before.withdrawals.len();
            assert!(kept || gone || kind == Kind::Loss && is.unwrap() <= was);
        }
    }
}

/// Whatever happened, no sequence of calls of one holder pays out more than was put in, if nothing is
/// gained meanwhile: in the end he redeems and claims all.
pub fn vault_no_profit(draw: VaultDraw, calls: &[VaultCall], own: &[VaultCall]) {
    let mut host = Host::after(draw, calls);
    for call in own {
        host.make(Kind::of_holder(call.what), NEW, call);
    }
    let last = VaultCall {
        what: 0,
        who: 0,
        amount: 0,
        after: 3,
    };
    host.make(Kind::Request, NEW, &last);
    while host.make(Kind::Claim, NEW, &last) && host.withdrawals.iter().any(|one| one.0 == NEW) {}
    let [put_in, paid_out] = [&host.put_in[NEW], &host.paid_out[NEW]];
    assert!(paid_out <= put_in, "{paid_out} for {put_in}");
    assert!(host.withdrawals.iter().all(|one| one.0 != NEW));
}

/// Many small gains pay the fee of one large one, to the unit and its remainder, and only for what is
/// above the price before a loss.
pub fn vault_gains_by_parts(draw: VaultDraw, deposit: u128, loss: u128, gains: &[u128]) {
    let management_fee = Fraction::ZERO;
    let terms = VaultTerms {
        management_fee,
        ..draw.terms()
    };
    let now = Timestamp::ZERO;
    let mut vault = Vault::new(terms, now).unwrap();
    let deposit = Amount::new(deposit % vault.max_deposit(now).unwrap().get() + 1);
    if vault.deposit(deposit, now).is_err() {
        return;
    }
    let loss = loss % (deposit.get() + 1);
    vault.recognise_loss(Amount::new(loss), now).unwrap();
    let room = (u128::MAX - deposit.get()) / (gains.len().max(1) as u128 + 1);
    let gains: Vec<u128> = gains.iter().map(|gain| gain % room.max(1)).collect();
    let all = gains.iter().sum::<u128>();
    let (mut parts, mut whole) = (vault, vault);
    let mut fee = 0;
    for gain in gains {
        fee += parts
            .recognise_gain(Amount::new(gain), now)
            .unwrap()
            .fee
            .get();
    }
    let once = whole.recognise_gain(Amount::new(all), now).unwrap();
    assert_eq!(fee, once.fee.get());
    assert_eq!(
        parts.state().performance_rest,
        whole.state().performance_rest
    );
    let exact = big(all.saturating_sub(loss)) * terms.performance_fee.raw();
    assert!(is_floor(fee, &exact, &big(Fraction::SCALE.into())));
    // What is pending isn't worth a share, or there is no room for one.
    let [backing, supply] = price_of(&whole.state());
    let full = supply == big(u128::MAX);
    assert!(full || backing > supply * whole.state().pending_fee.get());
}

/// However often a vault is called in between, the manager has the same shares: those of the fee's part of
/// the shares in time, summed without a rounding. So has one that is only looked at.
pub fn vault_waits(draw: VaultDraw, deposits: &[(u128, u8)]) {
    let terms = draw.terms();
    let (mut now, vault) = (0, Vault::new(terms, Timestamp::ZERO).unwrap());
    let (mut often, mut seldom) = (vault, vault);
    let whole = big(Fraction::SCALE.into()) * terms.fee_period.get();
    let mut parts = BigUint::ZERO;
    for &(deposit, wait) in deposits {
        for poke in 0..u64::from(wait) {
            let at = Timestamp::new(now + poke);
            often.recognise_loss(Amount::ZERO, at).unwrap();
        }
        now += u64::from(wait);
        parts += big(often.shares()) * terms.management_fee.raw() * wait;
        let (at, deposit) = (Timestamp::new(now), Amount::new(deposit));
        assert_eq!(seldom.deposit(deposit, at), often.deposit(deposit, at));
        let settled = seldom.settled_at(at).unwrap();
        assert_eq!(settled, often.settled_at(at).unwrap());
        let state = settled.state();
        if price_of(&state)[1] == big(u128::MAX) {
            return; // There is no room for more.
        }
        assert!(is_floor(state.management_shares.get(), &parts, &whole));
    }
}

/// A loss takes the same part of what is queued and of what isn't: however many there are, the queue has
/// lost its exact part of all to less than a unit.
pub fn vault_loses_alike(draw: VaultDraw, calls: &[VaultCall], losses: &[u128]) {
    let mut host = Host::after(draw, calls);
    let era = host.vault.state().era;
    let (mut exact, mut lost) = (
        big(host.vault.state().loss_rest.into()) << 136_u8,
        BigUint::ZERO,
    );
    for loss in losses {
        let state = host.vault.state();
        let queued = host.vault.queued().unwrap().get();
        let all = state.assets.get() + queued;
        let loss = loss % (all + state.pending_fee.get() + 1);
        let parts = host
            .vault
            .recognise_loss(Amount::new(loss), host.now)
            .unwrap();
        assert_eq!(
            parts.of_pending_fee,
            state.pending_fee.min(Amount::new(loss))
        );
        let rest = loss - parts.of_pending_fee.get();
        assert!(all > 0 || rest == 0);
        if all > 0 {
            exact += (big(rest) * queued << 200_u8) / all;
        }
        lost += parts.of_queue.get();
        if host.vault.state().era != era || state.claims.is_zero() {
            assert_eq!(host.vault.queued(), Ok(Amount::ZERO));
            return;
        }
        let unit = BigUint::from(1_u8) << 200_u8;
        let counted = &lost * &unit;
        // What isn't carried is less than 2^-64 of a unit a loss, and what isn't counted here 2^-200.
        let cut = BigUint::from(losses.len()) << 136_u8;
        assert!(counted <= &exact + losses.len());
        assert!(exact < counted + &unit + cut, "{lost} is too little");
    }
}

/// In whatever order withdrawals are claimed, each is paid the same, and as much as any other of as many
/// claims.
pub fn vault_queue_is_one_rate(draw: VaultDraw, calls: &[VaultCall], turn: usize) {
    let mut host = Host::after(draw, calls);
    host.now = Timestamp::new(host.now.get() + 4);
    let (mut forward, mut turned) = (host.vault, host.vault);
    let pay =
        |vault: &mut Vault, one: &Withdrawal| vault.claim(&mut copied(one), host.now).unwrap();
    let all: Vec<&Withdrawal> = host.withdrawals.iter().map(|(_, one)| one).collect();
    let paid: Vec<Amount> = all.iter().map(|one| pay(&mut forward, one)).collect();
    let count = all.len();
    for index in 0..count {
        let place = (index + turn % count) % count;
        let place = count - 1 - place;
        assert_eq!(pay(&mut turned, all[place]), paid[place]);
    }
    assert_eq!(forward, turned);
    assert_eq!(
        (forward.queued(), forward.state().claims),
        (Ok(Amount::ZERO), Amount::ZERO)
    );
    for (one, paid_one) in all.iter().zip(&paid) {
        let same = |other: &&Withdrawal| (other.claims(), other.era()) == (one.claims(), one.era());
        let equals = all.iter().zip(&paid).filter(|(other, _)| same(other));
        assert!(equals.into_iter().all(|(_, paid)| paid == paid_one));
    }
}

/// Whoever came before him and whatever they did, a depositor who redeems at once loses no more than the
/// bound, nor than the part that his number of shares tells.
pub fn vault_first_depositor(draw: VaultDraw, calls: &[VaultCall], deposit: u128) {
    let mut host = Host::after(VaultDraw { delay: 0, ..draw }, calls);
    let (held, now) = (host.vault.assets(), host.now);
    let Ok(shares) = host.vault.deposit(Amount::new(deposit), now) else {
        return;
    };
    let back = host.vault.redeem(shares, now).map_or(0, Amount::get);
    let lost = deposit - back;
    let bound = host
        .vault
        .deposit_loss_bound(held)
        .map_or(u128::MAX, Amount::get);
    assert!(lost <= bound, "{lost} above {bound}");
    let virtual_shares = 10_u128.pow(host.vault.terms().decimals_offset.into());
    let exact = big(held.get()) + 1_u8;
    assert!(bound == u128::MAX || is_ceil(bound, &exact, &big(virtual_shares)));
    assert!(big(lost.saturating_sub(1)) * (big(shares) + 1_u8) < big(deposit));
}

/// A preview is what the call then does, and what is named as the most goes through, and no more.
pub fn vault_quoted(draw: VaultDraw, calls: &[VaultCall], amount: u128) {
    let host = Host::after(draw, calls);
    let (vault, now) = (host.vault, host.now);
    let (units, one) = (Amount::new(amount), Amount::new(1));
    assert_eq!(
        vault.preview_deposit(units, now),
        { vault }.deposit(units, now)
    );
    assert_eq!(vault.preview_mint(amount, now), { vault }.mint(amount, now));
    assert_eq!(
        vault.preview_withdraw(units, now),
        { vault }.withdraw(units, now)
    );
    assert_eq!(
        vault.preview_redeem(amount, now),
        { vault }.redeem(amount, now)
    );

    let most = vault.max_deposit(now).unwrap();
    assert!(most.is_zero() || { vault }.deposit(most, now).is_ok());
    assert!(
        most.checked_add(one)
            .is_ok_and(|more| { vault }.deposit(more, now).is_err())
            || most == Amount::MAX
    );
    let most = vault.max_mint(now).unwrap();
    assert!(most == 0 || { vault }.mint(most, now).is_ok());
    assert!(most == u128::MAX || { vault }.mint(most + 1, now).is_err());
    let held = amount % (vault.shares() + 1);
    let most = vault.max_withdraw(held, now).unwrap();
    assert!(most.is_zero() || { vault }.withdraw(most, now).unwrap() <= held);
    let more = { vault }.withdraw(most.checked_add(one).unwrap(), now);
    assert!(more.map_or(true, |burned| burned > held));
    let most = vault.max_redeem(held, now).unwrap();
    assert!(most == 0 || most == held && { vault }.redeem(most, now).is_ok());
    assert!(most > 0 || { vault }.redeem(held, now).is_err());
}
