// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract SuspendTest is LedgerTest {
    address private constant OTHER_ENROLLER = address(0xE1);

    function test_suspend_revertsIfCallerIsNoEnroller() public {
        address[3] memory callers = [STRANGER, OWNER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(notTheEnroller(ENROLLER, callers[i]));
            VM.prank(callers[i]);
            ledger.suspend(meter);
        }
    }

    function test_suspend_revertsIfAnotherEnrollerAdmittedTheMeter() public {
        giveBudget(OTHER_ENROLLER, 1);
        VM.expectRevert(notTheEnroller(ENROLLER, OTHER_ENROLLER));
        VM.prank(OTHER_ENROLLER);
        ledger.suspend(meter);
    }

    function test_suspend_revertsIfTheEnrollersRoleHasEnded() public {
        giveBudget(ENROLLER, 0);
        VM.expectRevert(notTheEnroller(ENROLLER, ENROLLER));
        VM.prank(ENROLLER);
        ledger.suspend(meter);
    }

    function test_suspend_isOpenToAnyEnrollerOnceTheRoleOfTheMetersHasEnded() public {
        giveBudget(OTHER_ENROLLER, 1);
        giveBudget(ENROLLER, 0);
        VM.prank(OTHER_ENROLLER);
        ledger.suspend(meter);
        assertTrue(ledger.stateOf(meter) == MeterState.Suspended, "suspended");
    }

    function test_suspend_revertsIfMeterIsNotEnrolled() public {
        VM.expectRevert(wrongState(STRANGER, MeterState.None));
        VM.prank(ENROLLER);
        ledger.suspend(STRANGER);
    }

    function test_suspend_revertsIfMeterIsNotActive() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.expectRevert(wrongState(meter, MeterState.Suspended));
        VM.prank(ENROLLER);
        ledger.suspend(meter);

        VM.prank(ENROLLER);
        ledger.revoke(meter);
        VM.expectRevert(wrongState(meter, MeterState.Closing));
        VM.prank(ENROLLER);
        ledger.suspend(meter);
    }

    function test_suspend_changesTheStateAndNothingElse() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, exported(2, 1500)));
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterSuspended(meter, ENROLLER);
        VM.prank(ENROLLER);
        ledger.suspend(meter);

        assertTrue(ledger.stateOf(meter) == MeterState.Suspended, "suspended");
        assertEq(ledger.ownerOf(meter), OWNER, "owner");
        assertEq(ledger.maxPowerWOf(meter), POWER_W, "maxPowerW");
        assertEq(ledger.mintedOf(meter), 1, "minted");
        assertEq(ledger.registersOf(meter).exportWh, 1500, "exportWh");
    }
}
