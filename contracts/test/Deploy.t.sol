// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {HeliosTest} from "./HeliosTest.sol";

/// @notice What script/Deploy.s.sol runs; an interface, so that tests need not compile what it
/// deploys.
interface IDeploy {
    error ParameterTooLarge(string name, uint256 given);

    function run() external returns (address ledger, address coin);
}

contract DeployTest is HeliosTest {
    address private constant ADMIN = address(0xAD);
    address private constant ENROLLER = address(0xE0);

    function _constructs(uint48 whPerCoin) private returns (IReadingLedger) {
        bytes memory arguments = abi.encode(whPerCoin, uint32(50_000), ADMIN, ENROLLER, uint64(7));
        return IReadingLedger(VM.deployCode("ReadingLedger.sol:ReadingLedger", arguments));
    }

    /// @dev deployCode says only that the constructor failed; a plain creation shows why.
    function _refuses(uint48 whPerCoin) private {
        bytes memory arguments = abi.encode(whPerCoin, uint32(50_000), ADMIN, ENROLLER, uint64(7));
        bytes memory creation =
            bytes.concat(VM.getCode("ReadingLedger.sol:ReadingLedger"), arguments);
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
            assertEq(_constructs(divisors[i]).whPerCoin(), divisors[i], "whPerCoin");
        }
    }

    function test_constructor_setsRolesAndDeploysTheCoin() public {
        IReadingLedger ledger = _constructs(1000);
        (uint64 budgetW, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(ledger.admin(), ADMIN, "admin");
        assertEq(budgetW, 7, "budget of the first enroller");
        assertEq(enrolledW, 0, "none used");
        assertEq(ledger.maxMeterPowerW(), 50_000, "maxMeterPowerW");
        assertEq(IHeliosCoin(ledger.coin()).ledger(), address(ledger), "the coin's ledger");
    }

    function test_deploy_readsItsParametersAndRefusesThoseThatDoNotFit() public {
        IDeploy script = IDeploy(VM.deployCode("Deploy.s.sol:Deploy", ""));
        VM.setEnv("HELIOS_WH_PER_COIN", "100");
        VM.setEnv("HELIOS_MAX_METER_POWER_W", "20000");
        VM.setEnv("HELIOS_ADMIN", VM.toString(ADMIN));
        VM.setEnv("HELIOS_ENROLLER", VM.toString(ENROLLER));
        VM.setEnv("HELIOS_ENROLLER_BUDGET_W", "123456");

        (address deployed, address coin) = script.run();
        IReadingLedger ledger = IReadingLedger(deployed);
        (uint64 budgetW,) = ledger.budgetOf(ENROLLER);
        assertEq(ledger.whPerCoin(), 100, "whPerCoin");
        assertEq(ledger.maxMeterPowerW(), 20_000, "maxMeterPowerW");
        assertEq(ledger.admin(), ADMIN, "admin");
        assertEq(budgetW, 123_456, "budget");
        assertEq(ledger.coin(), coin, "coin");

        VM.setEnv("HELIOS_MAX_METER_POWER_W", "4294967296");
        VM.expectRevert(
            abi.encodeWithSelector(
                IDeploy.ParameterTooLarge.selector, "HELIOS_MAX_METER_POWER_W", uint256(1) << 32
            )
        );
        script.run();
    }
}
