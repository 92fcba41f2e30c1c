// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice The meter has 10 kW: 1000 Wh take 360 s, and the slack is 1260 s, worth 3500 Wh.
contract PowerRuleTest is LedgerTest {
    uint16 private constant UNKNOWN = 0;
    uint16 private constant INFORMATIVE = 1;
    uint16 private constant RELATIVE = 3;

    // What 30 days and the slack are worth at 10 kW.
    uint48 private constant LAG_MAX_WH = 7_200_000;
    uint48 private constant SLACK_WH = 3500;

    function _reading(uint32 pagination, uint48 exportWh, uint256 takenAt, uint16 status)
        private
        pure
        returns (Reading memory)
    {
        return Reading(pagination, exportWh, 0, 0, 0, uint40(takenAt), status);
    }

    function _plausibleFrom() private view returns (uint256) {
        return ledger.registersOf(meter).plausibleFrom;
    }

    function _reason(bytes memory signed) private view returns (SkipReason reason) {
        (, reason,) = ledger.check(signed);
    }

    function test_power_grantsTheSlackOnce() public {
        ledger.record(sign(METER_KEY, exported(2, SLACK_WH)));
        assertEq(_plausibleFrom(), START + SLACK_S, "ahead of time by the slack");

        bytes memory signed = sign(METER_KEY, exported(3, SLACK_WH + 1));
        assertTrue(_reason(signed) == SkipReason.NotYetPlausible, "not again at once");
        VM.warp(START + 1);
        assertTrue(_reason(signed) == SkipReason.None, "1 Wh at 10 kW takes 0.36 s");
    }

    function test_power_roundsTheTimeOfEachReadingUp() public {
        // 1 Wh takes 0.36 s: ten readings of 1 Wh cost 10 s, not 3.6.
        for (uint32 i = 1; i <= 10; ++i) {
            ledger.record(sign(METER_KEY, _reading(1 + i, i, 0, UNKNOWN)));
        }
        assertEq(_plausibleFrom(), START + 10, "a second each");
    }

    function test_power_countsTheLargerOfExportAndImport() public {
        ledger.record(sign(METER_KEY, Reading(2, 100, 1000, 0, 0, 0, UNKNOWN)));
        assertEq(_plausibleFrom(), START + 360, "import");
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, Reading(3, 2100, 1100, 0, 0, 0, UNKNOWN)));
        assertEq(_plausibleFrom(), START + 360 + 720, "export");
    }

    function test_power_ignoresAuthorisedAndReturnedEnergy() public {
        ledger.record(sign(METER_KEY, Reading(2, 0, 0, 9e9, 9e9, 0, UNKNOWN)));
        assertEq(_plausibleFrom(), START, "they are no flow");
    }

    function test_power_followsASynchronisedTime() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, _reading(2, 1000, START + 9 hours, SYNCHRONISED)));
        assertEq(_plausibleFrom(), START + 9 hours, "what was not fed out by then never was");
    }

    function test_power_neverFollowsTheFuture() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, _reading(2, 1000, START + 9 days, SYNCHRONISED)));
        assertEq(_plausibleFrom(), START + 1 days, "at most to the time of the block");
    }

    function test_power_neverGoesBackToATimeBeforeTheEnergy() public {
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, _reading(2, 1000, START, SYNCHRONISED)));
        assertEq(_plausibleFrom(), START + 360, "the energy took its time");
    }

    function test_power_ignoresATimeThatIsNotSynchronised() public {
        uint16[3] memory statuses = [UNKNOWN, INFORMATIVE, RELATIVE];
        VM.warp(START + 1 days);
        for (uint32 i = 0; i < 3; ++i) {
            ledger.record(sign(METER_KEY, _reading(2 + i, 0, START + 9 hours, statuses[i])));
            assertEq(_plausibleFrom(), START, "it stays");
        }
        uint16 otherBits = 0xfffc | SYNCHRONISED;
        ledger.record(sign(METER_KEY, _reading(9, 0, START + 9 hours, otherBits)));
        assertEq(_plausibleFrom(), START + 9 hours, "whatever the other bits say");
    }

    function test_power_neverLagsMoreThan30Days() public {
        VM.warp(START + 100 days);
        ledger.record(sign(METER_KEY, _reading(2, 1000, 0, UNKNOWN)));
        assertEq(_plausibleFrom(), START + 70 days + 360, "30 days, less what it used");
    }

    function test_power_grantsAStolenKey30DaysAtOnce() public {
        VM.warp(START + 100 days);
        bytes memory most = sign(METER_KEY, _reading(2, LAG_MAX_WH + SLACK_WH, 0, UNKNOWN));
        bytes memory more = sign(METER_KEY, _reading(2, LAG_MAX_WH + SLACK_WH + 1, 0, UNKNOWN));
        assertTrue(_reason(more) == SkipReason.NotYetPlausible, "one Wh more is refused");
        assertTrue(_reason(most) == SkipReason.None, "30 days and the slack");
        ledger.record(most);

        bytes memory next = sign(METER_KEY, _reading(3, LAG_MAX_WH + SLACK_WH + 1, 0, UNKNOWN));
        assertTrue(_reason(next) == SkipReason.NotYetPlausible, "and then no more");
    }

    /// @dev 40 days at rated power, first presented on day 100, after 100 days without a reading.
    function _presentWithheld() private returns (bytes memory signed) {
        VM.warp(START + 100 days);
        signed = sign(METER_KEY, _reading(3, LAG_MAX_WH * 4 / 3, 0, UNKNOWN));
        uint256 earliest = START + 110 days - SLACK_S;
        VM.expectEmit(address(ledger));
        emit IReadingLedger.ReadingHeld(meter, 3, earliest);
        ledger.recordBatch(signed);
        assertEq(coin.totalSupply(), 0, "not yet");
    }

    function test_power_countsEnergyWithheldForLongerLaterUnchanged() public {
        bytes memory signed = _presentWithheld();
        uint256 earliest = START + 110 days - SLACK_S;

        VM.warp(earliest - 1);
        ledger.recordBatch(signed);
        assertEq(coin.totalSupply(), 0, "a second too early");
        (,, uint256 earliestNow) = ledger.check(signed);
        assertEq(earliestNow, earliest, "presented again, it keeps its start");
        VM.warp(earliest);
        ledger.recordBatch(signed);
        assertEq(coin.totalSupply(), 9600e18, "all of it");
        assertEq(_plausibleFrom(), earliest + SLACK_S, "paid for in time");
    }

    function test_power_keepsTheStartOfAWithheldReadingForItselfAlone() public {
        _presentWithheld();
        bytes memory other = sign(METER_KEY, _reading(4, LAG_MAX_WH * 4 / 3, 0, UNKNOWN));
        VM.warp(START + 110 days);
        assertTrue(_reason(other) == SkipReason.NotYetPlausible, "a thief waits anew");
    }

    function test_power_doesNotLagMoreThan30DaysAfterAHeldReadingEither() public {
        bytes memory signed = _presentWithheld();
        VM.warp(START + 200 days);
        ledger.record(signed);
        assertEq(_plausibleFrom(), START + 170 days, "30 days");
    }

    function test_power_countsAHeldReadingFromTheLaterOfBothStarts() public {
        bytes memory signed = _presentWithheld();
        // A reading in between moves plausibleFrom to day 105; 10 MWh at 10 kW remain, 40 days.
        VM.warp(START + 105 days);
        ledger.record(sign(METER_KEY, _reading(2, 0, START + 105 days, SYNCHRONISED)));
        (,, uint256 earliest) = ledger.check(signed);
        assertEq(earliest, START + 105 days + 40 days - SLACK_S, "no time is given twice");
    }

    function test_power_holdsNothingThatTimeAloneBrings() public {
        VM.recordLogs();
        ledger.recordBatch(sign(METER_KEY, exported(2, 3501)));
        assertEq(VM.getRecordedLogs().length, 1, "skipped, and nothing else");
    }

    function test_power_holdsForALedgerYoungerThan30Days() public {
        // Block times below 30 days exist on test chains only; nothing may revert there either.
        VM.warp(1000);
        IReadingLedger young = deploy(WH_PER_COIN);
        Enrolment memory enrolment = enrolmentOf(METER_KEY, OWNER);
        bytes memory signature = sign(METER_KEY, enrolment, young.domainSeparator());
        VM.prank(ENROLLER);
        young.enrol(enrolment, signature);
        bytes memory signed =
            sign(METER_KEY, _reading(2, 100, 0, UNKNOWN), young.domainSeparator());
        (,, uint256 earliest) = young.check(signed);
        assertEq(earliest, 0, "no time before time");
        young.recordBatch(signed);
        assertEq(young.registersOf(meter).plausibleFrom, 1036, "36 s");
    }

    function test_power_growsTheSlackWithTheTimeOfACoin() public {
        // At 1 W a coin takes 41 days and 16 hours.
        Enrolment memory enrolment = enrolmentOf(7, OWNER);
        enrolment.maxPowerW = 1;
        enrol(7, enrolment);
        assertEq(ledger.record(sign(7, exported(2, 1000))), 1, "a coin at once");
        assertEq(
            ledger.registersOf(VM.addr(7)).plausibleFrom, START + 3_600_000, "and then the wait"
        );
    }

    function test_power_fits32BitsAtTheLongestSlack() public {
        ledger = deploy(100_000);
        Enrolment memory enrolment = enrolmentOf(7, OWNER);
        enrolment.maxPowerW = 1;
        enrol(7, enrolment);
        ledger.record(sign(7, exported(2, 100_000)));
        assertEq(ledger.registersOf(VM.addr(7)).plausibleFrom, START + 360_000_000, "12 years on");
    }

    /// @dev Whatever steps an honest meter's energy is submitted in, and however late, it counts.
    function test_fuzz_power_neverRefusesAnHonestMeter(uint256 seed) public {
        uint256 time = START;
        uint48 exportWh = 0;
        for (uint32 i = 0; i < 20; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            // At full rated power all the time, in whole seconds of 25 Wh in 9 s.
            uint256 step = 9 * (1 + (seed & 0xffff) % 20_000);
            time += step;
            exportWh += uint48(step * 25 / 9);
            VM.warp(time + (seed >> 16) % 900);
            uint16 status = uint16((seed >> 32) & 3);
            uint256 takenAt = time - time % 900;
            ledger.record(sign(METER_KEY, _reading(2 + i, exportWh, takenAt, status)));
            if (block.timestamp > time) time = block.timestamp;
        }
        assertEq(ledger.mintedOf(meter), exportWh / WH_PER_COIN, "all of it");
    }
}
