// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice The door of wallets that know nothing of meters: transfer and transferFrom, of which the
/// coin tells Redemptions by onTransfer.
contract TransferToRedemptionsTest is RedemptionsTest {
    function _expect(bytes memory reason, address payer, uint256 amount) private {
        uint256 before = coin.balanceOf(payer);
        VM.expectRevert(reason);
        VM.prank(payer);
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        coin.transfer(address(redemptions), amount);

        VM.prank(payer);
        coin.approve(STRANGER, amount);
        VM.expectRevert(reason);
        VM.prank(STRANGER);
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        coin.transferFrom(payer, address(redemptions), amount);
        assertEq(coin.balanceOf(payer), before, "no coin is stranded");
    }

    function test_onTransfer_revertsIfCallerIsNotTheCoin() public {
        address[3] memory callers = [STRANGER, OWNER, address(ledger)];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IRedemptions.NotTheCoin.selector, address(coin), callers[i]
                )
            );
            VM.prank(callers[i]);
            redemptions.onTransfer(OWNER);
        }
    }

    function test_transfer_revertsIfPayerHasNamedNoMeter() public {
        give(FRIEND, 1e18);
        approve(FRIEND);
        bytes memory reason = abi.encodeWithSelector(IRedemptions.NoDefaultMeter.selector, FRIEND);
        _expect(reason, FRIEND, WH);
    }

    function test_transfer_revertsIfTheMeterIsNoLongerThePayers() public {
        sellTo(FRIEND);
        _expect(notTheOwner(FRIEND, OWNER), OWNER, WH);
        // Who buys a meter shall not get what the seller still sends out of habit.
        VM.prank(FRIEND);
        redemptions.approvePayer(consumer, OWNER, true);
        _expect(notTheOwner(FRIEND, OWNER), OWNER, WH);
    }

    function test_transfer_revertsIfMeterIsNotActive() public {
        VM.prank(ENROLLER);
        ledger.suspend(consumer);
        _expect(notActive(consumer, MeterState.Suspended), OWNER, WH);
    }

    function test_transfer_revertsIfAmountIsNothingOrNoWholeWattHour() public {
        _expect(notWhole(0), OWNER, 0);
        _expect(notWhole(WH + 1), OWNER, WH + 1);
    }

    function test_transfer_revertsIfOpenRestExceedsTheDeploymentsMost() public {
        _expect(tooLarge(50_001), OWNER, 50_001 * WH);
    }

    function test_transfer_redeemsForTheDefaultMeter() public {
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, OWNER, 2500 * WH, START_WH + 2500);
        pay(2500);
        assertEq(coin.balanceOf(OWNER), 100e18 - 2500 * WH, "paid");
        checkAccount(2500, 0, 0);
    }

    function test_transferFrom_redeemsForTheMeterOfWhoseCoinsTheyAre() public {
        VM.prank(OWNER);
        coin.approve(STRANGER, 2 * WH);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, OWNER, 2 * WH, START_WH + 2);
        VM.prank(STRANGER);
        assertTrue(coin.transferFrom(OWNER, address(redemptions), 2 * WH), "says so");
        checkAccount(2, 0, 0);
    }

    function test_transfer_toOthersTellsNobody() public {
        VM.prank(OWNER);
        assertTrue(coin.transfer(FRIEND, 1), "any amount");
        checkAccount(0, 0, 0);
    }

    function test_mint_toRedemptionsTellsNobody() public {
        give(address(redemptions), 1);
        assertEq(coin.balanceOf(address(redemptions)), 1, "there");
        assertEq(redemptions.escrowedUnits(), 0, "and not credited");
    }
}
