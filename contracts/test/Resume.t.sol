// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract ResumeTest is LedgerTest {
    function test_resume_revertsIfCallerIsNotTheEnroller() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.expectRevert(notTheEnroller(ENROLLER, OWNER));
        VM.prank(OWNER);
        ledger.resume(meter);
    }

    function test_resume_revertsIfMeterIsNotSuspended() public {
        VM.expectRevert(wrongState(meter, MeterState.Active));
        VM.prank(ENROLLER);
        ledger.resume(meter);

        VM.prank(ENROLLER);
        ledger.revoke(meter);
        VM.expectRevert(wrongState(meter, MeterState.Closing));
        VM.prank(ENROLLER);
        ledger.resume(meter);
    }

    function test_resume_makesTheMeterActive() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterResumed(meter, ENROLLER);
        VM.prank(ENROLLER);
        ledger.resume(meter);
        assertTrue(ledger.stateOf(meter) == MeterState.Active, "active");
        assertEq(ledger.ownerOf(meter), OWNER, "owner");
    }
}
