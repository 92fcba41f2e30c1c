using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Helios.Chain;
using Helios.Tests.HostRelay.Chain;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// What the chain says of meters and senders, asked by means of its own: plain JSON-RPC, with
/// selectors from cast. Nothing here is code of the relay.
/// </summary>
internal sealed class ChainBooks(Uri node, Address ledger) : IDisposable
{
    private static readonly string MintedOf = Tool.Cast("sig", "mintedOf(address)");

    private readonly HttpClient _http = new();

    /// <summary>Whole coins minted for a meter.</summary>
    public async Task<ulong> MintedOfAsync(Address meter)
    {
        var call = new
        {
            to = ledger.ToString(),
            data = MintedOf + new string('0', 24) + meter.ToTopicLevel(),
        };
        return await AskAsync("eth_call", call, "latest");
    }

    /// <summary>Transactions of a sender that blocks contain.</summary>
    public Task<ulong> TransactionsOfAsync(Address sender) =>
        AskAsync("eth_getTransactionCount", sender.ToString(), "latest");

    /// <summary>Whether a block contains a transaction.</summary>
    public async Task<bool> ContainsAsync(byte[] transaction) =>
        (await ResultAsync("eth_getTransactionReceipt", Hex.Of(transaction))).ValueKind
            != JsonValueKind.Null;

    public void Dispose() => _http.Dispose();

    private async Task<ulong> AskAsync(string method, params object[] arguments) => ulong.Parse(
        (await ResultAsync(method, arguments)).GetString()!.AsSpan(2),
        NumberStyles.HexNumber,
        CultureInfo.InvariantCulture);

    private async Task<JsonElement> ResultAsync(string method, params object[] arguments)
    {
        var request = new { jsonrpc = "2.0", id = 1, method, @params = arguments };
        using var response = await _http.PostAsJsonAsync(node, request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("result");
    }
}
