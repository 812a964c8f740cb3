//! Runs the vesting crate beside contracts in a virtual machine: `cargo xtask differential`.

mod chain;
mod draw;
mod wallets;

use std::error::Error;
use std::path::Path;

use chain::Chain;
use draw::{Case, Random};
use wallets::{compare, Tally};

const SEED: u64 = 0x7665_7374;

/// The code that creates a contract, from the file that the compiler wrote.
fn code(folder: &Path, contract: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = folder.join(format!("Wallets_sol_{contract}.bin"));
    let hex = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(revm::primitives::hex::decode(hex.trim())?)
}

fn run(folder: &Path, schedules: u64) -> Result<(), Box<dyn Error>> {
    for (contract, with_cliff) in [("Wallet", false), ("CliffWallet", true)] {
        let code = code(folder, contract)?;
        let (mut chain, mut random) = (Chain::new(), Random::new(SEED));
        let mut tally = Tally::default();
        for _ in 0..schedules {
            let case = Case::draw(&mut random, with_cliff);
            compare(&mut chain, &code, &case, &mut random, &mut tally)
                .map_err(|difference| format!("{contract} of {case:?}: {difference}"))?;
        }
        let all = tally.answers + tally.inverses + tally.claims;
        println!(
            "{contract}: {all} comparisons, the same to the wei: of {} schedules {} vested amounts, {} \
             times of an amount, {} releases; {} schedules end past the clock and are refused",
            tally.schedules, tally.answers, tally.inverses, tally.claims, tally.refused
        );
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, schedules] = args.as_slice() else {
        return Err("usage: differential FOLDER-OF-COMPILED-CONTRACTS SCHEDULES".into());
    };
    run(Path::new(folder), schedules.parse()?)
}
