// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {Reading} from "./LedgerTest.sol";
import {P256Test} from "./P256Test.sol";

/// @notice record and check of 163 bytes. What is wrong with a signature is tried twice: where
/// P256VERIFY answers, and where the ledger computes in Solidity.
contract RecordP256Test is P256Test {
    function _expect(bytes memory reason, bytes memory signed) private {
        VM.expectRevert(reason);
        ledger.record(signed);
        assertEq(coin.totalSupply(), 0, "nothing is minted");
    }

    /// @dev With the precompile, and without it.
    function _isInvalid(bytes memory signed) private {
        requirePrecompile();
        _expect(abi.encodeWithSelector(IReadingLedger.SignatureInvalid.selector), signed);
        removePrecompile();
        _expect(abi.encodeWithSelector(IReadingLedger.SignatureInvalid.selector), signed);
        VM.clearMockedCalls();
    }

    function _signed() private view returns (bytes memory) {
        return signP256(ELEMENT_KEY, exported(2, 1000));
    }

    function test_record_revertsIfLengthOfAP256ReadingIsNot163() public {
        bytes memory signed = _signed();
        _expect(lengthError(164), bytes.concat(signed, hex"00"));
        _expect(lengthError(326), bytes.concat(signed, signed));
        assembly {
            mstore(signed, 162)
        }
        _expect(lengthError(162), signed);
        VM.expectRevert(lengthError(162));
        ledger.check(signed);
    }

    function test_record_revertsIfSOfAP256ReadingIsHigh() public {
        bytes memory signed = _signed();
        _isInvalid(withWord(signed, 1, P256_N - wordOf(signed, 1)));
    }

    function test_record_revertsIfAP256SignatureIsOutOfItsRange() public {
        bytes memory signed = _signed();
        uint256[4] memory refused = [0, P256_N, P256_N + 1, type(uint256).max];
        for (uint256 i = 0; i < refused.length; ++i) {
            _isInvalid(withWord(signed, 0, refused[i]));
            _isInvalid(withWord(signed, 1, refused[i]));
        }
    }

    function test_record_revertsIfTheP256KeyIsNoPointOfTheCurve() public {
        bytes memory signed = _signed();
        _isInvalid(withWord(withWord(signed, 2, 0), 3, 0));
        _isInvalid(withWord(signed, 2, P256_P));
        _isInvalid(withWord(signed, 3, type(uint256).max));
        // The other point with this X signs other digests.
        _isInvalid(withWord(signed, 3, P256_P - wordOf(signed, 3)));
    }

    function test_record_revertsIfAnotherP256KeyIsNamed() public {
        bytes memory signed = _signed();
        (uint256 x, uint256 y) = VM.publicKeyP256(7);
        _isInvalid(withWord(withWord(signed, 2, x), 3, y));
    }

    function test_record_revertsIfTheSignerOnP256IsNotEnrolled() public {
        bytes memory reason =
            abi.encodeWithSelector(IReadingLedger.MeterNotEnrolled.selector, addrP256(7));
        _expect(reason, signP256(7, exported(2, 1000)));
        // The same number as a key on the other curve is another meter.
        reason =
            abi.encodeWithSelector(IReadingLedger.MeterNotEnrolled.selector, addrP256(METER_KEY));
        _expect(reason, signP256(METER_KEY, exported(2, 1000)));
    }

    function test_record_holdsAP256MeterToTheSameRules() public {
        _expect(paginationError(1, 1), signP256(ELEMENT_KEY, exported(1, 1000)));
        _expect(
            abi.encodeWithSelector(IReadingLedger.NotYetPlausible.selector, START + 180, START),
            signP256(ELEMENT_KEY, exported(2, 4000))
        );
        ledger.record(signP256(ELEMENT_KEY, exported(2, 999)));
        _expect(decreasedError(999, 998), signP256(ELEMENT_KEY, exported(3, 998)));
        VM.prank(ENROLLER);
        ledger.suspend(element);
        _expect(
            abi.encodeWithSelector(
                IReadingLedger.MeterNotAccepting.selector, element, MeterState.Suspended
            ),
            signP256(ELEMENT_KEY, exported(3, 1000))
        );
    }

    function test_record_mintsForAP256MeterAndSaysSo() public {
        bytes memory signed =
            signP256(ELEMENT_KEY, Reading(9, 2500, 1234, 5678, 42, uint40(START), SYNCHRONISED));
        VM.warp(START + 1 days);
        VM.expectEmit(address(ledger));
        emit IReadingLedger.ReadingAccepted(element, 9, 2500, 1234, 5678, 42, 2);
        assertEq(ledger.record(signed), 2, "coins");
        assertEq(coin.balanceOf(OWNER), 2e18, "the owner has them");
    }

    function test_record_mintsForAP256MeterWithoutThePrecompile() public {
        bytes memory signed = _signed();
        removePrecompile();
        assertEq(ledger.record(signed), 1, "computed in Solidity");
    }

    function test_record_refusesEachFlippedBitOfAP256Reading() public {
        bytes memory signed = _signed();
        requirePrecompile();
        for (uint256 bit = 0; bit < 1304; ++bit) {
            _flip(signed, bit);
            ledger.recordBatchP256(signed);
            try ledger.record(signed) {
                revert NotTrue("alone it reverts");
            } catch {}
            _flip(signed, bit);
        }
        assertEq(coin.totalSupply(), 0, "nothing is minted");
        assertEq(ledger.registersOf(element).pagination, 1, "and nothing has changed");
        assertEq(ledger.record(signed), 1, "the reading itself counts");
    }

    function test_check_refusesEachFlippedBitWithoutThePrecompile() public {
        bytes memory signed = _signed();
        removePrecompile();
        for (uint256 bit = 0; bit < 1304; ++bit) {
            _flip(signed, bit);
            (, SkipReason reason,) = ledger.check(signed);
            assertEq(uint256(reason), uint256(SkipReason.SignatureInvalid), "no signer");
            _flip(signed, bit);
        }
        (address signer, SkipReason none,) = ledger.check(signed);
        assertEq(signer, element, "the reading itself is the meter's");
        assertEq(uint256(none), 0, "and counts");
    }

    /// forge-config: default.fuzz.runs = 10000
    function test_fuzz_record_acceptsWhateverAP256MeterSigns(Reading memory reading) public {
        reading.pagination = uint32(bound(reading.pagination, 2, type(uint32).max));
        reading.exportWh = uint48(bound(reading.exportWh, 0, MONTH_WH));
        reading.importWh = uint48(bound(reading.importWh, 0, MONTH_WH));
        VM.warp(START + 29 days);
        uint256 coins = ledger.record(signP256(ELEMENT_KEY, reading));
        assertEq(coins, reading.exportWh / WH_PER_COIN, "coins");
    }

    function test_fuzz_check_findsTheSameSignerWithoutThePrecompile(
        uint256 key,
        Reading memory reading
    ) public {
        key = bound(key, 1, P256_N - 1);
        bytes memory signed = signP256(key, reading);
        (address signer,,) = ledger.check(signed);
        assertEq(signer, addrP256(key), "by the precompile");
        removePrecompile();
        (signer,,) = ledger.check(signed);
        assertEq(signer, addrP256(key), "by Solidity");
    }

    function _flip(bytes memory signed, uint256 bit) private pure {
        signed[bit / 8] ^= bytes1(uint8(2 ** (bit % 8)));
    }
}
