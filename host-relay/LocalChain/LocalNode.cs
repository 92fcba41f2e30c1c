using System.ComponentModel;
using System.Diagnostics;
using Helios.Chain;

namespace Helios.LocalChain;

/// <summary>
/// An Ethereum node of this computer's own: anvil, on a free port, with the gas limit of a real
/// chain's transactions. It ends with this object and keeps nothing.
/// </summary>
public sealed class LocalNode : IAsyncDisposable
{
    /// <summary>The chain id of the local chain: the one that anvil and Hardhat share.</summary>
    public const ulong ChainId = 31337;

    private const string Ready = "Listening on ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private LocalNode(Process process, Uri rpc)
    {
        _process = process;
        Rpc = rpc;
    }

    /// <summary>Where the node answers JSON-RPC.</summary>
    public Uri Rpc { get; }

    /// <summary>Starts anvil and waits until it listens.</summary>
    /// <param name="startsAt">Time of the first block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="BadInputException">anvil is missing or does not start.</exception>
    public static async Task<LocalNode> StartAsync(
        DateTimeOffset startsAt, CancellationToken cancellation)
    {
        var process = Launch(startsAt);
        try
        {
            var rpc = await ReadAddressAsync(process).WaitAsync(StartTimeout, cancellation);

            // anvil blocks when nobody reads what it prints, every request included.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            using var node = new ChainNode(rpc, StartTimeout);
            await node.InvokeAsync("anvil_setLoggingEnabled", cancellation, false);
            return new LocalNode(process, rpc);
        }
        catch (TimeoutException)
        {
            await EndAsync(process);
            throw new BadInputException(
                $"anvil did not listen within {StartTimeout.TotalSeconds:0} s; run "
                + "`anvil --port 0` by hand to see why.");
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>Ends anvil.</summary>
    public ValueTask DisposeAsync() => EndAsync(_process);

    private static Process Launch(DateTimeOffset startsAt)
    {
        var start = new ProcessStartInfo(ProjectFolder.Tool("anvil"))
        {
            ArgumentList =
            {
                "--host", "127.0.0.1",
                "--port", "0",
                "--chain-id", $"{ChainId}",
                "--timestamp", $"{startsAt.ToUnixTimeSeconds()}",
                "--prune-history", "64", // else old states fill the home folder
                "--enable-tx-gas-limit",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new BadInputException(
                "anvil was not found; install Foundry 1.7 or name its program in HELIOS_ANVIL.");
        }
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return new Uri("http://" + line[Ready.Length..].Trim());
            }
        }

        var reason = (await process.StandardError.ReadToEndAsync()).Trim();
        throw new BadInputException($"anvil ended before it listened: {reason}");
    }

    private static async ValueTask EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
