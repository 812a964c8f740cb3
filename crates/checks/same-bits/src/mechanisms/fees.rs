//! Splits, payouts, and pools of rewards.

use tokenomics_fee_split::{
    catch_up_cap, largest_remainder, nest_weights, split_by_weights, ChangeRules, ClosedGeneration,
    DelayedRates, ExactAmount, FlooredSplit, MultiPosition, MultiRewardPool, PendingPayout,
    Position, ReferralChain, RemainderSplit, RewardPool, RewardStream, Routes, SplitPolicy,
    SplitStream, Stake, StakePool, StreamedPool, SurplusBuffer, Tier, Waterfall, WeightedSplit,
    ZeroShares,
};
use tokenomics_fixed_math::{Amount, Fraction, Timestamp};

use super::Mechanism;
use crate::answers::Answers;
use crate::numbers::Numbers;

pub(super) const MECHANISMS: &[(&str, Mechanism)] = &[
    ("weighted_split", weighted_split),
    ("split_lists", split_lists),
    ("split_stream", split_stream),
    ("waterfall", waterfall),
    ("referral_chain", referral_chain),
    ("payouts", payouts),
    ("reward_pool", reward_pool),
    ("multi_reward_pool", multi_reward_pool),
    ("reward_stream", reward_stream),
    ("streamed_pool", streamed_pool),
    ("stake_pool", stake_pool),
    ("surplus_buffer", surplus_buffer),
    ("delayed_rates", delayed_rates),
    ("routes", routes),
];

fn weights(n: &mut Numbers) -> [u64; 3] {
    [
        n.within(0, 1 << 62),
        n.within(0, 1 << 61),
        n.within(1, 1 << 61),
    ]
}

fn weighted_split(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let split = a.of("WeightedSplit::new", WeightedSplit::new(weights(n)))?;
    a.is("WeightedSplit::split", split.split(n.amount()));
    let divided = RemainderSplit::new(split).divide(n.amount());
    let divided = a.made("RemainderSplit::divide", divided)?;
    a.is("RemainderSplit::divide", (divided.parts, divided.to_sink));
    let divided = FlooredSplit::new(split).divide(n.amount());
    let divided = a.made("FlooredSplit::divide", divided)?;
    a.is("FlooredSplit::divide", (divided.parts, divided.to_sink));
    Some(())
}

fn split_lists(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (amount, list) = (n.amount(), weights(n));
    let mut parts = [Amount::ZERO; 3];
    a.of(
        "largest_remainder",
        largest_remainder(amount, &list, &mut parts),
    );
    a.is("largest_remainder", parts);
    a.of(
        "split_by_weights",
        split_by_weights(amount, &list, &mut parts),
    );
    a.is("split_by_weights", parts);
    let outer = [n.within(0, 10_000), n.within(1, 10_000)];
    let inner = [n.within(0, 10_000), n.within(1, 10_000)];
    let mut flat = [0; 3];
    let nested = nest_weights(&outer, n.choice(2) as usize, &inner, &mut flat);
    a.of("nest_weights", nested);
    a.is("nest_weights", flat);
    Some(())
}

fn split_stream(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut stream = a.of("SplitStream::new", SplitStream::new(weights(n)))?;
    for _ in 0..3 {
        a.is("SplitStream::distribute", stream.distribute(n.amount()));
    }
    a.is("SplitStream::carried", stream.carried());
    a.of("SplitStream::restore", SplitStream::restore(stream.state()));
    a.of("SplitStream::set_weights", stream.set_weights(weights(n)));
    a.is("SplitStream::distribute", stream.distribute(n.amount()));
    a.is("SplitStream::close", (stream.close(), stream.state()));
    Some(())
}

fn tier(n: &mut Numbers, a: &mut Answers) -> Option<Tier<3>> {
    a.of("Tier::new", Tier::new(n.amount(), weights(n)))
}

fn waterfall(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let residual = a.of("WeightedSplit::new", WeightedSplit::new(weights(n)))?;
    let tiers = [tier(n, a)?, tier(n, a)?];
    let mut waterfall = a.of("Waterfall::new", Waterfall::new(tiers, residual))?;
    for _ in 0..3 {
        a.of("Waterfall::distribute", waterfall.distribute(n.amount()));
    }
    a.is("Waterfall::state", waterfall.state());
    a.of("Waterfall::restore", Waterfall::restore(waterfall.state()));
    let (cap, split) = (n.amount(), tiers[1].split);
    let filled = waterfall.filled(1).unwrap_or(Amount::ZERO);
    let tier = Tier {
        cap: filled.checked_add(cap).unwrap_or(cap),
        split,
    };
    a.of("Waterfall::set_tier", waterfall.set_tier(1, tier));
    a.of("Waterfall::distribute", waterfall.distribute(n.amount()));
    a.is("Waterfall::close", waterfall.close());
    let half = Fraction::from_percent(50).ok()?;
    let share = n.fraction_to(half.raw());
    a.of(
        "catch_up_cap",
        catch_up_cap(n.amount(), share, Fraction::ONE),
    );
    Some(())
}

fn referral_chain(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let first = n.within(0, 600_000_000_000_000_000);
    let second = n.within(0, first);
    let shares = [first, second, n.within(0, second)].map(Fraction::from_raw);
    let [first, second, third] = [shares[0].ok()?, shares[1].ok()?, shares[2].ok()?];
    let chain = a.of(
        "ReferralChain::new",
        ReferralChain::new([first, second, third]),
    )?;
    let split = chain.split(n.amount(), n.choice(5) as usize);
    a.is("ReferralChain::split", (split.parts, split.rest));
    Some(())
}

fn payouts(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pending = PendingPayout::new();
    for _ in 0..3 {
        let share = ExactAmount::share_of(n.amount(), n.fraction());
        a.is("ExactAmount::share_of", share);
        a.of("PendingPayout::credit", pending.credit(share));
    }
    let paid = pending.pay(n.amount());
    a.is("PendingPayout::pay", (paid, pending.owed()));
    let below = n.fraction_to(Fraction::SCALE - 1);
    let amount = ExactAmount::new(n.amount(), below);
    let amount = a.of("ExactAmount::new", amount)?;
    a.of(
        "ExactAmount::checked_add",
        amount.checked_add(pending.owed()),
    );
    Some(())
}

fn rule(n: &mut Numbers) -> ZeroShares {
    [ZeroShares::Hold, ZeroShares::Sink, ZeroShares::Extend][n.choice(3) as usize]
}

fn reward_pool(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let (mut pool, mut one, mut other) = (RewardPool::new(), Position::new(), Position::new());
    a.of("RewardPool::deposit", pool.deposit(&mut one, n.number()));
    a.of(
        "RewardPool::set_shares",
        pool.set_shares(&mut other, n.number()),
    );
    for _ in 0..2 {
        a.of("RewardPool::fund", pool.fund(n.amount()));
        a.of("RewardPool::claim", pool.claim(&mut one));
    }
    let part = n.part_of(Amount::new(one.shares())).get();
    a.of(
        "RewardPool::transfer",
        pool.transfer(&mut one, &mut other, part),
    );
    a.of("RewardPool::fund_with", pool.fund_with(n.amount(), rule(n)));
    a.of("RewardPool::compound", pool.compound(&mut other));
    let part = n.part_of(Amount::new(other.shares())).get();
    a.of("RewardPool::withdraw", pool.withdraw(&mut other, part));
    a.of("RewardPool::claimable", pool.claimable(&one));
    a.of("RewardPool::owed", pool.owed(&other));
    a.is("RewardPool::take_unallocated", pool.take_unallocated());
    a.is("RewardPool::state", pool.state());
    a.is(
        "Position",
        [one, other].map(|it| (it.shares(), it.checkpoint(), it.owed())),
    );
    a.made("RewardPool::restore", RewardPool::restore(pool.state()));
    Some(())
}

fn multi_reward_pool(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = MultiRewardPool::<2>::new();
    let (mut one, mut other) = (MultiPosition::new(), MultiPosition::new());
    a.of(
        "MultiRewardPool::deposit",
        pool.deposit(&mut one, n.number()),
    );
    a.of(
        "MultiRewardPool::deposit",
        pool.deposit(&mut other, n.number()),
    );
    for asset in [0, 1] {
        a.of("MultiRewardPool::fund", pool.fund(n.amount(), asset));
    }
    let part = n.part_of(Amount::new(one.shares())).get();
    let moved = pool.transfer(&mut one, &mut other, part);
    a.of("MultiRewardPool::transfer", moved);
    a.of(
        "MultiRewardPool::claim",
        pool.claim(&mut other, n.choice(3) as usize),
    );
    let part = n.part_of(Amount::new(other.shares())).get();
    a.of("MultiRewardPool::withdraw", pool.withdraw(&mut other, part));
    a.of("MultiRewardPool::claimable", pool.claimable(&one));
    a.of("MultiRewardPool::claim_all", pool.claim_all(&mut one));
    a.is("MultiRewardPool::state", pool.state());
    Some(())
}

fn reward_stream(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = Timestamp::new(n.within(0, 1 << 40));
    let mut stream = RewardStream::new(now);
    for _ in 0..2 {
        let end = n.after(now, 1 << 30);
        a.of("RewardStream::top_up", stream.top_up(n.amount(), now, end));
        now = n.near([now, end]).max(now);
        a.of("RewardStream::releasable", stream.releasable(now));
        a.of("RewardStream::release", stream.release(now));
        a.is("RewardStream::state", stream.state());
    }
    a.of("RewardStream::end", stream.end());
    a.of(
        "RewardStream::restore",
        RewardStream::restore(stream.state()),
    );
    a.of("RewardStream::pause", stream.pause(now));
    Some(())
}

fn streamed_pool(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut now = Timestamp::new(n.within(0, 1 << 40));
    let mut pool = StreamedPool::new(now, rule(n));
    let (mut one, mut other) = (Position::new(), Position::new());
    a.of(
        "StreamedPool::deposit",
        pool.deposit(&mut one, n.number(), now),
    );
    let end = n.after(now, 1 << 30);
    a.of("StreamedPool::top_up", pool.top_up(n.amount(), now, end));
    for _ in 0..2 {
        now = n.near([now, end]).max(now);
        a.of("StreamedPool::claim", pool.claim(&mut one, now));
        a.of(
            "StreamedPool::deposit",
            pool.deposit(&mut other, n.number(), now),
        );
    }
    let part = n.part_of(Amount::new(one.shares())).get();
    let moved = pool.transfer(&mut one, &mut other, part, now);
    a.of("StreamedPool::transfer", moved);
    now = n.after(now, 1 << 20);
    a.of("StreamedPool::claimable", pool.claimable(&other, now));
    a.of("StreamedPool::compound", pool.compound(&mut other, now));
    let part = n.part_of(Amount::new(other.shares())).get();
    a.of(
        "StreamedPool::withdraw",
        pool.withdraw(&mut other, part, now),
    );
    a.of("StreamedPool::take_unallocated", pool.take_unallocated(now));
    a.is(
        "StreamedPool::state",
        (pool.state(), pool.outstanding(), pool.to_come()),
    );
    a.made("StreamedPool::restore", StreamedPool::restore(pool.state()));
    Some(())
}

fn stake_pool(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut pool = StakePool::new([ClosedGeneration::NONE; 4]);
    let (mut one, mut other) = (Stake::new(), Stake::new());
    a.of(
        "StakePool::set_boost",
        pool.set_boost(&mut one, n.ratio_to(8)),
    );
    a.of("StakePool::deposit", pool.deposit(&mut one, n.amount()));
    a.of("StakePool::deposit", pool.deposit(&mut other, n.amount()));
    a.of("StakePool::fund", pool.fund(n.amount()));
    match n.choice(2) {
        0 => drop(a.of("StakePool::slash", pool.slash(n.part_of(pool.assets())))),
        _ => drop(a.of(
            "StakePool::slash_fraction",
            pool.slash_fraction(n.fraction()),
        )),
    }
    let held = a
        .of("StakePool::amount", pool.amount(&one))
        .unwrap_or(Amount::ZERO);
    let moved = pool.transfer(&mut one, &mut other, n.part_of(held));
    a.of("StakePool::transfer", moved);
    a.of("StakePool::claimable", pool.claimable(&other));
    a.of("StakePool::claim", pool.claim(&mut other));
    let held = a
        .of("StakePool::amount", pool.amount(&other))
        .unwrap_or(Amount::ZERO);
    a.of(
        "StakePool::withdraw",
        pool.withdraw(&mut other, n.part_of(held)),
    );
    a.of("StakePool::compound", pool.compound(&mut one));
    a.of("StakePool::take_released", pool.take_released(&mut one));
    let state = pool.state();
    a.is(
        "StakePool::state",
        (state.rewards, state.assets, state.shares, state.released),
    );
    a.is("Stake", [one, other].map(|it| (it.shares(), it.weight())));
    Some(())
}

fn surplus_buffer(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let mut buffer = SurplusBuffer::new(n.amount());
    a.is("SurplusBuffer::fill", buffer.fill(n.amount()));
    a.is("SurplusBuffer::draw", buffer.draw(n.amount()));
    a.is("SurplusBuffer::set_target", buffer.set_target(n.amount()));
    let restored = SurplusBuffer::restore(buffer.target(), buffer.level());
    a.of("SurplusBuffer::restore", restored);
    Some(())
}

fn rules(n: &mut Numbers) -> ChangeRules {
    ChangeRules {
        delay: n.span_to(1 << 20),
        max_step: n.fraction_from(Fraction::SCALE / 4),
    }
}

fn delayed_rates(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = Timestamp::new(n.within(0, 1 << 40));
    let rates = DelayedRates::new(n.weights(), rules(n), now);
    let mut rates = a.of("DelayedRates::new", rates)?;
    let announced = rates.announce(n.weights(), n.after(now, 1 << 10));
    let effective = a.of("DelayedRates::announce", announced)?;
    let at = n.near([now, effective]);
    a.of("DelayedRates::rates_at", rates.rates_at(at));
    a.of("DelayedRates::cancel", rates.cancel(at));
    a.of(
        "DelayedRates::restore",
        DelayedRates::restore(rates.state()),
    );
    Some(())
}

fn routes(n: &mut Numbers, a: &mut Answers) -> Option<()> {
    let now = Timestamp::new(n.within(0, 1 << 40));
    let routes = Routes::new([1_u8, 2, 3], n.weights(), rules(n), now);
    let mut routes = a.of("Routes::new", routes)?;
    a.of("Routes::distribute", routes.distribute(n.amount(), now));
    let announced = routes.announce(n.weights(), now);
    let effective = a.of("Routes::announce", announced)?;
    let at = n.near([now, effective]).max(now);
    a.of("Routes::distribute", routes.distribute(n.amount(), at));
    a.of("Routes::rate_of", routes.rate_of(2, at));
    a.is("Routes::close", (routes.carried(), routes.close()));
    Some(())
}
