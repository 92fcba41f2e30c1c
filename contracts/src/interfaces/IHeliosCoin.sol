// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @title Helios Coin (HEC)
/// @notice A coin that stands for a fixed amount of energy: 10^18 units are `whPerCoin` watt-hours
/// of the ledger that minted it. ERC-20 with permit (ERC-2612) and transferAndCall (ERC-1363).
///
/// The ledger alone mints. Nobody pauses, freezes or takes back: no role exists.
/// @dev This interface holds what the coin has beyond those standards. The permit's EIP-712 domain
/// is the coin's own, not that of the meters.
interface IHeliosCoin {
    /// @notice Somebody other than the ledger tried to mint.
    error NotTheLedger(address ledger, address caller);

    /// @notice The coin's own address was given as receiver. People do paste it, and what it held
    /// would be lost.
    error TransferToCoin();

    /// @notice Mints to a meter's owner.
    /// @dev Only the ledger. Calls nobody: the hooks of ERC-1363 are not for mints.
    /// @param to Receiver; the ledger sees to it that it is neither zero nor the coin.
    /// @param amount In units of 10^-18 coin.
    function mint(address to, uint256 amount) external;

    /// @notice The ReadingLedger that mints this coin, for good.
    function ledger() external view returns (address);
}
