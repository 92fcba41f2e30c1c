// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Registers} from "../src/types/Registers.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";
import {PlainLedger} from "./PlainLedger.sol";

/// @notice Random lives of an honest meter, delivered by a hostile relay, against the plain model.
/// 100,000 of them: FOUNDRY_PROFILE=histories forge test --match-contract HistoryTest
contract HistoryTest is LedgerTest {
    uint256 private constant READINGS = 12;
    uint256 private constant DELIVERIES = 16;

    uint256 private _seed;

    function setUp() public override {
        super.setUp();
        // The model of a lag of 30 days needs no time before time.
        VM.warp(START + 1 days);
    }

    function _random(uint256 below) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % below;
    }

    /// @dev The registers of an honest meter: power never above rated, time rounded down, clock at
    /// times unknown. Mostly minutes between two readings, at times months.
    function _life(uint256 key, uint48 startWh)
        private
        returns (Reading[READINGS] memory readings, bytes[READINGS] memory signed, uint256 end)
    {
        uint256 time = block.timestamp;
        Reading memory last = Reading(1, startWh, 0, 0, 0, 0, 0);
        for (uint256 i = 0; i < READINGS; ++i) {
            uint256 step = _random(12) == 0 ? _random(100 days) : _random(2 hours);
            uint256 mostWh = step * POWER_W / 3600;
            time += step;
            last = Reading({
                pagination: last.pagination + 1 + uint32(_random(70)),
                exportWh: last.exportWh + uint48(_random(mostWh + 1)),
                importWh: last.importWh + uint48(_random(mostWh + 1)),
                authorisedWh: last.authorisedWh + uint48(_random(2) * 5000),
                returnedWh: last.returnedWh + uint48(_random(2) * 100),
                takenAt: uint40(time - time % 900),
                status: uint16(_random(4))
            });
            (readings[i], signed[i]) = (last, sign(key, last));
        }
        return (readings, signed, time);
    }

    /// @dev Any of the readings, in any order, any number of times, at any time, in batches of one
    /// to four; at the end the newest, again and again until it counts.
    function test_fuzz_history_endsInTheSameCoinsWhateverTheRelayDoes(uint256 seed) public {
        _seed = seed;
        uint48 startWh = uint48(_random(1e6));
        uint256 key = 0xFEED;
        PlainLedger plain = new PlainLedger(WH_PER_COIN, POWER_W, startWh);
        enrolAt(key, 1, startWh);

        (Reading[READINGS] memory readings, bytes[READINGS] memory signed, uint256 end) =
            _life(key, startWh);
        uint256 start = block.timestamp;
        for (uint256 i = 0; i < DELIVERIES; ++i) {
            uint256 newest = (READINGS * i + _random(4)) / DELIVERIES;
            VM.warp(start + (end - start) * i / DELIVERIES + _random(1 hours));
            _deliver(plain, readings, signed, newest < READINGS ? newest : READINGS - 1);
            _compare(plain, VM.addr(key));
        }
        _deliverNewestUntilItCounts(plain, readings[READINGS - 1], signed[READINGS - 1], end);
        _compare(plain, VM.addr(key));
        assertEq(
            ledger.mintedOf(VM.addr(key)),
            (readings[READINGS - 1].exportWh - startWh) / WH_PER_COIN,
            "every whole coin, and no more"
        );
    }

    function _deliver(
        PlainLedger plain,
        Reading[READINGS] memory readings,
        bytes[READINGS] memory signed,
        uint256 newest
    ) private {
        bytes memory batch;
        for (uint256 count = 1 + _random(4); count > 0; --count) {
            // Also readings that the meter has yet to sign: a clock that runs ahead.
            uint256 pick = _random(8) == 0 ? _random(READINGS) : _random(newest + 1);
            batch = bytes.concat(batch, signed[pick]);
            plain.submit(readings[pick]);
        }
        ledger.recordBatch(batch);
    }

    function _deliverNewestUntilItCounts(
        PlainLedger plain,
        Reading memory newest,
        bytes memory signed,
        uint256 end
    ) private {
        VM.warp(end + 1);
        for (uint256 i = 0; i < 2; ++i) {
            plain.submit(newest);
            ledger.recordBatch(signed);
            if (ledger.registersOf(VM.addr(0xFEED)).pagination == newest.pagination) return;
            // Withheld for so long that the 30 days are not enough: from `earliest` on it counts.
            (,, uint256 earliest) = ledger.check(signed);
            VM.warp(earliest);
        }
        revert NotTrue("an honest meter was refused for good");
    }

    function _compare(PlainLedger plain, address honest) private view {
        Registers memory registers = ledger.registersOf(honest);
        assertEq(registers.pagination, plain.pagination(), "pagination");
        assertEq(registers.exportWh, plain.exportWh(), "exportWh");
        assertEq(registers.importWh, plain.importWh(), "importWh");
        assertEq(registers.authorisedWh, plain.authorisedWh(), "authorisedWh");
        assertEq(registers.returnedWh, plain.returnedWh(), "returnedWh");
        assertEq(registers.plausibleFrom, plain.plausibleFrom(), "plausibleFrom");
        assertEq(ledger.mintedOf(honest), plain.coins(), "coins");
        assertEq(coin.balanceOf(OWNER), plain.coins() * 1e18, "and the owner has them");
    }
}
