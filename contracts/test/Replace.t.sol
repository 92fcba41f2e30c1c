// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnrollers} from "../src/interfaces/IEnrollers.sol";
import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {P256Test} from "./P256Test.sol";

/// @notice The meter is replaced after 1700 Wh: one coin, and 700 Wh of the next.
contract ReplaceTest is P256Test {
    uint256 private constant KEY = 0xBEE;

    function setUp() public override {
        super.setUp();
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, exported(2, 1700)));
    }

    /// @dev The successor's registers begin where they happen to stand.
    function _successor() private pure returns (Enrolment memory enrolment) {
        enrolment = enrolmentOf(KEY, OWNER);
        enrolment.exportWh = 123_456;
    }

    function _replace(Enrolment memory enrolment, bytes memory signature) private {
        VM.prank(ENROLLER);
        ledger.replace(meter, enrolment, signature);
    }

    function _replace() private {
        _replace(_successor(), sign(KEY, _successor()));
    }

    function _expect(bytes memory reason, Enrolment memory enrolment) private {
        bytes memory signature = sign(KEY, enrolment);
        VM.expectRevert(reason);
        _replace(enrolment, signature);
        assertEq(ledger.closingOf(meter).successor, address(0), "no successor");
    }

    function test_replace_revertsIfCallerIsNotTheOldMetersEnroller() public {
        giveBudget(STRANGER, BUDGET_W);
        bytes memory signature = sign(KEY, _successor());
        address[3] memory callers = [STRANGER, OWNER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            VM.expectRevert(notTheEnroller(ENROLLER, callers[i]));
            VM.prank(callers[i]);
            ledger.replace(meter, _successor(), signature);
        }
    }

    function test_replace_revertsIfBudgetIsExceeded() public {
        (, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        giveBudget(ENROLLER, enrolledW + POWER_W - 1);
        _expect(
            abi.encodeWithSelector(
                IEnrollers.BudgetExceeded.selector, enrolledW + POWER_W - 1, enrolledW + POWER_W
            ),
            _successor()
        );
    }

    function test_replace_revertsIfTheOldMeterIsNotEnrolled() public {
        bytes memory signature = sign(KEY, _successor());
        // Nobody admitted it, so any enroller answers for it.
        VM.expectRevert(
            abi.encodeWithSelector(IMeterDirectory.NotTheOwner.selector, address(0), OWNER)
        );
        VM.prank(ENROLLER);
        ledger.replace(STRANGER, _successor(), signature);
    }

    function test_replace_revertsIfTheOldMeterIsClosing() public {
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        _expect(wrongState(meter, MeterState.Closing), _successor());
    }

    function test_replace_revertsIfItIsReplacedAlready() public {
        _replace();
        Enrolment memory enrolment = enrolmentOf(7, OWNER);
        bytes memory signature = sign(7, enrolment);
        VM.expectRevert(wrongState(meter, MeterState.Closing));
        _replace(enrolment, signature);
    }

    function test_replace_revertsIfTheSuccessorIsEnrolledAlready() public {
        Enrolment memory enrolment = enrolmentOfP256(ELEMENT_KEY, OWNER);
        enrolment.pagination = 9;
        bytes memory signature = signP256(ELEMENT_KEY, enrolment);
        VM.expectRevert(wrongState(element, MeterState.Active));
        _replace(enrolment, signature);

        enrolment = enrolmentOf(METER_KEY, OWNER);
        signature = sign(METER_KEY, enrolment);
        VM.expectRevert(wrongState(meter, MeterState.Active));
        _replace(enrolment, signature);
    }

    function test_replace_revertsIfTheSuccessorIsForAnotherOwner() public {
        Enrolment memory enrolment = _successor();
        enrolment.owner = STRANGER;
        _expect(
            abi.encodeWithSelector(IMeterDirectory.NotTheOwner.selector, OWNER, STRANGER),
            enrolment
        );
    }

    function test_replace_revertsIfTheSuccessorCouldNotBeEnrolled() public {
        Enrolment memory enrolment = _successor();
        enrolment.maxPowerW = 0;
        _expect(
            abi.encodeWithSelector(
                IMeterDirectory.RatedPowerRefused.selector, MAX_METER_POWER_W, 0
            ),
            enrolment
        );
        enrolment = _successor();
        enrolment.owner = address(coin);
        _expect(ownerRefused(address(coin)), enrolment);
    }

    function test_replace_revertsIfAnotherKeySigned() public {
        bytes memory signature = sign(METER_KEY, _successor());
        VM.expectRevert(signerMismatch(VM.addr(KEY), meter));
        _replace(_successor(), signature);
        VM.expectRevert(abi.encodeWithSelector(IMeterDirectory.SignatureLength.selector, 63));
        _replace(_successor(), new bytes(63));
    }

    function test_replace_closesTheOldMeterAndAdmitsTheSuccessor() public {
        bytes memory signature = sign(KEY, _successor());
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterRevoked(meter, ENROLLER, 1700);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterEnrolled(
            VM.addr(KEY), OWNER, ENROLLER, 1000, POWER_W, 1, 123_456, 0, 0, 0
        );
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterReplaced(meter, VM.addr(KEY), ENROLLER, 700);
        _replace(_successor(), signature);

        assertTrue(ledger.stateOf(meter) == MeterState.Closing, "the old one is closing");
        assertEq(ledger.closingOf(meter).successor, VM.addr(KEY), "in favour of");
        assertEq(ledger.closingOf(meter).since, START + 1 days, "since");
        assertTrue(ledger.stateOf(VM.addr(KEY)) == MeterState.Active, "the successor");
        assertEq(ledger.ownerOf(VM.addr(KEY)), OWNER, "of the same owner");
        assertEq(ledger.registersOf(VM.addr(KEY)).exportWh, 123_456, "at its own registers");
        assertEq(ledger.carryWhOf(VM.addr(KEY)), 700, "with the part of a coin");
        assertEq(ledger.mintedOf(VM.addr(KEY)), 0, "and no coin yet");
    }

    function test_replace_takesTheSuccessorsPowerFromTheBudget() public {
        (, uint64 before) = ledger.budgetOf(ENROLLER);
        _replace();
        (, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(enrolledW, before + POWER_W, "or the slack could be had without end");
    }

    function test_replace_carriesThePartOfACoinOver() public {
        _replace();
        VM.warp(START + 2 days);
        assertEq(ledger.record(sign(KEY, exported(2, 123_456 + 299))), 0, "999 Wh");
        assertEq(ledger.record(sign(KEY, exported(3, 123_456 + 300))), 1, "1000 Wh");
        assertEq(ledger.record(sign(KEY, exported(4, 123_456 + 1299))), 0, "1999 Wh");
        assertEq(coin.balanceOf(OWNER), 2e18, "2999 Wh in all");
        assertEq(ledger.mintedOf(meter) + ledger.mintedOf(VM.addr(KEY)), 2, "by both");
    }

    function test_replace_leavesNothingToEarnToTheOldKey() public {
        _replace();
        VM.warp(START + 20 days);
        assertEq(ledger.record(sign(METER_KEY, exported(3, 900_000))), 0, "no coin");
        assertEq(coin.balanceOf(OWNER), 1e18, "none at all");
        assertEq(ledger.mintedOf(meter), 1, "what was minted stays");
        assertEq(ledger.carryWhOf(meter), 700, "and so does what was carried over");
        assertEq(ledger.carryWhOf(VM.addr(KEY)), 700, "to the successor");
    }

    function test_replace_worksForASuspendedMeterWhoseKeyWasCopied() public {
        ledger.proveClone(sign(METER_KEY, exported(7, 1)), sign(METER_KEY, exported(7, 2)));
        _replace();
        assertTrue(ledger.stateOf(meter) == MeterState.Closing, "closing");
        assertEq(ledger.carryWhOf(VM.addr(KEY)), 700, "carried over");
    }

    function test_replace_movesAHouseholdToASecureElementAndBack() public {
        Enrolment memory enrolment = enrolmentOfP256(KEY, OWNER);
        _replace(enrolment, signP256(KEY, enrolment));
        VM.warp(START + 2 days);
        assertEq(ledger.record(signP256(KEY, exported(2, 1100))), 1, "1800 Wh");
        assertEq(ledger.assuranceOf(addrP256(KEY)), 2, "in an element");

        bytes memory signature = sign(KEY, _successor());
        VM.prank(ENROLLER);
        ledger.replace(addrP256(KEY), _successor(), signature);
        assertEq(ledger.carryWhOf(VM.addr(KEY)), 800, "carried over again");
        assertEq(ledger.assuranceOf(VM.addr(KEY)), 0, "for all to see");
    }
}
