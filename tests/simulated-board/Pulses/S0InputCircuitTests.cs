using CsCheck;
using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Pulses;

/// <summary>The table of boards/README.md, "The S0 input", on the model of its circuit.</summary>
public sealed class S0InputCircuitTests
{
    // Between two disturbances the capacitor rests: ten time constants.
    private const int RestUs = 80_000;

    private static readonly Gen<int> OnOrOffUs = Gen.Int[18_000, 500_000];
    private static readonly Gen<int[]> BouncesUs = Gen.Int[1, 500].Array[0, 10];

    [Fact]
    public void Sees_on_and_off_after_the_times_of_the_table()
    {
        Assert.False(Sees(onUs: 8_950));
        Assert.True(Sees(onUs: 9_050));
    }

    [Fact]
    public void Every_pulse_and_pause_of_18_ms_is_counted() =>
        Gen.Select(OnOrOffUs, OnOrOffUs).Array[1, 100].Sample(pulses =>
        {
            var circuit = S0InputCircuit.Nominal;
            var us = 0L;
            foreach (var (on, off) in pulses)
            {
                circuit.Set(isClosed: true, us);
                circuit.Set(isClosed: false, us + on);
                us += on + off;
            }

            circuit.MoveTo(us + RestUs);
            Assert.Equal(pulses.Length, circuit.Pulses);
        });

    [Fact]
    public void Noise_shorter_than_6_ms_adds_nothing() =>
        Gen.Int[1, 6_000].Array[1, 300].Sample(glitches =>
        {
            var circuit = S0InputCircuit.Nominal;
            var us = 0L;
            foreach (var glitch in glitches)
            {
                circuit.Set(isClosed: true, us);
                circuit.Set(isClosed: false, us + glitch);
                us += glitch + RestUs;
            }

            circuit.MoveTo(us);
            Assert.Equal(0, circuit.Pulses);
        });

    [Fact]
    public void A_contact_that_bounces_for_5_ms_at_both_edges_is_one_pulse() =>
        Gen.Select(Gen.Int[30_000, 100_000], BouncesUs, BouncesUs).Sample((onUs, atStart, atEnd) =>
        {
            var circuit = S0InputCircuit.Nominal;
            Bounce(circuit, 0, atStart, isClosed: true);
            Bounce(circuit, onUs, atEnd, isClosed: false);
            circuit.MoveTo(onUs + 5_000 + RestUs);
            Assert.Equal(1, circuit.Pulses);
        });

    private static void Bounce(S0InputCircuit circuit, long us, int[] times, bool isClosed)
    {
        foreach (var time in times)
        {
            circuit.Set(isClosed, us);
            circuit.Set(!isClosed, us + time / 2);
            us += time;
        }

        circuit.Set(isClosed, us);
    }

    private static bool Sees(int onUs)
    {
        var circuit = S0InputCircuit.Nominal;
        circuit.Set(isClosed: true, 0);
        circuit.Set(isClosed: false, onUs);
        circuit.MoveTo(onUs + RestUs);
        return circuit.Pulses == 1;
    }
}
