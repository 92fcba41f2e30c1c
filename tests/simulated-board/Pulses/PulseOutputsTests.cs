using CsCheck;
using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Pulses;

public sealed class PulseOutputsTests
{
    private static readonly Gen<(ulong Ms, long Milliwatts)[]> AnyPieces =
        Gen.Select(Gen.ULong[1, 100_000_000], Gen.Long[-17_250_000, 17_250_000]).Array[1, 40];

    [Fact]
    public void Makes_the_impulses_of_the_energy_that_flowed_whenever_one_looks() =>
        Gen.Select(AnyPieces, Gen.UInt[1, 100_000], Gen.ULong[1, 500_000_000]).Sample(
            (pieces, impulsesPerKwh, lookEveryMs) =>
            {
                var clock = new BoardClock(DateTimeOffset.UnixEpoch);
                var outputs = new PulseOutputs(clock, new Pieces(pieces), impulsesPerKwh);
                var endsAtMs = pieces.Aggregate(0UL, (sum, piece) => sum + piece.Ms);
                for (var ms = lookEveryMs; ms < endsAtMs; ms += lookEveryMs)
                {
                    clock.MoveTo(ms);
                    _ = outputs.Import.Pulses;
                }

                clock.MoveTo(endsAtMs + 1_000_000);
                Assert.Equal(Expected(pieces, impulsesPerKwh, 1), outputs.Export.Pulses);
                Assert.Equal(Expected(pieces, impulsesPerKwh, -1), outputs.Import.Pulses);
            });

    private static long Expected(
        (ulong Ms, long Milliwatts)[] pieces, uint impulsesPerKwh, int sign)
    {
        Int128 microjoules = 0;
        foreach (var (ms, milliwatts) in pieces)
        {
            microjoules += Int128.Max(0, (Int128)ms * milliwatts * sign);
        }

        return (long)(microjoules * impulsesPerKwh / 3_600_000_000_000);
    }

    private sealed class Pieces((ulong Ms, long Milliwatts)[] pieces) : IPowerFlow
    {
        public long MilliwattsAt(ulong atMs, out ulong untilMs)
        {
            untilMs = 0;
            foreach (var (ms, milliwatts) in pieces)
            {
                untilMs += ms;
                if (atMs < untilMs)
                {
                    return milliwatts;
                }
            }

            untilMs = ulong.MaxValue;
            return 0;
        }
    }
}
