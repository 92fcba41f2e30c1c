// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract RevokeTest is LedgerTest {
    function test_revoke_revertsIfCallerIsNotTheEnroller() public {
        VM.expectRevert(notTheEnroller(ENROLLER, ADMIN));
        VM.prank(ADMIN);
        ledger.revoke(meter);
    }

    function test_revoke_revertsIfMeterIsNeitherActiveNorSuspended() public {
        VM.expectRevert(wrongState(STRANGER, MeterState.None));
        VM.prank(ENROLLER);
        ledger.revoke(STRANGER);

        VM.prank(ENROLLER);
        ledger.revoke(meter);
        VM.expectRevert(wrongState(meter, MeterState.Closing));
        VM.prank(ENROLLER);
        ledger.revoke(meter);
    }

    function test_revoke_putsAnActiveMeterIntoClosing() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, exported(2, 1500)));
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterRevoked(meter, ENROLLER, 1500);
        VM.prank(ENROLLER);
        ledger.revoke(meter);

        assertTrue(ledger.stateOf(meter) == MeterState.Closing, "closing");
        assertEq(ledger.enrolmentOf(meter).closedExportWh, 1500, "closedExportWh");
        assertEq(ledger.mintedOf(meter), 1, "what was minted stays");
    }

    function test_revoke_putsASuspendedMeterIntoClosing() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        assertTrue(ledger.stateOf(meter) == MeterState.Closing, "closing");
    }

    function test_revoke_givesNoPowerBackToTheBudget() public {
        (, uint64 before) = ledger.budgetOf(ENROLLER);
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        (, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(enrolledW, before, "or false meters could be had without end");
    }
}
