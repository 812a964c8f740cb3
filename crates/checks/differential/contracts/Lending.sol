// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IPool} from "@aave/core-v3/contracts/interfaces/IPool.sol";
import {DataTypes} from "@aave/core-v3/contracts/protocol/libraries/types/DataTypes.sol";

// What a lending pool needs of an asset, of what is supplied of it and of what is owed: amounts of one's
// choice. As the pool's own tokens do, it burns no amount of 0.
contract Claim {
    mapping(address => uint256) public balanceOf;
    uint256 public scaledTotalSupply;

    function set(address user, uint256 amount) external {
        balanceOf[user] = amount;
    }

    function scaledBalanceOf(address user) external view returns (uint256) {
        return balanceOf[user];
    }

    // The first of what is supplied or owed is told as such by the one as by the other.
    function mint(address, address user, uint256 amount, uint256) external returns (bool first, uint256) {
        first = balanceOf[user] == 0;
        balanceOf[user] += amount;
    }

    function burn(address user, address, uint256 amount, uint256) external {
        _burn(user, amount);
    }

    function burn(address user, uint256 amount, uint256) external returns (uint256) {
        _burn(user, amount);
        return 0;
    }

    function transferOnLiquidation(address from, address to, uint256 amount) external {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }

    function RESERVE_TREASURY_ADDRESS() external view returns (address) {
        return address(this);
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return true;
    }

    function transferUnderlyingTo(address, uint256) external {}

    function handleRepayment(address, address, uint256) external {}

    function _burn(address user, uint256 amount) private {
        require(amount != 0, "25");
        balanceOf[user] -= amount;
    }
}

// All else that a pool asks: its addresses, its oracle, its configurator, its rates and a debt at stable
// rates, which are all 0. It supplies, borrows and liquidates for whom one likes.
contract Market {
    struct Reserve {
        address asset;
        Claim held;
        Claim owed;
    }

    IPool pool;
    Reserve[] reserves;
    mapping(address => uint256) public getAssetPrice;

    function getPoolConfigurator() external view returns (address) {
        return address(this);
    }

    function getPriceOracle() external view returns (address) {
        return address(this);
    }

    // As many reserves as one likes, of which two users hold a whole token and owe a unit each.
    function open(IPool to, uint256 count, uint256 configuration, address[2] calldata users) external {
        pool = to;
        for (uint256 i = 0; i < count; i++) {
            Reserve memory reserve = Reserve(address(new Claim()), new Claim(), new Claim());
            reserves.push(reserve);
            pool.initReserve(
                reserve.asset, address(reserve.held), address(this), address(reserve.owed), address(this)
            );
            pool.setConfiguration(reserve.asset, DataTypes.ReserveConfigurationMap(configuration));
            getAssetPrice[reserve.asset] = 1e8;
        }
        for (uint256 i = 0; i < 2 * count; i++) {
            pool.supply(reserves[i / 2].asset, 1e18, users[i % 2], 0);
        }
        for (uint256 i = 0; i < 2 * count; i++) {
            pool.borrow(reserves[i / 2].asset, 1, 2, 0, users[i % 2]);
        }
    }

    // What a category is worth alone, or 0 where each asset has its own price.
    function group(uint8 id, uint16 ltv, uint16 threshold, uint16 bonus, uint256 price) external {
        address source = price == 0 ? address(0) : address(this);
        getAssetPrice[source] = price;
        pool.configureEModeCategory(id, DataTypes.EModeCategory(ltv, threshold, bonus, source, ""));
    }

    // Of each reserve its configuration, its price, what the user holds of it and owes.
    function set(address user, uint256[4][] calldata words) external {
        for (uint256 i = 0; i < words.length; i++) {
            Reserve storage reserve = reserves[i];
            pool.setConfiguration(reserve.asset, DataTypes.ReserveConfigurationMap(words[i][0]));
            getAssetPrice[reserve.asset] = words[i][1];
            reserve.held.set(user, words[i][2]);
            reserve.owed.set(user, words[i][3]);
        }
    }

    function borrow(address user, uint256 index, uint256 amount) external {
        pool.borrow(reserves[index].asset, amount, 2, 0, user);
    }

    // What the user then has less of the one, and owes less of the other.
    function liquidate(address user, uint256 held, uint256 owed, uint256 amount)
        external
        returns (uint256 seized, uint256 repaid)
    {
        (Claim from, Claim to) = (reserves[held].held, reserves[owed].owed);
        (seized, repaid) = (from.balanceOf(user), to.balanceOf(user));
        pool.liquidationCall(reserves[held].asset, reserves[owed].asset, user, amount, false);
        (seized, repaid) = (seized - from.balanceOf(user), repaid - to.balanceOf(user));
    }

    // Whatever else one asks is 0.
    fallback(bytes calldata) external returns (bytes memory) {
        return new bytes(128);
    }
}
