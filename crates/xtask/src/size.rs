//! Wasm bytes of the program in crates/onchain/wasm-vesting, against their budget.
//!
//! The table in docs/onchain.md is the budget, so that the page and the check can't disagree.

use crate::check::{Checked, Outcome};
use crate::shell::{cargo, read, root, run_quietly, target_dir, write};
use crate::toolchain::{ensure_target, pinned};

const PAGE: &str = "docs/onchain.md";
const PROGRAM: &str = "crates/onchain/wasm-vesting";
const TARGET: &str = "wasm32-unknown-unknown";
/// Growth beyond this many percent is a failure.
const TOLERANCE: u64 = 5;

pub(crate) fn check() -> Checked {
    if let Err(why) = ensure_target(&pinned()?, TARGET) {
        return Ok(Outcome::Skipped(format!("{TARGET} not installable: {why}")));
    }
    run(false).map(|()| Outcome::Passed)
}

/// Measures every row of the table; with `accept`, writes what it measured into it.
pub(crate) fn run(accept: bool) -> Result<(), String> {
    let page = read(PAGE)?;
    let (mut rows, mut over) = (0, Vec::new());
    let mut lines = Vec::new();
    for line in page.lines() {
        let Some((exports, budget)) = row(line) else {
            lines.push(line.to_owned());
            continue;
        };
        rows += 1;
        let bytes = measure(&exports)?;
        println!("{bytes} bytes of wasm for {exports} (budget {budget})");
        if exceeds(bytes, budget) {
            over.push(format!(
                "{exports}: {bytes} bytes, above {budget} by more than {TOLERANCE}%"
            ));
        }
        lines.push(format!("| `{exports}` | {} |", grouped(bytes)));
    }
    if rows == 0 {
        return Err(format!("{PAGE} has no budget"));
    }
    if accept {
        return write(PAGE, &(lines.join("\n") + "\n"));
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{}\n`cargo xtask size --accept` makes it the budget",
            over.join("\n")
        ))
    }
}

fn exceeds(bytes: u64, budget: u64) -> bool {
    bytes * 100 > budget * (100 + TOLERANCE)
}

/// The exports and bytes of a table row such as "| `mul_div` | 6,038 |".
fn row(line: &str) -> Option<(String, u64)> {
    let (exports, bytes) = line.strip_prefix("| `")?.split_once("` | ")?;
    let bytes = bytes.strip_suffix(" |")?.replace(',', "");
    Some((exports.to_owned(), bytes.parse().ok()?))
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
    let target = target_dir().join("size");
    let mut build = cargo(&["build", "--release", "--locked", "--target", TARGET]);
    build.args(["--no-default-features", "--features", exports]);
    build.arg("--target-dir").arg(&target);
    run_quietly(build.current_dir(root().join(PROGRAM)))?;
    let module = target.join(TARGET).join("release/wasm_vesting.wasm");
    let bytes = std::fs::read(&module).map_err(|e| format!("{}: {e}", module.display()))?;
    match panic_text(&bytes) {
        Some(text) => Err(format!(
            "{exports}: the module can panic: it holds \"{text}\""
        )),
        None => u64::try_from(bytes.len()).map_err(|error| error.to_string()),
    }
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
        assert_eq!(
            row("| `mul_div` | 6,038 |"),
            Some(("mul_div".to_owned(), 6_038))
        );
        assert_eq!(row("| exports | bytes |"), None);
        assert_eq!(row("| `x` | many |"), None);
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
    fn growth_by_more_than_five_percent_exceeds() {
        assert!(!exceeds(10_500, 10_000));
        assert!(exceeds(10_501, 10_000));
        assert!(!exceeds(1, 10_000));
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
        assert!(page.lines().filter_map(row).count() >= 3);
    }
}
