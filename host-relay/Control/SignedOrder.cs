using Helios.Chain;

namespace Helios.Control;

/// <summary>An order and why it was signed.</summary>
/// <param name="Meter">Whose load switch.</param>
/// <param name="AuthorisedWh">Up to where energy may flow, Wh, 48 bits.</param>
/// <param name="BlockNumber">The final block that said so.</param>
/// <param name="BlockHash">Which block of that height.</param>
/// <param name="BlockTime">Its time, Unix seconds: a controller knows no other clock.</param>
/// <param name="Message">What is published: authorisedWh 6, r 32, yParity‖s 32.</param>
public sealed record SignedOrder(
    Address Meter,
    ulong AuthorisedWh,
    ulong BlockNumber,
    string BlockHash,
    ulong BlockTime,
    byte[] Message);
