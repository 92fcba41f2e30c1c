// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

contract NameDefaultMeterTest is RedemptionsTest {
    function test_nameDefaultMeter_revertsIfCallerIsNotTheOwner() public {
        VM.expectRevert(notTheOwner(OWNER, FRIEND));
        VM.prank(FRIEND);
        redemptions.nameDefaultMeter(consumer);

        // Not even if the owner lets him pay for it.
        approve(FRIEND);
        VM.expectRevert(notTheOwner(OWNER, FRIEND));
        VM.prank(FRIEND);
        redemptions.nameDefaultMeter(consumer);
    }

    function test_nameDefaultMeter_revertsIfMeterIsNotEnrolled() public {
        VM.expectRevert(notTheOwner(address(0), OWNER));
        VM.prank(OWNER);
        redemptions.nameDefaultMeter(STRANGER);
    }

    function test_nameDefaultMeter_names() public {
        VM.expectEmit(address(redemptions));
        emit IRedemptions.DefaultMeterNamed(OWNER, meter);
        VM.prank(OWNER);
        redemptions.nameDefaultMeter(meter);
        assertEq(redemptions.defaultMeterOf(OWNER), meter, "another of his");
        assertEq(redemptions.defaultMeterOf(FRIEND), address(0), "his alone");
    }

    function test_nameDefaultMeter_takesTheNameBackWithZero() public {
        VM.expectEmit(address(redemptions));
        emit IRedemptions.DefaultMeterNamed(OWNER, address(0));
        VM.prank(OWNER);
        redemptions.nameDefaultMeter(address(0));
        assertEq(redemptions.defaultMeterOf(OWNER), address(0), "none");
    }
}
