using System.Buffers;
using Helios.Chain;
using Helios.Relay;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>Meters with software keys and with secure elements, on one relay and in one ledger.
/// </summary>
public class MixedFleetTests
{
    private const int Bits = 163 * 8;

    [Theory(Timeout = 120_000)]
    // With P256VERIFY at 0x100, and without: OpenZeppelin then computes in Solidity.
    [InlineData("osaka", 2)]
    [InlineData("prague", 3)]
    public async Task A_mixed_fleet_on_one_relay_earns_coins(string hardfork, int transactions)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync(
            "--no-mining", "--hardfork", hardfork);
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meters = new List<TestMeter>(await deployment.MetersAsync(3));
        for (var i = 0; i < 51; i++)
        {
            meters.Add(await deployment.MeterWithElementAsync());
        }

        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);

        // 14 kWh need 21 minutes at 40 kW, more than the slack: they wait for each other.
        foreach (var meter in meters)
        {
            await connection.DeliverAsync(meter, meter.Sign(1, 14_000));
            await connection.DeliverAsync(meter, meter.Sign(2, 14_050));
        }

        await relay.WhenAtRestAsync(ct);
        await deployment.MineAsync(3600);
        await deployment.SettleAsync(relay);

        foreach (var meter in meters)
        {
            Assert.Equal(140UL, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        }

        Assert.Equal((54, 54, 0), (
            relay.Figures.Accepted, relay.Figures.Superseded, relay.Figures.Skipped.Count));

        // One of 3 and one of 51; without the precompile 51 are one too many for one.
        Assert.Equal(transactions, relay.Figures.Transactions);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_of_an_element_what_it_refuses_of_a_software_key()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await RelayProcess.StartAsync(deployment.Options(), ct);
        var meter = await deployment.MeterWithElementAsync();
        var other = await deployment.MeterWithElementAsync();
        var stranger = TestMeter.WithElement(Deployment.ChainId, deployment.Ledger.Address);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        var elsewhere = meter.Elsewhere(Deployment.ChainId, meter.Address);

        await connection.PublishAsync(meter.Topic, other.Sign(1, 500));
        await connection.PublishAsync(meter.Topic, elsewhere.Sign(1, 500));
        await connection.PublishAsync(meter.Topic, [0, 0, 0, 0, .. meter.Sign(1, 500)[4..]]);
        await connection.PublishAsync(meter.Topic, meter.Sign(1, 500)[..162]);
        await connection.PublishAsync(stranger.Topic, stranger.Sign(1, 500));
        await connection.DeliverAsync(meter, meter.Sign(1, 500));
        await connection.DeliverAsync(meter, meter.Sign(1, 600));

        var refused = relay.Figures.Refused;
        Assert.Equal(2, refused[RefusalReason.WrongSigner]);
        Assert.Equal(1, refused[RefusalReason.Malformed]);
        Assert.Equal(1, refused[RefusalReason.WrongLength]);
        Assert.Equal(1, refused[RefusalReason.NotEnrolled]);
        Assert.Equal(1, refused[RefusalReason.Conflicting]);
        Assert.Equal(1, relay.Figures.Stored);
    }

    [Fact(Timeout = 120_000)]
    public async Task None_of_the_1304_bits_can_be_turned_at_the_relay_nor_in_the_contract()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--hardfork", "osaka");
        var meter = await deployment.MeterWithElementAsync();
        await deployment.MineAsync(3600);
        var ledger = deployment.Ledger;
        var verifier = new ReadingVerifier(Deployment.ChainId, ledger.Address, null);
        var signed = meter.Sign(1, 500);
        byte[][] forged = [.. Enumerable.Range(0, Bits).Select(bit => WithBitTurned(signed, bit))];

        Assert.NotNull(verifier.Verify(meter.Topic, new ReadOnlySequence<byte>(signed), out _));
        Assert.All(forged, one => Assert.Null(
            verifier.Verify(meter.Topic, new ReadOnlySequence<byte>(one), out _)));

        var trials = await ledger.TryReadingsAsync(
            [.. forged.Select(one => (meter.Address, one)), (meter.Address, signed)], null, ct);
        Assert.Equal(SkipReason.None, trials[^1].Trial.Reason);
        Assert.All(trials.SkipLast(1), static one => Assert.True(
            one.Trial.Reason is SkipReason.SignatureInvalid or SkipReason.MeterNotEnrolled));
    }

    private static byte[] WithBitTurned(byte[] signed, int bit)
    {
        var forged = signed.ToArray();
        forged[bit / 8] ^= (byte)(1 << (bit % 8));
        return forged;
    }
}
