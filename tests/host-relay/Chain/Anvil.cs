using System.Diagnostics;
using System.IO.Compression;
using Helios.Chain;

namespace Helios.Tests.HostRelay.Chain;

/// <summary>A local node on a free port, ended with the test.</summary>
internal sealed class Anvil : IAsyncDisposable
{
    /// <summary>The first account of anvil's published mnemonic; it holds 10,000 ether.</summary>
    public static readonly SenderKey Rich = KeyOf(
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    /// <summary>The third one: a second copy's sender.</summary>
    public static readonly SenderKey Rich2 = KeyOf(
        "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a");

    private readonly string[] _more;
    private Process _process;

    private Anvil(Process process, Uri url, string[] more)
    {
        (_process, _more) = (process, more);
        Url = url;
        Node = new ChainNode(url, TimeSpan.FromSeconds(20));
    }

    public Uri Url { get; }

    public ChainNode Node { get; }

    public static SenderKey KeyOf(string hex) => new(Hex.Parse(hex));

    public static async Task<Anvil> StartAsync(params string[] more)
    {
        var (process, url) = await LaunchAsync(0, more);
        return new Anvil(process, url, more);
    }

    /// <summary>
    /// Writes the chain into a file for --load-state; the caller sees to it that no block is made
    /// meanwhile. anvil reads blocks first and accounts later, here as in what --state-interval
    /// writes: with a block between the two, it would come back with a sender's nonce and without
    /// the transaction.
    /// </summary>
    public async Task SaveAsync(string file, CancellationToken ct)
    {
        var dump = (await Node.InvokeAsync("anvil_dumpState", ct)).GetString()!;
        var fresh = file + ".new";
        await using (var json = File.Create(fresh))
        await using (var unzipped = new GZipStream(
            new MemoryStream(Hex.Parse(dump)), CompressionMode.Decompress))
        {
            await unzipped.CopyToAsync(json, ct);
        }

        File.Move(fresh, file, overwrite: true);
    }

    /// <summary>SIGKILL: what was not saved is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>
    /// Starts it again after a kill, on the same port and with the same options and more.
    /// </summary>
    public async Task StartAgainAsync(params string[] more)
    {
        _process.Dispose();
        (_process, _) = await LaunchAsync(Url.Port, [.. _more, .. more]);
    }

    public async ValueTask DisposeAsync()
    {
        Node.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(Process Process, Uri Url)> LaunchAsync(int port, string[] more)
    {
        string[] arguments =
        [
            "--port", $"{port}", "--host", "127.0.0.1", "--prune-history", "64",
            "--enable-tx-gas-limit", .. more,
        ];
        var process = Process.Start(new ProcessStartInfo(Tool.PathOf("anvil"), arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        const string Announcement = "Listening on ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                // Read on, or anvil stops where the pipe is full.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return (process, new Uri($"http://{line[Announcement.Length..].Trim()}"));
            }
        }

        throw new InvalidOperationException("anvil ended before it listened.");
    }
}
