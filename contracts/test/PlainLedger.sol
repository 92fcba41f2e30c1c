// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Reading} from "./LedgerTest.sol";

/// @notice One meter's side of the ledger in plain words and wide numbers: DESIGN.md's rules,
/// written down without a look at how the ledger does it.
contract PlainLedger {
    uint256 private immutable WH_PER_COIN;
    uint256 private immutable MAX_POWER_W;

    uint256 public pagination;
    uint256 public exportWh;
    uint256 public importWh;
    uint256 public authorisedWh;
    uint256 public returnedWh;
    uint256 public plausibleFrom;
    uint256 public coins;

    uint256 private _enrolledExportWh;
    mapping(bytes32 reading => uint256) private _start;

    constructor(uint256 whPerCoin, uint256 maxPowerW, uint256 enrolledExportWh) {
        WH_PER_COIN = whPerCoin;
        MAX_POWER_W = maxPowerW;
        _enrolledExportWh = enrolledExportWh;
        exportWh = enrolledExportWh;
        pagination = 1;
        plausibleFrom = block.timestamp;
    }

    /// @return isAccepted Whether the reading counts now.
    function submit(Reading memory reading) external returns (bool isAccepted) {
        if (reading.pagination <= pagination) return false;
        if (reading.exportWh < exportWh) return false;
        if (reading.importWh < importWh) return false;
        if (reading.authorisedWh < authorisedWh) return false;
        if (reading.returnedWh < returnedWh) return false;
        if (!_isPlausible(reading)) return false;

        pagination = reading.pagination;
        exportWh = reading.exportWh;
        importWh = reading.importWh;
        authorisedWh = reading.authorisedWh;
        returnedWh = reading.returnedWh;
        // Nothing is minted for energy before enrolment; every whole coin since is.
        coins = (exportWh - _enrolledExportWh) / WH_PER_COIN;
        return true;
    }

    function _isPlausible(Reading memory reading) private returns (bool) {
        uint256 exported = reading.exportWh - exportWh;
        uint256 imported = reading.importWh - importWh;
        uint256 need = _secondsUp(exported > imported ? exported : imported);
        uint256 slack = 900 + _secondsUp(WH_PER_COIN);
        uint256 lag = block.timestamp - 30 days;
        uint256 start = plausibleFrom > lag ? plausibleFrom : lag;

        if (need > 30 days + slack) {
            bytes32 name = keccak256(abi.encode(reading));
            if (_start[name] == 0) _start[name] = start;
            start = plausibleFrom > _start[name] ? plausibleFrom : _start[name];
        }
        if (start + need > block.timestamp + slack) return false;

        plausibleFrom = start + need;
        if (lag > plausibleFrom) plausibleFrom = lag;
        uint256 takenAt = reading.takenAt < block.timestamp ? reading.takenAt : block.timestamp;
        if (reading.status % 4 == 2 && takenAt > plausibleFrom) plausibleFrom = takenAt;
        return true;
    }

    function _secondsUp(uint256 energyWh) private view returns (uint256) {
        uint256 energyWs = energyWh * 3600;
        return energyWs / MAX_POWER_W + (energyWs % MAX_POWER_W == 0 ? 0 : 1);
    }
}
