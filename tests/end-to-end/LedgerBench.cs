using Helios.Chain;
using Helios.Control;
using Helios.LocalChain;
using Helios.Messaging;
using Helios.Relay;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// A chain with a ledger of 100 Wh a coin, and those who call it, with host-relay or straight: an
/// enroller, an owner, somebody who buys his meter, somebody who submits; and one controller.
/// </summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    private const uint WhPerCoin = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("helios-bench-");
    private readonly SenderKey _controller = new Caller().Key;
    private readonly LocalNode _local;
    private readonly ChainNode _node;
    private RedemptionsContract _redemptions = null!;

    private LedgerBench(LocalNode local)
    {
        _local = local;
        _node = new ChainNode(local.Rpc, TimeSpan.FromSeconds(20));
    }

    public LedgerContract Ledger { get; private set; } = null!;

    public Caller Enroller { get; } = new();

    public Caller Owner { get; } = new();

    public Caller Buyer { get; } = new();

    public Caller Submitter { get; } = new();

    /// <summary>What a board of the owner has in its helios.cfg.</summary>
    public BoardDeployment Deployment => new(
        LocalNode.ChainId, Ledger.Address, Owner.Address, _controller.Address);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<LedgerBench> StartAsync()
    {
        var bench = new LedgerBench(await LocalNode.StartAsync(
            new Boards.Simulated.BoardOptions().StartsAt, Ct));
        foreach (var caller in (Caller[])
            [bench.Enroller, bench.Owner, bench.Buyer, bench.Submitter])
        {
            await LocalChain.Enroller.FundAsync(bench._node, caller.Address, Ct);
        }

        var accounts = await bench._node.InvokeAsync("eth_accounts", Ct);
        var ledger = await ContractsDeployment.LedgerAsync(
            bench._local.Rpc,
            Address.Parse(accounts[0].GetString()!),
            bench.Enroller.Address,
            new DeploymentTerms(WhPerCoin, 50_000, 500_000, BoardDeployment.MaxOpenWh),
            Ct);
        bench.Ledger = new LedgerContract(bench._node, ledger);
        bench._redemptions = new RedemptionsContract(
            bench._node, await bench.Ledger.RedemptionsAsync(Ct), ledger);
        return bench;
    }

    /// <summary>host-relay with somebody's key, to its end.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> DoesAsync(Caller caller, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync("HELIOS_CALLER_KEY", caller, arguments);
        Assert.Equal(("", 0), (error, exitCode));
        return output;
    }

    /// <summary>The same, and it refuses in one sentence with these words.</summary>
    public async Task RefusesAsync(string words, Caller caller, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync("HELIOS_CALLER_KEY", caller, arguments);
        AssertOneSentence(words, error);
        Assert.Equal(2, exitCode);
    }

    /// <summary>host-relay submit --straight with one reading, which refuses.</summary>
    public async Task RefusesAsync(string words, Address meter, byte[] signed)
    {
        var (exitCode, _, error) = await RunAsync(
            "HELIOS_SENDER_KEY", Submitter, "submit", Export(meter, signed), "--straight");
        AssertOneSentence(words, error);
        Assert.Equal(2, exitCode);
    }

    /// <summary>A file of signed readings, as a relay exports it.</summary>
    public string Export(Address meter, params byte[][] signed)
    {
        var path = NewPath();
        ReadingFile.Write(
            path, LocalNode.ChainId, Ledger.Address,
            signed.Select(one => new CarriedReading(meter, one)));
        return path;
    }

    /// <summary>A file with all that a board printed.</summary>
    public string Log(BoardWithRelay board)
    {
        var path = NewPath();
        File.WriteAllLines(path, board.Console);
        return path;
    }

    /// <summary>A file with the Enrolment that a board printed last.</summary>
    public string NewestEnrolment(BoardWithRelay board)
    {
        var path = NewPath();
        File.WriteAllText(path, board.Console.Last(static line => line.StartsWith(
            EnrolmentCodec.LineStart, StringComparison.Ordinal)));
        return path;
    }

    public async Task EnrolAsync(BoardWithRelay board)
    {
        _ = board.Enrolment();
        var said = await DoesAsync(Enroller, "enrol", Log(board), "--yes");
        Assert.Contains($"Meter {board.Meter} is enrolled, in block", said);
    }

    /// <summary>What the ledger would make of a reading at the board's time.</summary>
    public async Task<SkipReason> ReasonAsync(BoardWithRelay board, byte[] signed)
    {
        await MoveToAsync(board);
        return (await Ledger.TryReadingsAsync([(board.Meter, signed)], null, Ct))[0].Trial.Reason;
    }

    /// <summary>Submits a reading that counts.</summary>
    /// <returns>Coins minted for the meter in all.</returns>
    public async Task<ulong> RecordAsync(BoardWithRelay board, byte[] signed)
    {
        Assert.Equal(SkipReason.None, await ReasonAsync(board, signed));
        await SendAsync(Submitter.Key, Ledger.Address, LedgerCalls.Record(signed));
        return await MintedOfAsync(board);
    }

    public Task<ulong> MintedOfAsync(BoardWithRelay board) =>
        Ledger.MintedOfAsync(board.Meter, Ct);

    /// <summary>Whole coins that somebody has.</summary>
    public async Task<ulong> CoinsOfAsync(Caller owner) => (ulong)(
        await new CoinContract(_node, await Ledger.CoinAsync(Ct))
            .BalanceOfAsync(owner.Address, Ct) / CoinContract.UnitsPerCoin);

    /// <summary>
    /// The owner sends coins for his meter, and the controller retains the order that follows.
    /// </summary>
    public async Task RedeemAsync(BoardWithRelay board, ulong coins)
    {
        await SendAsync(
            Owner.Key, _redemptions.Address, RedemptionCalls.NameDefaultMeter(board.Meter));
        await SendAsync(
            Owner.Key,
            await Ledger.CoinAsync(Ct),
            RedemptionCalls.Transfer(
                _redemptions.Address, coins * (UInt128)CoinContract.UnitsPerCoin));
        var signer = new OrderSigner(LocalNode.ChainId, Ledger.Address, _controller);
        board.Order(
            _controller.Address,
            signer.Sign(
                board.Meter, await _redemptions.AuthorisedWhOfAsync(board.Meter, Ct)));
    }

    /// <summary>Redeemed and neither used nor given back, by what the ledger knows, Wh.</summary>
    public Task<ulong> OpenWhAsync(BoardWithRelay board) =>
        _redemptions.OpenWhOfAsync(board.Meter, Ct);

    /// <summary>The custom error with which the ledger refuses somebody's call.</summary>
    public async Task RevertsAsync(string error, Caller caller, byte[] calldata)
    {
        var refusal = await Assert.ThrowsAsync<NodeRefusedException>(
            () => _node.EstimateGasAsync(caller.Address, Ledger.Address, calldata, Ct));
        Assert.Equal(
            Hex.Of(AbiWriter.SelectorOf(error)), Hex.Of(refusal.Revert.Span[..4]));
    }

    public Task ProveCloneAsync(byte[] first, byte[] second) =>
        SendAsync(Submitter.Key, Ledger.Address, DirectoryCalls.ProveClone(first, second));

    public async Task<EnrolledState> StateAsync(BoardWithRelay board) =>
        (await new DirectoryContract(_node, Ledger.Address).MeterAsync(board.Meter, Ct)).State;

    public async ValueTask DisposeAsync()
    {
        _node.Dispose();
        await _local.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void AssertOneSentence(string words, string error)
    {
        Assert.Contains(words, error);
        Assert.Single(error.Trim().Split('\n'));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(
        string key, Caller caller, params string[] arguments) =>
        HostRelay.Program.HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HELIOS_RPC_URL"] = $"{_local.Rpc}",
                ["HELIOS_CHAIN_ID"] = $"{LocalNode.ChainId}",
                ["HELIOS_LEDGER"] = $"{Ledger.Address}",
                [key] = caller.Secret,
            },
            arguments);

    private string NewPath() => Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}");

    private async Task SendAsync(SenderKey key, Address to, byte[] calldata)
    {
        var wallet = new Wallet(_node, LocalNode.ChainId, key);
        var hash = await wallet.SendAsync(to, calldata, Ct);
        Assert.True((await wallet.ConfirmedAsync(hash, Ct)).Succeeded);
    }

    // The chain's clock follows the board's.
    private async Task MoveToAsync(BoardWithRelay board)
    {
        var now = (ulong)board.Now.ToUnixTimeSeconds();
        if ((await _node.LatestBlockAsync(Ct)).Timestamp < now)
        {
            await _node.InvokeAsync("evm_mine", Ct, Hex.Of((UInt128)now));
        }
    }
}
