// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Helios Coin (HEC)
/// @notice A coin that stands for a fixed amount of energy: 10^18 units are `whPerCoin` watt-hours
/// of the ledger that minted it. ERC-20 with permit (ERC-2612) and transferAndCall (ERC-1363).
///
/// The ledger alone mints, Redemptions alone burns, and only what it holds. Nobody pauses, freezes
/// or takes back: no role exists. Coins that are sent to Redemptions are redeemed, by whichever of
/// the standards' functions; if they cannot be, the transfer reverts.
/// @dev This interface holds what the coin has beyond those standards. The permit's EIP-712 domain
/// is the coin's own, not that of the meters.
interface IHeliosCoin {
    /// @notice Somebody other than the ledger tried to mint.
    error NotTheLedger(address ledger, address caller);

    /// @notice Somebody other than Redemptions tried to burn.
    error NotRedemptions(address redemptions, address caller);

    /// @notice The coin's own address was given as receiver. People do paste it, and what it held
    /// would be lost.
    error TransferToCoin();

    /// @notice Mints to a meter's owner.
    /// @dev Only the ledger. Calls nobody: the hooks of ERC-1363 are not for mints.
    /// @param to Receiver; the ledger sees to it that it is neither zero nor the coin.
    /// @param amount In units of 10^-18 coin.
    function mint(address to, uint256 amount) external;

    /// @notice Burns coins that Redemptions holds.
    /// @dev Only Redemptions.
    /// @param amount In units of 10^-18 coin.
    /// @return burnedInAll As burned() says from now on.
    function burn(uint256 amount) external returns (uint256 burnedInAll);

    /// @notice All that was ever burned, in units of 10^-18 coin. Only grows.
    function burned() external view returns (uint256);

    /// @notice The IRedemptions to which coins are sent to become energy, for good.
    function redemptions() external view returns (address);

    /// @notice The ReadingLedger that mints this coin, for good.
    function ledger() external view returns (address);
}
