//! Faults that have cost others money, made here by name: some test has to fail for each.

use std::path::{Path, PathBuf};

use super::build::{absolute, build_quickly};
use crate::shell::{cargo, program, read, root, run_quietly};

const PACKAGE: &str = "tokenomics-fixed-math";

/// One fault: what stands in a file now, and what would stand there.
struct Fault {
    name: &'static str,
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
}

const FAULTS: [Fault; 5] = [
    Fault {
        name: "Cetus, May 2025: a mask that lets almost everything be shifted out",
        file: "crates/fixed-math/src/u256.rs",
        right: "if shifted.shr_floor(by) == self {",
        wrong: "if by != 64 || self <= Self::new(u128::MAX << 64, 0) {",
    },
    Fault {
        name: "Cetus's first repair: 2^192 itself is shifted out",
        file: "crates/fixed-math/src/u256.rs",
        right: "if shifted.shr_floor(by) == self {",
        wrong: "if by != 64 || self <= Self::new(1 << 64, 0) {",
    },
    Fault {
        name: "Balancer, November 2025: an amount is scaled downward whatever was asked",
        file: "crates/fixed-math/src/amount.rs",
        right: "self.mul_div(ratio.numerator(), ratio.denominator(), rounding)",
        wrong: "self.mul_div(ratio.numerator(), ratio.denominator(), { let _ = rounding; Rounding::Floor })",
    },
    Fault {
        name: "spl-math: half of 1 is added, whatever the divisor",
        file: "crates/fixed-math/src/wad.rs",
        right: "mul_div(self.0, Self::SCALE, rhs.0, rounding).map(Self)",
        wrong: "{ let _ = rounding; let n = U256::product(self.0, Self::SCALE).checked_add(\
                (Self::SCALE / 2).into())?; let (q, _) = n.div_rem(rhs.0)?; Ok(Self(q.low())) }",
    },
    Fault {
        name: "sp-arithmetic: a text above the maximum wraps",
        file: "crates/fixed-math/src/decimal.rs",
        right: "Some(value) if is_at_most(value, max) => Ok(value),",
        wrong: "Some(value) => { let _ = is_at_most(value, max); Ok(value) }",
    },
];

/// Plants one after the other in a copy of the tree, and says what saw it.
pub(super) fn run() -> Result<(), String> {
    let tree = absolute("planted")?;
    copy_of_the_tree(&tree)?;
    tests(&tree, &[]).map_err(|why| format!("the tests fail without a fault:\n{why}"))?;
    let mut unseen = Vec::new();
    for fault in &FAULTS {
        let path = tree.join(fault.file);
        let write = |text: &str| {
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        let text = read(fault.file)?;
        write(&fault.planted_in(&text)?)?;
        tests(&tree, &["--no-run"])
            .map_err(|why| format!("{}: it doesn't build:\n{why}", fault.name))?;
        match tests(&tree, &["--no-fail-fast"]) {
            Ok(_) => unseen.push(fault.name),
            Err(printed) => println!("{}\n  seen by {}", fault.name, failed(&printed).join(", ")),
        }
        write(&text)?;
    }
    if unseen.is_empty() {
        return Ok(());
    }
    Err(format!("no test sees {}", unseen.join(", ")))
}

impl Fault {
    fn planted_in(&self, text: &str) -> Result<String, String> {
        match text.matches(self.right).count() {
            1 => Ok(text.replace(self.right, self.wrong)),
            count => Err(format!("{}: {count} places for {}", self.file, self.name)),
        }
    }
}

/// A copy of what is in the repository, changes that aren't committed too, for planting faults in.
fn copy_of_the_tree(to: &Path) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let listed = run_quietly(&mut program("git", &["ls-files"]))?;
    for name in listed.lines() {
        let (from, to): (PathBuf, PathBuf) = (root().join(name), to.join(name));
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(|e| failed(folder, e))?;
        }
        // What is deleted, but not yet for the repository, is left out.
        if from.is_file() {
            std::fs::copy(&from, &to).map_err(|e| failed(&to, e))?;
        }
    }
    Ok(())
}

/// The tests of the tree, or why they failed.
fn tests(tree: &Path, also: &[&str]) -> Result<String, String> {
    let mut test = cargo(&["test", "--locked", "--package", PACKAGE, "--lib", "--tests"]);
    build_quickly(&mut test, tree);
    let output = test.args(also).current_dir(tree).output();
    let output = output.map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(printed);
    }
    Err(printed + &String::from_utf8_lossy(&output.stderr))
}

/// The tests that failed, by their lines in what cargo prints.
fn failed(printed: &str) -> Vec<&str> {
    let name = |line| str::strip_suffix(str::strip_prefix(line, "test ")?, " ... FAILED");
    printed.lines().filter_map(name).collect()
}

#[cfg(test)]
mod test {
    use super::*;

    #[test]
    fn every_fault_has_its_place() {
        for fault in &FAULTS {
            let text = read(fault.file).unwrap();
            assert_ne!(fault.planted_in(&text).unwrap(), text);
        }
    }

    #[test]
    fn a_failed_test_is_named() {
        let printed = "test a::b ... ok\ntest c ... FAILED\n\nfailures:\n    c\n";
        assert_eq!(failed(printed), ["c"]);
    }
}
