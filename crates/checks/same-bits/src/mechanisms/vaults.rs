//! Shares of vaults, and fees by closed epochs.

use alloc::vec::Vec;

use tokenomics_fee_split::{
    ClosedEpoch, EpochCursor, EpochReading, EpochTerms, EpochTermsParams, Epochs, LinearEpochs,
    Vault, VaultTerms, WeightLine, ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("vault", vault),
    ("vault_queue", vault_queue),
    ("vault_quotes", vault_quotes),
    ("epochs", epochs),
    ("linear_epochs", linear_epochs),
];

fn a_vault(n: &mut Numbers, a: &mut Answers, now: Timestamp, delay: Span) -> Option<Vault> {
    let terms = VaultTerms {
        decimals_offset: n.within(0, 6) as u8,
        performance_fee: n.fraction_to(500_000_000_000_000_000),
        management_fee: n.fraction_to(100_000_000_000_000_000),
        fee_period: n.span_to(31_536_000),
        withdrawal_delay: delay,
    };
    a.of("Vault::new", Vault::new(terms, now))
}

fn start(n: &mut Numbers) -> Timestamp {
    Timestamp::new(n.within(0, 1 << 40))
}

fn vault(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = start(n);
    let mut vault = a_vault(n, a, now, Span::ZERO)?;
    a.of("Vault::deposit", vault.deposit(n.amount(), now));
    for _ in 0..3 {
        now = n.after(now, 1 << 24);
        match n.choice(6) {
            0 => drop(a.of("Vault::mint", vault.mint(n.number(), now))),
            1 => drop(a.of(
                "Vault::recognise_gain",
                vault.recognise_gain(n.amount(), now),
            )),
            2 => {
                let loss = n.part_of(vault.total_assets());
                a.of("Vault::recognise_loss", vault.recognise_loss(loss, now));
            }
            3 => {
                let shares = n.part_of(Amount::new(vault.shares()));
                a.of("Vault::redeem", vault.redeem(shares.get(), now));
            }
            4 => drop(a.of(
                "Vault::withdraw",
                vault.withdraw(n.part_of(vault.assets()), now),
            )),
            _ => drop(a.of("Vault::deposit", vault.deposit(n.amount(), now))),
        }
        a.is("Vault::state", vault.state());
    }
    a.of(
        "Vault::collect_fees",
        vault.collect_fees(n.after(now, 1 << 24)),
    );
    a.of("Vault::restore", Vault::restore(vault.state()));
    Some(())
}

fn vault_queue(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = start(n);
    let delay = n.span_to(1 << 20);
    let mut vault = a_vault(n, a, now, delay)?;
    let shares = a.of("Vault::deposit", vault.deposit(n.amount(), now))?;
    let wanted = n.part_of(Amount::new(shares)).get();
    let ticket = vault.request_withdrawal(wanted, now);
    let mut ticket = a.of("Vault::request_withdrawal", ticket)?;
    let loss = n.part_of(vault.total_assets());
    if n.choice(2) == 0 {
        a.of("Vault::recognise_loss", vault.recognise_loss(loss, now));
    }
    a.of("Vault::worth", vault.worth(&ticket));
    let at = n.after(ticket.ready(), 9);
    match n.choice(2) {
        0 => drop(a.of("Vault::claim", vault.claim(&mut ticket, at))),
        _ => drop(a.of("Vault::cancel", vault.cancel(&mut ticket, at))),
    }
    a.is("Vault::queued", (vault.queued(), vault.state(), ticket));
    Some(())
}

fn vault_quotes(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = start(n);
    let mut vault = a_vault(n, a, now, Span::ZERO)?;
    let shares = a.of("Vault::deposit", vault.deposit(n.amount(), now))?;
    a.of(
        "Vault::recognise_gain",
        vault.recognise_gain(n.amount(), now),
    );
    let at = n.after(now, 1 << 25);
    let held = n.part_of(Amount::new(shares)).get();
    a.of(
        "Vault::preview_deposit",
        vault.preview_deposit(n.amount(), at),
    );
    a.of("Vault::preview_mint", vault.preview_mint(held, at));
    a.of("Vault::preview_redeem", vault.preview_redeem(held, at));
    let assets = n.part_of(vault.assets());
    a.of(
        "Vault::preview_withdraw",
        vault.preview_withdraw(assets, at),
    );
    a.of("Vault::max_deposit", vault.max_deposit(at));
    a.of("Vault::max_mint", vault.max_mint(at));
    a.of("Vault::max_withdraw", vault.max_withdraw(held, at));
    a.of("Vault::max_redeem", vault.max_redeem(held, at));
    a.of("Vault::unowned", vault.unowned(at));
    a.of("Vault::price", vault.price(at));
    a.of(
        "Vault::deposit_loss_bound",
        vault.deposit_loss_bound(assets),
    );
    let settled = a.of("Vault::settled_at", vault.settled_at(at))?;
    a.is("Vault::state", settled.state());
    Some(())
}

fn epoch_terms(n: &mut Numbers, a: &mut Answers, claim_within: Option<Span>) -> Option<EpochTerms> {
    let params = EpochTermsParams {
        start: start(n),
        length: n.span_to(1 << 20),
        reading: [EpochReading::First, EpochReading::Last][n.choice(2) as usize],
        zero_weight: [ZeroWeight::Hold, ZeroWeight::Sink][n.choice(2) as usize],
        claim_within,
    };
    a.of("EpochTerms::new", EpochTerms::new(params))
}

fn epochs(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let within = [None, Some(n.span_to(1 << 24))][n.choice(2) as usize];
    let terms = epoch_terms(n, a, within)?;
    let mut epochs = Epochs::new(terms, Vec::new());
    let mut now = terms.start();
    for _ in 0..3 {
        now = n.after(now, terms.length().get() * 2);
        a.of("Epochs::fund", epochs.fund(n.amount(), now));
    }
    a.of("EpochTerms::epoch_at", terms.epoch_at(now));
    a.of("EpochTerms::closed", terms.closed(n.choice(4), now));
    let (one, other) = (U256::from(n.number()), U256::from(n.number()));
    let total = move |_: ClosedEpoch| one.checked_add(other).unwrap_or(U256::MAX);
    let mut cursor = EpochCursor::new();
    let end = n.after(now, terms.length().get() * 2);
    let weights = (total, move |_: ClosedEpoch| one);
    a.of(
        "Epochs::claimable",
        epochs.claimable(&cursor, &weights, end, 10),
    );
    a.of(
        "Epochs::claim",
        epochs.claim(&mut cursor, &weights, end, 10),
    );
    a.of("Epochs::close", epochs.close(total, end, 10));
    let late = n.after(end, 1 << 25);
    a.of("Epochs::sweep", epochs.sweep(total, late, 10));
    a.is("Epochs::take_unallocated", epochs.take_unallocated());
    a.is("Epochs::state", (epochs.state(), epochs.entries(), cursor));
    Some(())
}

fn linear_epochs(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let terms = epoch_terms(n, a, None)?;
    let epochs = LinearEpochs::new(terms, Vec::new(), Vec::new());
    let mut epochs = a.made("LinearEpochs::new", epochs)?;
    let mut now = terms.start();
    for _ in 0..3 {
        now = n.after(now, terms.length().get() * 2);
        a.of("LinearEpochs::fund", epochs.fund(n.amount(), now));
    }
    let slope = n.within(1, u64::MAX);
    let until = n.after(now, terms.length().get() * 4);
    let line = WeightLine {
        since: terms.start(),
        until,
        weight: U256::product(slope.into(), (until.get() - terms.start().get()).into()),
        slope: U256::from(u128::from(slope)),
        rises: false,
    };
    a.of("WeightLine::weight_at", line.weight_at(now));
    let other = U256::from(n.number());
    let total = move |epoch: ClosedEpoch| {
        let weight = line.weight_at(epoch.at()).unwrap_or(U256::ZERO);
        weight.checked_add(other).unwrap_or(U256::MAX)
    };
    let end = n.after(now, terms.length().get() * 2);
    a.of("LinearEpochs::close", epochs.close(total, end, 10));
    let mut cursor = EpochCursor::new();
    a.of(
        "LinearEpochs::claimable",
        epochs.claimable(&cursor, &line, end),
    );
    a.of("LinearEpochs::claim", epochs.claim(&mut cursor, &line, end));
    a.is("LinearEpochs::take_unallocated", epochs.take_unallocated());
    a.is(
        "LinearEpochs::state",
        (epochs.state(), epochs.stores(), cursor),
    );
    Some(())
}
