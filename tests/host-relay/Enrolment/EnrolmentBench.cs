using Helios.Chain;
using Helios.Enrolling;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Enrolling;

/// <summary>
/// A ledger with two enrollers, two owners, and the commands as they act on it. What they print and
/// refuse comes back as text.
/// </summary>
internal sealed class EnrolmentBench : IAsyncDisposable
{
    private const ulong SecondBudgetW = 50_000;

    private EnrolmentBench(Deployment deployment)
    {
        Deployment = deployment;
    }

    public Deployment Deployment { get; }

    public Address Ledger => Deployment.Ledger.Address;

    public static SenderKey Enroller => Anvil.Rich;

    /// <summary>Has a budget for one meter of 40 kW.</summary>
    public static SenderKey SecondEnroller { get; } = Anvil.KeyOf(
        "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6");

    public static SenderKey Owner { get; } = Anvil.KeyOf(
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d");

    public static SenderKey NewOwner => Anvil.Rich2;

    public static async Task<EnrolmentBench> StartAsync()
    {
        var bench = new EnrolmentBench(await Deployment.StartAsync());
        await bench.Deployment.SendAsync(
            bench.Ledger,
            new AbiWriter("giveBudget(address,uint64)").Word(SecondEnroller.Address)
                .Word(SecondBudgetW).ToArray());
        return bench;
    }

    public TestMeter Meter(bool hasElement = false) => hasElement
        ? TestMeter.WithElement(Deployment.ChainId, Ledger)
        : new TestMeter(Deployment.ChainId, Ledger);

    public TestMeter Meter(Address owner) =>
        new(Deployment.ChainId, Ledger) { Owner = owner };

    public CallerOptions As(SenderKey key) => new(
        new LedgerOptions(
            Deployment.RpcUrl, TimeSpan.FromSeconds(20), Deployment.ChainId, Ledger),
        key);

    /// <summary>A file with what the meter prints at boot.</summary>
    public string FileOf(SignedEnrolment enrolment)
    {
        var path = Deployment.DatabasePath($"{Guid.NewGuid():n}.txt");
        File.WriteAllText(path, $"Helios 1\r\n{enrolment.Line}\r\nconnected\r\n");
        return path;
    }

    /// <summary>enrol FILE --yes.</summary>
    public Task<string> EnrolAsync(SignedEnrolment enrolment, SenderKey? key = null) =>
        EnrolFromAsync(FileOf(enrolment), key);

    /// <summary>The same with any other source than a file.</summary>
    public Task<string> EnrolFromAsync(string source, SenderKey? key = null) =>
        RunAsync(consent => EnrolCommand.EnrolAsync(
            As(key ?? Enroller), source, consent, Token));

    /// <summary>meter replace METER FILE --yes.</summary>
    public Task<string> ReplaceAsync(
        TestMeter replaced, SignedEnrolment enrolment, SenderKey? key = null) =>
        RunAsync(consent => EnrolCommand.ReplaceAsync(
            As(key ?? Enroller), $"{replaced.Address}", FileOf(enrolment), consent, Token));

    /// <summary>meter accept FILE --yes.</summary>
    public Task<string> AcceptAsync(SignedEnrolment enrolment, SenderKey key) =>
        RunAsync(consent => EnrolCommand.AcceptAsync(
            As(key), FileOf(enrolment), consent, Token));

    /// <summary>One of the commands that send a transaction about a meter.</summary>
    public Task<string> SendAsync(
        TestMeter meter, Func<Address, byte[]> calldataOf, SenderKey? key = null) =>
        RunAsync(consent => MeterCommand.RunAsync(
            As(key ?? Enroller), $"{meter.Address}", calldataOf, "is so", consent.Output, Token));

    /// <summary>Any calldata, as the commands send it.</summary>
    public Task<string> SendAsync(byte[] calldata) => RunAsync(async consent =>
    {
        using var ledger = await LedgerConnection.OpenAsync(As(Enroller).Deployment, Token);
        await ledger.SendAsync(Enroller, calldata, consent.Output, Token);
        return 0;
    });

    public Task<string> ProveCloneAsync(params string[] paths) => RunAsync(
        consent => ProveCloneCommand.RunAsync(As(NewOwner), paths, consent.Output, Token));

    /// <summary>The same, told to a writer; its exit code.</summary>
    public Task<int> ProveCloneAsync(TextWriter output, params string[] paths) =>
        ProveCloneCommand.RunAsync(As(NewOwner), paths, output, Token);

    public Task<string> ShowAsync(TestMeter meter) => RunAsync(consent => MeterCommand.ShowAsync(
        As(Enroller).Deployment, $"{meter.Address}", consent.Output, Token));

    /// <summary>Readings as a relay exports them.</summary>
    public string Exported(TestMeter meter, params byte[][] readings)
    {
        var path = Deployment.DatabasePath($"{Guid.NewGuid():n}.json");
        ReadingFile.Write(
            path, Deployment.ChainId, Ledger,
            readings.Select(one => new CarriedReading(meter.Address, one)));
        return path;
    }

    /// <summary>A reading to the ledger, by anybody; coins minted, or its reason against it.
    /// </summary>
    public async Task<(ulong Coins, SkipReason Reason)> RecordAsync(byte[] signed)
    {
        var trial = (await Deployment.Ledger.TryReadingsAsync([(default, signed)], null, Token))[0].Trial;
        if (trial.Reason == SkipReason.None)
        {
            var wallet = new Wallet(Deployment.Node, Deployment.ChainId, NewOwner);
            var hash = await wallet.SendAsync(Ledger, LedgerCalls.Record(signed), Token);
            await wallet.ConfirmedAsync(hash, Token);
        }

        return (trial.Coins, trial.Reason);
    }

    /// <summary>Redeems coins for a meter, by a plain transfer of its owner.</summary>
    public async Task RedeemAsync(TestMeter meter, SenderKey owner, ulong wh)
    {
        var redemptions = await Deployment.Ledger.RedemptionsAsync(Token);
        var coin = await Deployment.Ledger.CoinAsync(Token);
        var units = (UInt128)wh * CoinContract.UnitsPerCoin
            / await Deployment.Ledger.WhPerCoinAsync(Token);
        var wallet = new Wallet(Deployment.Node, Deployment.ChainId, owner);
        foreach (var (to, calldata) in new[]
        {
            (redemptions, RedemptionCalls.NameDefaultMeter(meter.Address)),
            (coin, RedemptionCalls.Transfer(redemptions, units)),
        })
        {
            var hash = await wallet.SendAsync(to, calldata, Token);
            Assert.True((await wallet.ConfirmedAsync(hash, Token)).Succeeded);
        }
    }

    public async Task<EnrolledState> StateAsync(TestMeter meter) =>
        (await new DirectoryContract(Deployment.Node, Ledger).MeterAsync(meter.Address, Token))
            .State;

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<string> RunAsync(Func<Consent, Task<int>> command)
    {
        await using var output = new StringWriter();
        try
        {
            Assert.Equal(0, await command(new Consent(true, TextReader.Null, output)));
            return output.ToString();
        }
        catch (BadInputException refusal)
        {
            Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
            return refusal.Message;
        }
    }
}
