namespace Helios.Boards.Simulated;

/// <summary>
/// A power of which only what is fed out passes by the load switch: what is taken in flows while
/// the contactor conducts.
/// </summary>
public sealed class LoadBehindContactor : IPowerFlow
{
    private readonly IPowerFlow _flow;
    private readonly Contactor _contactor;

    /// <param name="flow">What would flow with the contactor closed.</param>
    /// <param name="contactor">
    /// Its <see cref="Contactor.Changing"/> must let flow what flowed until then.
    /// </param>
    public LoadBehindContactor(IPowerFlow flow, Contactor contactor)
    {
        _flow = flow;
        _contactor = contactor;
    }

    /// <inheritdoc/>
    public long MilliwattsAt(ulong atMs, out ulong untilMs)
    {
        var milliwatts = _flow.MilliwattsAt(atMs, out untilMs);
        if (milliwatts >= 0)
        {
            return milliwatts;
        }

        var conducts = _contactor.ConductsAt(atMs, out var conductsUntilMs);
        untilMs = Math.Min(untilMs, conductsUntilMs);
        return conducts ? milliwatts : 0;
    }
}
