using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual;

/// <summary>What flows through a kWh meter.</summary>
/// <param name="Series">The power, from its first sample on.</param>
/// <param name="Repeats">Whether the series starts again after its end.</param>
/// <param name="ImpulsesPerKwh">The meter's impulse constant, imp/kWh.</param>
/// <param name="IsBehindSwitch">
/// Whether what is taken in passes by the board's load switch, and flows only while that conducts.
/// </param>
public sealed record MeterFlow(
    PowerSeries Series, bool Repeats, uint ImpulsesPerKwh, bool IsBehindSwitch);
