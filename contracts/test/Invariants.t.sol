// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {EnrolmentRecord} from "../src/types/EnrolmentRecord.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {HeliosTest} from "./HeliosTest.sol";
import {LedgerHandler} from "./LedgerHandler.sol";
import {RedemptionsHandler} from "./RedemptionsHandler.sol";

/// @notice The invariants of DESIGN.md, under its names.
contract InvariantsTest is HeliosTest {
    // As forge reads it: which functions of an address are called.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant WH_PER_COIN = 1000;
    uint256 private constant SLACK_S = 1260;

    RedemptionsHandler private _handler;
    IReadingLedger private _ledger;
    IERC20 private _coin;
    IRedemptions private _redemptions;

    function setUp() public {
        _handler = new RedemptionsHandler();
        _handler.setUp();
        _ledger = _handler.theLedger();
        _coin = IERC20(_ledger.coin());
        _redemptions = _handler.redemptions();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](18);
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
        selectors[10] = RedemptionsHandler.nameDefaultMeter.selector;
        selectors[11] = RedemptionsHandler.approvePayer.selector;
        selectors[12] = RedemptionsHandler.pay.selector;
        selectors[13] = RedemptionsHandler.giveBack.selector;
        selectors[14] = RedemptionsHandler.settle.selector;
        selectors[15] = RedemptionsHandler.bury.selector;
        selectors[16] = LedgerHandler.proveClone.selector;
        selectors[17] = LedgerHandler.replace.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_handler), selectors);
    }

    function invariant_SupplyEqualsMintedMinusBurned() external view {
        uint256 minted;
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            minted += _ledger.mintedOf(_handler.meterAt(i)) * 1e18;
        }
        uint256 burned = IHeliosCoin(address(_coin)).burned();
        uint256 supply = _coin.totalSupply();
        assertEq(supply, minted - burned, "what mintedOf and burned say");
        assertEq(supply, _handler.coinsAccepted() * 1e18 - burned, "what readings said");
        assertEq(supply, _handler.unitsMinted() - _handler.unitsBurned(), "what the coin said");
    }

    function invariant_MintedIsWithinTheExportSinceEnrolment() external view {
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            address meter = _handler.meterAt(i);
            uint256 exportWh = _ledger.registersOf(meter).exportWh;
            uint256 sinceWh = exportWh - _ledger.enrolmentOf(meter).exportWh;
            assertTrue(
                _ledger.mintedOf(meter) * WH_PER_COIN <= sinceWh + _handler.carryWhOf(meter),
                "never more than export and carry"
            );
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
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            address meter = _handler.meterAt(i);
            uint256 energyWh = _handler.carryWhOf(meter) + _mintableWh(meter);
            assertEq(_ledger.mintedOf(meter), energyWh / WH_PER_COIN, "coins");
            assertEq(_ledger.carryWhOf(meter), energyWh % WH_PER_COIN, "part of a coin");
        }
    }

    /// @dev What a meter exported since its enrolment, until it went into closing.
    function _mintableWh(address meter) private view returns (uint256) {
        EnrolmentRecord memory enrolment = _ledger.enrolmentOf(meter);
        uint256 toWh = _ledger.stateOf(meter) >= MeterState.Closing
            ? enrolment.closedExportWh
            : _ledger.registersOf(meter).exportWh;
        return toWh - enrolment.exportWh;
    }

    /// @dev Of a household, over all the meters that followed one another.
    function invariant_NoWattHourIsLostOrMintedTwiceAcrossReplacements() external view {
        for (uint256 first = 0; first < _handler.meters(); ++first) {
            address meter = _handler.meterAt(first);
            if (_handler.firstOf(first) != meter) continue;
            uint256 coins;
            uint256 energyWh;
            for (uint256 i = first; i < _handler.meters(); ++i) {
                if (_handler.firstOf(i) != meter) continue;
                coins += _ledger.mintedOf(_handler.meterAt(i));
                energyWh += _mintableWh(_handler.meterAt(i));
            }
            assertEq(coins, energyWh / WH_PER_COIN, "the household's coins");
        }
    }

    function invariant_PowerIsNeverAheadOfTimeByMoreThanTheSlack() external view {
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            uint256 plausibleFrom = _ledger.registersOf(_handler.meterAt(i)).plausibleFrom;
            assertTrue(plausibleFrom <= block.timestamp + SLACK_S, "within the slack");
        }
    }

    function invariant_BalanceOfRedemptionsEqualsEscrowed() external view {
        uint256 openWh;
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            (uint48 redeemed, uint48 settled, uint48 refunded) =
                _redemptions.accountOf(_handler.meterAt(i));
            openWh += redeemed - settled - refunded;
        }
        assertEq(_coin.balanceOf(address(_redemptions)), openWh * 1e15, "what is open");
        assertEq(_redemptions.escrowedUnits(), openWh * 1e15, "escrowed");
    }

    function invariant_BurnedRefundedAndEscrowedEqualRedeemed() external view {
        uint256 burned = IHeliosCoin(address(_coin)).burned();
        assertEq(burned, _handler.unitsBurned(), "what the coin said");
        assertEq(burned, _handler.unitsSettled(), "what Redemptions said");
        assertEq(_handler.unitsRefunded(), _handler.unitsPaidOut(), "refunded is paid out");
        assertEq(
            burned + _handler.unitsRefunded() + _redemptions.escrowedUnits(),
            _handler.unitsRedeemed(),
            "redeemed"
        );
    }

    function invariant_NothingIsBurnedOrRefundedBeyondTheMetersWord() external view {
        assertEq(_handler.accountsDecreased(), 0, "no register of an account decreases");
        for (uint256 i = 0; i < _handler.meters(); ++i) {
            address meter = _handler.meterAt(i);
            if (_ledger.stateOf(meter) == MeterState.Dead) continue;
            Registers memory last = _ledger.registersOf(meter);
            EnrolmentRecord memory first = _ledger.enrolmentOf(meter);
            (uint48 redeemed, uint48 settled, uint48 refunded) = _redemptions.accountOf(meter);
            assertTrue(settled <= last.importWh - first.importWh, "burned is delivered");
            assertTrue(refunded <= last.returnedWh - first.returnedWh, "refunded is given back");
            assertEq(
                _redemptions.authorisedWh(meter),
                uint256(first.importWh) + first.returnedWh + redeemed,
                "authorised is redeemed"
            );
        }
    }

    function invariant_ADeadMeterHasNothingOpen() external view {
        address meter = _handler.meterAt(3);
        if (_ledger.stateOf(meter) == MeterState.Dead) {
            assertEq(_redemptions.openWh(meter), 0, "nothing open");
        }
    }
}
