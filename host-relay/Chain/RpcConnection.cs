using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Helios.Chain;

/// <summary>
/// JSON-RPC 2.0 over HTTP. Every call has the same time limit; nothing is tried twice here,
/// because only the caller knows what may be repeated.
/// </summary>
public sealed class RpcConnection : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeLimit;
    private long _lastId;

    /// <param name="url">http or https address of the node.</param>
    /// <param name="timeLimit">Longest wait for one answer.</param>
    public RpcConnection(Uri url, TimeSpan timeLimit)
    {
        Url = url;
        _timeLimit = timeLimit;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = timeLimit })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Address of the node.</summary>
    public Uri Url { get; }

    /// <summary>One call; the element is the answer's result.</summary>
    /// <exception cref="NodeUnreachableException">No usable answer in time.</exception>
    /// <exception cref="NodeRefusedException">The node answered with an error.</exception>
    public async Task<JsonElement> InvokeAsync(RpcRequest request, CancellationToken ct)
    {
        var answer = await PostAsync(Envelope(request), request.Method, ct);
        return Read(request.Method, () => ResultOf(answer, request.Method));
    }

    /// <summary>
    /// What <paramref name="read"/> makes of an answer to a method. JSON of another shape than a
    /// node's is no answer.
    /// </summary>
    /// <exception cref="NodeUnreachableException">The answer has another shape.</exception>
    public T Read<T>(string method, Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException
            or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw NotANode(method, failure);
        }
    }

    /// <summary>
    /// Many calls in one HTTP request, answered in the order asked; each may be refused by itself.
    /// </summary>
    public async Task<(JsonElement Result, NodeRefusedException? Refusal)[]> InvokeManyAsync(
        IReadOnlyList<RpcRequest> requests, CancellationToken ct)
    {
        if (requests.Count == 0)
        {
            return [];
        }

        var envelopes = requests.Select(Envelope).ToArray();
        var answer = await PostAsync(envelopes, requests[0].Method, ct);
        return Read(requests[0].Method, () => AnswersOf(answer, requests, envelopes));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private (JsonElement Result, NodeRefusedException? Refusal)[] AnswersOf(
        JsonElement answer, IReadOnlyList<RpcRequest> requests, RpcEnvelope[] envelopes)
    {
        if (answer.ValueKind != JsonValueKind.Array || answer.GetArrayLength() != requests.Count)
        {
            // A node that refuses batches answers with one error object.
            _ = answer.ValueKind == JsonValueKind.Object
                ? ResultOf(answer, requests[0].Method)
                : default;
            throw NotANode(requests[0].Method);
        }

        var byId = answer.EnumerateArray().ToDictionary(
            one => one.TryGetProperty("id", out var id)
                && id.TryGetInt64(out var number)
                    ? number
                    : -1);
        return [.. envelopes.Select((envelope, index) => byId.TryGetValue(envelope.Id, out var one)
            ? AnswerOf(one, requests[index].Method)
            : throw NotANode(requests[index].Method))];
    }

    private RpcEnvelope Envelope(RpcRequest request) => new(
        "2.0", Interlocked.Increment(ref _lastId), request.Method, request.Arguments);

    private async Task<JsonElement> PostAsync(object body, string method, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_timeLimit);
        try
        {
            using var response = await _http.PostAsJsonAsync(Url, body, Json, limit.Token);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Json, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new NodeUnreachableException(
                $"The node at {Url} gave no answer to {method} within "
                + $"{_timeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
                "use a faster node or raise rpcTimeoutMs");
        }
        catch (HttpRequestException failure)
        {
            throw new NodeUnreachableException(
                $"The node at {Url} cannot be reached ({failure.Message.TrimEnd('.')})",
                "start it or correct rpcUrl",
                failure);
        }
        catch (Exception failure)
            when (failure is JsonException or NotSupportedException or IOException)
        {
            throw NotANode(method, failure);
        }
    }

    private (JsonElement Result, NodeRefusedException? Refusal) AnswerOf(
        JsonElement answer, string method)
    {
        try
        {
            return (ResultOf(answer, method), null);
        }
        catch (NodeRefusedException refusal)
        {
            return (default, refusal);
        }
    }

    private JsonElement ResultOf(JsonElement answer, string method)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            throw NotANode(method);
        }

        if (answer.TryGetProperty("error", out var error)
            && error.ValueKind == JsonValueKind.Object)
        {
            throw RefusalOf(error, method);
        }

        return answer.TryGetProperty("result", out var result) ? result : throw NotANode(method);
    }

    private static NodeRefusedException RefusalOf(JsonElement error, string method)
    {
        var code = error.TryGetProperty("code", out var number)
            && number.TryGetInt32(out var parsed)
            ? parsed
            : 0;
        var reason = error.TryGetProperty("message", out var text)
            ? text.ToString()
            : "no reason given";
        var revert = error.TryGetProperty("data", out var data)
            && data.ValueKind == JsonValueKind.String
            && Hex.TryParse(data.GetString(), out var bytes)
                ? bytes
                : [];
        return new NodeRefusedException(method, code, reason, revert);
    }

    private NodeUnreachableException NotANode(string method, Exception? inner = null) => new(
        $"{Url} answers {method}, but not as an Ethereum node does", "correct rpcUrl", inner);

    private sealed record RpcEnvelope(string Jsonrpc, long Id, string Method, object?[] Params);
}
