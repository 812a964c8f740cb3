//! Wasm bytes of the program in crates/onchain/wasm-vesting, against their budget.
//!
//! The table in docs/onchain.md is the budget, so that the page and the check can't disagree: bytes
//! beyond which growth is noticed, and bytes that a module may never come to.

pub(crate) mod peers;

use crate::shell::{cargo, read, root, run_quietly, target_dir, write};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const STEP: Step = Step::new("size", "wasm bytes against their budget", check)
    .with_inputs(Inputs {
        manifests: &["crates/onchain/wasm-vesting/Cargo.toml"],
        files: &["docs/onchain.md", "crates/xtask/src/size.rs"],
        versions: &[],
    });

const PAGE: &str = "docs/onchain.md";
const PROGRAM: &str = "crates/onchain/wasm-vesting";
/// Growth beyond this many percent is a failure, until it is accepted.
const TOLERANCE: u64 = 5;

fn check() -> Checked {
    if let Err(why) = ensure_target(&pinned()?, WASM) {
        return Ok(Outcome::Skipped(format!("{WASM} not installable: {why}")));
    }
    run(false).map(|()| Outcome::Passed)
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    exports: String,
    budget: u64,
    /// What no `--accept` takes it beyond.
    ceiling: u64,
}

/// Measures every row of the table; with `accept`, writes what it measured into it.
pub(crate) fn run(accept: bool) -> Result<(), String> {
    let page = read(PAGE)?;
    let (mut over, mut rows) = (Vec::new(), 0);
    let mut lines = Vec::new();
    for line in page.lines() {
        let Some(row) = row(line) else {
            lines.push(line.to_owned());
            continue;
        };
        rows += 1;
        let bytes = measure(&row.exports)?;
        println!(
            "{bytes} bytes of wasm for {} (budget {}, at most {})",
            row.exports, row.budget, row.ceiling
        );
        over.extend(row.why_not(bytes, accept));
        lines.push(row.with(bytes));
    }
    if rows == 0 {
        return Err(format!("{PAGE} has no budget"));
    }
    if !over.is_empty() {
        return Err(over.join("\n"));
    }
    if accept {
        return write(PAGE, &(lines.join("\n") + "\n"));
    }
    Ok(())
}

impl Row {
    fn why_not(&self, bytes: u64, accept: bool) -> Option<String> {
        let Self {
            exports,
            budget,
            ceiling,
        } = self;
        if bytes > *ceiling {
            Some(format!("{exports}: {bytes} bytes, of at most {ceiling}"))
        } else if !accept && bytes * 100 > budget * (100 + TOLERANCE) {
            Some(format!(
                "{exports}: {bytes} bytes, above {budget} by more than {TOLERANCE}%; \
                 `cargo xtask size --accept` makes it the budget"
            ))
        } else {
            None
        }
    }

    /// The row as it is written, with what was measured.
    fn with(&self, bytes: u64) -> String {
        let (bytes, ceiling) = (grouped(bytes), grouped(self.ceiling));
        format!("| `{}` | {bytes} | {ceiling} |", self.exports)
    }
}

/// A row of the table such as "| `mul_div` | 1,021 | 1,024 |".
fn row(line: &str) -> Option<Row> {
    let (exports, numbers) = line.strip_prefix("| `")?.split_once("` | ")?;
    let (budget, ceiling) = numbers.strip_suffix(" |")?.split_once(" | ")?;
    let number = |text: &str| text.replace(',', "").parse().ok();
    Some(Row {
        exports: exports.to_owned(),
        budget: number(budget)?,
        ceiling: number(ceiling)?,
    })
}

fn grouped(bytes: u64) -> String {
    let digits = bytes.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn measure(exports: &str) -> Result<u64, String> {
    let module = built(PROGRAM, exports)?;
    match panic_text(&module) {
        Some(text) => Err(format!(
            "{exports}: the module can panic: it holds \"{text}\""
        )),
        None => length(&module),
    }
}

/// The module that a program in a folder compiles to with these features alone.
fn built(folder: &str, features: &str) -> Result<Vec<u8>, String> {
    let target = target_dir().join("size");
    let mut build = cargo(&["build", "--release", "--locked", "--target", WASM]);
    build.args(["--no-default-features", "--features", features]);
    build.arg("--target-dir").arg(&target);
    run_quietly(build.current_dir(root().join(folder)))?;
    let name = folder.rsplit('/').next().unwrap_or_default();
    let module = format!("{WASM}/release/{}.wasm", name.replace('-', "_"));
    let module = target.join(module);
    std::fs::read(&module).map_err(|error| format!("{}: {error}", module.display()))
}

fn length(module: &[u8]) -> Result<u64, String> {
    u64::try_from(module.len()).map_err(|error| error.to_string())
}

/// A piece of a panic's message: a module that holds none has no panic left in it.
fn panic_text(module: &[u8]) -> Option<&'static str> {
    let messages = [
        "panicked",
        "attempt to",
        "called `",
        "out of bounds",
        "out of range",
    ];
    let holds = |text: &str| {
        module
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    messages.into_iter().find(|text| holds(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_is_written() {
        let line = "| `mul_div` | 6,038 | 10,240 |";
        let read = row(line).unwrap();
        assert_eq!(read.exports, "mul_div");
        assert_eq!((read.budget, read.ceiling), (6_038, 10_240));
        assert_eq!(read.with(6_038), line);
        assert_eq!(row("| exports | bytes | at most |"), None);
        assert_eq!(row("| `x` | many | 1 |"), None);
        assert_eq!(row("| `x` | 1 |"), None);
        for (bytes, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(bytes), text);
        }
    }

    #[test]
    fn growth_by_more_than_five_percent_must_be_accepted_and_the_ceiling_holds() {
        let row = row("| `x` | 10,000 | 10,600 |").unwrap();
        let passes = |bytes, accept| row.why_not(bytes, accept).is_none();
        assert!(passes(10_500, false) && passes(1, false));
        assert!(!passes(10_501, false) && passes(10_501, true));
        assert!(passes(10_600, true) && !passes(10_601, true));
        assert!(!passes(10_601, false));
    }

    #[test]
    fn a_module_that_can_panic_is_told_by_its_text() {
        let module = b"\0asm..attempt to add with overflow";
        assert_eq!(panic_text(module), Some("attempt to"));
        assert_eq!(panic_text(b"\0asm..mul_div"), None);
    }

    #[test]
    fn the_page_has_a_budget() {
        let page = read(PAGE).unwrap();
        assert!(page.lines().filter_map(row).count() >= 6);
    }
}
