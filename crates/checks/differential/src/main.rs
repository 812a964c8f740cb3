//! Runs the vesting crate and the lending rate beside contracts in a virtual machine: `cargo xtask
//! differential`.

mod chain;
mod draw;
mod pools;
mod rates;
mod wallets;

use std::error::Error;
use std::path::Path;

use chain::Chain;
use draw::{Case, Random};
use pools::{draw_params, Unit};

const SEED: u64 = 0x7665_7374;

/// The code that creates a contract, from the file that the compiler wrote.
fn code(folder: &Path, source: &str, contract: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let file = folder.join(format!("{source}_sol_{contract}.bin"));
    let hex = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(revm::primitives::hex::decode(hex.trim())?)
}

fn wallets(folder: &Path, schedules: u64) -> Result<(), Box<dyn Error>> {
    for (contract, with_cliff) in [("Wallet", false), ("CliffWallet", true)] {
        let code = code(folder, "Wallets", contract)?;
        let (mut chain, mut random) = (Chain::new(), Random::new(SEED));
        let mut tally = wallets::Tally::default();
        for _ in 0..schedules {
            let case = Case::draw(&mut random, with_cliff);
            wallets::compare(&mut chain, &code, &case, &mut random, &mut tally)
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

fn rates(folder: &Path, lines: u64) -> Result<(), Box<dyn Error>> {
    for (contract, unit) in [("RayRates", Unit::Ray), ("BpsRates", Unit::Bps)] {
        let code = code(folder, "Rates", contract)?;
        let mut random = Random::new(SEED);
        let mut tally = rates::Tally::default();
        for _ in 0..lines {
            let params = draw_params(unit, &mut random);
            rates::compare(unit, &code, params, &mut random, &mut tally)
                .map_err(|difference| format!("{contract} of {params:?}: {difference}"))?;
        }
        println!(
            "{contract}: {} comparisons, no further apart than both sides round: of {lines} curves and {} \
             pools borrowing rates, {}, and supply rates, {}; of {} utilisations that 18 decimals \
             hold {} and {} are the same to the last of them",
            2 * tally.pools,
            tally.pools,
            tally.borrowing,
            tally.supply,
            tally.held,
            tally.borrowing.same,
            tally.supply.same
        );
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = args.as_slice() else {
        return Err("usage: differential FOLDER-OF-COMPILED-CONTRACTS COUNT".into());
    };
    let (folder, count) = (Path::new(folder), count.parse()?);
    wallets(folder, count)?;
    rates(folder, count)
}
