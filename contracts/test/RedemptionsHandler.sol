// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {Vm} from "../script/Vm.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {LedgerHandler} from "./LedgerHandler.sol";
import {Reading} from "./LedgerTest.sol";

/// @notice What the invariants let happen to coins that become energy, besides all that happens to
/// the ledger: owners who pay for their own meters and for each other's through every door, meters
/// that give back too much, strangers who settle, a meter that dies.
contract RedemptionsHandler is LedgerHandler {
    uint256 private constant WH = 1e15;
    uint256 private constant DOORS = 5;

    /// @notice Units of coin, as the events say.
    uint256 public unitsRedeemed;
    uint256 public unitsSettled;
    uint256 public unitsRefunded;
    /// @notice Units of coin, as the coin's transfers say.
    uint256 public unitsBurned;
    uint256 public unitsPaidOut;
    /// @notice Calls after which a register of an account was lower than before.
    uint256 public accountsDecreased;

    IRedemptions public redemptions;
    mapping(address meter => uint48[3]) private _lastAccount;

    function setUp() public override {
        super.setUp();
        redemptions = IRedemptions(ledger.redemptions());
        for (uint256 i = 0; i < 3; ++i) {
            VM.prank(_owner(i));
            coin.approve(address(redemptions), type(uint256).max);
            VM.prank(_owner(i));
            coin.approve(STRANGER, type(uint256).max);
        }
    }

    function nameDefaultMeter(uint256 who) external {
        VM.prank(ledger.ownerOf(meterAt(who)));
        redemptions.nameDefaultMeter(meterAt(who));
    }

    function approvePayer(uint256 who, uint256 payer, bool isApproved) external {
        VM.prank(ledger.ownerOf(meterAt(who)));
        redemptions.approvePayer(meterAt(who), _owner(payer), isApproved);
    }

    /// @notice A payment by any door: it succeeds if and only if canRedeem says so.
    function pay(uint256 door, uint256 from, uint256 who, uint256 amount, uint256 chance)
        external
    {
        address payer = _owner(from);
        door %= DOORS;
        // Mostly whole watt-hours that the payer has; at times anything.
        amount = chance % 16 == 0
            ? bound(amount, 0, coin.balanceOf(payer))
            : bound(amount, 0, coin.balanceOf(payer) / WH) * WH;
        bool isByDefault = door < 3;
        address meter_ = isByDefault ? redemptions.defaultMeterOf(payer) : meterAt(who);
        bool isExpected = redemptions.canRedeem(meter_, payer, amount)
            && (!isByDefault || ledger.ownerOf(meter_) == payer);

        VM.recordLogs();
        assertTrue(_try(door, payer, meter_, amount) == isExpected, "as canRedeem says");
        _observe(false);
        _observeAccount(meter_);
    }

    function _try(uint256 door, address payer, address meter_, uint256 amount)
        private
        returns (bool)
    {
        IERC1363 callable = IERC1363(address(coin));
        bytes memory call = abi.encodeCall(coin.transfer, (address(redemptions), amount));
        if (door == 1) {
            call = abi.encodeCall(coin.transferFrom, (payer, address(redemptions), amount));
        } else if (door == 2) {
            call = abi.encodeWithSignature(
                "transferAndCall(address,uint256)", address(redemptions), amount
            );
        } else if (door == 3) {
            call = abi.encodeWithSignature(
                "transferAndCall(address,uint256,bytes)",
                address(redemptions),
                amount,
                abi.encode(meter_)
            );
        } else if (door == 4) {
            call = abi.encodeCall(redemptions.redeem, (meter_, amount));
        }

        VM.prank(door == 1 ? STRANGER : payer);
        (bool isDone,) = (door == 4 ? address(redemptions) : address(callable)).call(call);
        return isDone;
    }

    /// @notice The meter gives back energy, at times more than was ever redeemed.
    function giveBack(uint256 who, uint48 returnedWh) external {
        Reading memory step;
        step.pagination = 1;
        step.returnedWh = uint48(bound(returnedWh, 0, 20_000));
        step.takenAt = uint40(block.timestamp);
        _submit(_sign(who, _goOn(meterAt(who), step)), true);
    }

    function settle(uint256 who) external {
        VM.recordLogs();
        VM.prank(STRANGER);
        redemptions.settle(meterAt(who));
        _observe(false);
        _observeAccount(meterAt(who));
    }

    /// @notice The last meter, once it is closing: owner and enroller agree on where it ended.
    function bury(uint256 chance, uint48 finalImportWh) external {
        address meter_ = meterAt(3);
        if (chance % 8 != 0 || ledger.stateOf(meter_) != MeterState.Closing) return;
        Registers memory last = ledger.registersOf(meter_);
        finalImportWh = uint48(bound(finalImportWh, 0, last.importWh + 50_000));

        VM.prank(ledger.ownerOf(meter_));
        ledger.offerFinalImport(meter_, finalImportWh);
        VM.warp(block.timestamp + 30 days);
        VM.recordLogs();
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(meter_, finalImportWh);
        _observe(false);
        _observeAccount(meter_);
    }

    function _observe(Vm.Log memory log, bool isSigned) internal override {
        super._observe(log, isSigned);
        bytes32 here = bytes32(uint256(uint160(address(redemptions))));
        if (log.topics[0] == TRANSFER && log.topics[1] == here) {
            uint256 units = abi.decode(log.data, (uint256));
            if (log.topics[2] == 0) unitsBurned += units;
            else unitsPaidOut += units;
        }
        if (log.topics[0] == IRedemptions.Authorised.selector) {
            (uint256 units,) = abi.decode(log.data, (uint256, uint48));
            unitsRedeemed += units;
        }
        if (log.topics[0] == IRedemptions.Settled.selector) {
            (uint256 burned, uint256 refunded,) = abi.decode(log.data, (uint256, uint256, uint48));
            unitsSettled += burned;
            unitsRefunded += refunded;
        }
    }

    function _observeAccount(address meter_) private {
        (uint48 redeemed, uint48 settled, uint48 refunded) = redemptions.accountOf(meter_);
        uint48[3] memory last = _lastAccount[meter_];
        if (redeemed < last[0] || settled < last[1] || refunded < last[2]) ++accountsDecreased;
        _lastAccount[meter_] = [redeemed, settled, refunded];
    }
}
