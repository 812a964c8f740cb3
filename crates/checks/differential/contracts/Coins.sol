// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

// What pools of rewards need of a token, made for whoever asks.
contract Coin {
    uint256 public constant decimals = 18;
    uint256 public totalSupply;
    mapping(address => uint256) public balanceOf;

    function make(address to, uint256 amount) external {
        totalSupply += amount;
        balanceOf[to] += amount;
    }

    // Nobody has to approve.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return _move(from, to, amount);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _move(msg.sender, to, amount);
    }

    function approve(address, uint256) external pure returns (bool) {
        return true;
    }

    function allowance(address, address) external pure returns (uint256) {
        return type(uint256).max;
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}
