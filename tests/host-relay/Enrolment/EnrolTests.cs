using System.Text.Json;
using Helios.Chain;
using Helios.Enrolling;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>What a meter signed, from its line to the ledger, and every reason against it.</summary>
public class EnrolTests
{
    [Theory]
    [InlineData(false, "0, software key")]
    [InlineData(true, "2, secure element")]
    public async Task A_meter_is_enrolled_with_the_line_it_printed_and_earns_coins(
        bool hasElement, string key)
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(hasElement);

        var said = await bench.EnrolAsync(meter.Enrolment(exportWh: 1_050, pagination: 64));

        Assert.Contains($"owner             {meter.Owner}", said, StringComparison.Ordinal);
        Assert.Contains("impulse constant  1000 imp/kWh", said, StringComparison.Ordinal);
        Assert.Contains("rated power       40000 W", said, StringComparison.Ordinal);
        Assert.Contains("export            1050 Wh", said, StringComparison.Ordinal);
        Assert.Contains(key, said, StringComparison.Ordinal);
        Assert.Contains($"Meter {meter.Address} is enrolled, in block", said,
            StringComparison.Ordinal);
        await bench.Deployment.MineAsync(3600);
        Assert.Equal((4UL, SkipReason.None), await bench.RecordAsync(meter.Sign(65, 1_450)));
        var shown = await bench.ShowAsync(meter);
        Assert.Contains("state             active", shown, StringComparison.Ordinal);
        Assert.Contains("1450 Wh, 4 coins minted", shown, StringComparison.Ordinal);
        Assert.Contains(key, shown, StringComparison.Ordinal);
        Assert.Contains($"{EnrolmentBench.Enroller.Address}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_without_a_yes()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter();
        var file = bench.FileOf(meter.Enrolment());
        var options = bench.As(EnrolmentBench.Enroller);
        var ct = TestContext.Current.CancellationToken;
        await using var output = new StringWriter();
        foreach (var answer in (string[])["", "no", "y"])
        {
            var refusal = await Assert.ThrowsAsync<BadInputException>(() => EnrolCommand.EnrolAsync(
                options, file, new Consent(false, new StringReader(answer), output), ct));
            Assert.StartsWith("Nothing was sent", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(EnrolledState.None, await bench.StateAsync(meter));
        await EnrolCommand.EnrolAsync(
            options, file, new Consent(false, new StringReader("yes\n"), output), ct);
        Assert.Equal(EnrolledState.Active, await bench.StateAsync(meter));
    }

    [Fact]
    public async Task Every_reason_against_an_enrolment_is_one_sentence()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var (meter, other, element) = (bench.Meter(), bench.Meter(), bench.Meter(true));
        await bench.EnrolAsync(meter.Enrolment());
        await bench.EnrolAsync(bench.Meter().Enrolment(), EnrolmentBench.SecondEnroller);
        var altered = other.Enrolment();
        altered.Signature[40] ^= 1;

        foreach (var (enrolment, key, words) in new (SignedEnrolment, SenderKey, string)[]
        {
            (meter.Enrolment(), EnrolmentBench.Enroller, "is enrolled and active"),
            (other.Enrolment(), EnrolmentBench.Owner, "The key is no enroller's"),
            (other.Enrolment(), EnrolmentBench.SecondEnroller,
                "would take 80000 W of his budget of 50000 W"),
            (other.Enrolment(maxPowerW: 50_001), EnrolmentBench.Enroller,
                "takes up to 50000 W of rated power, not 50001 W"),
            (other.Enrolment(owner: bench.Ledger), EnrolmentBench.Enroller,
                $"{bench.Ledger} cannot own a meter"),
            (altered, EnrolmentBench.Enroller, "is not signed by meter"),
            (other.Elsewhere(Deployment.ChainId + 1, bench.Ledger).Enrolment(),
                EnrolmentBench.Enroller, "names another ledger or chain-id"),
            (other.Elsewhere(Deployment.ChainId, meter.Address).Enrolment(),
                EnrolmentBench.Enroller, "names another ledger or chain-id"),
            (element.Elsewhere(Deployment.ChainId + 1, bench.Ledger).Enrolment(),
                EnrolmentBench.Enroller, "names another ledger or chain-id"),
            (other.Enrolment(assurance: 2), EnrolmentBench.Enroller,
                "signs on secp256k1 but claims assurance 2"),
            (element.Enrolment(assurance: 0), EnrolmentBench.Enroller,
                "signs on P-256 but claims assurance 0"),
        })
        {
            Assert.Contains(
                words, await bench.EnrolAsync(enrolment, key), StringComparison.Ordinal);
        }

        Assert.Equal(EnrolledState.None, await bench.StateAsync(other));
        Assert.Equal(EnrolledState.None, await bench.StateAsync(element));
    }

    [Fact]
    public async Task What_no_line_can_say_the_ledger_refuses_in_words_too()
    {
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter();
        foreach (var (enrolment, words) in new (SignedEnrolment, string)[]
        {
            (meter.Enrolment(impulsesPerKwh: 0), "An impulse constant of 0"),
            (meter.Enrolment(assurance: 3), "There is no assurance 3"),
            (meter.Enrolment() with { Signature = new byte[65] }, "not 65."),
            (meter.Enrolment() with { Signature = new byte[64] }, "is not signed by meter"),
        })
        {
            Assert.Contains(
                words,
                await bench.SendAsync(DirectoryCalls.Enrol(enrolment.Said, enrolment.Signature)),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_error_of_the_directory_has_a_sentence()
    {
        var artifact = Path.Combine(
            Tool.RepositoryRoot(), "contracts", "out", "IMeterDirectory.sol",
            "IMeterDirectory.json");
        using var json = JsonDocument.Parse(File.ReadAllText(artifact));
        var declared = json.RootElement.GetProperty("abi").EnumerateArray()
            .Where(static one => one.GetProperty("type").ValueEquals("error"))
            .Select(static one => $"{one.GetProperty("name").GetString()}("
                + string.Join(',', one.GetProperty("inputs").EnumerateArray().Select(
                    static input => input.GetProperty("type").GetString()))
                + ")")
            // The admin's own: no command here is his.
            .Where(static one => !one.Contains("Admin", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(declared, LedgerRefusals.Errors.Order(StringComparer.Ordinal));
        Assert.Null(LedgerRefusals.ToSentence([1, 2, 3, 4], [5, 6, 7, 8]));
    }
}
