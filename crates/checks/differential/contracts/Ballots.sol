// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

// The contract as it is, by seconds, of units that are made for whoever asks.
contract Ballots is Votes {
    mapping(address => uint256) units;

    constructor() EIP712("Ballots", "1") {}

    function move(address from, address to, uint256 amount) external {
        if (from != address(0)) units[from] -= amount;
        if (to != address(0)) units[to] += amount;
        _transferVotingUnits(from, to, amount);
    }

    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return units[account];
    }
}
