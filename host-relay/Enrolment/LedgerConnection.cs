using Helios.Chain;
using Helios.Relay;

namespace Helios.Enrolling;

/// <summary>A node that is known to have the ledger that was meant.</summary>
internal sealed class LedgerConnection : IDisposable
{
    private readonly LedgerOptions _options;

    private LedgerConnection(LedgerOptions options)
    {
        _options = options;
        Node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        Directory = new DirectoryContract(Node, options.Ledger);
    }

    /// <summary>The node.</summary>
    public ChainNode Node { get; }

    /// <summary>What the ledger knows of meters and enrollers.</summary>
    public DirectoryContract Directory { get; }

    /// <exception cref="StartRefusedException">Node, chain or ledger are others.</exception>
    public static async Task<LedgerConnection> OpenAsync(
        LedgerOptions options, CancellationToken ct)
    {
        var connection = new LedgerConnection(options);
        try
        {
            await DeploymentCheck.RunAsync(
                connection.Node,
                new LedgerContract(connection.Node, options.Ledger),
                options.ChainId,
                ct);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// What a meter returned beyond all that was redeemed for it, Wh: whoever owns it pays that
    /// back before energy flows.
    /// </summary>
    public async Task<ulong> ReturnedAheadWhOfAsync(Address meter, CancellationToken ct)
    {
        var ledger = new LedgerContract(Node, _options.Ledger);
        var redemptions = new RedemptionsContract(
            Node, await ledger.RedemptionsAsync(ct), _options.Ledger);
        return await redemptions.ReturnedAheadWhOfAsync(
            meter, await Node.LatestBlockAsync(ct), ct);
    }

    /// <summary>Sends a transaction, and waits until a block contains it.</summary>
    /// <param name="key">Signs and pays.</param>
    /// <param name="calldata">Of one of the ledger's functions.</param>
    /// <param name="output">Told the transaction's hash.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The block's number.</returns>
    /// <exception cref="BadInputException">
    /// The ledger refuses, with its reason in words: nothing is sent then. Or it reverted.
    /// </exception>
    public async Task<ulong> SendAsync(
        SenderKey key, byte[] calldata, TextWriter output, CancellationToken ct)
    {
        var wallet = new Wallet(Node, _options.ChainId, key);
        var hash = await RefusingAsync(
            calldata, () => wallet.SendAsync(_options.Ledger, calldata, ct));
        output.WriteLine($"Sent transaction {Hex.Of(hash)}.");
        var receipt = await wallet.ConfirmedAsync(hash, ct);
        return receipt.Succeeded
            ? receipt.BlockNumber
            : throw new BadInputException(
                $"The transaction reverted in block {receipt.BlockNumber}, something changed "
                    + "meanwhile: run the command again, and it says what.");
    }

    /// <summary>Asks the ledger what it would say; costs nothing and changes nothing.</summary>
    /// <exception cref="BadInputException">It refuses, with its reason in words.</exception>
    public Task TryAsync(Address caller, byte[] calldata, CancellationToken ct) => RefusingAsync(
        calldata, () => Node.EstimateGasAsync(caller, _options.Ledger, calldata, ct));

    /// <inheritdoc/>
    public void Dispose() => Node.Dispose();

    private static async Task<T> RefusingAsync<T>(byte[] calldata, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NodeRefusedException refusal)
            when (LedgerRefusals.ToSentence(refusal.Revert.Span, calldata) is { } sentence)
        {
            throw new BadInputException(sentence, refusal);
        }
    }
}
