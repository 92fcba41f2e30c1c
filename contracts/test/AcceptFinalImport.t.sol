// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {RedemptionsTest} from "./RedemptionsTest.sol";
import {Reading} from "./LedgerTest.sol";

/// @notice The end of a meter that died with 9000 Wh redeemed, of which it had used 5000 and given
/// back 1000.
contract AcceptFinalImportTest is RedemptionsTest {
    uint256 private _closedAt;

    function setUp() public override {
        super.setUp();
        pay(9000);
        used(5000, 1000);
        revoke();
        _closedAt = block.timestamp;
    }

    function _offer(uint48 usedWh) private {
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, IMPORT_WH + usedWh);
    }

    function _accept(uint48 usedWh) private {
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(consumer, IMPORT_WH + usedWh);
    }

    function _end(uint48 usedWh) private {
        _offer(usedWh);
        VM.warp(_closedAt + 30 days);
        _accept(usedWh);
        assertTrue(ledger.stateOf(consumer) == MeterState.Dead, "dead");
        assertEq(redemptions.openWh(consumer), 0, "nothing is open");
    }

    function test_acceptFinalImport_revertsIfCallerIsNotTheEnroller() public {
        _offer(6000);
        VM.warp(_closedAt + 30 days);
        address[3] memory callers = [OWNER, ADMIN, STRANGER];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(notTheEnroller(ENROLLER, callers[i]));
            VM.prank(callers[i]);
            ledger.acceptFinalImport(consumer, IMPORT_WH + 6000);
        }
    }

    function test_acceptFinalImport_revertsIfTheOwnerOfferedNothingOrAnother() public {
        VM.warp(_closedAt + 30 days);
        VM.expectRevert(_notOffered(0, 0));
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(consumer, 0);

        _offer(6000);
        VM.expectRevert(_notOffered(IMPORT_WH + 6000, IMPORT_WH + 6001));
        _accept(6001);
    }

    function test_acceptFinalImport_revertsWithin30DaysOfClosing() public {
        _offer(6000);
        VM.warp(_closedAt + 30 days - 1);
        VM.expectRevert(
            abi.encodeWithSelector(
                IMeterDirectory.ClosingTooShort.selector,
                _closedAt + 30 days,
                _closedAt + 30 days - 1
            )
        );
        _accept(6000);
        VM.warp(_closedAt + 30 days);
        _accept(6000);
    }

    function test_acceptFinalImport_revertsIfMeterIsNotClosing() public {
        VM.expectRevert(wrongState(meter, MeterState.Active));
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(meter, 0);

        _end(6000);
        VM.expectRevert(wrongState(consumer, MeterState.Dead));
        _accept(6000);
        VM.expectRevert(wrongState(consumer, MeterState.Dead));
        VM.prank(ENROLLER);
        ledger.revoke(consumer);
    }

    function test_close_revertsIfCallerIsNotTheLedger() public {
        address[4] memory callers = [OWNER, ENROLLER, ADMIN, address(coin)];
        for (uint256 i = 0; i < 4; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IRedemptions.NotTheLedger.selector, address(ledger), callers[i]
                )
            );
            VM.prank(callers[i]);
            redemptions.close(consumer, 0);
        }
    }

    function test_acceptFinalImport_burnsWhatTheKwhMeterShowsBeyondTheLastReading() public {
        _offer(6500);
        VM.warp(_closedAt + 30 days);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterDied(consumer, ENROLLER, IMPORT_WH + 6500);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, 6500 * WH, 2500 * WH, 0);
        _accept(6500);
        checkAccount(9000, 6500, 2500);
        assertEq(redemptions.debtWh(consumer), 0, "settled beyond the registers is no debt");
    }

    function test_acceptFinalImport_neverRaisesTheRefund() public {
        // A final import below what the meter signed changes nothing: 9000 - 5000.
        _offer(4000);
        VM.warp(_closedAt + 30 days);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, 5000 * WH, 4000 * WH, 0);
        _accept(4000);
        checkAccount(9000, 5000, 4000);
        assertEq(coin.balanceOf(OWNER), 95e18, "to the owner");
    }

    function test_acceptFinalImport_mayBeBelowTheImportAtEnrolment() public {
        VM.prank(OWNER);
        ledger.offerFinalImport(consumer, 0);
        VM.warp(_closedAt + 30 days);
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(consumer, 0);
        checkAccount(9000, 5000, 4000);
    }

    function test_acceptFinalImport_refundsNothingThatTheMeterHadAlreadyGivenBackAndMore()
        public
    {
        // 1000 Wh are refunded by the meter's own word before the kWh meter is heard.
        _offer(8500);
        VM.warp(_closedAt + 30 days);
        VM.expectEmit(address(redemptions));
        emit IRedemptions.Settled(consumer, 8000 * WH, 1000 * WH, 500);
        _accept(8500);
        checkAccount(9000, 8000, 1000);
    }

    function test_acceptFinalImport_isTheSameWhoeverSettledBefore() public {
        redemptions.settle(consumer);
        _end(8500);
        checkAccount(9000, 8000, 1000);
        redemptions.settle(consumer);
        checkAccount(9000, 8000, 1000);
    }

    function test_acceptFinalImport_countsReadingsThatCameWhileClosing() public {
        used(7000, 1000);
        _end(6000);
        checkAccount(9000, 7000, 2000);
    }

    function test_acceptFinalImport_endsTheMeterForGood() public {
        _end(5000);
        bytes memory signed = sign(CONSUMER_KEY, Reading(90, 0, 90_000, 0, 90_000, 0, 0));
        VM.expectRevert(
            abi.encodeWithSelector(
                IReadingLedger.MeterNotAccepting.selector, consumer, MeterState.Dead
            )
        );
        ledger.record(signed);
        assertTrue(!redemptions.canRedeem(consumer, OWNER, WH), "no redemption");
    }

    function test_acceptFinalImport_needsNoRedemptions() public {
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        VM.prank(OWNER);
        ledger.offerFinalImport(meter, 0);
        VM.warp(_closedAt + 30 days);
        VM.prank(ENROLLER);
        ledger.acceptFinalImport(meter, 0);
        assertTrue(ledger.stateOf(meter) == MeterState.Dead, "dead");
        checkAccount(9000, 0, 0);
    }

    function test_acceptFinalImport_isForAnyEnrollerOnceTheRoleOfTheMetersHasEnded() public {
        giveBudget(ENROLLER, 0);
        giveBudget(FRIEND, 1);
        _offer(5000);
        VM.warp(_closedAt + 30 days);
        VM.prank(FRIEND);
        ledger.acceptFinalImport(consumer, IMPORT_WH + 5000);
        checkAccount(9000, 5000, 4000);
    }

    function _notOffered(uint48 offered, uint48 given) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IMeterDirectory.FinalImportNotOffered.selector, offered, given);
    }
}
