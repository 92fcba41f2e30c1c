// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

contract RecordTest is LedgerTest {
    function _expect(bytes memory reason, bytes memory signed) private {
        VM.expectRevert(reason);
        ledger.record(signed);
        assertEq(coin.totalSupply(), 0, "nothing is minted");
    }

    function test_record_revertsIfLengthIsNot99() public {
        bytes memory signed = sign(METER_KEY, exported(2, 1000));
        _expect(lengthError(100), bytes.concat(signed, hex"00"));
        _expect(lengthError(0), "");
        _expect(lengthError(198), bytes.concat(signed, signed));
        assembly {
            mstore(signed, 98)
        }
        _expect(lengthError(98), signed);
    }

    function test_record_revertsIfNoSignerCanBeRecovered() public {
        // r is no x-coordinate: 0 is below the field and on no point.
        bytes memory signed = packed(exported(2, 1000), bytes32(0), bytes32(uint256(1)));
        _expect(abi.encodeWithSelector(IReadingLedger.SignatureInvalid.selector), signed);
    }

    function test_record_hasNoRoomForTheHighSOfASignature() public view {
        // The other form of a signature, s' = n - s, needs the bit that EIP-2098 gives to yParity:
        // read as such, it is some other signature.
        Reading memory reading = exported(2, 1000);
        (, bytes32 r, bytes32 s) = VM.sign(METER_KEY, digestOf(reading, ledger.domainSeparator()));
        uint256 highS = SECP256K1_N - uint256(s);
        assertTrue(highS >= 1 << 255, "it does not fit");

        (address signer,,) = ledger.check(packed(reading, r, bytes32(highS)));
        assertTrue(signer != meter, "it is not the meter's");
    }

    function test_record_revertsIfSIsAboveHalfTheOrder() public {
        // The highest low s recovers, to a signer that is not enrolled; one more is high.
        uint256 highest = SECP256K1_N / 2;
        Reading memory reading = exported(2, 1000);
        bytes32 r = bytes32(uint256(1));
        address signer =
            ecrecover(digestOf(reading, ledger.domainSeparator()), 27, r, bytes32(highest));

        _expect(
            abi.encodeWithSelector(IReadingLedger.MeterNotEnrolled.selector, signer),
            packed(reading, r, bytes32(highest))
        );
        _expect(
            abi.encodeWithSelector(IReadingLedger.SignatureInvalid.selector),
            packed(reading, r, bytes32(highest + 1))
        );
    }

    function test_record_revertsIfMeterIsNotEnrolled() public {
        _expect(
            abi.encodeWithSelector(IReadingLedger.MeterNotEnrolled.selector, VM.addr(7)),
            sign(7, exported(2, 1000))
        );
    }

    function test_record_revertsIfMeterIsSuspended() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        _expect(
            abi.encodeWithSelector(
                IReadingLedger.MeterNotAccepting.selector, meter, MeterState.Suspended
            ),
            sign(METER_KEY, exported(2, 1000))
        );
    }

    function test_record_revertsIfPaginationRepeats() public {
        ledger.record(sign(METER_KEY, exported(5, 0)));
        _expect(paginationError(5, 5), sign(METER_KEY, exported(5, 1000)));
    }

    function test_record_revertsIfPaginationIsOlder() public {
        ledger.record(sign(METER_KEY, exported(5, 0)));
        _expect(paginationError(5, 4), sign(METER_KEY, exported(4, 1000)));
    }

    function test_record_revertsIfPaginationIsThatOfTheEnrolment() public {
        _expect(paginationError(1, 1), sign(METER_KEY, exported(1, 1000)));
    }

    function test_record_revertsIfARegisterDecreased() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, Reading(2, 900, 800, 700, 600, 0, 0)));

        bytes memory signed = sign(METER_KEY, Reading(3, 899, 800, 700, 600, 0, 0));
        _expect(decreasedError(900, 899), signed);
        signed = sign(METER_KEY, Reading(3, 900, 799, 700, 600, 0, 0));
        _expect(decreasedError(800, 799), signed);
        signed = sign(METER_KEY, Reading(3, 900, 800, 699, 600, 0, 0));
        _expect(decreasedError(700, 699), signed);
        signed = sign(METER_KEY, Reading(3, 900, 800, 700, 599, 0, 0));
        _expect(decreasedError(600, 599), signed);
    }

    function test_record_revertsIfNotYetPlausible() public {
        // 4000 Wh at 10 kW take 1440 s, 180 s more than the slack.
        bytes memory signed = sign(METER_KEY, exported(2, 4000));
        _expect(
            abi.encodeWithSelector(IReadingLedger.NotYetPlausible.selector, START + 180, START),
            signed
        );

        VM.warp(START + 179);
        _expect(
            abi.encodeWithSelector(
                IReadingLedger.NotYetPlausible.selector, START + 180, START + 179
            ),
            signed
        );
        VM.warp(START + 180);
        assertEq(ledger.record(signed), 4, "it counts later, unchanged");
    }

    function test_record_mintsWholeCoinsToTheOwner() public {
        VM.warp(START + 1 days);
        assertEq(ledger.record(sign(METER_KEY, exported(2, 999))), 0, "not yet a coin");
        assertEq(ledger.record(sign(METER_KEY, exported(3, 1000))), 1, "the rest of the coin");
        assertEq(ledger.record(sign(METER_KEY, exported(4, 4500))), 3, "three more and a half");
        assertEq(coin.balanceOf(OWNER), 4e18, "the owner has them");
        assertEq(coin.totalSupply(), 4e18, "and nobody else");
        assertEq(ledger.mintedOf(meter), 4, "and the ledger says so");
    }

    function test_record_keepsTheRegistersAndSaysSo() public {
        Reading memory reading = Reading(9, 2500, 1234, 5678, 42, uint40(START), SYNCHRONISED);
        bytes memory signed = sign(METER_KEY, reading);
        VM.warp(START + 1 days);

        VM.expectEmit(address(ledger));
        emit IReadingLedger.ReadingAccepted(meter, 9, 2500, 1234, 5678, 42, 2);
        ledger.record(signed);

        Registers memory registers = ledger.registersOf(meter);
        assertEq(registers.pagination, 9, "pagination");
        assertEq(registers.exportWh, 2500, "exportWh");
        assertEq(registers.importWh, 1234, "importWh");
        assertEq(registers.authorisedWh, 5678, "authorisedWh");
        assertEq(registers.returnedWh, 42, "returnedWh");
        // 2500 Wh take 900 s.
        assertEq(registers.plausibleFrom, START + 900, "plausibleFrom");
    }

    function test_record_mayBeSubmittedByAnyone() public {
        bytes memory signed = sign(METER_KEY, exported(2, 1000));
        VM.prank(STRANGER);
        ledger.record(signed);
        assertEq(coin.balanceOf(OWNER), 1e18, "the coin is the owner's");
        assertEq(coin.balanceOf(STRANGER), 0, "not the sender's");
    }

    function test_record_acceptsAndMintsNothingWhileClosing() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, exported(2, 1500)));
        VM.prank(ENROLLER);
        ledger.revoke(meter);

        assertEq(ledger.record(sign(METER_KEY, exported(3, 9000))), 0, "no coin");
        assertEq(coin.totalSupply(), 1e18, "none at all");
        assertEq(ledger.registersOf(meter).exportWh, 9000, "but accepted");
        assertEq(ledger.mintedOf(meter), 1, "what was minted stays");
    }

    function test_record_mintsOnceTheMeterIsResumed() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        VM.warp(START + 1 days);
        VM.prank(ENROLLER);
        ledger.resume(meter);
        assertEq(ledger.record(sign(METER_KEY, exported(2, 7000))), 7, "nothing was lost");
    }

    function test_record_acceptsRegistersUpToTheirWidth() public {
        // At 50 kW 2^48 - 1 Wh take 640,000 years: the enrolment starts just below.
        uint256 key = 0xFEED;
        uint48 most = type(uint48).max;
        enrolAt(key, type(uint32).max - 1, most - 1000);
        VM.warp(START + 1 days);
        Reading memory reading =
            Reading(type(uint32).max, most, most, most, most, type(uint40).max, type(uint16).max);
        reading.importWh = 1000;
        assertEq(ledger.record(sign(key, reading)), 1, "one coin");
        assertEq(ledger.registersOf(VM.addr(key)).exportWh, most, "exportWh");
        assertEq(ledger.registersOf(VM.addr(key)).authorisedWh, most, "authorisedWh");
    }

    function test_fuzz_record_mintsIncrease(uint48 startWh, uint48 firstWh, uint48 secondWh)
        public
    {
        startWh = uint48(bound(startWh, 0, 1e9));
        firstWh = uint48(bound(firstWh, startWh, startWh + 1e6));
        secondWh = uint48(bound(secondWh, firstWh, firstWh + 1e6));
        enrolAt(0xFEED, 1, startWh);
        VM.warp(START + 29 days);

        uint256 coins = ledger.record(sign(0xFEED, exported(2, firstWh)));
        assertEq(coins, (firstWh - startWh) / WH_PER_COIN, "from enrolment on, rounded down");
        VM.warp(START + 58 days);
        coins += ledger.record(sign(0xFEED, exported(3, secondWh)));
        assertEq(coins, (secondWh - startWh) / WH_PER_COIN, "floors telescope");
        assertEq(ledger.mintedOf(VM.addr(0xFEED)), coins, "as mintedOf says");
    }
}
