// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {VestingWallet} from "@openzeppelin/contracts/finance/VestingWallet.sol";
import {VestingWalletCliff} from "@openzeppelin/contracts/finance/VestingWalletCliff.sol";

// The contracts as they are, under names that the compiler's output can be found by. The second is
// abstract there.

contract Wallet is VestingWallet {
    constructor(address beneficiary, uint64 start, uint64 duration)
        payable
        VestingWallet(beneficiary, start, duration)
    {}
}

contract CliffWallet is VestingWalletCliff {
    constructor(address beneficiary, uint64 start, uint64 duration, uint64 cliff)
        payable
        VestingWallet(beneficiary, start, duration)
        VestingWalletCliff(cliff)
    {}
}
