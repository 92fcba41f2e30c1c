// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

contract OfferFinalImportTest is RedemptionsTest {
    function test_offerFinalImport_revertsIfCallerIsNotTheOwner() public {
        revoke();
        address[3] memory callers = [FRIEND, ENROLLER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IMeterDirectory.NotTheOwner.selector, OWNER, callers[i])
            );
            VM.prank(callers[i]);
            ledger.offerFinalImport(consumer, IMPORT_WH);
        }
    }

    function test_offerFinalImport_revertsIfMeterIsNotClosing() public {
        VM.expectRevert(wrongState(consumer, MeterState.Active));
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, IMPORT_WH);

        VM.prank(ENROLLER);
        ledger.suspend(consumer);
        VM.expectRevert(wrongState(consumer, MeterState.Suspended));
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, IMPORT_WH);

        VM.expectRevert(wrongState(STRANGER, MeterState.None));
        VM.prank(address(0));
        ledger.offerFinalImport(STRANGER, IMPORT_WH);
    }

    function test_offerFinalImport_changesNothingUntilItIsAccepted() public {
        pay(9000);
        revoke();
        assertEq(ledger.closingOf(consumer).since, block.timestamp, "since now");
        assertTrue(!ledger.closingOf(consumer).isFinalImportOffered, "nothing offered");

        VM.expectEmit(address(ledger));
        emit IMeterDirectory.FinalImportOffered(consumer, OWNER, IMPORT_WH + 1);
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, IMPORT_WH + 1);
        assertTrue(ledger.closingOf(consumer).isFinalImportOffered, "offered");
        assertEq(ledger.closingOf(consumer).finalImportWh, IMPORT_WH + 1, "where it stands");
        assertTrue(ledger.stateOf(consumer) == MeterState.Closing, "still closing");
        checkAccount(9000, 0, 0);
    }

    function test_offerFinalImport_replacesTheOneBefore() public {
        revoke();
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, 1);
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, 2);
        assertEq(ledger.closingOf(consumer).finalImportWh, 2, "the last one");
    }
}
