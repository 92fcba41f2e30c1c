// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PackedConfiguration} from "./PackedConfiguration.sol";
import {PackedRegisters} from "./PackedRegisters.sol";
import {SkipReason} from "./SkipReason.sol";

/// @dev What a ledger finds out about a reading before it changes anything.
/// @param meter Recovered signer; zero where there is none.
/// @param reason Why the reading does not count, or None.
/// @param accepted The meter's registers before the reading.
/// @param configuration The meter's configuration.
/// @param start Unix seconds from which the power rule counts the reading's energy.
/// @param earliest Block time from which the reading is plausible.
/// @param plausibleFrom The meter's next plausibleFrom, if the reading is accepted.
struct Verdict {
    address meter;
    SkipReason reason;
    PackedRegisters accepted;
    PackedConfiguration configuration;
    uint256 start;
    uint256 earliest;
    uint256 plausibleFrom;
}
