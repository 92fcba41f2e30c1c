// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {HostileReceiver} from "./HostileReceiver.sol";
import {Reading} from "./LedgerTest.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice Receivers of ERC-1363 get control in the middle of a transfer. Whatever they do with it,
/// coins count once.
contract HostileReceiverTest is RedemptionsTest {
    uint256 private constant KEY = 0xBAD;

    HostileReceiver private _receiver;
    address private _meter;

    function setUp() public override {
        super.setUp();
        _receiver = new HostileReceiver(callable, redemptions);
        _meter = VM.addr(KEY);
        Enrolment memory enrolment = enrolmentOf(KEY, address(_receiver));
        enrol(KEY, enrolment);
        pay(1000);
    }

    function _send(uint256 amount) private {
        VM.prank(OWNER);
        callable.transferAndCall(address(_receiver), amount);
    }

    function _checkOpen(uint256 openWh) private view {
        assertEq(redemptions.openWh(_meter), openWh, "credited once");
        assertEq(redemptions.openWh(consumer), 1000, "nobody else's coins");
        assertEq(redemptions.escrowedUnits(), (1000 + openWh) * WH, "escrow");
        assertEq(
            coin.balanceOf(address(redemptions)),
            redemptions.escrowedUnits(),
            "balance = escrowed"
        );
        assertEq(coin.totalSupply(), 100e18, "supply");
    }

    function test_hostile_redeemsWithinATransferOnce() public {
        HostileReceiver.Mood[3] memory moods = [
            HostileReceiver.Mood.Redeem,
            HostileReceiver.Mood.TransferAndCall,
            HostileReceiver.Mood.PlainTransfer
        ];
        for (uint256 i = 0; i < 3; ++i) {
            _receiver.prepare(moods[i], _meter);
            _send(7 * WH);
            _checkOpen(7 * (i + 1));
            assertEq(coin.balanceOf(address(_receiver)), 0, "sent on");
        }
    }

    function test_hostile_settlesWithinATransfer() public {
        _receiver.prepare(HostileReceiver.Mood.Settle, _meter);
        _send(7 * WH);
        _checkOpen(0);
        assertEq(coin.balanceOf(address(_receiver)), 7 * WH, "received");
    }

    function test_hostile_cannotHaveAnArrivalCountedAgain() public {
        _receiver.prepare(HostileReceiver.Mood.ClaimAnotherArrival, _meter);
        _send(7 * WH);
        assertTrue(_receiver.isClaimRefused(), "only the coin says so");
        _checkOpen(7);
    }

    function test_hostile_cannotHaveAnArrivalCountedAgainThroughTheCoinItself() public {
        // Had the coin's word been taken for an amount, this would credit what is not there.
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(notWhole(0));
            VM.prank(address(coin));
            if (i == 0) {
                redemptions.onTransfer(OWNER);
            } else {
                IERC1363Receiver(address(redemptions))
                    .onTransferReceived(OWNER, OWNER, 1e18, abi.encode(consumer));
            }
        }
        _checkOpen(0);
    }

    function test_hostile_canRefuseOnlyItsOwnCoins() public {
        HostileReceiver.Mood[2] memory moods =
            [HostileReceiver.Mood.Refuse, HostileReceiver.Mood.AnswerNonsense];
        for (uint256 i = 0; i < 2; ++i) {
            _receiver.prepare(moods[i], _meter);
            VM.prank(OWNER);
            try callable.transferAndCall(address(_receiver), WH) {
                revert NotTrue("refused");
            } catch {}
            // A refund is a plain transfer: an owner that refuses cannot hold up a settlement.
            _refundTo(address(_receiver));
        }
    }

    function _refundTo(address owner) private {
        VM.prank(OWNER);
        assertTrue(coin.transfer(owner, 5 * WH), "plain");
        VM.prank(owner);
        redemptions.redeem(_meter, 5 * WH);
        uint32 pagination = ledger.registersOf(_meter).pagination + 1;
        uint48 returnedWh = ledger.registersOf(_meter).returnedWh + 5;
        ledger.record(sign(KEY, Reading(pagination, 0, 0, 0, returnedWh, 0, 0)));
        redemptions.settle(_meter);
        assertEq(redemptions.openWh(_meter), 0, "refunded");
    }
}
