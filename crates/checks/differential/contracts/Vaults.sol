// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {ERC20} from "contracts-4/token/ERC20/ERC20.sol";
import {IERC20} from "contracts-4/interfaces/IERC20.sol";
import {ERC4626} from "contracts-4/token/ERC20/extensions/ERC4626.sol";
import {ERC4626 as Solady4626} from "solady/src/tokens/ERC4626.sol";

// The vaults as they are, with an offset of one's choice.

contract OpenZeppelinVault is ERC4626 {
    uint8 immutable offset;

    constructor(IERC20 asset, uint8 more) ERC20("Vault", "V") ERC4626(asset) {
        offset = more;
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return offset;
    }
}

contract SoladyVault is Solady4626 {
    address immutable coin;
    uint8 immutable offset;

    constructor(address asset_, uint8 more) {
        coin = asset_;
        offset = more;
    }

    function asset() public view override returns (address) {
        return coin;
    }

    function name() public pure override returns (string memory) {
        return "Vault";
    }

    function symbol() public pure override returns (string memory) {
        return "V";
    }

    function _decimalsOffset() internal view override returns (uint8) {
        return offset;
    }
}
