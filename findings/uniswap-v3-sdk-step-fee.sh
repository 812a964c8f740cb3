#!/usr/bin/env bash
# The crate uniswap-v3-sdk 7.0.0 takes the fee of a swap step as Uniswap v4 does, not as v3.
#
# A sale that ends short of its target moves the price to a whole unit of 2^-96. In v3 (SwapMath.sol) the
# amount in is what that price needs, rounded up, and all else is the fee; in v4 the fee is a plain share of
# the amount, and the amount in is the rest. The crate's compute_swap_step does the latter under v3's name.
# Price and amount out are the same, and so is the sum; the fee, and with it the fees of all positions in a
# simulated pool, is less than the contract's: here by 147 units of 75,793,540,517,647,058,971.
#
# Seen on 2026-11-29 with uniswap-v3-sdk 7.0.0 (crates.io), beside uniswap_v3_math 0.6.2 (crates.io) and
# @uniswap/v3-sdk 3.31.1 (npm), which both give the contract's.
#
# Needs cargo, node and npm. Fails if what is seen changes.
set -euo pipefail
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
cd "$there"

# A step down from one price toward a lower one at a fee of 0.3%.
current=332340748556353873126117948
target=332074995560308345101382728
liquidity=274877906944000000000000000
amount=25264513505882352941177

npm install --silent --no-audit --no-fund --ignore-scripts @uniswap/v3-sdk@3.31.1 >/dev/null
typescript=$(node -e '
const { SwapMath } = require("@uniswap/v3-sdk");
const JSBI = require("jsbi");
const [current, target, liquidity, amount] = process.argv.slice(1).map((text) => JSBI.BigInt(text));
const step = SwapMath.computeSwapStep(current, target, liquidity, amount, 3000);
console.log(step.map(String).join(" "));
' "$current" "$target" "$liquidity" "$amount")

cargo init --quiet --name step --vcs none
cargo add --quiet uniswap-v3-sdk@=7.0.0 uniswap_v3_math@=0.6.2 alloy-primitives@1
cat >src/main.rs <<'RUST'
use alloy_primitives::{aliases::U24, I256, U256};

fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<U256>().unwrap());
    let mut next = || numbers.next().unwrap();
    let (current, target, liquidity, amount) = (next(), next(), next(), next());
    let (liquidity, amount) = (liquidity.to::<u128>(), I256::from_raw(amount));
    let fee = U24::from(3_000);
    let sdk = uniswap_v3_sdk::prelude::compute_swap_step(current, target, liquidity, amount, fee);
    let (price, amount_in, out, fee) = sdk.unwrap();
    println!("{price} {amount_in} {out} {fee}");
    let math = uniswap_v3_math::swap_math::compute_swap_step(current, target, liquidity, amount, 3_000);
    let (price, amount_in, out, fee) = math.unwrap();
    println!("{price} {amount_in} {out} {fee}");
}
RUST
{ read -r sdk; read -r math; } < <(cargo run --quiet -- "$current" "$target" "$liquidity" "$amount")

echo "price after, amount in, amount out, fee"
echo "@uniswap/v3-sdk 3.31.1:   $typescript"
echo "uniswap_v3_math 0.6.2:    $math"
echo "uniswap-v3-sdk 7.0.0:     $sdk"
contract="332340620808474445786653520 25188719965364705882206 443214490897720721 75793540517647058971"
other="332340620808474445786653520 25188719965364705882353 443214490897720721 75793540517647058824"
[ "$typescript" = "$contract" ] && [ "$math" = "$contract" ] && [ "$sdk" = "$other" ]
