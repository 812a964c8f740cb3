//! crates/xtask/passed.txt: the steps that passed, on which inputs, and how long they took.

use std::collections::BTreeMap;

use crate::shell::{read, write};

const FILE: &str = "crates/xtask/passed.txt";
const HEAD: &str = "\
# Written by `cargo xtask check --record`: a step, the SHA-256 of all its inputs, the seconds it took.
# It need not run where its inputs have the same hash; `cargo xtask check --all` runs it anyway.
";

/// One step's pass.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pass {
    pub(crate) hash: String,
    pub(crate) seconds: f64,
}

/// The passes by the names of their steps.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Passes(BTreeMap<String, Pass>);

impl Passes {
    /// Reads the file; one that can't be read has no passes, and every step runs.
    pub(crate) fn stored() -> Self {
        Self::parse(&read(FILE).unwrap_or_default())
    }

    pub(crate) fn store(&self) -> Result<(), String> {
        write(FILE, &self.text())
    }

    /// The pass of a step on inputs with a hash.
    pub(crate) fn on(&self, step: &str, hash: &str) -> Option<&Pass> {
        self.0.get(step).filter(|pass| pass.hash == hash)
    }

    pub(crate) fn insert(&mut self, step: &str, pass: Pass) {
        self.0.insert(step.to_owned(), pass);
    }

    pub(crate) fn remove(&mut self, step: &str) {
        self.0.remove(step);
    }

    /// What isn't a pass is passed over, and its step runs.
    fn parse(text: &str) -> Self {
        let pass = |line: &str| {
            let mut words = line.split_whitespace();
            let (step, hash) = (words.next()?, words.next()?);
            let seconds = words.next()?.parse().ok()?;
            let hash = hash.to_owned();
            Some((step.to_owned(), Pass { hash, seconds }))
        };
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self(lines.filter_map(pass).collect())
    }

    fn text(&self) -> String {
        let line = |(step, pass): (&String, &Pass)| {
            let Pass { hash, seconds } = pass;
            format!("{step:<13} {hash} {seconds:>7.1}\n")
        };
        HEAD.to_owned() + &self.0.iter().map(line).collect::<String>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut passes = Passes::default();
        for (step, seconds) in [("no-panic", 29.2), ("a-step-of-a-long-name", 12_345.6)] {
            let hash = "0f".repeat(32);
            passes.insert(step, Pass { hash, seconds });
        }
        assert_eq!(passes.text().lines().count(), 4);
        assert_eq!(Passes::parse(&passes.text()), passes);
        passes.remove("no-panic");
        assert_eq!(passes.on("no-panic", &"0f".repeat(32)), None);
    }

    #[test]
    fn a_pass_is_of_its_step_and_its_hash() {
        let passes = Passes::parse("fuzz ab 1.5\n# miri ab 1.5\nsize ab\nmsrv\nfmt ab soon\n\n");
        assert_eq!(passes.on("fuzz", "ab").unwrap().seconds, 1.5);
        assert_eq!(passes.on("fuzz", "ac"), None);
        assert_eq!(passes.on("fuzz", "a"), None);
        for step in ["miri", "size", "msrv", "fmt", "#"] {
            assert_eq!(passes.on(step, "ab"), None);
        }
    }
}
