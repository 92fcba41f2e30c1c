// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IHeliosCoin} from "./interfaces/IHeliosCoin.sol";

/// @title HeliosCoin
/// @notice ERC-20 with permit and ERC-1363, minted by one ledger. See IHeliosCoin.
contract HeliosCoin is ERC20Permit, ERC1363, IHeliosCoin {
    /// @inheritdoc IHeliosCoin
    address public immutable ledger;

    /// @dev The ledger deploys its coin, so that neither can be pointed at another one later.
    constructor() ERC20("Helios Coin", "HEC") ERC20Permit("Helios Coin") {
        ledger = msg.sender;
    }

    /// @inheritdoc IHeliosCoin
    function mint(address to, uint256 amount) external {
        if (msg.sender != ledger) revert NotTheLedger(ledger, msg.sender);

        _mint(to, amount);
    }

    /// @dev Every movement of coins passes here, mints and burns included.
    function _update(address from, address to, uint256 amount) internal override {
        if (to == address(this)) revert TransferToCoin();

        super._update(from, to, amount);
    }
}
