// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {CloneRecord} from "../src/types/CloneRecord.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Reading} from "./LedgerTest.sol";
import {P256Test} from "./P256Test.sol";

contract ProveCloneTest is P256Test {
    uint32 private constant MOST = type(uint32).max;

    /// @dev Two readings that the meter's key signed in two places.
    function _pair() private view returns (bytes memory, bytes memory) {
        return (sign(METER_KEY, exported(5, 1000)), sign(METER_KEY, exported(6, 999)));
    }

    function _expect(bytes memory reason, bytes memory first, bytes memory second) private {
        MeterState before = ledger.stateOf(meter);
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(reason);
            ledger.proveClone(first, second);
            VM.expectRevert(reason);
            ledger.proveClone(first, second);
        }
        assertTrue(ledger.stateOf(meter) == before, "the state stays");
        assertEq(ledger.cloneOf(meter).provenPagination, 0, "and nothing is proven");
    }

    function _agree(uint32 first, uint32 second) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.ReadingsAgree.selector, first, second);
    }

    function _proves(Reading memory one, Reading memory two) private {
        (bytes memory first, bytes memory second) = (sign(METER_KEY, one), sign(METER_KEY, two));
        VM.prank(STRANGER);
        ledger.proveClone(first, second);
        assertTrue(ledger.stateOf(meter) == MeterState.Suspended, "suspended");
        VM.prank(ENROLLER);
        ledger.clearClone(meter);
    }

    function test_proveClone_revertsIfEitherLengthIsNoReadings() public {
        (bytes memory first,) = _pair();
        _expect(lengthError(98), first, new bytes(98));
        _expect(lengthError(0), "", first);
        _expect(lengthError(198), bytes.concat(first, first), first);
    }

    function test_proveClone_revertsIfTheReadingsAreOfTwoMeters() public {
        (bytes memory first,) = _pair();
        bytes memory second = signP256(ELEMENT_KEY, exported(6, 999));
        _expect(_twoMeters(meter, element), first, second);
        _expect(_twoMeters(element, meter), second, first);
    }

    function test_proveClone_revertsIfOneIsSignedForAnotherLedgerOrFalsified() public {
        (bytes memory first,) = _pair();
        Reading memory reading = exported(6, 999);
        bytes memory second = sign(METER_KEY, reading, domainOf(block.chainid, address(coin)));
        (address signer,,) = ledger.check(second);
        _expect(_twoMeters(meter, signer), first, second);

        second = sign(METER_KEY, reading);
        second[4] ^= 0x01;
        (signer,,) = ledger.check(second);
        _expect(_twoMeters(meter, signer), first, second);

        second = packed(reading, 0, bytes32(uint256(1)));
        _expect(_twoMeters(meter, address(0)), first, second);
    }

    function test_proveClone_revertsIfTheSignerIsNotEnrolled() public {
        _expect(
            wrongState(VM.addr(7), MeterState.None),
            sign(7, exported(5, 1000)),
            sign(7, exported(6, 999))
        );
        bytes memory nobodys = packed(exported(5, 1000), 0, bytes32(uint256(1)));
        _expect(wrongState(address(0), MeterState.None), nobodys, nobodys);
    }

    function test_proveClone_revertsIfTheMeterIsClosing() public {
        (bytes memory first, bytes memory second) = _pair();
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        _expect(wrongState(meter, MeterState.Closing), first, second);
    }

    function test_proveClone_revertsIfOneIsNotNewerThanTheEnrolment() public {
        uint256 key = 0xFEED;
        enrolAt(key, 10, 5000);
        _expect(
            paginationError(10, 10), sign(key, exported(10, 0)), sign(key, exported(11, 6000))
        );
        _expect(
            paginationError(10, 9), sign(key, exported(11, 6000)), sign(key, exported(9, 7000))
        );
        ledger.proveClone(sign(key, exported(11, 6000)), sign(key, exported(12, 5999)));
    }

    function test_proveClone_revertsIfTheReadingsAreOne() public {
        bytes memory signed = sign(METER_KEY, exported(5, 1000));
        _expect(_agree(5, 5), signed, signed);
        // A secure element signs the same twice with different bytes.
        Reading memory reading = exported(5, 1000);
        _expect(_agree(5, 5), signed, _signAnew(reading));
    }

    /// @dev Another signature of the same reading by the same key, with a nonce of its own: forge
    /// signs as RFC 6979 says, so it is made from scratch. On secp256k1, with k = 2 and R = 2G,
    /// s = (digest + r x key) / k.
    function _signAnew(Reading memory reading) private view returns (bytes memory) {
        uint256 digest = uint256(digestOf(reading, ledger.domainSeparator()));
        // X of 2G, whose Y is even (SEC 2, section 2.4.1, doubled).
        uint256 r = 0xc6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5;
        uint256 half = (SECP256K1_N + 1) / 2;
        uint256 s = mulmod(
            addmod(digest, mulmod(r, METER_KEY, SECP256K1_N), SECP256K1_N), half, SECP256K1_N
        );
        uint256 vs = s > SECP256K1_N / 2 ? (SECP256K1_N - s) | (1 << 255) : s;
        return packed(reading, bytes32(r), bytes32(vs));
    }

    function test_proveClone_revertsIfNoRegisterOfTheNewerIsLower() public {
        Reading memory older = Reading(5, 900, 800, 700, 600, uint40(START), 2);
        _expect(_agree(5, 6), sign(METER_KEY, older), sign(METER_KEY, _newer(older)));
        _expect(_agree(6, 5), sign(METER_KEY, _newer(older)), sign(METER_KEY, older));
    }

    /// @dev Time and status are what the meter believes, and no registers.
    function _newer(Reading memory older) private pure returns (Reading memory) {
        return Reading(6, older.exportWh, older.importWh, older.authorisedWh, 601, 0, 0);
    }

    function test_proveClone_takesOnePaginationWithAnyDifference() public {
        uint32 pagination = 5;
        for (uint256 field = 0; field < 6; ++field) {
            Reading memory one =
                Reading(++pagination, 900, 800, 700, 600, uint40(START), SYNCHRONISED);
            Reading memory two =
                Reading(pagination, 900, 800, 700, 600, uint40(START), SYNCHRONISED);
            if (field == 0) one.exportWh += 1;
            if (field == 1) one.importWh += 1;
            if (field == 2) one.authorisedWh += 1;
            if (field == 3) one.returnedWh += 1;
            if (field == 4) one.takenAt += 900;
            if (field == 5) one.status ^= 4;
            if (field % 2 == 0) _proves(one, two);
            else _proves(two, one);
        }
    }

    function test_proveClone_takesAnyLowerRegisterOfTheNewer() public {
        uint32 pagination = 5;
        for (uint256 field = 0; field < 4; ++field) {
            Reading memory older = Reading(++pagination, 900, 800, 700, 600, 0, 0);
            Reading memory newer = Reading(++pagination, 9000, 8000, 7000, 6000, 0, 0);
            if (field == 0) newer.exportWh = 899;
            if (field == 1) newer.importWh = 799;
            if (field == 2) newer.authorisedWh = 699;
            if (field == 3) newer.returnedWh = 599;
            if (field % 2 == 0) _proves(older, newer);
            else _proves(newer, older);
        }
    }

    function test_proveClone_suspendsTheMeterAndSaysSo() public {
        (bytes memory first, bytes memory second) = _pair();
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.CloneProven(meter, STRANGER, 5, 6);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterSuspended(meter, STRANGER);
        VM.prank(STRANGER);
        ledger.proveClone(first, second);

        assertTrue(ledger.stateOf(meter) == MeterState.Suspended, "suspended");
        CloneRecord memory clone = ledger.cloneOf(meter);
        assertEq(clone.provenPagination, 6, "the highest pagination seen");
        assertEq(clone.clearedPagination, 0, "and none is cleared");
        assertTrue(ledger.stateOf(element) == MeterState.Active, "others are not touched");
    }

    function test_proveClone_worksForP256AndWhateverTheLedgerAccepted() public {
        bytes memory accepted = signP256(ELEMENT_KEY, exported(5, 1000));
        ledger.record(accepted);
        ledger.record(signP256(ELEMENT_KEY, exported(7, 1100)));
        ledger.proveClone(signP256(ELEMENT_KEY, exported(6, 999)), accepted);
        assertTrue(ledger.stateOf(element) == MeterState.Suspended, "suspended");
    }

    function test_proveClone_keepsTheHighestPaginationWhileSuspended() public {
        (bytes memory first, bytes memory second) = _pair();
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        ledger.proveClone(first, second);
        assertEq(ledger.cloneOf(meter).provenPagination, 6, "of a meter that was suspended");
        ledger.proveClone(sign(METER_KEY, exported(MOST, 5)), sign(METER_KEY, exported(9, 6)));
        assertEq(ledger.cloneOf(meter).provenPagination, MOST, "higher");
        ledger.proveClone(second, first);
        assertEq(ledger.cloneOf(meter).provenPagination, MOST, "never lower");
    }

    /// @dev What an honest meter signs never proves anything, whichever two are taken.
    function test_fuzz_proveClone_neverHitsAnHonestMeter(
        Reading memory older,
        Reading memory step
    ) public {
        older.pagination = uint32(bound(older.pagination, 2, MOST - 1));
        older.exportWh = uint48(bound(older.exportWh, 0, 1e12));
        older.importWh = uint48(bound(older.importWh, 0, 1e12));
        older.authorisedWh = uint48(bound(older.authorisedWh, 0, 1e12));
        older.returnedWh = uint48(bound(older.returnedWh, 0, 1e12));
        step.pagination = uint32(bound(step.pagination, older.pagination + 1, MOST));
        step.exportWh = uint48(bound(step.exportWh, older.exportWh, 1e13));
        step.importWh = uint48(bound(step.importWh, older.importWh, 1e13));
        step.authorisedWh = uint48(bound(step.authorisedWh, older.authorisedWh, 1e13));
        step.returnedWh = uint48(bound(step.returnedWh, older.returnedWh, 1e13));
        bytes memory first = sign(METER_KEY, older);
        bytes memory second = sign(METER_KEY, step);
        VM.expectRevert(_agree(older.pagination, step.pagination));
        ledger.proveClone(first, second);
        VM.expectRevert(_agree(step.pagination, older.pagination));
        ledger.proveClone(second, first);
    }

    function _twoMeters(address first, address second) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.ReadingsOfTwoMeters.selector, first, second);
    }
}
