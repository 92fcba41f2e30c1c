// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {Market} from "../src/types/Market.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice The market's constructor, and the making of markets in it.
contract CreateMarketTest is MarketTest {
    /// @dev deployCode says only that the constructor failed; a plain creation shows why.
    function _refusesPeriod(uint32 periodS) private {
        bytes memory creation = bytes.concat(
            VM.getCode("EnergyMarket.sol:EnergyMarket"), abi.encode(address(ledger), periodS)
        );
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.PeriodLengthRefused.selector, periodS)
        );
        assembly {
            pop(create(0, add(creation, 0x20), mload(creation)))
        }
    }

    function test_constructor_revertsIfAPeriodIsNothingOrLongerThanADay() public {
        _refusesPeriod(0);
        _refusesPeriod(86_401);
    }

    function test_createMarket_revertsIfTokenHasNoCodeOrIsTheCoin() public {
        address[2] memory refused = [STRANGER, address(coin)];
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IMarketBooks.TokenRefused.selector, refused[i])
            );
            energy.createMarket(refused[i], 1, 1);
        }
    }

    function test_createMarket_revertsIfLotOrTickIsNothing() public {
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.StepsRefused.selector, 0, 1));
        energy.createMarket(address(token), 0, 1);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.StepsRefused.selector, 1, 0));
        energy.createMarket(address(token), 1, 0);
    }

    function test_fuzz_createMarket_isMadeByAnyoneForGood(
        uint32 lotWh,
        uint64 unitsPerTick,
        bool isOwnCoin,
        address maker
    ) public {
        lotWh = uint32(bound(lotWh, 1, type(uint32).max));
        unitsPerTick = uint64(bound(unitsPerTick, 1, type(uint64).max));
        address paidWith = isOwnCoin ? address(0) : address(token);
        bytes32 id = energy.marketIdOf(paidWith, lotWh, unitsPerTick);
        assertEq(id, keccak256(abi.encode(paidWith, lotWh, unitsPerTick)), "identifier");

        VM.prank(maker);
        assertEq(energy.createMarket(paidWith, lotWh, unitsPerTick), id, "made");
        Market memory facts = energy.marketOf(id);
        assertEq(facts.token, paidWith, "token");
        assertEq(facts.lotWh, lotWh, "lotWh");
        assertEq(facts.unitsPerTick, unitsPerTick, "unitsPerTick");
        assertEq(energy.createMarket(paidWith, lotWh, unitsPerTick), id, "once more is no error");
    }

    function test_createMarket_saysSoOnce() public {
        bytes32 id = energy.marketIdOf(address(token), 7, 8);
        VM.expectEmit(address(energy));
        emit IMarketBooks.MarketCreated(id, address(token), 7, 8);
        energy.createMarket(address(token), 7, 8);
        VM.recordLogs();
        energy.createMarket(address(token), 7, 8);
        assertEq(VM.getRecordedLogs().length, 0, "silent");
    }
}
