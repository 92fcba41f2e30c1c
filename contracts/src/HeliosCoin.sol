// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC1363} from "@openzeppelin/contracts/token/ERC20/extensions/ERC1363.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC1363Utils} from "@openzeppelin/contracts/token/ERC20/utils/ERC1363Utils.sol";
import {Redemptions} from "./Redemptions.sol";
import {IHeliosCoin} from "./interfaces/IHeliosCoin.sol";

/// @title HeliosCoin
/// @notice ERC-20 with permit and ERC-1363, minted by one ledger and burned by one Redemptions.
/// See IHeliosCoin.
contract HeliosCoin is ERC20Permit, ERC1363, IHeliosCoin {
    /// @inheritdoc IHeliosCoin
    address public immutable ledger;

    /// @inheritdoc IHeliosCoin
    address public immutable redemptions;

    /// @inheritdoc IHeliosCoin
    /// @dev A register beside ERC-20's own books, which never fall by burning: there these coins
    /// still count as supply, and as held by Redemptions. Both are read less this. So burning
    /// writes one slot instead of two, a ninth of what it takes to settle.
    uint256 public burned;

    /// @dev The ledger deploys its coin, and the coin its Redemptions, so that none can be pointed
    /// at another one later.
    /// @param whPerCoin Energy of one coin, Wh.
    /// @param maxOpenWh Largest open rest of a meter, Wh.
    constructor(uint48 whPerCoin, uint48 maxOpenWh)
        ERC20("Helios Coin", "HEC")
        ERC20Permit("Helios Coin")
    {
        ledger = msg.sender;
        redemptions = address(new Redemptions(msg.sender, whPerCoin, maxOpenWh));
    }

    /// @inheritdoc IHeliosCoin
    function mint(address to, uint256 amount) external {
        if (msg.sender != ledger) revert NotTheLedger(ledger, msg.sender);

        _mint(to, amount);
    }

    /// @inheritdoc IHeliosCoin
    function burn(uint256 amount) external returns (uint256 burnedInAll) {
        if (msg.sender != redemptions) revert NotRedemptions(redemptions, msg.sender);

        // Below what was ever minted. Not checked against what Redemptions holds: it burns what it
        // has escrowed, and reading its balance would be a twentieth of the price.
        unchecked {
            burnedInAll = burned + amount;
        }
        burned = burnedInAll;
        emit Transfer(redemptions, address(0), amount);
    }

    /// @inheritdoc IERC20
    function transfer(address to, uint256 amount) public override(ERC20, IERC20) returns (bool) {
        _transfer(msg.sender, to, amount);

        if (to == redemptions) Redemptions(redemptions).onTransfer(msg.sender);
        return true;
    }

    /// @inheritdoc IERC20
    /// @dev What Redemptions itself pulls, it knows of.
    function transferFrom(address from, address to, uint256 amount)
        public
        override(ERC20, IERC20)
        returns (bool)
    {
        _spendAllowance(from, msg.sender, amount);
        _transfer(from, to, amount);

        if (to == redemptions && msg.sender != redemptions) {
            Redemptions(redemptions).onTransfer(from);
        }
        return true;
    }

    /// @dev As in OpenZeppelin, but for transfer, which would tell Redemptions of coins that
    /// onTransferReceived is for.
    function transferAndCall(address to, uint256 amount, bytes memory data)
        public
        override
        returns (bool)
    {
        _transfer(msg.sender, to, amount);

        ERC1363Utils.checkOnERC1363TransferReceived(msg.sender, msg.sender, to, amount, data);
        return true;
    }

    /// @dev As in OpenZeppelin, but for transferFrom, likewise.
    function transferFromAndCall(address from, address to, uint256 amount, bytes memory data)
        public
        override
        returns (bool)
    {
        _spendAllowance(from, msg.sender, amount);
        _transfer(from, to, amount);

        ERC1363Utils.checkOnERC1363TransferReceived(msg.sender, from, to, amount, data);
        return true;
    }

    /// @inheritdoc IERC20
    function totalSupply() public view override(ERC20, IERC20) returns (uint256) {
        return super.totalSupply() - burned;
    }

    /// @inheritdoc IERC20
    function balanceOf(address account) public view override(ERC20, IERC20) returns (uint256) {
        uint256 received = super.balanceOf(account);
        return account == redemptions ? received - burned : received;
    }

    /// @dev Every movement of coins passes here, mints included; only burns do not.
    function _update(address from, address to, uint256 amount) internal override {
        if (to == address(this)) revert TransferToCoin();
        // ERC-20's books do not know that they are burned.
        if (from == redemptions && amount > balanceOf(from)) {
            revert ERC20InsufficientBalance(from, balanceOf(from), amount);
        }

        super._update(from, to, amount);
    }
}
