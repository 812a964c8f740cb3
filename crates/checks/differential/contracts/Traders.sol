// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";

// Who trades with the pools, which are run as they were compiled: what is handed in and what is asked
// for in one call, so that all of it happens or none.

// What pools need of a token, made for whoever asks.
contract Token {
    mapping(address => uint256) public balanceOf;

    function make(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

contract PairTrader {
    IUniswapV2Pair immutable pair;
    Token immutable token0;
    Token immutable token1;

    constructor(IUniswapV2Factory factory) {
        pair = IUniswapV2Pair(factory.createPair(address(new Token()), address(new Token())));
        token0 = Token(pair.token0());
        token1 = Token(pair.token1());
    }

    function swap(uint256 in0, uint256 in1, uint256 out0, uint256 out1) external {
        hand(in0, in1);
        pair.swap(out0, out1, address(this), "");
    }

    function deposit(uint256 amount0, uint256 amount1, uint256 least) external returns (uint256) {
        hand(amount0, amount1);
        uint256 shares = pair.mint(address(this));
        require(shares >= least, "too few shares");
        return shares;
    }

    function withdraw(uint256 shares) external returns (uint256, uint256) {
        pair.transfer(address(pair), shares);
        return pair.burn(address(this));
    }

    function state() external view returns (uint256, uint256, uint256) {
        (uint256 reserve0, uint256 reserve1,) = pair.getReserves();
        return (reserve0, reserve1, pair.totalSupply());
    }

    function hand(uint256 amount0, uint256 amount1) internal {
        token0.make(address(pair), amount0);
        token1.make(address(pair), amount1);
    }
}
