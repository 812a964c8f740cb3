//! What the program itself refuses, of every instruction: accounts that are missing, that don't sign, that
//! aren't written, that another program owns, that are of another kind or somebody else's.

use embedded::Instruction;
use solana_tests::scene::{Call, Scene, START, WEEK};
use solana_tests::{AccountMeta, ProgramError, Pubkey, ID};
use tokenomics_fixed_math::Timestamp;

/// Runs every call with something wrong about it, and puts everything back.
fn every(mut wrong: impl FnMut(&mut Scene, &Call)) {
    let mut scene = Scene::new();
    let calls = scene.calls();
    let before = scene.world.accounts.clone();
    for call in calls {
        wrong(&mut scene, &call);
        scene.world.accounts.clone_from(&before);
    }
}

fn refused(scene: &mut Scene, call: &Call, why: ProgramError) {
    let answer = scene.call(call);
    assert_eq!(answer, Err(why), "{call:?}");
}

#[test]
fn an_account_is_missing() {
    every(|scene, call| {
        for count in 0..call.accounts.len() {
            let mut fewer = call.clone();
            fewer.accounts.truncate(count);
            refused(scene, &fewer, ProgramError::NotEnoughAccountKeys);
        }
    });
}

/// Changes each account of a call of which something holds, one at a time.
fn each(
    scene: &mut Scene,
    call: &Call,
    which: impl Fn(&Scene, &AccountMeta) -> bool,
    change: impl Fn(&mut AccountMeta),
    why: &[ProgramError],
) {
    for (index, meta) in call.accounts.iter().enumerate() {
        if which(scene, meta) {
            let mut changed = call.clone();
            change(&mut changed.accounts[index]);
            let answer = scene.call(&changed);
            let answer = answer.expect_err(&format!("{changed:?}"));
            assert!(why.contains(&answer), "{answer:?} of {changed:?}");
        }
    }
}

#[test]
fn a_signature_is_missing() {
    let why = [ProgramError::MissingRequiredSignature];
    every(|scene, call| {
        each(
            scene,
            call,
            |_, meta| meta.is_signer,
            |meta| meta.is_signer = false,
            &why,
        );
    });
}

#[test]
fn an_account_is_not_written() {
    let why = [ProgramError::Immutable];
    every(|scene, call| {
        each(
            scene,
            call,
            |_, meta| meta.is_writable,
            |meta| meta.is_writable = false,
            &why,
        );
    });
}

#[test]
fn an_account_is_another_program_s() {
    every(|scene, call| {
        for meta in &call.accounts {
            let account = scene.world.accounts.get_mut(&meta.pubkey).unwrap();
            if account.owner == ID {
                account.owner = Pubkey::new_from_array([9; 32]);
                refused(scene, call, ProgramError::InvalidAccountOwner);
                scene.world.accounts.get_mut(&meta.pubkey).unwrap().owner = ID;
            }
        }
    });
}

#[test]
fn an_account_is_of_another_kind() {
    let why = [
        ProgramError::InvalidAccountData,
        ProgramError::IncorrectAuthority,
        ProgramError::AccountAlreadyInitialized,
        ProgramError::InvalidArgument,
    ];
    every(|scene, call| {
        for other in [
            scene.grant,
            scene.escrow,
            scene.lock,
            scene.pool,
            scene.stake,
            scene.loan,
        ] {
            let is_other = |scene: &Scene, meta: &AccountMeta| {
                let account = |key| &scene.world.accounts[&key];
                let (given, other) = (account(meta.pubkey), account(other));
                given.owner == ID && given.data[0] != other.data[0]
            };
            each(scene, call, is_other, |meta| meta.pubkey = other, &why);
        }
    });
}

#[test]
fn somebody_else_signs() {
    every(|scene, call| {
        // These make what belongs to whoever signs, and take nothing.
        let is_anyones = matches!(
            call.instruction,
            Instruction::OpenStake | Instruction::OpenLoan | Instruction::CreateMarket(_)
        );
        let other = if call.accounts[0].pubkey == scene.alice {
            scene.bob
        } else {
            scene.alice
        };
        if call.accounts[0].is_signer && scene.world.accounts[&call.accounts[0].pubkey].owner != ID
        {
            let mut stolen = call.clone();
            stolen.accounts[0].pubkey = other;
            if is_anyones {
                scene.call(&stolen).unwrap();
            } else {
                refused(scene, &stolen, ProgramError::IncorrectAuthority);
            }
        }
    });
}

#[test]
fn a_vault_is_another_purse() {
    every(|scene, call| {
        for vault in [
            scene.granted,
            scene.locked,
            scene.staked,
            scene.rewards,
            scene.collateral,
            scene.reserve,
        ] {
            let own = scene.bobs[0];
            let is_it = |_: &Scene, meta: &AccountMeta| meta.pubkey == vault;
            let why = [ProgramError::IncorrectAuthority];
            each(scene, call, is_it, |meta| meta.pubkey = own, &why);
        }
    });
}

#[test]
fn a_purse_is_the_vault_itself_or_of_another_token() {
    let mut scene = Scene::new();
    let (claim, withdraw) = (scene.claim_grant(), scene.withdraw());
    for (call, purse, vault) in [(claim, 3, scene.granted), (withdraw, 4, scene.locked)] {
        for wrong in [vault, scene.alices[1]] {
            let mut changed = call.clone();
            changed.accounts[purse].pubkey = wrong;
            refused(&mut scene, &changed, ProgramError::InvalidArgument);
        }
    }
    let mut one = scene
        .calls()
        .into_iter()
        .find(|call| call.instruction == Instruction::CreatePool);
    let one = one.as_mut().unwrap();
    one.accounts[2] = one.accounts[1].clone();
    refused(&mut scene, one, ProgramError::InvalidArgument);
}

#[test]
fn what_was_made_is_not_made_again() {
    let mut scene = Scene::new();
    let mut number = 0;
    for call in scene.calls() {
        let makes = call
            .accounts
            .iter()
            .any(|meta| meta.is_signer && meta.is_writable);
        if makes {
            scene.call(&call).unwrap();
            refused(&mut scene, &call, ProgramError::AccountAlreadyInitialized);
            number += 1;
        }
    }
    assert_eq!(number, 7);
}

#[test]
fn a_state_is_used_with_another_than_it_belongs_to() {
    let mut scene = Scene::new();
    let calls = scene.calls();
    let made: Vec<_> = calls
        .iter()
        .filter(|call| {
            matches!(
                call.instruction,
                Instruction::CreateEscrow(_)
                    | Instruction::CreatePool
                    | Instruction::CreateMarket(_)
            )
        })
        .collect();
    for call in &made {
        scene.call(call).unwrap();
    }
    let position =
        |call: &Call| usize::from(matches!(call.instruction, Instruction::CreateMarket(_)));
    let others: Vec<_> = made
        .iter()
        .map(|call| call.accounts[position(call)].pubkey)
        .collect();
    let states = [scene.escrow, scene.pool, scene.market];
    for (state, other) in states.into_iter().zip(others) {
        for call in &calls {
            let its = |_: &Scene, meta: &AccountMeta| meta.pubkey == state;
            // Anyone may stake in any pool, borrow in any market, or lock in any escrow: vaults differ.
            if matches!(
                call.instruction,
                Instruction::OpenStake | Instruction::OpenLoan | Instruction::SetPrices(_)
            ) {
                continue;
            }
            let why = [ProgramError::IncorrectAuthority];
            each(&mut scene, call, its, |meta| meta.pubkey = other, &why);
        }
    }
}

#[test]
fn bytes_are_no_instruction() {
    let mut scene = Scene::new();
    let weight = scene.weight(Timestamp::new(START + WEEK));
    let good = borsh::to_vec(&weight.instruction).unwrap();
    let bad = [
        vec![],
        vec![20],
        vec![255; 9],
        good[..8].to_vec(),
        [&good[..], &[0]].concat(),
    ];
    for data in bad {
        let answer = scene.world.run_bytes(&data, &weight.accounts);
        assert_eq!(
            answer,
            Err(ProgramError::InvalidInstructionData),
            "{data:?}"
        );
    }
    // Terms that no constructor accepts: a granule longer than the longest lock.
    let terms = [
        &[3][..],
        &1_u64.to_le_bytes(),
        &2_u64.to_le_bytes(),
        &[0; 24],
    ]
    .concat();
    let answer = scene.world.run_bytes(&terms, &weight.accounts);
    assert_eq!(answer, Err(ProgramError::InvalidInstructionData));
}

#[test]
fn a_time_before_1970_is_no_time() {
    let mut scene = Scene::new();
    scene.world.at(-1);
    let claim = scene.claim_grant();
    refused(&mut scene, &claim, ProgramError::InvalidArgument);
}
