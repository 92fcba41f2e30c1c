// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";

/// @notice The door at which the payer names the meter; and what all doors have in common.
contract RedeemTest is RedemptionsTest {
    function setUp() public override {
        super.setUp();
        give(FRIEND, 100e18);
        VM.prank(OWNER);
        coin.approve(address(redemptions), type(uint256).max);
        VM.prank(FRIEND);
        coin.approve(address(redemptions), type(uint256).max);
    }

    function _redeem(address payer, address meter_, uint256 amount) private {
        VM.prank(payer);
        redemptions.redeem(meter_, amount);
    }

    function _expect(bytes memory reason, address payer, address meter_, uint256 amount) private {
        uint256 before = coin.balanceOf(payer);
        VM.expectRevert(reason);
        _redeem(payer, meter_, amount);
        assertEq(coin.balanceOf(payer), before, "no coin is stranded");
    }

    function _tooLargeFor0(uint256 openWh) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRedemptions.OpenRestTooLarge.selector, 0, openWh);
    }

    function test_redeem_revertsIfCoinsAreNotApprovedOrNotThere() public {
        bytes memory reason = abi.encodeWithSelector(
            IERC20Errors.ERC20InsufficientAllowance.selector, redemptions, 0, WH
        );
        _expect(reason, STRANGER, consumer, WH);
        reason = abi.encodeWithSelector(
            IERC20Errors.ERC20InsufficientBalance.selector, OWNER, 100e18, 100e18 + WH
        );
        _expect(reason, OWNER, consumer, 100e18 + WH);
    }

    function test_redeem_revertsIfMeterIsNotEnrolled() public {
        _expect(notActive(STRANGER, MeterState.None), OWNER, STRANGER, WH);
        _expect(notActive(address(0), MeterState.None), OWNER, address(0), WH);
    }

    function test_redeem_revertsIfMeterIsSuspendedOrClosing() public {
        VM.prank(ENROLLER);
        ledger.suspend(consumer);
        _expect(notActive(consumer, MeterState.Suspended), OWNER, consumer, WH);
        VM.prank(ENROLLER);
        ledger.revoke(consumer);
        _expect(notActive(consumer, MeterState.Closing), OWNER, consumer, WH);
    }

    function test_redeem_revertsIfPayerIsNotApproved() public {
        _expect(notApproved(consumer, FRIEND), FRIEND, consumer, WH);
        // For another meter of the same owner he is.
        VM.prank(OWNER);
        redemptions.approvePayer(meter, FRIEND, true);
        _expect(notApproved(consumer, FRIEND), FRIEND, consumer, WH);
    }

    function test_redeem_revertsIfAmountIsNothingOrNoWholeWattHour() public {
        _expect(notWhole(0), OWNER, consumer, 0);
        _expect(notWhole(1), OWNER, consumer, 1);
        _expect(notWhole(WH - 1), OWNER, consumer, WH - 1);
        _expect(notWhole(5 * WH + 1), OWNER, consumer, 5 * WH + 1);
    }

    function test_redeem_revertsIfOpenRestExceedsTheDeploymentsMost() public {
        _expect(tooLarge(50_001), OWNER, consumer, 50_001 * WH);
        _redeem(OWNER, consumer, 50_000 * WH);
        _expect(tooLarge(50_001), OWNER, consumer, WH);
        used(400, 0);
        _redeem(OWNER, consumer, 400 * WH);
        checkAccount(50_400, 400, 0);
    }

    function test_redeem_revertsIfAuthorisedEnergyDoesNotFitItsRegister() public {
        uint48 most = type(uint48).max;
        enrolConsumer(0xFEED, most - 10, 5);
        _expect(
            abi.encodeWithSelector(IRedemptions.AuthorisedTooLarge.selector, uint256(most) + 1),
            OWNER,
            VM.addr(0xFEED),
            6 * WH
        );
        _redeem(OWNER, VM.addr(0xFEED), 5 * WH);
        assertEq(redemptions.authorisedWh(VM.addr(0xFEED)), most, "the last that fits");

        enrolConsumer(0xFEEE, most, most);
        assertEq(redemptions.authorisedWh(VM.addr(0xFEEE)), 2 * uint256(most), "starts beyond it");
    }

    function test_redeem_authorisesOnTheScaleOfTheImportRegister() public {
        assertEq(redemptions.authorisedWh(consumer), START_WH, "import and returned at enrolment");
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, OWNER, 9000 * WH, START_WH + 9000);
        _redeem(OWNER, consumer, 9000 * WH);
        assertEq(redemptions.authorisedWh(consumer), START_WH + 9000, "and what was redeemed");
        assertEq(redemptions.openWh(consumer), 9000, "all of it open");
        assertEq(redemptions.debtWh(consumer), 0, "no debt");
        assertEq(coin.balanceOf(OWNER), 91e18, "paid");
        checkAccount(9000, 0, 0);
    }

    function test_redeem_mayBePaidByWhomTheOwnerApproved() public {
        approve(FRIEND);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, FRIEND, 500 * WH, START_WH + 500);
        _redeem(FRIEND, consumer, 500 * WH);

        used(0, 500);
        redemptions.settle(consumer);
        assertEq(coin.balanceOf(OWNER), 100e18 + 500 * WH, "refunds go to the owner");
        assertEq(coin.balanceOf(FRIEND), 100e18 - 500 * WH, "not to the payer");
    }

    function test_redeem_settlesFirst() public {
        _redeem(OWNER, consumer, 9000 * WH);
        used(5000, 1000);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, 5000 * WH, 1000 * WH, 0);
        _redeem(OWNER, consumer, 2000 * WH);
        checkAccount(11_000, 5000, 1000);
        assertEq(coin.balanceOf(OWNER), 90e18, "1000 Wh came back");
    }

    function test_redeem_paysADebtFirst() public {
        _redeem(OWNER, consumer, 1000 * WH);
        used(1300, 0);
        redemptions.settle(consumer);
        assertEq(redemptions.debtWh(consumer), 300, "used and not authorised");
        checkAccount(1000, 1000, 0);

        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, 200 * WH, 0, 100);
        _redeem(OWNER, consumer, 200 * WH);
        assertEq(redemptions.debtWh(consumer), 100, "paid in part");

        _redeem(OWNER, consumer, 50_100 * WH);
        checkAccount(51_300, 1300, 0);
        assertEq(redemptions.openWh(consumer), MAX_OPEN_WH, "a debt is no open rest");
    }

    function test_redeem_refundsAtOnceWhatWasGivenBackBeforeItCame() public {
        // The owner had the meter return a level for which no order had arrived yet.
        used(0, 800);
        _redeem(OWNER, consumer, 1000 * WH);
        checkAccount(1000, 0, 800);
        assertEq(redemptions.openWh(consumer), 200, "an order up to that level delivers nothing");
    }

    function test_redeem_whereNothingMayBeOpenTakesWhatIsSettledAtOnce() public {
        ledger = deploy(WH_PER_COIN, 0);
        coin = IERC20(ledger.coin());
        redemptions = IRedemptions(ledger.redemptions());
        enrolConsumer(CONSUMER_KEY, IMPORT_WH, RETURNED_WH);
        give(OWNER, 100e18);
        VM.prank(OWNER);
        coin.approve(address(redemptions), type(uint256).max);
        VM.warp(START + 60 days);

        used(2000, 500);
        _expect(_tooLargeFor0(100), OWNER, consumer, 2600 * WH);
        _redeem(OWNER, consumer, 1500 * WH);
        checkAccount(1500, 1500, 0);
        _redeem(OWNER, consumer, 1000 * WH);
        checkAccount(2500, 2000, 500);
        _expect(_tooLargeFor0(1), OWNER, consumer, WH);
    }

    function test_redeem_creditsWhatArrivedAndNotWhatItWasTold() public {
        // Coins that nobody could have sent: as if another way in had been overlooked.
        give(address(redemptions), 70 * WH);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Authorised(consumer, OWNER, 100 * WH, START_WH + 100);
        _redeem(OWNER, consumer, 30 * WH);
        checkAccount(100, 0, 0);
    }
}
