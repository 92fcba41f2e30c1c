using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Helios.Tests.HostRelay.Chain;

/// <summary>
/// Stands between relay and node. A handler sees each request and answers it, passes it on,
/// changes the answer, keeps silent, or (with null) closes the connection. An answer that begins
/// with <see cref="HalfClosed"/> is cut in its middle, and only the sending side is closed.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    public const string HalfClosed = "half-closed:";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _node = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _target;
    private readonly Task _accepting;

    public FaultProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public delegate Task<string?> Handler(string request, Func<Task<string>> forward);

    public Uri Url { get; }

    /// <summary>What happens to a request; passed on by default.</summary>
    public Handler OnRequest { get; set; } = static async (_, forward) => await forward();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _node.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadBodyAsync(stream);
                var answer = await OnRequest(request, () => ForwardAsync(request));
                if (answer?.StartsWith(HalfClosed, StringComparison.Ordinal) == true)
                {
                    await CutAsync(client, answer[HalfClosed.Length..]);
                }
                else if (answer is not null)
                {
                    await stream.WriteAsync(
                        Encoding.UTF8.GetBytes(HeadOf(answer) + answer), _end.Token);
                }
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException
                or HttpRequestException or ObjectDisposedException)
            {
                // One end went away, as the test wants it.
            }
        }
    }

    // Keeps the other direction open until the other end gives up.
    private async Task CutAsync(TcpClient client, string answer)
    {
        var stream = client.GetStream();
        var half = HeadOf(answer) + answer[..(answer.Length / 2)];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(half), _end.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(new byte[256], _end.Token) > 0)
        {
            // Nothing more is expected.
        }
    }

    private static string HeadOf(string answer) =>
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(answer)}\r\n\r\n";

    private async Task<string> ForwardAsync(string request)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await _node.PostAsync(_target, content, _end.Token);
        return await response.Content.ReadAsStringAsync(_end.Token);
    }

    private async Task<string> ReadBodyAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[65_536];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                throw new IOException("The request ended early.");
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            if (BodyOf(text.ToString()) is { } body)
            {
                return body;
            }
        }
    }

    // Requests are ASCII and come with a length or in chunks.
    private static string? BodyOf(string request)
    {
        var start = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var body = request[(start + 4)..];
        const string Length = "Content-Length: ";
        var at = request.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && at < start)
        {
            var end = request.IndexOf('\r', at);
            var expected = int.Parse(
                request[(at + Length.Length)..end], CultureInfo.InvariantCulture);
            return body.Length >= expected ? body[..expected] : null;
        }

        return body.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) ? Unchunked(body) : null;
    }

    private static string Unchunked(string body)
    {
        var text = new StringBuilder();
        for (var at = 0; ;)
        {
            var end = body.IndexOf('\r', at);
            var length = int.Parse(
                body[at..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return text.ToString();
            }

            text.Append(body, end + 2, length);
            at = end + 2 + length + 2;
        }
    }
}
