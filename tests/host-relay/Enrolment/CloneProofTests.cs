using Helios.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>A key that signs in two places is found out by two files of readings.</summary>
public class CloneProofTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_twin_is_proven_by_two_relays_exports_and_cleared_by_the_enroller(
        bool hasElement)
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(hasElement);
        await bench.EnrolAsync(meter.Enrolment(pagination: 2));
        await bench.Deployment.MineAsync(3600);
        var here = bench.Exported(
            meter, meter.Sign(1, 90), meter.Sign(3, 100), meter.Sign(5, 300), meter.Sign(6, 300));
        var same = bench.Exported(meter, meter.Sign(2, 10), meter.Sign(3, 100));
        var twin = bench.Exported(meter, meter.Sign(3, 100), meter.Sign(5, 299));

        await RefusesAsync(bench.ProveCloneAsync(here, same), "contradict each other: nothing");
        await RefusesAsync(
            bench.SendAsync(meter, DirectoryCalls.ClearClone), "Nobody has proven a clone");

        var said = await bench.ProveCloneAsync(here, twin);
        Assert.Contains(
            $"Meter {meter.Address} is suspended", said, StringComparison.Ordinal);
        Assert.Contains("readings 5 and 5 contradict", said, StringComparison.Ordinal);
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(meter));
        await RefusesAsync(
            bench.SendAsync(meter, DirectoryCalls.Resume), "then clear-clone");
        await RefusesAsync(
            bench.SendAsync(meter, DirectoryCalls.ClearClone, EnrolmentBench.SecondEnroller),
            "answers for this meter");

        await bench.SendAsync(meter, DirectoryCalls.ClearClone);
        Assert.Contains(
            "up to pagination 5, cleared up to 5", await bench.ShowAsync(meter),
            StringComparison.Ordinal);
        await RefusesAsync(bench.ProveCloneAsync(here, twin), "contradict each other: nothing");

        // A newer one with a lower register.
        var lower = bench.Exported(meter, meter.Sign(8, 299));
        Assert.Contains(
            "readings 6 and 8 contradict",
            await bench.ProveCloneAsync(here, lower),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_proves_nothing_the_ledger_refuses_in_words()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var (meter, other) = (bench.Meter(), bench.Meter(hasElement: true));
        await bench.EnrolAsync(meter.Enrolment(pagination: 2));
        await bench.EnrolAsync(other.Enrolment());
        foreach (var (first, second, words) in new[]
        {
            (meter.Sign(3, 100), meter.Sign(4, 100), "Readings 3 and 4 can both be true"),
            (meter.Sign(3, 100), meter.Sign(3, 100), "Readings 3 and 3 can both be true"),
            (meter.Sign(3, 100), other.Sign(3, 101),
                $"are signed by {meter.Address} and {other.Address}"),
            (meter.Sign(2, 100), meter.Sign(2, 101), "pagination 2 of this meter, and 2"),
            (meter.Sign(3, 100)[..98], meter.Sign(3, 101), "or 163 on P-256, not 98"),
        })
        {
            await RefusesAsync(
                bench.SendAsync(DirectoryCalls.ProveClone(first, second)), words);
        }

        Assert.Equal(EnrolledState.Active, await bench.StateAsync(meter));
    }

    [Fact]
    public async Task A_meter_that_takes_no_proof_is_passed_over_and_the_next_one_is_proven()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var (revoked, unknown, twin) = (bench.Meter(), bench.Meter(), bench.Meter());
        await bench.EnrolAsync(revoked.Enrolment());
        await bench.EnrolAsync(twin.Enrolment());
        await bench.SendAsync(revoked, DirectoryCalls.Revoke);
        var (first, second) = (Contradicting(bench, revoked), Contradicting(bench, unknown));

        await RefusesAsync(
            bench.ProveCloneAsync(first, second),
            $"No other two readings of one meter in {first} and {second} contradict each other: "
                + "nothing is proven.");
        var said = await bench.ProveCloneAsync(first, second, Contradicting(bench, twin));
        Assert.Contains(
            $"Meter {revoked.Address} is closing, it was revoked: passed over, though its "
                + "readings 5 and 5 contradict each other.",
            said, StringComparison.Ordinal);
        Assert.Contains(
            $"Meter {unknown.Address} is not enrolled in this ledger: passed over",
            said, StringComparison.Ordinal);
        Assert.Contains(
            $"Meter {twin.Address} is suspended, in block", said, StringComparison.Ordinal);
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(twin));
    }

    [Fact]
    public async Task A_proof_that_the_ledger_refuses_keeps_no_other_from_being_handed_in()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        TestMeter[] meters = [bench.Meter(), bench.Meter(), bench.Meter()];
        foreach (var meter in meters)
        {
            await bench.EnrolAsync(meter.Enrolment());
        }

        // After the command has looked at all of them, before it comes to the second.
        await using var output = new Interruption(
            $"Meter {meters[0].Address} is suspended",
            () => bench.SendAsync(meters[1], DirectoryCalls.Revoke));
        var code = await bench.ProveCloneAsync(
            output, [.. meters.Select(one => Contradicting(bench, one))]);

        Assert.Equal(ExitCodes.Mistake, code);
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(meters[0]));
        Assert.Equal(EnrolledState.Closing, await bench.StateAsync(meters[1]));
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(meters[2]));
    }

    [Fact]
    public async Task A_file_for_another_ledger_is_refused()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter();
        var path = bench.Deployment.DatabasePath("foreign.json");
        Helios.Relay.ReadingFile.Write(path, 5, bench.Ledger, []);
        var own = bench.Exported(meter, meter.Sign(3, 1));

        await RefusesAsync(bench.ProveCloneAsync(own, path), "on chain 5, not for");
    }

    private static string Contradicting(EnrolmentBench bench, TestMeter meter) =>
        bench.Exported(meter, meter.Sign(5, 300), meter.Sign(5, 299));

    private static async Task RefusesAsync(Task<string> command, string words) =>
        Assert.Contains(words, await command, StringComparison.Ordinal);

    /// <summary>Lets something happen when a line begins with given words.</summary>
    private sealed class Interruption(string words, Func<Task> happens) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(words, StringComparison.Ordinal) == true)
            {
                Task.Run(happens).GetAwaiter().GetResult();
            }
        }
    }
}
