using Helios.Metering;

namespace Helios.Tests.Firmware.Metering;

/// <summary>
/// An exception that nobody expects ends an opening of the journal, and the stage opens it again in
/// its next turn: once memory is short, anything may throw.
/// </summary>
public class ThrowingStorageTests
{
    private const ulong Export = 500;
    private const ulong Import = 300;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_impulse_counts_twice_after_an_opening_that_threw_at_any_call(bool isClean)
    {
        for (var call = 1; ; call++)
        {
            var bench = MeterOnTheBench.Enrolled();
            bench.Feed(Export, Import);
            bench.Meter.ShutDown(bench.UptimeMs);
            if (!isClean)
            {
                bench.Boot();
            }

            Throwing storage = new(bench.Storage, call);
            SimulatedCounter export = new();
            SimulatedCounter import = new();
            Meter meter = new(bench.Configuration, export, import, storage);
            Count(meter, export, import, 7);
            if (!TryOpen(meter))
            {
                Count(meter, export, import, 2);
                meter.Open(keyExists: true, uptimeMs: 2000);
            }
            else
            {
                Assert.True(call > 3, $"Only {call} calls.");
                return;
            }

            Assert.Equal(MeterState.Ready, meter.State);
            Assert.Equal(Export + 9, meter.ExportImpulses);
            Assert.Equal(Import + 9, meter.ImportImpulses);

            meter.Store(3000);
            Assert.Equal(MeterState.Ready, bench.Boot());
            Assert.Equal(Export + 9, bench.Meter.ExportImpulses);
            Assert.Equal(Import + 9, bench.Meter.ImportImpulses);
        }
    }

    private static void Count(
        Meter meter, SimulatedCounter export, SimulatedCounter import, ulong impulses)
    {
        for (var i = 0UL; i < impulses; i++)
        {
            export.Count++;
            import.Count++;
            meter.Count(export.Count * 1000);
        }
    }

    private static bool TryOpen(Meter meter)
    {
        try
        {
            meter.Open(keyExists: true, uptimeMs: 0);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private sealed class Throwing(IJournalStorage inner, int throwsAt) : IJournalStorage
    {
        private int _calls;

        public StorageResult Read(int slot, byte[] bytes)
        {
            Pass();
            return inner.Read(slot, bytes);
        }

        public StorageResult Write(int slot, byte[] bytes)
        {
            Pass();
            return inner.Write(slot, bytes);
        }

        private void Pass()
        {
            _calls++;
            if (_calls == throwsAt)
            {
                throw new InvalidOperationException("unexpected");
            }
        }
    }
}
