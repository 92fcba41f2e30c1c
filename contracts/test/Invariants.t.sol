// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {EnrolmentRecord} from "../src/types/EnrolmentRecord.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {HeliosTest} from "./HeliosTest.sol";
import {LedgerHandler} from "./LedgerHandler.sol";

/// @notice The invariants of DESIGN.md that exist so far, under its names. No coin is burned yet.
contract InvariantsTest is HeliosTest {
    // As forge reads it: which functions of an address are called.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant WH_PER_COIN = 1000;
    uint256 private constant SLACK_S = 1260;

    LedgerHandler private _handler;
    IReadingLedger private _ledger;
    IERC20 private _coin;

    function setUp() public {
        _handler = new LedgerHandler();
        _handler.setUp();
        _ledger = _handler.theLedger();
        _coin = IERC20(_ledger.coin());
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](10);
        selectors[0] = LedgerHandler.waitSome.selector;
        selectors[1] = LedgerHandler.waitLong.selector;
        selectors[2] = LedgerHandler.record.selector;
        selectors[3] = LedgerHandler.recordStolen.selector;
        selectors[4] = LedgerHandler.replay.selector;
        selectors[5] = LedgerHandler.falsify.selector;
        selectors[6] = LedgerHandler.suspendOrResume.selector;
        selectors[7] = LedgerHandler.revoke.selector;
        selectors[8] = LedgerHandler.sell.selector;
        selectors[9] = LedgerHandler.transfer.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_handler), selectors);
    }

    function invariant_SupplyEqualsMintedMinusBurned() external view {
        uint256 minted;
        for (uint256 i = 0; i < _handler.METERS(); ++i) {
            minted += _ledger.mintedOf(_handler.meterAt(i)) * 1e18;
        }
        assertEq(_coin.totalSupply(), minted, "what mintedOf says");
        assertEq(_coin.totalSupply(), _handler.coinsAccepted() * 1e18, "what readings said");
        assertEq(_coin.totalSupply(), _handler.unitsMinted(), "what the coin said");
    }

    function invariant_MintedIsWithinTheExportSinceEnrolment() external view {
        for (uint256 i = 0; i < _handler.METERS(); ++i) {
            address meter = _handler.meterAt(i);
            uint256 exportWh = _ledger.registersOf(meter).exportWh;
            uint256 sinceWh = exportWh - _ledger.enrolmentOf(meter).exportWh;
            assertTrue(_ledger.mintedOf(meter) * WH_PER_COIN <= sinceWh, "never more than export");
        }
    }

    function invariant_NoPaginationIsAcceptedTwice() external view {
        assertEq(_handler.paginationsRepeated(), 0, "paginations repeated");
    }

    function invariant_NoRegisterDecreases() external view {
        assertEq(_handler.registersDecreased(), 0, "registers decreased");
    }

    function invariant_NoPathMintsWithoutAMetersSignature() external view {
        assertEq(_handler.unitsMintedUnsigned(), 0, "minted without a signature");
    }

    /// @dev The coins are a function of the newest register alone, so no order leads elsewhere.
    function invariant_NoOrderOfSubmissionsChangesTheCoins() external view {
        for (uint256 i = 0; i < _handler.METERS(); ++i) {
            address meter = _handler.meterAt(i);
            EnrolmentRecord memory enrolment = _ledger.enrolmentOf(meter);
            uint256 toWh = _ledger.stateOf(meter) == MeterState.Closing
                ? enrolment.closedExportWh
                : _ledger.registersOf(meter).exportWh;
            assertEq(_ledger.mintedOf(meter), (toWh - enrolment.exportWh) / WH_PER_COIN, "coins");
        }
    }

    function invariant_PowerIsNeverAheadOfTimeByMoreThanTheSlack() external view {
        for (uint256 i = 0; i < _handler.METERS(); ++i) {
            uint256 plausibleFrom = _ledger.registersOf(_handler.meterAt(i)).plausibleFrom;
            assertTrue(plausibleFrom <= block.timestamp + SLACK_S, "within the slack");
        }
    }
}
