// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {PaymentSplitter} from "contracts-4/finance/PaymentSplitter.sol";

// The contract as it is, under a name that the compiler's output can be found by.
contract Splitter is PaymentSplitter {
    constructor(address[] memory payees, uint256[] memory shares) PaymentSplitter(payees, shares) {}
}
