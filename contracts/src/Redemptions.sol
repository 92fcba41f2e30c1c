// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IHeliosCoin} from "./interfaces/IHeliosCoin.sol";
import {IReadingLedger} from "./interfaces/IReadingLedger.sol";
import {IRedemptions} from "./interfaces/IRedemptions.sol";
import {EnrolmentRecord} from "./types/EnrolmentRecord.sol";
import {MeterState} from "./types/MeterState.sol";
import {RedemptionAccount, beginAccount} from "./types/RedemptionAccount.sol";

/// @title Redemptions
/// @notice Turns coins into energy, by the meter's own word. See IRedemptions.
contract Redemptions is IRedemptions, IERC1363Receiver {
    /// @dev Units of the coin: ERC-20 with 18 decimals.
    uint256 private constant UNITS_PER_COIN = 1e18;

    /// @inheritdoc IRedemptions
    address public immutable ledger;

    /// @inheritdoc IRedemptions
    address public immutable coin;

    /// @inheritdoc IRedemptions
    uint256 public immutable unitsPerWh;

    /// @inheritdoc IRedemptions
    uint48 public immutable maxOpenWh;

    /// @inheritdoc IRedemptions
    mapping(address payer => address) public defaultMeterOf;

    /// @inheritdoc IRedemptions
    mapping(address meter => mapping(address owner => mapping(address payer => bool))) public
        isPayerApproved;

    mapping(address meter => RedemptionAccount) private _accounts;

    /// @dev Coins that were credited and not refunded, the burned ones included: settling what was
    /// delivered need not write it.
    uint256 private _keptUnits;

    modifier onlyCoin() {
        if (msg.sender != coin) revert NotTheCoin(coin, msg.sender);
        _;
    }

    /// @dev The coin deploys whom alone it lets burn, so that neither can be pointed at another.
    /// @param ledger_ Deployer of the coin.
    /// @param whPerCoin Energy of one coin, Wh; the ledger has seen to it that it divides 10^18.
    /// @param maxOpenWh_ Largest open rest of a meter, Wh. 0 takes only what is settled at once:
    /// coins that pay a debt, or come back for what was returned.
    constructor(address ledger_, uint48 whPerCoin, uint48 maxOpenWh_) {
        ledger = ledger_;
        coin = msg.sender;
        unitsPerWh = UNITS_PER_COIN / whPerCoin;
        maxOpenWh = maxOpenWh_;
    }

    /// @inheritdoc IRedemptions
    function redeem(address meter, uint256 amount) external {
        _pull(amount);
        _credit(meter, msg.sender);
    }

    /// @inheritdoc IRedemptions
    function redeemWithPermit(
        address meter,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        try IERC20Permit(coin).permit(msg.sender, address(this), amount, deadline, v, r, s) {}
            catch {}

        _pull(amount);
        _credit(meter, msg.sender);
    }

    /// @inheritdoc IRedemptions
    function onTransfer(address payer) external onlyCoin {
        _credit(_defaultMeterOf(payer), payer);
    }

    /// @inheritdoc IERC1363Receiver
    /// @dev What the coin says of amount and operator is not needed: see _credit.
    function onTransferReceived(address, address payer, uint256, bytes calldata data)
        external
        onlyCoin
        returns (bytes4)
    {
        _credit(data.length == 0 ? _defaultMeterOf(payer) : _meterIn(data), payer);
        return this.onTransferReceived.selector;
    }

    /// @inheritdoc IRedemptions
    function nameDefaultMeter(address meter) external {
        if (meter != address(0)) _requireOwner(meter, msg.sender);

        defaultMeterOf[msg.sender] = meter;
        emit DefaultMeterNamed(msg.sender, meter);
    }

    /// @inheritdoc IRedemptions
    function approvePayer(address meter, address payer, bool isApproved) external {
        _requireOwner(meter, msg.sender);

        isPayerApproved[meter][msg.sender][payer] = isApproved;
        emit PayerApproved(meter, msg.sender, payer, isApproved);
    }

    /// @inheritdoc IRedemptions
    /// @dev Also for a meter that nobody redeemed for: its account stays empty.
    function settle(address meter) external {
        RedemptionAccount account = _accounts[meter];
        (uint256 usedWh, uint256 returnedWh) = _sinceEnrolment(meter, account);

        RedemptionAccount settlement = account.due(usedWh, returnedWh);
        _pay(meter, account + settlement, settlement, usedWh);
    }

    /// @inheritdoc IRedemptions
    function close(address meter, uint256 finalImportWh) external {
        if (msg.sender != ledger) revert NotTheLedger(ledger, msg.sender);
        RedemptionAccount account = _accounts[meter];
        (uint256 usedWh, uint256 returnedWh) = _sinceEnrolment(meter, account);
        uint256 finalUsedWh = _lessOrZero(finalImportWh, account.fromImportWh());
        if (finalUsedWh < usedWh) finalUsedWh = usedWh;

        RedemptionAccount settlement = account.dueAtEnd(usedWh, returnedWh, finalUsedWh);
        _pay(meter, account + settlement, settlement, finalUsedWh);
    }

    /// @inheritdoc IRedemptions
    function canRedeem(address meter, address payer, uint256 amount)
        external
        view
        returns (bool)
    {
        if (IReadingLedger(ledger).stateOf(meter) != MeterState.Active) {
            return false;
        }
        if (!_mayPay(meter, IReadingLedger(ledger).ownerOf(meter), payer)) return false;
        if (!_isWholeWattHours(amount)) return false;

        RedemptionAccount account = _accountOf(meter);
        uint256 amountWh = amount / unitsPerWh;
        if (account.authorisedWh() + amountWh > type(uint48).max) return false;

        (uint256 usedWh, uint256 returnedWh) = _sinceEnrolment(meter, account);
        (account,) = account.redeem(amountWh, usedWh, returnedWh);
        return account.openWh() <= maxOpenWh;
    }

    /// @inheritdoc IRedemptions
    function authorisedWh(address meter) external view returns (uint256) {
        return _accountOf(meter).authorisedWh();
    }

    /// @inheritdoc IRedemptions
    function openWh(address meter) external view returns (uint256) {
        (RedemptionAccount account,) = _settledNow(meter);
        return account.openWh();
    }

    /// @inheritdoc IRedemptions
    function debtWh(address meter) external view returns (uint256) {
        (RedemptionAccount account, uint256 usedWh) = _settledNow(meter);
        // What a dead meter's kWh meter showed may be settled beyond its registers.
        return _lessOrZero(usedWh, account.settledWh());
    }

    /// @inheritdoc IRedemptions
    function accountOf(address meter)
        external
        view
        returns (uint48 redeemedWh, uint48 settledWh, uint48 refundedWh)
    {
        RedemptionAccount account = _accounts[meter];
        // Each register is 48 bits wide.
        return
            (
                uint48(account.redeemedWh()),
                uint48(account.settledWh()),
                uint48(account.refundedWh())
            );
    }

    /// @inheritdoc IRedemptions
    function escrowedUnits() public view returns (uint256) {
        return _keptUnits - IHeliosCoin(coin).burned();
    }

    /// @dev The coin, called by this contract, tells this contract nothing. It returns true or
    /// reverts.
    function _pull(uint256 amount) private {
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        IERC20(coin).transferFrom(msg.sender, address(this), amount);
    }

    /// @dev The one entry behind the doors. Credits exactly what the balance exceeds the escrow,
    /// never an amount that it was told: coins that arrived count once, whoever says it how often.
    function _credit(address meter, address payer) private {
        uint256 amount = IERC20(coin).balanceOf(address(this)) - escrowedUnits();
        MeterState state = IReadingLedger(ledger).stateOf(meter);
        address owner = IReadingLedger(ledger).ownerOf(meter);
        RedemptionAccount account = _accountOf(meter);
        uint256 authorised = account.authorisedWh() + amount / unitsPerWh;

        if (state != MeterState.Active) revert MeterNotActive(meter, state);
        if (!_mayPay(meter, owner, payer)) revert PayerNotApproved(meter, owner, payer);
        if (!_isWholeWattHours(amount)) revert NotWholeWattHours(amount, unitsPerWh);
        if (authorised > type(uint48).max) revert AuthorisedTooLarge(authorised);

        (uint256 usedWh, uint256 returnedWh) = _sinceEnrolment(meter, account);
        RedemptionAccount settlement;
        (account, settlement) = account.redeem(amount / unitsPerWh, usedWh, returnedWh);
        if (account.openWh() > maxOpenWh) revert OpenRestTooLarge(maxOpenWh, account.openWh());

        _keptUnits += amount;
        emit Authorised(meter, payer, amount, uint48(authorised));
        _pay(meter, account, settlement, usedWh);
    }

    /// @dev Keeps an account, and burns and refunds what a settlement added to it.
    function _pay(
        address meter,
        RedemptionAccount account,
        RedemptionAccount settlement,
        uint256 usedWh
    ) private {
        // Amounts are below 2^48 times 10^18, and what is settled is at most what was used, below
        // 2^48.
        unchecked {
            uint256 burned = settlement.settledWh() * unitsPerWh;
            uint256 refunded = settlement.refundedWh() * unitsPerWh;

            _accounts[meter] = account;
            if (RedemptionAccount.unwrap(settlement) == 0) return;

            emit Settled(meter, burned, refunded, uint48(usedWh - account.settledWh()));

            if (burned != 0) IHeliosCoin(coin).burn(burned);
            if (refunded != 0) _refund(meter, refunded);
        }
    }

    /// @dev A coin that returns at all returns true.
    function _refund(address meter, uint256 amount) private {
        _keptUnits -= amount;
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        IERC20(coin).transfer(IReadingLedger(ledger).ownerOf(meter), amount);
    }

    function _requireOwner(address meter, address account) private view {
        address owner = IReadingLedger(ledger).ownerOf(meter);
        if (account != owner) revert NotTheOwner(owner, account);
    }

    /// @dev His own, also if the owner of another has approved him: whoever buys a meter could
    /// else approve the seller, and get what he still sends out of habit.
    function _defaultMeterOf(address payer) private view returns (address meter) {
        meter = defaultMeterOf[payer];
        if (meter == address(0)) revert NoDefaultMeter(payer);
        _requireOwner(meter, payer);
    }

    function _meterIn(bytes calldata data) private pure returns (address) {
        if (data.length != 32 || uint256(bytes32(data)) > type(uint160).max) {
            revert MeterDataRefused(data);
        }
        return address(uint160(uint256(bytes32(data))));
    }

    function _mayPay(address meter, address owner, address payer) private view returns (bool) {
        return payer == owner || isPayerApproved[meter][owner][payer];
    }

    function _isWholeWattHours(uint256 amount) private view returns (bool) {
        return amount != 0 && amount % unitsPerWh == 0;
    }

    /// @dev The meter's account, begun at its enrolment if nothing was redeemed for it yet.
    function _accountOf(address meter) private view returns (RedemptionAccount account) {
        account = _accounts[meter];
        if (account.redeemedWh() == 0) {
            EnrolmentRecord memory enrolment = IReadingLedger(ledger).enrolmentOf(meter);
            account = beginAccount(enrolment.importWh, enrolment.returnedWh);
        }
    }

    /// @dev Energy imported and returned since enrolment, Wh. Registers never decrease, so none is
    /// below where it began.
    function _sinceEnrolment(address meter, RedemptionAccount account)
        private
        view
        returns (uint256 usedWh, uint256 returnedWh)
    {
        (usedWh, returnedWh) = IReadingLedger(ledger).consumerRegistersOf(meter);
        unchecked {
            return (usedWh - account.fromImportWh(), returnedWh - account.fromReturnedWh());
        }
    }

    /// @dev The account as settle would leave it.
    function _settledNow(address meter)
        private
        view
        returns (RedemptionAccount account, uint256 usedWh)
    {
        uint256 returnedWh;
        account = _accountOf(meter);
        (usedWh, returnedWh) = _sinceEnrolment(meter, account);
        account = account + account.due(usedWh, returnedWh);
    }

    function _lessOrZero(uint256 a, uint256 b) private pure returns (uint256) {
        return a > b ? a - b : 0;
    }
}
