// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title PlayEuro
/// @notice Money to try a market with: for development chains only. Anyone issues as much as he
/// likes to anyone, so that it is worth nothing anywhere.
/// @dev Six decimals, as the euro tokens have with which people pay.
contract PlayEuro is ERC20("Play Euro", "PLAY") {
    /// @notice Issues so much to an account.
    /// @param amount In millionths.
    function issue(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
