using System.Text.Json;

namespace Helios.Chain;

/// <summary>
/// The few things that Helios asks of an Ethereum node. Every method throws
/// <see cref="NodeUnreachableException"/> without an answer and, unless it says otherwise,
/// <see cref="NodeRefusedException"/> on an error.
/// </summary>
public sealed class ChainNode : IDisposable
{
    private const string Newest = "latest";

    private readonly RpcConnection _rpc;

    /// <param name="url">http or https address of the node.</param>
    /// <param name="timeLimit">Longest wait for one answer.</param>
    public ChainNode(Uri url, TimeSpan timeLimit)
    {
        _rpc = new RpcConnection(url, timeLimit);
    }

    /// <summary>Address of the node.</summary>
    public Uri Url => _rpc.Url;

    /// <summary>
    /// Any JSON-RPC method, for what has no method of its own here (evm_mine, anvil_...).
    /// </summary>
    public Task<JsonElement> InvokeAsync(
        string method, CancellationToken ct, params object?[] arguments) =>
        _rpc.InvokeAsync(new RpcRequest(method, arguments), ct);

    /// <summary>Id of the chain that the node is on.</summary>
    public async Task<ulong> ChainIdAsync(CancellationToken ct) =>
        (ulong)await AskAsync(Quantity, "eth_chainId", ct);

    /// <summary>The newest block.</summary>
    public Task<Block> LatestBlockAsync(CancellationToken ct) => BlockAsync("latest", ct);

    /// <param name="tag">latest, safe, finalized, or 0x and a number.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<Block> BlockAsync(string tag, CancellationToken ct) =>
        AskAsync(RpcAnswer.ToBlock, "eth_getBlockByNumber", ct, tag, false);

    /// <summary>
    /// The newest block that cannot be undone, or null where the node calls none so: chains of
    /// one's own often do not.
    /// </summary>
    public async Task<Block?> FinalBlockAsync(CancellationToken ct)
    {
        try
        {
            return await AskAsync(
                static answer => answer.ValueKind == JsonValueKind.Null
                    ? null : RpcAnswer.ToBlock(answer),
                "eth_getBlockByNumber", ct, "finalized", false);
        }
        catch (NodeRefusedException)
        {
            return null;
        }
    }

    /// <summary>Many blocks in one request, in the order asked.</summary>
    public async Task<Block[]> BlocksAsync(IReadOnlyList<ulong> numbers, CancellationToken ct)
    {
        const string Method = "eth_getBlockByNumber";
        var answers = await _rpc.InvokeManyAsync(
            [.. numbers.Select(one => new RpcRequest(Method, Hex.Of((UInt128)one), false))], ct);
        return _rpc.Read(Method, () => Array.ConvertAll(answers, static answer =>
            answer.Refusal is null ? RpcAnswer.ToBlock(answer.Result) : throw answer.Refusal));
    }

    /// <summary>Wei that an account holds.</summary>
    public Task<UInt128> BalanceWeiAsync(Address account, CancellationToken ct) =>
        AskAsync(Quantity, "eth_getBalance", ct, account.ToString(), "latest");

    /// <summary>
    /// Transactions of an account that blocks contain: the nonce of its next one.
    /// </summary>
    public async Task<ulong> TransactionCountAsync(Address account, CancellationToken ct) =>
        (ulong)await AskAsync(
            Quantity, "eth_getTransactionCount", ct, account.ToString(), "latest");

    /// <summary>The same up to a block, which must still be part of the chain.</summary>
    /// <exception cref="NodeRefusedException">It is not any more.</exception>
    public async Task<ulong> TransactionCountAsync(
        Address account, Block at, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(at);
        return (ulong)await AskAsync(
            Quantity, "eth_getTransactionCount", ct, account.ToString(), ByHash(at));
    }

    /// <summary>The same with those that the node holds and no block contains yet.</summary>
    public async Task<ulong> NextNonceAsync(Address account, CancellationToken ct) =>
        (ulong)await AskAsync(
            Quantity, "eth_getTransactionCount", ct, account.ToString(), "pending");

    /// <summary>Whether a contract stands at an address.</summary>
    public async Task<bool> HasCodeAsync(Address contract, CancellationToken ct) =>
        (await AskAsync(Bytes, "eth_getCode", ct, contract.ToString(), "latest")).Length > 0;

    /// <summary>A view: what a call would return in the newest block.</summary>
    public Task<byte[]> CallAsync(Address to, byte[] calldata, CancellationToken ct)
    {
        var view = ViewOf(to, calldata, Newest);
        return AskAsync(Bytes, view.Method, ct, view.Arguments);
    }

    /// <summary>
    /// Many views in one request, in the order asked; each may be refused by itself.
    /// </summary>
    public Task<ViewAnswer[]> CallManyAsync(
        IReadOnlyList<(Address To, byte[] Calldata)> views, CancellationToken ct) =>
        CallManyAsync(views, null, ct);

    /// <summary>
    /// The same as of one block, which is named by its hash: a node that has another block at that
    /// height refuses (EIP-1898). Null is the newest block.
    /// </summary>
    public async Task<ViewAnswer[]> CallManyAsync(
        IReadOnlyList<(Address To, byte[] Calldata)> views, Block? at, CancellationToken ct)
    {
        var block = at is null ? Newest : ByHash(at);
        var answers = await _rpc.InvokeManyAsync(
            [.. views.Select(view => ViewOf(view.To, view.Calldata, block))], ct);
        return _rpc.Read("eth_call", () => Array.ConvertAll(
            answers, static answer => new ViewAnswer(
                answer.Refusal is null ? Bytes(answer.Result) : null, answer.Refusal)));
    }

    /// <summary>
    /// What a contract emitted under one first topic, from one block to another, both included.
    /// </summary>
    public Task<IReadOnlyList<LogEntry>> LogsAsync(
        Address emitter, byte[] topic, ulong fromBlock, ulong toBlock, CancellationToken ct) =>
        LogsAsync(emitter, [topic], fromBlock, toBlock, ct);

    /// <summary>The same under several topics.</summary>
    /// <param name="emitter">The contract.</param>
    /// <param name="topics">In the order of the event; null: any.</param>
    /// <param name="fromBlock">The first block.</param>
    /// <param name="toBlock">The last one.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<IReadOnlyList<LogEntry>> LogsAsync(
        Address emitter,
        IReadOnlyList<byte[]?> topics,
        ulong fromBlock,
        ulong toBlock,
        CancellationToken ct) =>
        AskAsync(
            RpcAnswer.ToLogs,
            "eth_getLogs",
            ct,
            new
            {
                address = emitter.ToString(),
                topics = topics.Select(static one => one is null ? null : Hex.Of(one)),
                fromBlock = Hex.Of((UInt128)fromBlock),
                toBlock = Hex.Of((UInt128)toBlock),
            });

    /// <summary>
    /// Gas that a transaction would use; a revert throws with the contract's error.
    /// </summary>
    public Task<ulong> EstimateGasAsync(
        Address from, Address to, byte[] calldata, CancellationToken ct) =>
        EstimateGasAsync(from, to, calldata, UInt128.Zero, ct);

    /// <summary>The same of a transaction with so much wei.</summary>
    /// <inheritdoc cref="EstimateGasAsync(Address, Address, byte[], CancellationToken)"/>
    public async Task<ulong> EstimateGasAsync(
        Address from, Address to, byte[] calldata, UInt128 valueWei, CancellationToken ct)
    {
        var transaction = new
        {
            from = from.ToString(),
            to = to.ToString(),
            data = Hex.Of(calldata),
            value = Hex.Of(valueWei),
        };
        return (ulong)await AskAsync(Quantity, "eth_estimateGas", ct, transaction);
    }

    /// <summary>
    /// Runs a call as a transaction with so much gas would be run in the newest block, and keeps
    /// nothing of it; a revert or too little gas throws.
    /// </summary>
    public Task<byte[]> RunAsync(
        Address from, Address to, byte[] calldata, ulong gas, CancellationToken ct)
    {
        var transaction = new
        {
            from = from.ToString(),
            to = to.ToString(),
            gas = Hex.Of((UInt128)gas),
            data = Hex.Of(calldata),
        };
        return AskAsync(Bytes, "eth_call", ct, transaction, Newest);
    }

    /// <summary>
    /// Hands a signed transaction to the node. Safe to repeat: the same bytes are the same
    /// transaction. The node's refusals are results.
    /// </summary>
    public async Task<(BroadcastResult Result, string Reason)> BroadcastAsync(
        byte[] raw, CancellationToken ct)
    {
        try
        {
            await InvokeAsync("eth_sendRawTransaction", ct, Hex.Of(raw));
            return (BroadcastResult.InPool, "");
        }
        catch (NodeRefusedException refusal)
        {
            return (RpcAnswer.ToBroadcastResult(refusal.Reason), refusal.Reason);
        }
    }

    /// <summary>The receipt of a transaction, or null while no block contains it.</summary>
    public Task<Receipt?> ReceiptAsync(byte[] hash, CancellationToken ct) => AskAsync(
        static answer => answer.ValueKind == JsonValueKind.Null
            ? null : RpcAnswer.ToReceipt(answer),
        "eth_getTransactionReceipt", ct, Hex.Of(hash));

    /// <inheritdoc/>
    public void Dispose() => _rpc.Dispose();

    private static RpcRequest ViewOf(Address to, byte[] calldata, object at) => new(
        "eth_call", new { to = to.ToString(), data = Hex.Of(calldata) }, at);

    private async Task<T> AskAsync<T>(
        Func<JsonElement, T> read, string method, CancellationToken ct, params object?[] arguments)
    {
        var answer = await InvokeAsync(method, ct, arguments);
        return _rpc.Read(method, () => read(answer));
    }

    private static object ByHash(Block at) =>
        new { blockHash = at.Hash, requireCanonical = true };

    private static UInt128 Quantity(JsonElement answer) =>
        Hex.ParseQuantity(RpcAnswer.TextOf(answer));

    private static byte[] Bytes(JsonElement answer) => Hex.Parse(RpcAnswer.TextOf(answer));
}
