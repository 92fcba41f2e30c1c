// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {RedemptionsTest} from "./RedemptionsTest.sol";

contract CanRedeemTest is RedemptionsTest {
    function _says(bool expected, address meter_, address payer, uint256 amount) private view {
        assertTrue(redemptions.canRedeem(meter_, payer, amount) == expected, "canRedeem");
    }

    function test_canRedeem_saysNoIfMeterIsNotActive() public {
        _says(false, STRANGER, OWNER, WH);
        _says(false, address(0), address(0), WH);
        VM.prank(ENROLLER);
        ledger.suspend(consumer);
        _says(false, consumer, OWNER, WH);
    }

    function test_canRedeem_saysNoIfPayerIsNotApproved() public {
        _says(false, consumer, FRIEND, WH);
        approve(FRIEND);
        _says(true, consumer, FRIEND, WH);
    }

    function test_canRedeem_saysNoIfAmountIsNothingOrNoWholeWattHour() public view {
        _says(false, consumer, OWNER, 0);
        _says(false, consumer, OWNER, WH + 1);
        _says(true, consumer, OWNER, WH);
    }

    function test_canRedeem_saysNoIfOpenRestExceedsTheDeploymentsMost() public {
        _says(false, consumer, OWNER, 50_001 * WH);
        _says(true, consumer, OWNER, 50_000 * WH);
        pay(1000);
        used(1500, 0);
        _says(false, consumer, OWNER, 50_501 * WH);
        _says(true, consumer, OWNER, 50_500 * WH);
    }

    function test_canRedeem_saysNoIfAuthorisedEnergyDoesNotFitItsRegister() public {
        enrolConsumer(0xFEED, type(uint48).max - 10, 5);
        _says(false, VM.addr(0xFEED), OWNER, 6 * WH);
        _says(true, VM.addr(0xFEED), OWNER, 5 * WH);
        _says(false, consumer, OWNER, type(uint256).max / WH * WH);
    }

    function test_fuzz_canRedeem_isWhetherItCanBeRedeemed(
        uint256 paidWh,
        uint256 usedWh,
        uint256 returnedWh,
        uint256 amount,
        bool isSuspended
    ) public {
        pay(bound(paidWh, 1, 50_000));
        used(uint48(bound(usedWh, 0, 60_000)), uint48(bound(returnedWh, 0, 60_000)));
        if (isSuspended) {
            VM.prank(ENROLLER);
            ledger.suspend(consumer);
        }
        amount = bound(amount, 0, 120_000) * WH;
        give(OWNER, amount);

        bool expected = redemptions.canRedeem(consumer, OWNER, amount);
        VM.prank(OWNER);
        try coin.transfer(address(redemptions), amount) {
            assertTrue(expected, "it could");
        } catch {
            assertTrue(!expected, "it could not");
        }
    }
}
