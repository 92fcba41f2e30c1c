namespace Helios.Boards.Simulated;

/// <summary>A meter's output, or noise on its line, opens or closes.</summary>
/// <param name="AtUs">When, in microseconds since the simulation began.</param>
/// <param name="IsClosed">Current flows.</param>
public readonly record struct ContactChange(long AtUs, bool IsClosed);
