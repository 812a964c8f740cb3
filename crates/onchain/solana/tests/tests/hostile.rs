//! Account bytes that no instruction wrote: each gives an error, or a state that is valid.
//!
//! Where a byte is no tag of an `Option` or an enum, borsh writes a text, whose formatting takes more arguments
//! than the machine has registers: there the machine ends the program, and nothing is changed either.

use embedded::collateral::{LoanAccount, MarketAccount};
use embedded::escrow::{EscrowAccount, LockAccount, ESCROW_SPACE};
use embedded::grant::GrantAccount;
use embedded::pool::{PoolAccount, StakeAccount};
use embedded::slots::Slots;
use embedded::{Purse, State};
use solana_tests::scene::{Call, Scene};
use solana_tests::{Pubkey, ABORTED, ID};
use tokenomics_escrow_weighting::{Escrow, SlotRing};

/// Numbers that are the same in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.next() as u8);
    }

    /// Spoils the bytes of an account, in one of many ways.
    fn spoil(&mut self, data: &mut Vec<u8>) {
        let len = data.len();
        // The head of an escrow is small beside its slots.
        let reach = if self.below(2) == 0 {
            len.min(300)
        } else {
            len
        };
        match self.below(8) {
            0 => data.truncate(self.below(len)),
            1 => data.resize(len + 1 + self.below(100), 0),
            2 => self.fill(data),
            3 => self.fill(&mut data[1..]),
            4 => data[1..].fill(0xFF),
            5 => self.window(data, reach, 16, |_, part| part.fill(0xFF)),
            6 => self.window(data, reach, 8, Self::fill),
            _ => self.window(data, reach, 1, Self::fill),
        }
    }

    fn window(
        &mut self,
        data: &mut [u8],
        reach: usize,
        width: usize,
        spoil: impl Fn(&mut Self, &mut [u8]),
    ) {
        for _ in 0..=self.below(3) {
            let from = self.below(reach);
            let to = (from + width).min(data.len());
            spoil(self, &mut data[from..to]);
        }
    }
}

/// Sees that what a call left is valid.
fn valid(scene: &Scene, call: &Call) {
    for meta in &call.accounts {
        let account = &scene.world.accounts[&meta.pubkey];
        if account.owner == ID {
            let data = &account.data;
            assert!(is_state(data), "{call:?} left {data:?}");
        }
    }
}

/// Whether the host reads these bytes as a state.
fn is_state(data: &[u8]) -> bool {
    match data.first().copied().unwrap_or_default() {
        Purse::KIND => Purse::decode(data).is_ok(),
        GrantAccount::KIND => GrantAccount::decode(data).is_ok(),
        EscrowAccount::KIND => is_escrow(data),
        LockAccount::KIND => LockAccount::decode(data).is_ok(),
        PoolAccount::KIND => PoolAccount::decode(data).is_ok(),
        StakeAccount::KIND => StakeAccount::decode(data).is_ok(),
        MarketAccount::KIND => MarketAccount::decode(data).is_ok(),
        LoanAccount::KIND => LoanAccount::decode(data).is_ok(),
        _ => false,
    }
}

fn is_escrow(data: &[u8]) -> bool {
    if data.len() != ESCROW_SPACE {
        return false;
    }
    let (head, slots) = data.split_at(EscrowAccount::SPACE);
    let Ok(stored) = EscrowAccount::decode(head) else {
        return false;
    };
    let ring = SlotRing::resume(stored.ring, Slots(slots.to_vec()));
    let escrow = ring.and_then(|ring| Escrow::resume(stored.escrow, ring));
    escrow.is_ok()
}

/// The accounts of a call that hold states, and not those that are just made.
fn states(scene: &Scene, call: &Call) -> Vec<Pubkey> {
    let keys = call.accounts.iter().map(|meta| meta.pubkey);
    keys.filter(|key| {
        let account = &scene.world.accounts[key];
        account.owner == ID && account.data[0] != 0
    })
    .collect()
}

#[test]
fn spoilt_accounts_give_errors_or_valid_states() {
    let (mut scene, mut random) = (Scene::new(), Random(1));
    let calls = scene.calls();
    let before = scene.world.accounts.clone();
    let (mut refused, mut passed) = (0, 0);
    for call in &calls {
        for key in states(&scene, call) {
            for _ in 0..100 {
                let account = scene.world.accounts.get_mut(&key).unwrap();
                random.spoil(&mut account.data);
                match scene.call(call) {
                    Ok(_) => {
                        passed += 1;
                        valid(&scene, call);
                    }
                    Err(ABORTED) => panic!("{call:?} aborted"),
                    Err(_) => refused += 1,
                }
                for meta in &call.accounts {
                    scene
                        .world
                        .accounts
                        .insert(meta.pubkey, before[&meta.pubkey].clone());
                }
            }
        }
    }
    println!("{refused} refused, {passed} valid");
    assert!(refused + passed > 4_000 && refused > passed && passed > 300);
}

#[test]
fn spoilt_instructions_give_errors_or_valid_states() {
    let (mut scene, mut random) = (Scene::new(), Random(2));
    let calls = scene.calls();
    let before = scene.world.accounts.clone();
    for call in &calls {
        for _ in 0..60 {
            let mut data = borsh::to_vec(&call.instruction).unwrap();
            random.spoil(&mut data);
            let answer = scene.world.run_bytes(&data, &call.accounts);
            assert_ne!(answer, Err(ABORTED), "{data:?}");
            if answer.is_ok() {
                valid(&scene, call);
            }
            scene.world.accounts.clone_from(&before);
        }
    }
}
