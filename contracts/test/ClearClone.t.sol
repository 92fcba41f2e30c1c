// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {CloneRecord} from "../src/types/CloneRecord.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract ClearCloneTest is LedgerTest {
    bytes private _first;
    bytes private _second;

    function setUp() public override {
        super.setUp();
        _first = sign(METER_KEY, exported(40, 1000));
        _second = sign(METER_KEY, exported(30, 2000));
    }

    function _clear() private {
        VM.prank(ENROLLER);
        ledger.clearClone(meter);
    }

    function test_clearClone_revertsIfCallerIsNotTheEnroller() public {
        ledger.proveClone(_first, _second);
        address[3] memory callers = [OWNER, ADMIN, STRANGER];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(notTheEnroller(ENROLLER, callers[i]));
            VM.prank(callers[i]);
            ledger.clearClone(meter);
        }
    }

    function test_clearClone_revertsIfNothingIsProven() public {
        bytes memory reason =
            abi.encodeWithSelector(IMeterDirectory.CloneNotProven.selector, meter);
        VM.expectRevert(reason);
        _clear();
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.expectRevert(reason);
        _clear();
        ledger.proveClone(_first, _second);
        _clear();
        VM.expectRevert(reason);
        _clear();
    }

    function test_clearClone_revertsIfTheMeterIsClosing() public {
        ledger.proveClone(_first, _second);
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        VM.expectRevert(wrongState(meter, MeterState.Closing));
        _clear();
    }

    function test_clearClone_resumesTheMeterAndStoresTheHighestPaginationSeen() public {
        ledger.proveClone(_first, _second);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.CloneCleared(meter, ENROLLER, 40);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterResumed(meter, ENROLLER);
        _clear();

        assertTrue(ledger.stateOf(meter) == MeterState.Active, "active");
        CloneRecord memory clone = ledger.cloneOf(meter);
        assertEq(clone.clearedPagination, 40, "cleared");
        assertEq(clone.provenPagination, 40, "as proven");
    }

    function test_clearClone_usesUpEveryReadingUpToIt() public {
        ledger.proveClone(_first, _second);
        _clear();
        VM.expectRevert(paginationError(40, 40));
        ledger.proveClone(_first, _second);
        bytes memory newer = sign(METER_KEY, exported(41, 500));
        VM.expectRevert(paginationError(40, 40));
        ledger.proveClone(newer, _first);

        ledger.proveClone(newer, sign(METER_KEY, exported(42, 499)));
        assertTrue(ledger.stateOf(meter) == MeterState.Suspended, "a new proof suspends anew");
    }

    function test_clearClone_losesNothingOfTheHonestMeter() public {
        ledger.proveClone(_first, _second);
        VM.warp(START + 1 days);
        _clear();
        // Below the clone's paginations: the ledger accepted none of them.
        assertEq(ledger.record(sign(METER_KEY, exported(2, 3000))), 3, "it counts on");
    }

    function test_resume_revertsIfACloneIsNotCleared() public {
        ledger.proveClone(_first, _second);
        VM.expectRevert(
            abi.encodeWithSelector(IMeterDirectory.CloneNotCleared.selector, meter, 40)
        );
        VM.prank(ENROLLER);
        ledger.resume(meter);
        _clear();
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.prank(ENROLLER);
        ledger.resume(meter);
        assertTrue(ledger.stateOf(meter) == MeterState.Active, "once cleared, as ever");
    }
}
