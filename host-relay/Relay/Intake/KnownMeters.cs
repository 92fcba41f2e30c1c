using System.Collections.Concurrent;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Every meter that was seen enrolled, found in the database once and then in memory, about 300
/// bytes each: their number is limited by the enrollers' budgets.
/// </summary>
internal sealed class KnownMeters(IRelayStore store, RelayLimits limits, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Address, KnownMeter> _meters = new();

    /// <summary>The meter, or null if it was never seen enrolled.</summary>
    public KnownMeter? Find(Address meter) =>
        _meters.TryGetValue(meter, out var known)
            ? known
            : store.Read(connection => MeterTable.Find(connection, meter)) is { } row
                ? Keep(row)
                : null;

    /// <summary>Remembers an enrolled meter for good.</summary>
    public KnownMeter Add(Address meter, MeterRegisters registers) =>
        Keep(store.Write(connection => MeterTable.Add(connection, meter, registers)));

    private KnownMeter Keep(MeterRow row) =>
        _meters.GetOrAdd(row.Address, _ => new KnownMeter(row, limits, clock));
}
