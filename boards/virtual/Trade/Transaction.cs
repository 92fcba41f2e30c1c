using Helios.Chain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>A transaction of a wallet.</summary>
/// <param name="Sender">Who signs and pays.</param>
/// <param name="To">The contract that is called.</param>
/// <param name="Calldata">The call.</param>
/// <param name="Enter">Writes it down once it succeeded; null: nobody does.</param>
public sealed record Transaction(Wallet Sender, Address To, byte[] Calldata, Action? Enter = null);
