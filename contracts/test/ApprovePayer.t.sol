// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

contract ApprovePayerTest is RedemptionsTest {
    function test_approvePayer_revertsIfCallerIsNotTheOwner() public {
        address[3] memory callers = [FRIEND, ENROLLER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(notTheOwner(OWNER, callers[i]));
            VM.prank(callers[i]);
            redemptions.approvePayer(consumer, callers[i], true);
        }
    }

    function test_approvePayer_approvesAndTakesBack() public {
        VM.expectEmit(address(redemptions));
        emit IRedemptions.PayerApproved(consumer, OWNER, FRIEND, true);
        approve(FRIEND);
        assertTrue(redemptions.isPayerApproved(consumer, OWNER, FRIEND), "approved");
        assertTrue(!redemptions.isPayerApproved(meter, OWNER, FRIEND), "for this meter");
        assertTrue(!redemptions.isPayerApproved(consumer, OWNER, STRANGER), "he alone");

        VM.expectEmit(address(redemptions));
        emit IRedemptions.PayerApproved(consumer, OWNER, FRIEND, false);
        VM.prank(OWNER);
        redemptions.approvePayer(consumer, FRIEND, false);
        assertTrue(!redemptions.isPayerApproved(consumer, OWNER, FRIEND), "no longer");
    }

    function test_approvePayer_endsWithTheOwner() public {
        approve(FRIEND);
        assertTrue(redemptions.canRedeem(consumer, FRIEND, WH), "approved");
        sellTo(STRANGER);
        assertTrue(!redemptions.canRedeem(consumer, FRIEND, WH), "by an owner who is gone");
        sellTo(OWNER);
        assertTrue(redemptions.canRedeem(consumer, FRIEND, WH), "by one who is back");
    }
}
