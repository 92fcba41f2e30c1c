// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {Vm} from "../script/Vm.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

contract RecordBatchTest is LedgerTest {
    bytes32 private constant TRANSFER = keccak256("Transfer(address,address,uint256)");

    uint256 private constant SECOND_KEY = 0xB0B;
    uint256 private constant THIRD_KEY = 0xCAFE;

    function setUp() public override {
        super.setUp();
        enrol(SECOND_KEY, enrolmentOf(SECOND_KEY, OWNER));
        enrol(THIRD_KEY, enrolmentOf(THIRD_KEY, STRANGER));
        VM.warp(START + 1 days);
    }

    /// @dev A batch of one bad reading between two good ones.
    function _expectSkip(bytes memory bad, address signer, uint32 pagination, SkipReason reason)
        private
    {
        bytes memory before = sign(SECOND_KEY, exported(100, 1000));
        bytes memory behind = sign(THIRD_KEY, exported(100, 2000));

        VM.expectEmit(address(ledger));
        emit IReadingLedger.ReadingSkipped(1, signer, pagination, reason);
        ledger.recordBatch(bytes.concat(before, bad, behind));

        assertEq(coin.balanceOf(OWNER), 1e18, "the reading before it counts");
        assertEq(coin.balanceOf(STRANGER), 2e18, "and the one behind it");
    }

    function test_recordBatch_revertsIfLengthIsNoMultipleOf99() public {
        bytes memory signed = sign(METER_KEY, exported(2, 1000));
        VM.expectRevert(lengthError(0));
        ledger.recordBatch("");
        VM.expectRevert(lengthError(197));
        ledger.recordBatch(bytes.concat(signed, new bytes(98)));
        VM.expectRevert(lengthError(100));
        ledger.recordBatch(bytes.concat(signed, hex"00"));
    }

    function test_recordBatch_skipsWhatHasNoSigner() public {
        bytes memory bad = packed(exported(2, 1000), bytes32(0), bytes32(uint256(1)));
        _expectSkip(bad, address(0), 2, SkipReason.SignatureInvalid);
    }

    function test_recordBatch_skipsAnySeriesOfBytes() public {
        bytes memory bad = new bytes(99);
        for (uint256 i = 0; i < 99; ++i) {
            bad[i] = 0xff;
        }
        _expectSkip(bad, address(0), type(uint32).max, SkipReason.SignatureInvalid);
    }

    function test_recordBatch_skipsAMeterThatIsNotEnrolled() public {
        bytes memory bad = sign(7, exported(2, 1000));
        _expectSkip(bad, VM.addr(7), 2, SkipReason.MeterNotEnrolled);
    }

    function test_recordBatch_skipsASuspendedMeter() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        bytes memory bad = sign(METER_KEY, exported(2, 1000));
        _expectSkip(bad, meter, 2, SkipReason.MeterNotAccepting);
    }

    function test_recordBatch_skipsAPaginationThatIsNotNewer() public {
        bytes memory bad = sign(METER_KEY, exported(1, 1000));
        _expectSkip(bad, meter, 1, SkipReason.PaginationNotNewer);
    }

    function test_recordBatch_skipsARegisterThatDecreased() public {
        ledger.record(sign(METER_KEY, exported(2, 999)));
        bytes memory bad = sign(METER_KEY, exported(3, 998));
        _expectSkip(bad, meter, 3, SkipReason.RegisterDecreased);
    }

    function test_recordBatch_skipsWhatIsNotYetPlausible() public {
        bytes memory bad = sign(METER_KEY, exported(2, 300_000));
        _expectSkip(bad, meter, 2, SkipReason.NotYetPlausible);
        assertEq(ledger.registersOf(meter).pagination, 1, "it changed nothing");
    }

    function test_recordBatch_countsSeveralOfOneMeterInOrder() public {
        bytes memory batch = bytes.concat(
            sign(METER_KEY, exported(2, 1000)),
            sign(METER_KEY, exported(3, 2500)),
            sign(METER_KEY, exported(4, 4000))
        );
        ledger.recordBatch(batch);
        assertEq(coin.balanceOf(OWNER), 4e18, "each of them");
        assertEq(ledger.registersOf(meter).pagination, 4, "up to the newest");
    }

    function test_recordBatch_losesNothingIfTheNewestComesFirst() public {
        bytes memory batch = bytes.concat(
            sign(METER_KEY, exported(4, 4000)),
            sign(METER_KEY, exported(3, 2500)),
            sign(METER_KEY, exported(2, 1000))
        );
        ledger.recordBatch(batch);
        assertEq(coin.balanceOf(OWNER), 4e18, "a register says what older readings did");
    }

    function test_recordBatch_countsARepeatedReadingOnce() public {
        bytes memory signed = sign(METER_KEY, exported(2, 3000));
        ledger.recordBatch(bytes.concat(signed, signed, signed));
        ledger.recordBatch(signed);
        assertEq(coin.balanceOf(OWNER), 3e18, "once");
    }

    function test_recordBatch_mintsOnceForARunOfOneOwner() public {
        bytes memory batch = bytes.concat(
            sign(METER_KEY, exported(2, 1000)),
            sign(THIRD_KEY, exported(2, 999)),
            sign(SECOND_KEY, exported(2, 2000)),
            sign(THIRD_KEY, exported(3, 4000))
        );
        VM.recordLogs();
        ledger.recordBatch(batch);

        (uint256 mints, uint256 first, uint256 second) = _mints(VM.getRecordedLogs());
        assertEq(mints, 2, "one mint an owner: what mints nothing does not end a run");
        assertEq(first, 3e18, "two readings together");
        assertEq(second, 4e18, "and another owner's");
        assertEq(coin.balanceOf(OWNER), 3e18, "the owner of two meters");
        assertEq(coin.balanceOf(STRANGER), 4e18, "the owner of the third");
    }

    function test_recordBatch_mintsToEachOwnerInAnyOrder() public {
        bytes memory batch = bytes.concat(
            sign(METER_KEY, exported(2, 1000)),
            sign(THIRD_KEY, exported(2, 4000)),
            sign(SECOND_KEY, exported(2, 2000))
        );
        ledger.recordBatch(batch);
        assertEq(coin.balanceOf(OWNER), 3e18, "in two runs");
        assertEq(coin.balanceOf(STRANGER), 4e18, "between them");
    }

    function test_recordBatch_mintsNothingForPartsOfACoin() public {
        VM.recordLogs();
        ledger.recordBatch(sign(METER_KEY, exported(2, 999)));
        (uint256 mints,,) = _mints(VM.getRecordedLogs());
        assertEq(mints, 0, "no mint of nothing");
        assertEq(ledger.registersOf(meter).exportWh, 999, "but accepted");
    }

    function test_fuzz_recordBatch_neverRevertsOnWholeReadings(bytes32[16] memory noise) public {
        bytes memory bytes512 = abi.encodePacked(noise);
        assembly {
            mstore(bytes512, 495)
        }
        ledger.recordBatch(bytes512);
        assertEq(coin.totalSupply(), 0, "and mints nothing without a signature");
    }

    function _mints(Vm.Log[] memory logs)
        private
        view
        returns (uint256 count, uint256 first, uint256 second)
    {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter != address(coin) || logs[i].topics[0] != TRANSFER) continue;
            uint256 amount = abi.decode(logs[i].data, (uint256));
            (first, second) = count == 0 ? (amount, uint256(0)) : (first, amount);
            ++count;
        }
    }
}
