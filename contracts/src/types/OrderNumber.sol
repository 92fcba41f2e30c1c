// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev Names an order within its market by where it stands: from the top 152 unused, period 32,
/// isBid 8, ticks 16, before 48. `before` are the lots of its side that stood at its level when it
/// came: no two orders of a level have the same, since none is empty.
type OrderNumber is uint256;

using {period, isBid, ticks, before, level} for OrderNumber global;

function period(OrderNumber self) pure returns (uint32) {
    return uint32(OrderNumber.unwrap(self) >> 72);
}

function isBid(OrderNumber self) pure returns (bool) {
    return uint8(OrderNumber.unwrap(self) >> 64) != 0;
}

/// @dev Its limit, 1 to 1024.
function ticks(OrderNumber self) pure returns (uint16) {
    return uint16(OrderNumber.unwrap(self) >> 48);
}

function before(OrderNumber self) pure returns (uint48) {
    return uint48(OrderNumber.unwrap(self));
}

/// @dev Its side of its level, by the number of the first order there.
function level(OrderNumber self) pure returns (OrderNumber) {
    return OrderNumber.wrap(OrderNumber.unwrap(self) >> 48 << 48);
}

function orderNumber(uint32 itsPeriod, bool itIsBid, uint16 itsTicks, uint48 lotsBefore)
    pure
    returns (OrderNumber)
{
    return OrderNumber.wrap(
        (uint256(itsPeriod) << 72) | (uint256(itIsBid ? 1 : 0) << 64) | (uint256(itsTicks) << 48)
            | lotsBefore
    );
}
