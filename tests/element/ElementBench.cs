using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Element;

namespace Helios.Tests.Element;

/// <summary>A simulated element on a bus of its own, and the clock of its bus.</summary>
internal sealed class ElementBench : IElementBus
{
    private const int Address = 0x60;
    private const int BitsPerSecond = 100_000;

    private ulong _nowUs;

    public ElementBench(ElementMemory? memory = null, int seed = 1)
    {
        Memory = memory ?? new ElementMemory(serial: 0xA1B2C3D4E5F6);
        Chip = new SimulatedElement(Memory, new Random(seed));
        Wire = new SimulatedI2cBus(Chip, () => _nowUs);
        Element = new SecureElement(this);
    }

    public ElementMemory Memory { get; }

    public SimulatedElement Chip { get; }

    public SimulatedI2cBus Wire { get; }

    public SecureElement Element { get; }

    public ulong UptimeMs => _nowUs / 1000;

    /// <summary>True: each wait is one tick of nanoFramework's scheduler longer, 10 ms.</summary>
    public bool WaitsLong { get; init; } = true;

    /// <summary>Transfers so far.</summary>
    public int Transfers { get; private set; }

    /// <summary>An element that was provisioned without a fault.</summary>
    public static ElementBench Ready(int seed = 1)
    {
        var bench = new ElementBench(seed: seed);
        bench.Provision();
        Assert.Equal(ElementState.Ready, bench.Look());
        return bench;
    }

    /// <summary>The same element at the same moment, on a bus without faults yet.</summary>
    public ElementBench Copy(int seed = 2) => new(Memory.Copy(), seed);

    public ElementState Look()
    {
        var provisioning = new ElementProvisioning(Element);
        Assert.Equal(ElementResult.Done, provisioning.Look());
        return provisioning.State;
    }

    /// <summary>Steps until it is ready, or refuses, 40 at the most.</summary>
    public ElementResult Provision()
    {
        var provisioning = new ElementProvisioning(Element);
        var result = ElementResult.Done;
        for (var i = 0; i < 40 && provisioning.State != ElementState.Ready; i++)
        {
            result = provisioning.Step();
            if (result == ElementResult.LockedDifferently)
            {
                return result;
            }
        }

        return result;
    }

    public BusResult Wake() => Pass(Wire.Write(0, [0], BitsPerSecond));

    public BusResult Write(byte[] bytes, int length) =>
        Pass(Wire.Write(Address, bytes.AsSpan(0, length), BitsPerSecond));

    public BusResult Read(byte[] bytes, int length)
    {
        var read = new byte[length];
        var result = Pass(Wire.Read(Address, read, BitsPerSecond));
        if (result == BusResult.Done)
        {
            read.CopyTo(bytes, 0);
        }

        return result;
    }

    public void Wait(uint ms) => _nowUs += (ms + (WaitsLong ? 10UL : 0)) * 1000;

    private BusResult Pass(I2cTransfer transfer)
    {
        Transfers++;
        _nowUs += transfer.TookUs;
        return transfer.Outcome switch
        {
            I2cOutcome.Done => BusResult.Done,
            I2cOutcome.NotAcknowledged => BusResult.NotAcknowledged,
            _ => BusResult.Held,
        };
    }
}
