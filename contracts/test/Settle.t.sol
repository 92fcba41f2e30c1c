// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Vm} from "../script/Vm.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

contract SettleTest is RedemptionsTest {
    function _settle(uint256 burnedWh, uint256 refundedWh, uint48 debtWh) private {
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, burnedWh * WH, refundedWh * WH, debtWh);
        VM.prank(STRANGER);
        redemptions.settle(consumer);
    }

    function _settlesNothing() private {
        VM.recordLogs();
        redemptions.settle(consumer);
        assertEq(VM.getRecordedLogs().length, 0, "nothing happens");
    }

    function test_settle_doesNothingForAMeterWithoutRedemptions() public {
        used(500, 70);
        _settlesNothing();
        checkAccount(0, 0, 0);
        assertEq(redemptions.debtWh(consumer), 500, "used and not authorised");
        assertEq(redemptions.authorisedWh(consumer), START_WH, "scale");
        redemptions.settle(STRANGER);
        redemptions.settle(address(0));
    }

    function test_settle_doesNothingUntilTheMeterSaysMore() public {
        pay(9000);
        _settlesNothing();
        used(5000, 1000);
        redemptions.settle(consumer);
        _settlesNothing();
        checkAccount(9000, 5000, 1000);
    }

    function test_settle_burnsWhatWasDelivered() public {
        pay(9000);
        uint256 supply = coin.totalSupply();
        used(5000, 0);
        _settle(5000, 0, 0);
        checkAccount(9000, 5000, 0);
        assertEq(coin.totalSupply(), supply - 5000 * WH, "burned");
        assertEq(redemptions.openWh(consumer), 4000, "the rest is open");
    }

    function test_settle_refundsWhatWasGivenBack() public {
        pay(9000);
        used(0, 1000);
        _settle(0, 1000, 0);
        checkAccount(9000, 0, 1000);
        assertEq(coin.balanceOf(OWNER), 92e18, "to the owner");
    }

    function test_settle_paysUseBeforeItRefunds() public {
        // Used 8000 and gave back 1500 of 9000: 500 too many, by an overshoot.
        pay(9000);
        used(8000, 1500);
        _settle(8000, 1000, 0);
        checkAccount(9000, 8000, 1000);
        assertEq(redemptions.openWh(consumer), 0, "nothing is left");
    }

    function test_settle_leavesADebtForUseBeyondWhatWasRedeemed() public {
        pay(9000);
        used(9300, 0);
        _settle(9000, 0, 300);
        assertEq(redemptions.debtWh(consumer), 300, "the overshoot");
        _settlesNothing();
    }

    function test_settle_splitsAnExcessByTheOrderAndTheNextRedemptionEvensItOut() public {
        pay(10_000);
        used(8000, 5000);
        redemptions.settle(consumer);
        checkAccount(10_000, 8000, 2000);
        // Once refunded is refunded; the later use is a debt.
        used(12_000, 5000);
        redemptions.settle(consumer);
        checkAccount(10_000, 8000, 2000);
        assertEq(redemptions.debtWh(consumer), 4000, "debt");

        pay(8000);
        checkAccount(18_000, 12_000, 5000);
        assertEq(redemptions.debtWh(consumer), 0, "as any order of settlements would have it");
    }

    function test_settle_countsFromEnrolmentOn() public {
        // Import and returned from before enrolment are nobody's coins.
        pay(100);
        _settlesNothing();
        used(1, 1);
        _settle(1, 1, 0);
    }

    function test_settle_isOpenToAnyoneInAnyState() public {
        pay(9000);
        used(1000, 0);
        VM.prank(ENROLLER);
        ledger.suspend(consumer);
        _settle(1000, 0, 0);
        revoke();
        used(2000, 7000);
        _settle(1000, 7000, 0);
        assertTrue(ledger.stateOf(consumer) == MeterState.Closing, "closing");
        checkAccount(9000, 2000, 7000);
    }

    function test_settle_doesNotCareWhichReadingsWereSubmitted() public {
        pay(9000);
        for (uint48 i = 1; i <= 30; ++i) {
            used(i * 100, i * 10);
            redemptions.settle(consumer);
        }
        checkAccount(9000, 3000, 300);
    }

    function test_settle_touchesNoOtherMeter() public {
        pay(9000);
        VM.prank(OWNER);
        callable.transferAndCall(address(redemptions), 50 * WH, abi.encode(meter));
        used(9000, 0);
        redemptions.settle(consumer);
        assertEq(redemptions.openWh(meter), 50, "the other's is untouched");
        assertEq(redemptions.escrowedUnits(), 50 * WH, "and in escrow");
    }

    function test_views_sayWhatSettlingWouldLeave() public {
        pay(9000);
        used(5000, 1000);
        assertEq(redemptions.openWh(consumer), 3000, "open");
        used(9500, 1000);
        assertEq(redemptions.openWh(consumer), 0, "open");
        assertEq(redemptions.debtWh(consumer), 500, "debt");
        checkAccount(9000, 0, 0);
    }

    function test_acceptMeter_settlesWithTheOldOwnerFirst() public {
        pay(9000);
        used(3000, 4000);
        VM.recordLogs();
        sellTo(FRIEND);
        Vm.Log[] memory logs = VM.getRecordedLogs();
        assertEq(logs[1].topics[0], IRedemptions.Settled.selector, "after the offer, settled");
        checkAccount(9000, 3000, 4000);
        assertEq(coin.balanceOf(OWNER), 95e18, "what was given back was his");

        used(3000, 6000);
        redemptions.settle(consumer);
        assertEq(coin.balanceOf(FRIEND), 2e18, "the open rest went with the meter");
        checkAccount(9000, 3000, 6000);
    }

    function test_acceptMeter_passesTheDebtOn() public {
        pay(1000);
        used(1500, 0);
        sellTo(FRIEND);
        assertEq(redemptions.debtWh(consumer), 500, "the new owner's");
    }

    function test_settle_goesByTheLastReadingsOfAMeterThatWasReplaced() public {
        pay(9000);
        Enrolment memory enrolment = enrolmentOf(METER_KEY + 1, OWNER);
        enrolment.importWh = 55;
        bytes memory signature = sign(METER_KEY + 1, enrolment);
        VM.prank(ENROLLER);
        ledger.replace(consumer, enrolment, signature);
        assertEq(redemptions.openWh(consumer), 9000, "what is open stays with the old meter");
        assertEq(redemptions.authorisedWh(enrolment.meter), 55, "and not with the new one");

        used(5000, 4000);
        redemptions.settle(consumer);
        checkAccount(9000, 5000, 4000);
        assertTrue(!redemptions.canRedeem(consumer, OWNER, WH), "it takes no more");
        assertTrue(redemptions.canRedeem(enrolment.meter, OWNER, WH), "its successor does");
    }
}
