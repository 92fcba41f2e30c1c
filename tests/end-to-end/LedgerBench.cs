using System.Security.Cryptography;
using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Tests.EndToEnd;

/// <summary>A chain with a ledger of 100 Wh a coin, an enroller, and somebody who submits.</summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    private readonly LocalNode _local;
    private readonly ChainNode _node;
    private readonly Enroller _enroller;
    private readonly Wallet _wallet;

    private LedgerBench(LocalNode local, ChainNode node, Enroller enroller, LedgerContract ledger)
    {
        (_local, _node, _enroller, Ledger) = (local, node, enroller, ledger);
        Key = new SenderKey(RandomNumberGenerator.GetBytes(32));
        _wallet = new Wallet(node, LocalNode.ChainId, Key);
    }

    public LedgerContract Ledger { get; }

    private SenderKey Key { get; }

    public static async Task<LedgerBench> StartAsync(CancellationToken ct)
    {
        var local = await LocalNode.StartAsync(new Boards.Simulated.BoardOptions().StartsAt, ct);
        var node = new ChainNode(local.Rpc, TimeSpan.FromSeconds(20));
        var enroller = new Enroller(node);
        await Enroller.FundAsync(node, enroller.Address, ct);
        var accounts = await node.InvokeAsync("eth_accounts", ct);
        var ledger = await ContractsDeployment.LedgerAsync(
            local.Rpc,
            Address.Parse(accounts[0].GetString()!),
            enroller.Address,
            new DeploymentTerms(100, 50_000, 50_000),
            ct);
        var bench = new LedgerBench(local, node, enroller, new LedgerContract(node, ledger));
        await Enroller.FundAsync(node, bench.Key.Address, ct);
        return bench;
    }

    public Task EnrolAsync(BoardWithRelay board, CancellationToken ct)
    {
        var (said, signature) = board.Enrolment();
        return _enroller.EnrolAsync(Ledger.Address, said, signature, ct);
    }

    /// <summary>What the ledger would make of a reading at the board's time.</summary>
    public async Task<SkipReason> ReasonAsync(
        BoardWithRelay board, byte[] signed, CancellationToken ct)
    {
        await MoveToAsync(board, ct);
        return (await Ledger.TryReadingsAsync([(board.Meter, signed)], ct))[0].Trial.Reason;
    }

    /// <summary>Submits a reading that counts.</summary>
    /// <returns>Coins minted for the meter in all.</returns>
    public async Task<ulong> RecordAsync(
        BoardWithRelay board, byte[] signed, CancellationToken ct)
    {
        Assert.Equal(SkipReason.None, await ReasonAsync(board, signed, ct));
        await SendAsync(LedgerCalls.Record(signed), ct);
        return await Ledger.MintedOfAsync(board.Meter, ct);
    }

    public Task ProveCloneAsync(byte[] first, byte[] second, CancellationToken ct) =>
        SendAsync(DirectoryCalls.ProveClone(first, second), ct);

    public async Task<EnrolledState> StateAsync(BoardWithRelay board, CancellationToken ct) =>
        (await new DirectoryContract(_node, Ledger.Address).MeterAsync(board.Meter, ct)).State;

    public async ValueTask DisposeAsync()
    {
        _node.Dispose();
        await _local.DisposeAsync();
    }

    private async Task SendAsync(byte[] calldata, CancellationToken ct)
    {
        var hash = await _wallet.SendAsync(Ledger.Address, calldata, ct);
        Assert.True((await _wallet.ConfirmedAsync(hash, ct)).Succeeded);
    }

    // The chain's clock follows the board's.
    private async Task MoveToAsync(BoardWithRelay board, CancellationToken ct)
    {
        var now = (ulong)board.Now.ToUnixTimeSeconds();
        if ((await _node.LatestBlockAsync(ct)).Timestamp < now)
        {
            await _node.InvokeAsync("evm_mine", ct, Hex.Of((UInt128)now));
        }
    }
}
