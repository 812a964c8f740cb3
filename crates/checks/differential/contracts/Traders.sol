// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IUniswapV2Factory} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Factory.sol";
import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {IUniswapV3Factory} from "@uniswap/v3-core/contracts/interfaces/IUniswapV3Factory.sol";
import {IUniswapV3Pool} from "@uniswap/v3-core/contracts/interfaces/IUniswapV3Pool.sol";
import {IUniswapV3MintCallback} from "@uniswap/v3-core/contracts/interfaces/callback/IUniswapV3MintCallback.sol";
import {IUniswapV3SwapCallback} from "@uniswap/v3-core/contracts/interfaces/callback/IUniswapV3SwapCallback.sol";

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

// It pays what it is asked for.
contract PoolTrader is IUniswapV3MintCallback, IUniswapV3SwapCallback {
    IUniswapV3Pool immutable pool;
    Token immutable token0;
    Token immutable token1;

    constructor(IUniswapV3Factory factory, uint24 fee, uint160 sqrtPrice) {
        pool = IUniswapV3Pool(factory.createPool(address(new Token()), address(new Token()), fee));
        token0 = Token(pool.token0());
        token1 = Token(pool.token1());
        pool.initialize(sqrtPrice);
    }

    function swap(bool sell0, int256 amount, uint160 limit) external returns (int256, int256) {
        return pool.swap(address(this), sell0, amount, limit, "");
    }

    function mint(int24 lower, int24 upper, uint128 liquidity) external returns (uint256, uint256) {
        return pool.mint(address(this), lower, upper, liquidity, "");
    }

    function burn(int24 lower, int24 upper, uint128 liquidity) external returns (uint256, uint256) {
        return pool.burn(lower, upper, liquidity);
    }

    function collect(int24 lower, int24 upper, uint128 most0, uint128 most1)
        external
        returns (uint128, uint128)
    {
        return pool.collect(address(this), lower, upper, most0, most1);
    }

    // For the owner of the factory.
    function setFeeProtocol(uint8 parts0, uint8 parts1) external {
        pool.setFeeProtocol(parts0, parts1);
    }

    function collectProtocol(uint128 most0, uint128 most1) external returns (uint128, uint128) {
        return pool.collectProtocol(address(this), most0, most1);
    }

    function uniswapV3MintCallback(uint256 amount0, uint256 amount1, bytes calldata) external {
        token0.make(address(pool), amount0);
        token1.make(address(pool), amount1);
    }

    function uniswapV3SwapCallback(int256 amount0, int256 amount1, bytes calldata) external {
        if (amount0 > 0) token0.make(address(pool), uint256(amount0));
        if (amount1 > 0) token1.make(address(pool), uint256(amount1));
    }

    function state()
        external
        view
        returns (uint256, int256, uint256, uint256, uint256, uint256, uint256)
    {
        (uint160 sqrtPrice, int24 tick,,,,,) = pool.slot0();
        (uint128 owed0, uint128 owed1) = pool.protocolFees();
        uint256 growth0 = pool.feeGrowthGlobal0X128();
        uint256 growth1 = pool.feeGrowthGlobal1X128();
        return (sqrtPrice, tick, pool.liquidity(), growth0, growth1, owed0, owed1);
    }

    function position(int24 lower, int24 upper)
        external
        view
        returns (uint256, uint256, uint256, uint256, uint256)
    {
        return pool.positions(keccak256(abi.encodePacked(address(this), lower, upper)));
    }

    function tickState(int24 at) external view returns (uint256, int256, uint256, uint256) {
        (uint128 gross, int128 net, uint256 outside0, uint256 outside1,,,,) = pool.ticks(at);
        return (gross, net, outside0, outside1);
    }
}
