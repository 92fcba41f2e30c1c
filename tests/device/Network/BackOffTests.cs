using CsCheck;
using Helios.Device;

namespace Helios.Tests.Device.Network;

public class BackOffTests
{
    [Fact]
    public void Waits_between_half_and_all_of_a_doubling_from_1_s_to_1_h() => Gen.Byte.Array[4]
        .Sample(random =>
        {
            BackOff backOff = new(new Fixed(random));
            Assert.InRange(backOff.DrawDelayMs(), 0UL, 1000UL);
            for (var attempt = 1; attempt <= 40; attempt++)
            {
                backOff.Begin();
                var full = Math.Min(1000UL << Math.Min(attempt - 1, 20), 3_600_000UL);
                Assert.InRange(backOff.DrawDelayMs(), full / 2, full);
            }
        });

    [Fact]
    public void Meters_that_failed_together_do_not_come_back_together()
    {
        Random random = new(7);
        HashSet<ulong> delays = [];
        for (var meter = 0; meter < 100; meter++)
        {
            var bytes = new byte[4];
            random.NextBytes(bytes);
            BackOff backOff = new(new Fixed(bytes));
            backOff.Resume(8);
            delays.Add(backOff.DrawDelayMs() / 1000);
        }

        Assert.InRange(delays.Count, 40, 65);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(255, BackOff.AttemptsMax)]
    public void Goes_on_from_what_the_journal_holds(byte stored, byte expected)
    {
        BackOff backOff = new(new Fixed([0, 0, 0, 0]));
        backOff.Resume(stored);
        Assert.Equal(expected, backOff.Attempts);
        backOff.Reset();
        Assert.Equal(0, backOff.Attempts);
    }

    private sealed class Fixed(byte[] random) : IEntropy
    {
        public void Fill(byte[] bytes) => random.CopyTo(bytes, 0);
    }
}
