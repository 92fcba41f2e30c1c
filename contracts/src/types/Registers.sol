// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a ledger last accepted of a meter, as views return it.
/// @param pagination Counter of the newest accepted signature.
/// @param exportWh Energy fed out, Wh, cumulative (OBIS 1-0:2.8.0).
/// @param importWh Energy taken in, Wh, cumulative (OBIS 1-0:1.8.0).
/// @param authorisedWh Authorised energy that the meter knows, Wh on the scale of the import
/// register.
/// @param returnedWh Energy given back unused, Wh, cumulative.
/// @param plausibleFrom Unix seconds up to which rated power is used up, in the power rule.
struct Registers {
    uint32 pagination;
    uint48 exportWh;
    uint48 importWh;
    uint48 authorisedWh;
    uint48 returnedWh;
    uint32 plausibleFrom;
}
