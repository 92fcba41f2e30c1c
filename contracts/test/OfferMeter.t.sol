// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract OfferMeterTest is LedgerTest {
    function test_offerMeter_revertsIfCallerIsNotTheOwner() public {
        address[3] memory callers = [STRANGER, ENROLLER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IMeterDirectory.NotTheOwner.selector, OWNER, callers[i])
            );
            VM.prank(callers[i]);
            ledger.offerMeter(meter, callers[i]);
        }
    }

    function test_offerMeter_revertsIfMeterIsNotEnrolled() public {
        VM.expectRevert(wrongState(STRANGER, MeterState.None));
        VM.prank(address(0));
        ledger.offerMeter(STRANGER, OWNER);
    }

    function test_offerMeter_revertsIfMeterIsNotActive() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.expectRevert(wrongState(meter, MeterState.Suspended));
        VM.prank(OWNER);
        ledger.offerMeter(meter, STRANGER);
    }

    function test_offerMeter_keepsTheOwnerUntilItIsAccepted() public {
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterOffered(meter, OWNER, STRANGER);
        VM.prank(OWNER);
        ledger.offerMeter(meter, STRANGER);
        assertEq(ledger.offeredTo(meter), STRANGER, "offered");
        assertEq(ledger.ownerOf(meter), OWNER, "not yet his");
    }

    function test_offerMeter_canBeTakenBack() public {
        VM.prank(OWNER);
        ledger.offerMeter(meter, STRANGER);
        VM.prank(OWNER);
        ledger.offerMeter(meter, address(0));
        assertEq(ledger.offeredTo(meter), address(0), "to nobody");
    }
}
