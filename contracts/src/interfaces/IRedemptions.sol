// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MeterState} from "../types/MeterState.sol";

/// @title Redemptions
/// @notice Turns coins into energy. Coins that arrive here raise what a meter is authorised to let
/// through; the meter's own signed registers, as its ledger accepted them, show what became of it:
/// what was delivered is burned, what the meter gave back is refunded to its owner.
///
/// Coins come by a plain transfer or transferFrom, by transferAndCall (ERC-1363), or by redeem.
/// Whichever door, the payer is whose coins they were, and what is credited is what arrived.
///
/// With D and R the energy that the meter imported and returned since its enrolment:
///
///     authorised = import + returned at enrolment + redeemed
///     settled    = max(settled, min(D, redeemed - refunded))          burned
///     refunded   = max(refunded, min(R, redeemed - settled))          paid out to the owner
///     open       = redeemed - settled - refunded
///     debt       = D - settled
///     escrowed   = the sum of open over all meters = what this contract has of coins.
///
/// Use is paid before anything is refunded. While D + R exceeds what was redeemed (the switch
/// opened late, or energy flowed past it), the split may depend on the order of settlements, by at
/// most that excess; the next redemption evens it out.
///
/// @dev Nobody has a role here. Trusts its ledger and its coin, which deployed it and cannot
/// change, and calls nobody else.
interface IRedemptions {
    /// @notice Coins were redeemed for a meter, which may now let energy through up to
    /// authorisedWh.
    /// @param payer Whose coins they were.
    /// @param amount Coins, in units of 10^-18.
    /// @param authorisedWh On the scale of the meter's importWh + returnedWh.
    event Authorised(
        address indexed meter, address indexed payer, uint256 amount, uint48 authorisedWh
    );

    /// @notice Something that a meter had open is settled.
    /// @param burned Coins for energy that was delivered, in units of 10^-18.
    /// @param refunded Coins for energy that was given back, to the meter's owner.
    /// @param debtWh Energy that was used and is not paid for yet.
    event Settled(address indexed meter, uint256 burned, uint256 refunded, uint48 debtWh);

    /// @notice Coins that the payer sends here without a word are for this meter. Zero: for none,
    /// and refused.
    event DefaultMeterNamed(address indexed payer, address indexed meter);

    /// @notice The owner of a meter lets another pay for it, or no longer.
    event PayerApproved(
        address indexed meter, address indexed owner, address indexed payer, bool isApproved
    );

    /// @notice Only the coin says that coins have arrived.
    error NotTheCoin(address coin, address caller);

    /// @notice Only the ledger closes the account of a dead meter.
    error NotTheLedger(address ledger, address caller);

    /// @notice Only the meter's owner may do this. Zero: the meter is not enrolled.
    error NotTheOwner(address owner, address caller);

    /// @notice The payer sent coins without a word and has named no meter for that.
    error NoDefaultMeter(address payer);

    /// @notice `data` is empty, or one address as abi.encode writes it.
    error MeterDataRefused(bytes data);

    /// @notice The meter's owner has not approved the payer.
    error PayerNotApproved(address meter, address owner, address payer);

    /// @notice Only for an active meter. None: it is not enrolled.
    error MeterNotActive(address meter, MeterState state);

    /// @notice What arrived is nothing, or no whole number of watt-hours.
    error NotWholeWattHours(uint256 amount, uint256 unitsPerWh);

    /// @notice More would be open than a meter of this deployment accepts in an order, Wh.
    error OpenRestTooLarge(uint48 maxOpenWh, uint256 openWh);

    /// @notice The meter's register of authorised energy has 48 bits.
    error AuthorisedTooLarge(uint256 authorisedWh);

    /// @notice Redeems the caller's coins for a meter that is his, or whose owner approved him. He
    /// has approved this contract for the coins before.
    /// @param amount In units of 10^-18 coin: a whole number of watt-hours, above 0.
    function redeem(address meter, uint256 amount) external;

    /// @notice The same, with the caller's permit (ERC-2612) for `amount` to this contract.
    /// @dev A permit that fails is passed over: somebody may have submitted it already, and then
    /// the approval is there. If it is not, the transfer reverts.
    function redeemWithPermit(
        address meter,
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Names the meter for which the caller's plain transfers are. It must be his, now and
    /// whenever he pays: coins do not follow a meter that he has sold. Zero names none.
    function nameDefaultMeter(address meter) external;

    /// @notice Lets `payer` pay for the caller's meter, or no longer. What he pays belongs to the
    /// meter; refunds go to its owner.
    /// @dev Kept per meter, owner and payer: an approval ends with a change of owner, and holds
    /// again should the meter come back.
    function approvePayer(address meter, address payer, bool isApproved) external;

    /// @notice Burns what the meter has delivered, refunds what it gave back. Open to anyone;
    /// reads the ledger's registers, so submit the newest reading first. Nothing to settle is no
    /// error.
    function settle(address meter) external;

    /// @notice Closes the account of a meter that died: pays for what its kWh meter shows beyond
    /// its last reading, and refunds the rest to its owner.
    /// @dev Only the ledger, once owner and enroller agree: the one movement of escrow without a
    /// meter's signature.
    /// @param finalImportWh Import register of the kWh meter, Wh. Can only lower the refund: below
    /// the last reading it changes nothing.
    function close(address meter, uint256 finalImportWh) external;

    /// @notice Coins of `payer` have arrived by a plain transfer or transferFrom.
    /// @dev Only the coin. Not told of what this contract pulls itself, nor of transferAndCall.
    function onTransfer(address payer) external;

    /// @notice Whether a redemption of `amount` would be credited now. Says nothing of the payer's
    /// balance. A plain transfer also needs the meter to be the payer's own, and named.
    function canRedeem(address meter, address payer, uint256 amount) external view returns (bool);

    /// @notice Up to where the meter may let energy through, Wh, on the scale of its importWh +
    /// returnedWh. What controllers sign.
    function authorisedWh(address meter) external view returns (uint256);

    /// @notice Energy that was redeemed and neither used nor given back, Wh, as if settled now.
    function openWh(address meter) external view returns (uint256);

    /// @notice Energy that was used and is not paid for, Wh, as if settled now. The next
    /// redemption pays it first.
    function debtWh(address meter) external view returns (uint256);

    /// @notice The meter's registers as last settled, Wh.
    function accountOf(address meter)
        external
        view
        returns (uint48 redeemedWh, uint48 settledWh, uint48 refundedWh);

    /// @notice Coins of all that is open, as last settled, in units of 10^-18. This contract's
    /// balance is the same.
    function escrowedUnits() external view returns (uint256);

    /// @notice The meter for which the payer's plain transfers are; zero: none.
    function defaultMeterOf(address payer) external view returns (address);

    /// @notice Whether `payer` may pay for the meter while `owner` owns it.
    function isPayerApproved(address meter, address owner, address payer)
        external
        view
        returns (bool);

    /// @notice The largest open rest of a meter after a redemption, Wh.
    function maxOpenWh() external view returns (uint48);

    /// @notice Units of 10^-18 coin that stand for a watt-hour.
    function unitsPerWh() external view returns (uint256);

    /// @notice The ReadingLedger whose registers are believed.
    function ledger() external view returns (address);

    /// @notice The coin that is redeemed: an IHeliosCoin.
    function coin() external view returns (address);
}
