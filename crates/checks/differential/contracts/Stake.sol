// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

// What a vote escrow needs of the token that is locked: whoever pays has enough of it.
contract Stake {
    uint256 public constant decimals = 18;

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return true;
    }
}
