using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>A hardware counter whose next readings can be made wrong.</summary>
internal sealed class SimulatedCounter : IPulseCounter
{
    private readonly Queue<long> _errors = new();

    public ulong Count { get; set; }

    public int Readings { get; private set; }

    /// <summary>The next readings are off by these, one each.</summary>
    public void MisreadNext(params long[] errors)
    {
        foreach (long error in errors)
        {
            _errors.Enqueue(error);
        }
    }

    public ulong Read()
    {
        Readings++;
        return _errors.TryDequeue(out long error) ? Count + (ulong)error : Count;
    }
}
