// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev What Redemptions keeps of a meter, in one slot: registers in Wh, 48 bits each. From the top:
/// 16 unused, fromImportWh, fromReturnedWh, redeemedWh, settledWh, refundedWh. The first two are
/// import and returned at enrolment, kept here so that settling need not look them up; the others
/// only grow. Holds: settledWh + refundedWh <= redeemedWh.
type RedemptionAccount is uint256;

/// @dev Width of a register.
uint256 constant REGISTER_MASK = type(uint48).max;

using {
    fromImportWh,
    fromReturnedWh,
    redeemedWh,
    settledWh,
    refundedWh,
    authorisedWh,
    openWh,
    due,
    redeem,
    dueAtEnd,
    add as +
} for RedemptionAccount global;

function fromImportWh(RedemptionAccount self) pure returns (uint256) {
    return (RedemptionAccount.unwrap(self) >> 192) & REGISTER_MASK;
}

function fromReturnedWh(RedemptionAccount self) pure returns (uint256) {
    return (RedemptionAccount.unwrap(self) >> 144) & REGISTER_MASK;
}

/// @dev Energy of all coins that were credited.
function redeemedWh(RedemptionAccount self) pure returns (uint256) {
    return (RedemptionAccount.unwrap(self) >> 96) & REGISTER_MASK;
}

/// @dev Of it, delivered and burned.
function settledWh(RedemptionAccount self) pure returns (uint256) {
    return (RedemptionAccount.unwrap(self) >> 48) & REGISTER_MASK;
}

/// @dev Of it, returned and refunded.
function refundedWh(RedemptionAccount self) pure returns (uint256) {
    return RedemptionAccount.unwrap(self) & REGISTER_MASK;
}

/// @dev Up to where energy is paid for, on the scale of the import register plus what was
/// returned. May need 49 bits: a meter may start with registers whose sum does.
function authorisedWh(RedemptionAccount self) pure returns (uint256) {
    unchecked {
        return self.fromImportWh() + self.fromReturnedWh() + self.redeemedWh();
    }
}

/// @dev Redeemed, and neither settled nor refunded.
function openWh(RedemptionAccount self) pure returns (uint256) {
    unchecked {
        return self.redeemedWh() - self.settledWh() - self.refundedWh();
    }
}

/// @dev What a settlement adds to settledWh and refundedWh, each in its place: use is paid before
/// anything is refunded, so that nobody gets coins back for energy that he used. Neither falls,
/// whatever the order of calls.
/// @param usedWh Energy imported since enrolment.
/// @param returnedWh Energy returned since enrolment.
function due(RedemptionAccount self, uint256 usedWh, uint256 returnedWh)
    pure
    returns (RedemptionAccount)
{
    unchecked {
        uint256 restWh = self.openWh();
        uint256 settleWh = _dueOf(usedWh, self.settledWh(), restWh);
        uint256 refundWh = _dueOf(returnedWh, self.refundedWh(), restWh - settleWh);
        return RedemptionAccount.wrap((settleWh << 48) | refundWh);
    }
}

/// @dev Credits, then settles: a debt is paid with the coins that were just credited, as anyone
/// could have it paid the moment after. Settling before as well leads to the same: either it pays
/// all use, as the settlement after does, or it leaves nothing to refund.
/// @param amountWh The caller has checked that authorisedWh + amountWh is below 2^48.
/// @return account The account after both.
/// @return settlement What settling added.
function redeem(RedemptionAccount self, uint256 amountWh, uint256 usedWh, uint256 returnedWh)
    pure
    returns (RedemptionAccount account, RedemptionAccount settlement)
{
    account = self + RedemptionAccount.wrap(amountWh << 96);
    settlement = account.due(usedWh, returnedWh);
    return (account + settlement, settlement);
}

/// @dev What the end of a dead meter adds: settles by its registers, pays for what its kWh meter
/// shows beyond them, and refunds whatever is left.
/// @param finalUsedWh Energy imported since enrolment, by the kWh meter. Below usedWh it changes
/// nothing.
function dueAtEnd(RedemptionAccount self, uint256 usedWh, uint256 returnedWh, uint256 finalUsedWh)
    pure
    returns (RedemptionAccount)
{
    RedemptionAccount first = self.due(usedWh, returnedWh);
    RedemptionAccount account = self + first;

    RedemptionAccount second = account.due(finalUsedWh, type(uint48).max);
    return first + second;
}

/// @dev Register by register. None overflows into its neighbour: settledWh and refundedWh stay
/// within redeemedWh, and that within authorisedWh.
function add(RedemptionAccount a, RedemptionAccount b) pure returns (RedemptionAccount) {
    unchecked {
        return RedemptionAccount.wrap(RedemptionAccount.unwrap(a) + RedemptionAccount.unwrap(b));
    }
}

/// @dev The account of a meter for which nothing was redeemed yet.
function beginAccount(uint48 importWh, uint48 returnedWh) pure returns (RedemptionAccount) {
    return RedemptionAccount.wrap((uint256(importWh) << 192) | (uint256(returnedWh) << 144));
}

/// @dev What a register that is at `doneWh` lacks of `claimedWh`, and at most what is left.
function _dueOf(uint256 claimedWh, uint256 doneWh, uint256 restWh) pure returns (uint256) {
    if (claimedWh <= doneWh) return 0;
    unchecked {
        uint256 lackingWh = claimedWh - doneWh;
        return lackingWh < restWh ? lackingWh : restWh;
    }
}
