#!/usr/bin/env bash
# The crate spl-stake-pool 2.2.0 rounds an epoch's fee twice, each way, and keeps nothing of what it rounds.
#
# Of a reward, the fee is first a number of lamports, rounded up, and then a number of pool tokens, rounded
# down; the manager is minted these. What is rounded is not carried to the next epoch. So a fee of 1% takes
# all of each reward of one lamport, and a fee of 5% takes nothing at all while it is less than one token,
# however often that is: here 100 rewards of 100,000 lamports, of each of which 5,000 lamports are due, where
# a token is worth 10,000. A loss is not remembered either: a pool that loses a tenth and gains it back pays
# a fee of 10% of the recovery.
#
# Seen on 2026-11-30 with spl-stake-pool 2.2.0 (crates.io).
#
# Needs cargo. Fails if what is seen changes.
set -euo pipefail
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
cd "$there"

cargo init --quiet --name fee --vcs none
cargo add --quiet spl-stake-pool@=2.2.0 --features no-entrypoint
printf '[profile.dev]\ndebug = false\n' >>Cargo.toml
cat >src/main.rs <<'RUST'
use spl_stake_pool::state::{Fee, StakePool};

/// What the manager is minted of so many rewards, one an epoch.
fn minted(pool: &mut StakePool, rewards: u64, reward: u64) -> u64 {
    let mut all = 0;
    for _ in 0..rewards {
        let fee = pool.calc_epoch_fee_amount(reward).unwrap();
        pool.total_lamports += reward;
        pool.pool_token_supply += fee;
        all += fee;
    }
    all
}

fn pool(lamports: u64, tokens: u64, percent: u64) -> StakePool {
    StakePool {
        total_lamports: lamports,
        pool_token_supply: tokens,
        epoch_fee: Fee { numerator: percent, denominator: 100 },
        ..StakePool::default()
    }
}

fn main() {
    let small = minted(&mut pool(1_000_000, 1_000_000, 1), 1_000, 1);
    let dear = minted(&mut pool(10_000_000, 1_000, 5), 100, 100_000);
    // A tenth is lost, which only lowers what is counted, and then gained.
    let recovered = minted(&mut pool(900_000, 1_000_000, 10), 1, 100_000);
    println!("{small} {dear} {recovered}");
}
RUST
read -r small dear recovered < <(cargo run --quiet)

echo "tokens for 1,000 rewards of one lamport, at 1% (10 lamports are due, a lamport a token): $small"
echo "tokens for 100 rewards of 100,000 lamports, at 5% (500,000 lamports are due, 50 tokens or so): $dear"
echo "tokens for 100,000 lamports that make up for a loss, at 10%: $recovered"
[ "$small" = 1000 ] && [ "$dear" = 0 ] && [ "$recovered" -gt 0 ]
