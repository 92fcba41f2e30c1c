// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ReadingLedger} from "../src/ReadingLedger.sol";
import {DeployScript} from "./DeployScript.sol";

/// @notice Deploys a ledger, which deploys its coin, which deploys its Redemptions: one
/// transaction. Parameters are environment variables:
///     HELIOS_WH_PER_COIN          energy of one coin, Wh (1000)
///     HELIOS_MAX_METER_POWER_W    highest rated power of a meter, W (50000)
///     HELIOS_ADMIN                who gives power budgets to enrollers (the deployer)
///     HELIOS_ENROLLER             first enroller (the admin)
///     HELIOS_ENROLLER_BUDGET_W    his budget, W (1000000)
///     HELIOS_MAX_OPEN_WH          largest open rest of a meter, Wh (100000)
contract Deploy is DeployScript {
    error ParameterTooLarge(string name, uint256 given);

    function run() external returns (address ledger, address coin, address redemptions) {
        uint256 whPerCoin = _number("HELIOS_WH_PER_COIN", 1000);
        uint256 maxMeterPowerW = _number("HELIOS_MAX_METER_POWER_W", 50_000);
        address admin = _account("HELIOS_ADMIN", msg.sender);
        address enroller = _account("HELIOS_ENROLLER", admin);
        uint256 budgetW = _number("HELIOS_ENROLLER_BUDGET_W", 1_000_000);
        uint256 maxOpenWh = _number("HELIOS_MAX_OPEN_WH", 100_000);
        _requireAtMost("HELIOS_WH_PER_COIN", whPerCoin, type(uint48).max);
        _requireAtMost("HELIOS_MAX_METER_POWER_W", maxMeterPowerW, type(uint32).max);
        _requireAtMost("HELIOS_ENROLLER_BUDGET_W", budgetW, type(uint64).max);
        _requireAtMost("HELIOS_MAX_OPEN_WH", maxOpenWh, type(uint48).max);

        VM.startBroadcast();
        ReadingLedger deployed = new ReadingLedger(
            uint48(whPerCoin),
            uint32(maxMeterPowerW),
            admin,
            enroller,
            uint64(budgetW),
            uint48(maxOpenWh)
        );
        VM.stopBroadcast();

        return (address(deployed), deployed.coin(), deployed.redemptions());
    }

    function _requireAtMost(string memory name, uint256 given, uint256 most) private pure {
        if (given > most) revert ParameterTooLarge(name, given);
    }
}
