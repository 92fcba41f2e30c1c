using Helios.Chain;
using Helios.Metering;

namespace Helios.Relay;

/// <summary>A reading whose signer is the meter that its topic names.</summary>
/// <param name="Meter">Who signed.</param>
/// <param name="Reading">What was signed.</param>
/// <param name="Signed">The 99 or 163 bytes as they came; nothing here re-encodes them.</param>
internal sealed record VerifiedReading(Address Meter, Reading Reading, byte[] Signed);
