//! Makes every call in Solana's virtual machine and prints the table of docs/onchain.md, with tabs between:
//! for each call its name, the median and the most of its compute units. Where a call fails or a result
//! isn't the host's, it says so and fails.
//!
//! The path of the program is the first argument; a second is a part of the names wanted.

mod draws;
mod machine;
mod rows;

use machine::Machine;

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("the program's path");
    let machine = Machine::new(&std::fs::read(&path).expect("the program"));
    let wanted = args.next().unwrap_or_default();
    let mut failed = false;
    println!("call\tmedian\tmost");
    for row in rows::rows() {
        if row.name.contains(&wanted) {
            match row.measured(&machine) {
                Ok(units) => println!("{}\t{}\t{}", row.name, units.median, units.most),
                Err(why) => {
                    eprintln!("{}: {why}", row.name);
                    failed = true;
                }
            }
        }
    }
    assert!(!failed, "not all calls have their result");
}

struct Units {
    median: u64,
    most: u64,
}

impl rows::Row {
    /// Measures the call less its base, with each of the operands.
    fn measured(&self, machine: &Machine) -> Result<Units, String> {
        let mut all = Vec::new();
        for operands in &self.operands {
            let base = machine.units(self.base, operands)?;
            let units = machine.units(self.call, operands)?;
            all.push(units.saturating_sub(base));
        }
        all.sort_unstable();
        let median = all[all.len() / 2];
        let most = *all.last().ok_or("no operands")?;
        Ok(Units { median, most })
    }
}
