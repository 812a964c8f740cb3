//! Wasm bytes of what the peers compute, each function the only export of a module that is built as
//! ours is.

use super::{built, grouped, length, measure};
use crate::toolchain::{ensure_target, pinned, WASM};

pub(crate) const PROGRAM: &str = "crates/benchmarks/wasm-peers";
const FUNCTIONS: [&str; 4] = ["exp", "ln", "pow", "mul_div"];

/// A peer as docs/benchmarks.md calls it, the feature that is it, and what it computes.
struct Peer(&'static str, &'static str, &'static [&'static str]);

const PEERS: [Peer; 7] = [
    Peer("brine-fp", "brine-fp", &["exp", "ln", "pow"]),
    Peer(
        "decimal-scaled D38<18>",
        "decimal-scaled",
        &["exp", "ln", "pow"],
    ),
    Peer(
        "fixed_analytics I64F64",
        "fixed_analytics",
        &["exp", "ln", "pow"],
    ),
    Peer("rust_decimal", "rust_decimal", &["exp", "ln", "pow"]),
    Peer("solmath", "solmath", &["exp", "ln", "pow"]),
    Peer("ruint U256", "ruint", &["mul_div"]),
    Peer("sp-arithmetic", "sp-arithmetic", &["mul_div"]),
];

/// The sets of features that are each a program.
pub(crate) fn programs() -> impl Iterator<Item = String> {
    let program = |Peer(_, feature, computed): &Peer| format!("{feature},{}", computed.join(","));
    PEERS.iter().map(program)
}

/// A table of the bytes, ours first.
pub(crate) fn table() -> Result<String, String> {
    ensure_target(&pinned()?, WASM)?;
    let ours = row("tokenomics-fixed-math", |function| {
        measure(function).map(Some)
    })?;
    let rows = PEERS.iter().map(|Peer(name, feature, computed)| {
        row(name, |function| {
            let weigh = || length(&built(PROGRAM, &format!("{feature},{function}"))?);
            computed.contains(&function).then(weigh).transpose()
        })
    });
    let rows = rows.collect::<Result<String, String>>()?;
    let functions = FUNCTIONS.join("` | `");
    let lines = "| --- ".repeat(FUNCTIONS.len() + 1);
    Ok(format!("| of | `{functions}` |\n{lines}|\n{ours}{rows}"))
}

fn row(name: &str, bytes: impl Fn(&str) -> Result<Option<u64>, String>) -> Result<String, String> {
    let cell = |function: &&str| Ok(bytes(function)?.map_or_else(|| "–".to_owned(), grouped));
    let cells = FUNCTIONS.iter().map(cell);
    let cells = cells.collect::<Result<Vec<String>, String>>()?;
    Ok(format!("| {name} | {} |\n", cells.join(" | ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_peer_has_not_is_a_dash() {
        let bytes = |function: &str| Ok((function != "ln").then_some(1_234));
        assert_eq!(
            row("p", bytes).unwrap(),
            "| p | 1,234 | – | 1,234 | 1,234 |\n"
        );
        let none = |_: &str| Err("no compiler".to_owned());
        assert_eq!(row("p", none).unwrap_err(), "no compiler");
    }

    #[test]
    fn every_peer_is_a_feature() {
        let manifest = crate::shell::read(&format!("{PROGRAM}/Cargo.toml")).unwrap();
        for Peer(_, feature, functions) in PEERS {
            assert!(manifest.contains(&format!("\n{feature} = ")), "{feature}");
            assert!(functions.iter().all(|name| FUNCTIONS.contains(name)));
        }
    }
}
