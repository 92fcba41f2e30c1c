using Helios.Chain;

namespace Helios.Control;

/// <summary>An order that somebody published, and that its controller has signed.</summary>
/// <param name="Controller">Who signed it.</param>
/// <param name="Meter">Whose load switch.</param>
/// <param name="AuthorisedWh">Up to where energy may flow, Wh, 48 bits.</param>
/// <param name="Message">The proof: authorisedWh 6, r 32, yParity‖s 32.</param>
internal sealed record HeardOrder(
    Address Controller, Address Meter, ulong AuthorisedWh, byte[] Message);
