namespace Helios.Boards.Simulated;

/// <summary>The power that flows through a kWh meter, in pieces of constant power.</summary>
public interface IPowerFlow
{
    /// <summary>The power of a moment; asked for moments that never go back.</summary>
    /// <param name="atMs">Milliseconds since the simulation began.</param>
    /// <param name="untilMs">Until when it holds, later than <paramref name="atMs"/>.</param>
    /// <returns>Power in mW; positive is fed out.</returns>
    long MilliwattsAt(ulong atMs, out ulong untilMs);
}
