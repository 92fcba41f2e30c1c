using Helios.Chain;

namespace Helios.Relay;

/// <summary>A signed reading in a file; nothing of it is checked yet.</summary>
/// <param name="Meter">Who is said to have signed it.</param>
/// <param name="Signed">The bytes for the ledger, of any length.</param>
internal sealed record CarriedReading(Address Meter, byte[] Signed);
