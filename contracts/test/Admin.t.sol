// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnrollers} from "../src/interfaces/IEnrollers.sol";
import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {LedgerTest} from "./LedgerTest.sol";

/// @notice giveBudget, offerAdmin and acceptAdmin: all that an admin can do.
contract AdminTest is LedgerTest {
    address private constant NEXT_ADMIN = address(0xAE);

    function _notTheAdmin(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEnrollers.NotTheAdmin.selector, ADMIN, caller);
    }

    function test_giveBudget_revertsIfCallerIsNotTheAdmin() public {
        VM.expectRevert(_notTheAdmin(ENROLLER));
        VM.prank(ENROLLER);
        ledger.giveBudget(ENROLLER, type(uint64).max);
    }

    function test_giveBudget_setsTheBudgetAndKeepsWhatIsUsed() public {
        VM.expectEmit(address(ledger));
        emit IEnrollers.BudgetGiven(ENROLLER, 5);
        giveBudget(ENROLLER, 5);
        (uint64 budgetW, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(budgetW, 5, "budget");
        assertEq(enrolledW, POWER_W, "used, though above it");
    }

    function test_offerAdmin_revertsIfCallerIsNotTheAdmin() public {
        VM.expectRevert(_notTheAdmin(STRANGER));
        VM.prank(STRANGER);
        ledger.offerAdmin(STRANGER);
    }

    function test_offerAdmin_keepsTheAdminUntilItIsAccepted() public {
        VM.expectEmit(address(ledger));
        emit IEnrollers.AdminOffered(ADMIN, NEXT_ADMIN);
        VM.prank(ADMIN);
        ledger.offerAdmin(NEXT_ADMIN);
        assertEq(ledger.admin(), ADMIN, "not yet");
        assertEq(ledger.adminOfferedTo(), NEXT_ADMIN, "offered");
    }

    function test_acceptAdmin_revertsIfNotOfferedToCaller() public {
        VM.prank(ADMIN);
        ledger.offerAdmin(NEXT_ADMIN);
        VM.expectRevert(
            abi.encodeWithSelector(IEnrollers.AdminNotOffered.selector, NEXT_ADMIN, STRANGER)
        );
        VM.prank(STRANGER);
        ledger.acceptAdmin();
    }

    function test_acceptAdmin_passesTheRole() public {
        VM.prank(ADMIN);
        ledger.offerAdmin(NEXT_ADMIN);
        VM.expectEmit(address(ledger));
        emit IEnrollers.AdminAccepted(ADMIN, NEXT_ADMIN);
        VM.prank(NEXT_ADMIN);
        ledger.acceptAdmin();
        assertEq(ledger.admin(), NEXT_ADMIN, "passed");
        assertEq(ledger.adminOfferedTo(), address(0), "the offer is used up");
        VM.expectRevert(
            abi.encodeWithSelector(IEnrollers.NotTheAdmin.selector, NEXT_ADMIN, ADMIN)
        );
        VM.prank(ADMIN);
        ledger.giveBudget(ADMIN, 1);
    }
}
