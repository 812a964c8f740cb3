#!/usr/bin/env bash
# The npm package @aave/math-utils 1.38.0 shows a loan as healthy that the pool of @aave/core-v3 1.19.3 liquidates.
#
# Over several collaterals the pool takes the average of their liquidation thresholds, and of their LTVs, in whole
# basis points, cut. math-utils passes both averages through its valueToZDBigNumber, to a class of no decimals; but
# that cuts only what is divided in it, not what it is made from, so both keep their decimals. What is shown, as
# health and as what can be borrowed, is above the contract's by up to a basis point of the collateral.
#
# Here 40 ether at $2,300 and 2 bitcoin at $60,000 have an LTV of 80.5% and 73%. The application offers $161,660,
# which the pool refuses (36, the collateral can't cover it); it lends $161,650. When ether is at $2,050, thresholds
# of 83% and 78% make $161,660 of the collateral, and in the pool $161,640.40. The application shows a health factor
# of 1.00006; in the pool it is 0.99994, half of the debt is repaid by a liquidator, and the bitcoin for it goes with
# a bonus of 5%. A dollar of ether higher, it refuses that (45, the health isn't below 1).
#
# @aave-dao/aave-v3-origin 3.6.0 (npm), a later core, was read and not run: its health is of the sum that isn't cut,
# but what can be borrowed is still of the LTV that is.
#
# Seen on 2026-11-30 with @aave/math-utils 1.38.0 and @aave/core-v3 1.19.3 (npm), whose Pool and libraries run as the
# package has them compiled, in @ethereumjs/evm 10.1.3. Tokens, prices and rates (of 0) are stand-ins.
#
# Needs node 20 and npm. Fails if what is seen changes.
set -euo pipefail
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
cd "$there"

npm install --silent --no-audit --no-fund --ignore-scripts \
    @aave/math-utils@1.38.0 @aave/core-v3@1.19.3 bignumber.js@9.3.1 tslib@2.8.1 \
    @ethereumjs/evm@10.1.3 @ethereumjs/util@10.1.3 solc@0.8.10 >/dev/null

cat >StandIns.sol <<'SOLIDITY'
// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.10;

import {IPool} from "@aave/core-v3/contracts/interfaces/IPool.sol";
import {DataTypes} from "@aave/core-v3/contracts/protocol/libraries/types/DataTypes.sol";

/// An asset, or what is supplied of it, or what is owed: the index of all is 1.
contract Token {
    uint256 public scaledTotalSupply;
    mapping(address => uint256) public scaledBalanceOf;

    function balanceOf(address who) external view returns (uint256) {
        return scaledBalanceOf[who];
    }

    function mint(address, address to, uint256 amount, uint256) external returns (bool, uint256) {
        bool isFirst = scaledBalanceOf[to] == 0;
        scaledBalanceOf[to] += amount;
        return (isFirst, scaledTotalSupply += amount);
    }

    /// Of what is owed.
    function burn(address from, uint256 amount, uint256) external returns (uint256) {
        scaledBalanceOf[from] -= amount;
        return scaledTotalSupply -= amount;
    }

    /// Of what is supplied.
    function burn(address from, address, uint256 amount, uint256) external {
        scaledBalanceOf[from] -= amount;
        scaledTotalSupply -= amount;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }

    function transferUnderlyingTo(address, uint256) external {}

    function handleRepayment(address, address, uint256) external {}
}

/// The addresses of a market, its prices, its rates and its debt at stable rates, of which there is none.
contract Around {
    address public immutable getPoolConfigurator = msg.sender;
    address public constant getPriceOracleSentinel = address(0);
    mapping(address => uint256) public getAssetPrice;
    mapping(address => uint256) public balanceOf;

    function setAssetPrice(address asset, uint256 price) external {
        getAssetPrice[asset] = price;
    }

    function getPriceOracle() external view returns (address) {
        return address(this);
    }

    function getSupplyData() external pure returns (uint256, uint256, uint256, uint40) {
        return (0, 0, 0, 0);
    }

    function calculateInterestRates(DataTypes.CalculateInterestRatesParams calldata)
        external
        pure
        returns (uint256, uint256, uint256)
    {
        return (0, 0, 0);
    }
}
SOLIDITY

cat >seen.js <<'JAVASCRIPT'
const { readFileSync } = require("fs");
const { createEVM } = require("@ethereumjs/evm");
const { createAddressFromString, hexToBytes, bytesToHex } = require("@ethereumjs/util");
const { formatReserves, formatUserSummary } = require("@aave/math-utils");
const solc = require("solc");

// What backs the loan, and the asset that is lent: thresholds, LTVs and bonus in basis points, prices in dollars.
const ether = { decimals: 18, ltv: 8050, threshold: 8300, bonus: 10500, price: 2300, held: 40, owed: 0 };
const bitcoin = { decimals: 8, ltv: 7300, threshold: 7800, bonus: 10500, price: 60000, held: 2, owed: 0 };
const dollar = { decimals: 6, ltv: 7500, threshold: 7800, bonus: 10450, price: 1, held: 0, owed: 0 };
const assets = [ether, bitcoin, dollar];
const units = (asset, amount) => BigInt(amount) * 10n ** BigInt(asset.decimals);
const decimal = (units, decimals) => Number(units) / 10 ** decimals;

/// What an application shows.
function shown() {
  const common = {
    marketReferencePriceInUsd: "100000000",
    marketReferenceCurrencyDecimals: 8,
    currentTimestamp: 1,
  };
  const ray = String(10n ** 27n);
  const reserves = assets.map((asset, index) => ({
    originalId: index,
    id: String(index),
    symbol: "",
    name: "",
    decimals: asset.decimals,
    underlyingAsset: String(index),
    usageAsCollateralEnabled: true,
    reserveFactor: "0",
    baseLTVasCollateral: String(asset.ltv),
    reserveLiquidationThreshold: String(asset.threshold),
    reserveLiquidationBonus: String(asset.bonus),
    liquidityIndex: ray,
    variableBorrowIndex: ray,
    liquidityRate: "0",
    variableBorrowRate: "0",
    availableLiquidity: String(units(asset, 1000000)),
    virtualUnderlyingBalance: String(units(asset, 1000000)),
    totalScaledVariableDebt: String(units(asset, asset.owed)),
    lastUpdateTimestamp: 1,
    borrowCap: "0",
    supplyCap: "0",
    debtCeiling: "0",
    debtCeilingDecimals: 2,
    isolationModeTotalDebt: "0",
    deficit: "0",
    priceInMarketReferenceCurrency: String(BigInt(asset.price) * 10n ** 8n),
  }));
  const userReserves = assets.map((asset, index) => ({
    underlyingAsset: String(index),
    scaledATokenBalance: String(units(asset, asset.held)),
    usageAsCollateralEnabledOnUser: asset.held > 0,
    scaledVariableDebt: String(units(asset, asset.owed)),
  }));
  const formattedReserves = formatReserves({ reserves, ...common });
  const user = formatUserSummary({ userReserves, formattedReserves, userEmodeCategoryId: 0, ...common });
  return {
    threshold: Number(user.currentLiquidationThreshold) * 10000,
    borrowable: Number(user.availableBorrowsUSD),
    health: Number(user.healthFactor),
  };
}

function compiled() {
  const input = {
    language: "Solidity",
    sources: { "StandIns.sol": { content: readFileSync("StandIns.sol", "utf8") } },
    settings: { outputSelection: { "*": { "*": ["evm.bytecode.object", "evm.methodIdentifiers"] } } },
  };
  const read = (path) => ({ contents: readFileSync(`node_modules/${path}`, "utf8") });
  const { contracts, errors = [] } = JSON.parse(solc.compile(JSON.stringify(input), { import: read }));
  if (!contracts) throw new Error(errors.map((error) => error.formattedMessage).join());
  return Object.assign({}, ...Object.values(contracts));
}

async function main() {
  const contracts = compiled();
  const selectors = Object.assign({}, ...Object.values(contracts).map((it) => it.evm.methodIdentifiers));
  const evm = await createEVM();
  const [owner, user, liquidator] = ["11", "22", "33"].map((byte) => `0x${byte.repeat(20)}`);

  const word = (value) => BigInt(value).toString(16).padStart(64, "0");
  async function run(caller, to, data) {
    const { execResult, createdAddress } = await evm.runCall({
      caller: createAddressFromString(caller),
      to: to && createAddressFromString(to),
      data: hexToBytes(`0x${data}`),
      gasLimit: 100000000n,
    });
    const answer = bytesToHex(execResult.returnValue).slice(2);
    return { failed: execResult.exceptionError, answer, created: createdAddress?.toString() };
  }
  async function deploy(code, ...words) {
    const { failed, created } = await run(owner, undefined, code.replace("0x", "") + words.map(word).join(""));
    if (failed) throw new Error(`not deployed: ${failed.error}`);
    return created;
  }
  async function attempt(caller, to, signature, ...words) {
    if (!selectors[signature]) throw new Error(`no ${signature}`);
    return run(caller, to, selectors[signature] + words.map(word).join(""));
  }
  async function call(caller, to, signature, ...words) {
    const { failed, answer } = await attempt(caller, to, signature, ...words);
    if (failed) throw new Error(`${signature}: ${failed.error} ${Buffer.from(answer, "hex")}`);
    return (answer.match(/.{64}/g) ?? []).map((text) => BigInt(`0x${text}`));
  }

  // The pool, with the libraries that it links.
  const libraries = {};
  async function artifact(folder, name, ...words) {
    const { bytecode, linkReferences } = require(
      `@aave/core-v3/artifacts/contracts/protocol/${folder}/${name}.sol/${name}.json`,
    );
    let code = bytecode.replace("0x", "");
    for (const [library, places] of Object.values(linkReferences).flatMap(Object.entries)) {
      libraries[library] ??= await artifact("libraries/logic", library);
      for (const { start, length } of places) {
        code = code.slice(0, 2 * start) + libraries[library].slice(2) + code.slice(2 * (start + length));
      }
    }
    return deploy(code, ...words);
  }
  const stand = (name) => deploy(contracts[name].evm.bytecode.object);
  const around = await stand("Around");
  const pool = await artifact("pool", "Pool", around);

  for (const asset of assets) {
    for (const part of ["token", "supplied", "debt"]) asset[part] = await stand("Token");
    const initialise = "initReserve(address,address,address,address,address)";
    await call(owner, pool, initialise, asset.token, asset.supplied, around, asset.debt, around);
    // It is active and can be borrowed.
    const fields = [[asset.ltv, 0], [asset.threshold, 16], [asset.bonus, 32], [asset.decimals, 48], [1, 56], [1, 58]];
    const configuration = fields.reduce((all, [field, at]) => all | (BigInt(field) << BigInt(at)), 0n);
    await call(owner, pool, "setConfiguration(address,(uint256))", asset.token, configuration);
  }
  async function price() {
    for (const asset of assets) {
      await call(owner, around, "setAssetPrice(address,uint256)", asset.token, BigInt(asset.price) * 10n ** 8n);
    }
  }
  async function account() {
    const words = await call(user, pool, "getUserAccountData(address)", user);
    return { threshold: Number(words[3]), borrowable: decimal(words[2], 8), health: decimal(words[5], 18) };
  }
  const borrow = (amount) => {
    const signature = "borrow(address,uint256,uint256,uint16,address)";
    return attempt(user, pool, signature, dollar.token, units(dollar, amount), 2, 0, user);
  };
  const liquidate = () => {
    const signature = "liquidationCall(address,address,address,uint256,bool)";
    return attempt(liquidator, pool, signature, bitcoin.token, dollar.token, user, 2n ** 256n - 1n, 0);
  };
  // What follows the selector of an error's text: where the text is, how long it is, and the text.
  const outcome = ({ failed, answer }) =>
    failed ? `refused (${Buffer.from(answer, "hex").subarray(68).toString().replace(/\0/g, "")})` : "done";

  await price();
  for (const asset of [ether, bitcoin]) {
    const supply = "supply(address,uint256,address,uint16)";
    await call(user, pool, supply, asset.token, units(asset, asset.held), user, 0);
  }
  let [application, contract] = [shown(), await account()];
  console.log("can be borrowed:", application.borrowable, contract.borrowable);
  const borrowed = [await borrow(application.borrowable), await borrow(contract.borrowable)];
  console.log("borrowing them:", ...borrowed.map(outcome));
  dollar.owed = contract.borrowable;

  for (ether.price of [2051, 2050]) {
    await price();
    [application, contract] = [shown(), await account()];
    console.log(`at ${ether.price}, threshold:`, application.threshold.toFixed(2), contract.threshold.toFixed(2));
    console.log(`at ${ether.price}, health factor:`, application.health.toFixed(5), contract.health.toFixed(5));
    console.log(`at ${ether.price}, liquidation:`, outcome(await liquidate()));
  }
  const [owed] = await call(user, dollar.debt, "balanceOf(address)", user);
  const [held] = await call(user, bitcoin.supplied, "balanceOf(address)", user);
  console.log("dollars owed then:", decimal(owed, 6), "bitcoin held:", decimal(held, 8));
}

// Caught here, as solc throws again what isn't, and node then prints the line of it: all 27 MB of solc.
main().catch((error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
JAVASCRIPT
seen=$(node seen.js)

echo "what @aave/math-utils shows, then what the pool of @aave/core-v3 has"
echo "$seen"
[ "$seen" = "can be borrowed: 161660 161650
borrowing them: refused (36) done
at 2051, threshold: 8003.03 8003.00
at 2051, health factor: 1.00027 1.00026
at 2051, liquidation: refused (45)
at 2050, threshold: 8002.97 8002.00
at 2050, health factor: 1.00006 0.99994
at 2050, liquidation: done
dollars owed then: 80825 bitcoin held: 0.5855625" ]
