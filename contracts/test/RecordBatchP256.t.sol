// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {P256Test} from "./P256Test.sol";

contract RecordBatchP256Test is P256Test {
    uint256 private constant SECOND_KEY = 0xB0B;
    uint256 private constant THIRD_KEY = 0xCAFE;

    function setUp() public override {
        super.setUp();
        enrolP256(SECOND_KEY, OWNER);
        enrolP256(THIRD_KEY, STRANGER);
        VM.warp(START + 1 days);
    }

    /// @dev A batch of one bad reading between two good ones.
    function _expectSkip(bytes memory bad, address signer, uint32 pagination, SkipReason reason)
        private
    {
        bytes memory before = signP256(SECOND_KEY, exported(100, 1000));
        bytes memory behind = signP256(THIRD_KEY, exported(100, 2000));

        VM.expectEmit(address(ledger));
        emit IReadingLedger.ReadingSkipped(1, signer, pagination, reason);
        ledger.recordBatchP256(bytes.concat(before, bad, behind));

        assertEq(coin.balanceOf(OWNER), 1e18, "the reading before it counts");
        assertEq(coin.balanceOf(STRANGER), 2e18, "and the one behind it");
    }

    function test_recordBatchP256_revertsIfLengthIsNoMultipleOf163() public {
        bytes memory signed = signP256(ELEMENT_KEY, exported(2, 1000));
        VM.expectRevert(lengthError(0));
        ledger.recordBatchP256("");
        VM.expectRevert(lengthError(325));
        ledger.recordBatchP256(bytes.concat(signed, new bytes(162)));
        signed = sign(METER_KEY, exported(2, 1000));
        VM.expectRevert(lengthError(99));
        ledger.recordBatchP256(signed);
    }

    function test_recordBatchP256_skipsWhatHasNoSigner() public {
        bytes memory bad = signP256(ELEMENT_KEY, exported(2, 1000));
        bad = withWord(bad, 1, P256_N - wordOf(bad, 1));
        _expectSkip(bad, address(0), 2, SkipReason.SignatureInvalid);
    }

    function test_recordBatchP256_skipsAMeterThatIsNotEnrolled() public {
        bytes memory bad = signP256(7, exported(2, 1000));
        _expectSkip(bad, addrP256(7), 2, SkipReason.MeterNotEnrolled);
    }

    function test_recordBatchP256_skipsASuspendedMeter() public {
        VM.prank(ENROLLER);
        ledger.suspend(element);
        bytes memory bad = signP256(ELEMENT_KEY, exported(2, 1000));
        _expectSkip(bad, element, 2, SkipReason.MeterNotAccepting);
    }

    function test_recordBatchP256_skipsAPaginationThatIsNotNewer() public {
        bytes memory bad = signP256(ELEMENT_KEY, exported(1, 1000));
        _expectSkip(bad, element, 1, SkipReason.PaginationNotNewer);
    }

    function test_recordBatchP256_skipsARegisterThatDecreased() public {
        ledger.record(signP256(ELEMENT_KEY, exported(2, 999)));
        bytes memory bad = signP256(ELEMENT_KEY, exported(3, 998));
        _expectSkip(bad, element, 3, SkipReason.RegisterDecreased);
    }

    function test_recordBatchP256_skipsWhatIsNotYetPlausible() public {
        bytes memory bad = signP256(ELEMENT_KEY, exported(2, 300_000));
        _expectSkip(bad, element, 2, SkipReason.NotYetPlausible);
    }

    function test_recordBatchP256_countsWithoutThePrecompile() public {
        bytes memory bad = signP256(ELEMENT_KEY, exported(2, 1000));
        bad[0] ^= 0x01;
        removePrecompile();
        _expectSkip(bad, address(0), 0x0100_0002, SkipReason.SignatureInvalid);
    }

    function test_recordBatchP256_mintsNothingForReadingsOfTheOtherCurve() public {
        // 163 readings of 99 bytes are as long as 99 of 163.
        bytes memory readings;
        for (uint32 i = 0; i < 163; ++i) {
            readings = bytes.concat(readings, sign(METER_KEY, exported(2 + i, i * 1000)));
        }
        ledger.recordBatchP256(readings);
        assertEq(coin.totalSupply(), 0, "no P-256 signature");
        ledger.recordBatch(readings);
        assertEq(coin.totalSupply(), 162e18, "but good ones on their own curve");

        readings = "";
        for (uint32 i = 0; i < 99; ++i) {
            readings = bytes.concat(readings, signP256(ELEMENT_KEY, exported(2 + i, i * 1000)));
        }
        ledger.recordBatch(readings);
        assertEq(coin.totalSupply(), 162e18, "no secp256k1 signature");
        ledger.recordBatchP256(readings);
        assertEq(coin.totalSupply(), 260e18, "but good ones on their own curve");
    }

    function test_recordBatchP256_countsMixedFleetsInOneLedger() public {
        bytes memory elements = bytes.concat(
            signP256(ELEMENT_KEY, exported(2, 3000)), signP256(THIRD_KEY, exported(2, 4000))
        );
        ledger.recordBatchP256(elements);
        ledger.recordBatch(sign(METER_KEY, exported(2, 5000)));
        assertEq(coin.balanceOf(OWNER), 8e18, "an owner of one of each");
        assertEq(coin.balanceOf(STRANGER), 4e18, "and an owner of an element");
        assertEq(ledger.assuranceOf(element), 2, "anyone can tell which is which");
        assertEq(ledger.assuranceOf(meter), 0, "by the assurance");
    }

    function test_fuzz_recordBatchP256_neverRevertsOnWholeReadings(bytes32[16] memory noise)
        public
    {
        bytes memory bytes512 = abi.encodePacked(noise);
        assembly {
            mstore(bytes512, 489)
        }
        ledger.recordBatchP256(bytes512);
        assertEq(coin.totalSupply(), 0, "and mints nothing without a signature");
    }
}
