// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {DefaultReserveInterestRateStrategy} from "@aave/core-v3/contracts/protocol/pool/DefaultReserveInterestRateStrategy.sol";
import {IPoolAddressesProvider} from "@aave/core-v3/contracts/interfaces/IPoolAddressesProvider.sol";
import {DefaultReserveInterestRateStrategyV2} from "@aave-dao/aave-v3-origin/src/contracts/misc/DefaultReserveInterestRateStrategyV2.sol";

// The contracts as they are, each with what it asks others for.

// The first one's parameters have 27 decimals. It asks the reserve what the pool holds: an account
// here has as much as its address is as a number.
contract RayRates is DefaultReserveInterestRateStrategy {
    constructor(uint256 optimal, uint256 base, uint256 slope1, uint256 slope2)
        DefaultReserveInterestRateStrategy(
            IPoolAddressesProvider(address(this)), optimal, base, slope1, slope2, 0, 0, 0, 0, 0
        )
    {}

    function balanceOf(address account) external pure returns (uint256) {
        return uint160(account);
    }
}

// The second one's parameters are in basis points. It asks the pool who may set them: here whoever
// made it.
contract BpsRates is DefaultReserveInterestRateStrategyV2 {
    address public immutable getPoolConfigurator = msg.sender;

    constructor() DefaultReserveInterestRateStrategyV2(address(this)) {}
}
