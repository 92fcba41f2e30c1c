using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// An enrolled meter in memory: its row, what was stored and accepted of it, and its limits. For
/// several threads at once.
/// </summary>
internal sealed class KnownMeter
{
    private readonly RateLimit _new;
    private readonly RateLimit _repeated;
    private uint _storedPagination;
    private uint _acceptedPagination;

    public KnownMeter(MeterRow row, RelayLimits limits, TimeProvider clock)
    {
        Id = row.Id;
        Address = row.Address;
        _storedPagination = row.StoredPagination;
        _acceptedPagination = row.AcceptedPagination;
        _new = new RateLimit(limits.ReadingsPerMeterPerS, limits.BurstS, clock);
        _repeated = new RateLimit(limits.ReadingsPerMeterPerS, limits.BurstS, clock);
    }

    /// <summary>Its row.</summary>
    public long Id { get; }

    /// <summary>Its address.</summary>
    public Address Address { get; }

    /// <summary>Highest pagination that this process knows to be stored.</summary>
    public uint StoredPagination => Volatile.Read(ref _storedPagination);

    /// <summary>Highest pagination accepted on chain, as far as this process has seen.</summary>
    public uint AcceptedPagination
    {
        get => Volatile.Read(ref _acceptedPagination);
        set => Volatile.Write(ref _acceptedPagination, value);
    }

    /// <summary>Who gets its coins, as far as known: only the order of a batch needs it.</summary>
    public Address Owner { get; set; }

    /// <summary>
    /// What the ledger was last asked about, if it was not worth its gas; only the task that speaks
    /// to the chain looks at it.
    /// </summary>
    public TriedInVain? Tried { get; set; }

    /// <summary>
    /// The limit that a reading counts against. Anybody can repeat what was on the chain, so
    /// repetitions have a limit of their own and cannot use up that of new readings.
    /// </summary>
    public RateLimit LimitOf(uint pagination) =>
        pagination > StoredPagination ? _new : _repeated;

    /// <summary>Notes a reading that was committed.</summary>
    public void Stored(uint pagination)
    {
        uint before;
        while (pagination > (before = Volatile.Read(ref _storedPagination))
            && Interlocked.CompareExchange(ref _storedPagination, pagination, before) != before)
        {
            // Another one was noted meanwhile.
        }
    }
}
