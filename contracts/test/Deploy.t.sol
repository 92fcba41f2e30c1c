// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";
import {HeliosTest} from "./HeliosTest.sol";

/// @notice What script/Deploy.s.sol runs; an interface, so that tests need not compile what it
/// deploys.
interface IDeploy {
    error ParameterTooLarge(string name, uint256 given);

    function run() external returns (address ledger, address coin, address redemptions);
}

contract DeployTest is HeliosTest {
    address private constant ADMIN = address(0xAD);
    address private constant ENROLLER = address(0xE0);

    function _arguments(uint48 whPerCoin) private pure returns (bytes memory) {
        return abi.encode(whPerCoin, uint32(50_000), ADMIN, ENROLLER, uint64(7), uint48(9));
    }

    function _constructs(uint48 whPerCoin) private returns (IReadingLedger) {
        return
            IReadingLedger(
                VM.deployCode("ReadingLedger.sol:ReadingLedger", _arguments(whPerCoin))
            );
    }

    /// @dev deployCode says only that the constructor failed; a plain creation shows why.
    function _refuses(uint48 whPerCoin) private {
        bytes memory creation =
            bytes.concat(VM.getCode("ReadingLedger.sol:ReadingLedger"), _arguments(whPerCoin));
        VM.expectRevert(
            abi.encodeWithSelector(IReadingLedger.WhPerCoinRefused.selector, whPerCoin)
        );
        assembly {
            pop(create(0, add(creation, 0x20), mload(creation)))
        }
    }

    function test_constructor_revertsIfWhPerCoinIsZeroTooLargeOrNoDivisor() public {
        _refuses(0);
        _refuses(3);
        _refuses(1001);
        _refuses(100_001);
        _refuses(1_000_000);
    }

    function test_constructor_takesEveryOtherDivisor() public {
        uint48[6] memory divisors = [uint48(1), 2, 100, 1000, 65_536, 100_000];
        for (uint256 i = 0; i < divisors.length; ++i) {
            IReadingLedger ledger = _constructs(divisors[i]);
            uint256 unitsPerWh = IRedemptions(ledger.redemptions()).unitsPerWh();
            assertEq(ledger.whPerCoin(), divisors[i], "whPerCoin");
            assertEq(unitsPerWh * divisors[i], 1e18, "a watt-hour is a whole amount");
        }
    }

    function test_constructor_setsRolesAndDeploysCoinAndRedemptions() public {
        IReadingLedger ledger = _constructs(1000);
        (uint64 budgetW, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(ledger.admin(), ADMIN, "admin");
        assertEq(budgetW, 7, "budget of the first enroller");
        assertEq(enrolledW, 0, "none used");
        assertEq(ledger.maxMeterPowerW(), 50_000, "maxMeterPowerW");
        _knowEachOther(ledger, IHeliosCoin(ledger.coin()), IRedemptions(ledger.redemptions()));
        assertEq(IRedemptions(ledger.redemptions()).maxOpenWh(), 9, "maxOpenWh");
    }

    function _knowEachOther(IReadingLedger ledger, IHeliosCoin coin, IRedemptions redemptions)
        private
        view
    {
        assertEq(coin.ledger(), address(ledger), "the coin's ledger");
        assertEq(coin.redemptions(), address(redemptions), "the coin's Redemptions");
        assertEq(redemptions.ledger(), address(ledger), "the Redemptions' ledger");
        assertEq(redemptions.coin(), address(coin), "the Redemptions' coin");
    }

    function test_deploy_readsItsParametersAndRefusesThoseThatDoNotFit() public {
        IDeploy script = IDeploy(VM.deployCode("Deploy.s.sol:Deploy", ""));
        VM.setEnv("HELIOS_WH_PER_COIN", "100");
        VM.setEnv("HELIOS_MAX_METER_POWER_W", "20000");
        VM.setEnv("HELIOS_ADMIN", VM.toString(ADMIN));
        VM.setEnv("HELIOS_ENROLLER", VM.toString(ENROLLER));
        VM.setEnv("HELIOS_ENROLLER_BUDGET_W", "123456");

        VM.setEnv("HELIOS_MAX_OPEN_WH", "30000");

        (address deployed, address coin, address redemptions) = script.run();
        IReadingLedger ledger = IReadingLedger(deployed);
        (uint64 budgetW,) = ledger.budgetOf(ENROLLER);
        assertEq(ledger.whPerCoin(), 100, "whPerCoin");
        assertEq(ledger.maxMeterPowerW(), 20_000, "maxMeterPowerW");
        assertEq(ledger.admin(), ADMIN, "admin");
        assertEq(budgetW, 123_456, "budget");
        assertEq(ledger.coin(), coin, "coin");
        assertEq(ledger.redemptions(), redemptions, "redemptions");
        assertEq(IRedemptions(redemptions).maxOpenWh(), 30_000, "maxOpenWh");

        VM.setEnv("HELIOS_MAX_METER_POWER_W", "4294967296");
        _refusesParameter(script, "HELIOS_MAX_METER_POWER_W", uint256(1) << 32);
        VM.setEnv("HELIOS_MAX_METER_POWER_W", "20000");
        VM.setEnv("HELIOS_MAX_OPEN_WH", "281474976710656");
        _refusesParameter(script, "HELIOS_MAX_OPEN_WH", uint256(1) << 48);
    }

    function _refusesParameter(IDeploy script, string memory name, uint256 given) private {
        VM.expectRevert(abi.encodeWithSelector(IDeploy.ParameterTooLarge.selector, name, given));
        script.run();
    }
}
