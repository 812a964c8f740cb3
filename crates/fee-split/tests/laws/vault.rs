//! The laws of vaults, over any sequence of calls.

use num_bigint::BigUint;
use tokenomics_fee_split::{Vault, VaultTerms, Withdrawal};
use tokenomics_fixed_math::{Amount, Fraction, Timestamp};

use super::vault_host::{
    big, copied, is_ceil, is_floor, price_of, total_shares, Host, Kind, VaultCall, VaultDraw, NEW,
};

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
        let nobody = total_shares(&new) == BigUint::ZERO;
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
        let queued = host.vault.queued().get();
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
            exact += ((big(rest) * queued) << 200_u8) / all;
        }
        lost += parts.of_queue.get();
        if host.vault.state().era != era || state.claims.is_zero() {
            assert_eq!(host.vault.queued(), Amount::ZERO);
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
        (Amount::ZERO, Amount::ZERO)
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
