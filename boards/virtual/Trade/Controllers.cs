using System.Security.Cryptography;
using Helios.Chain;
using Helios.Control;
using Helios.LocalChain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// The controllers of a neighbourhood: processes of their own but for the computer, each with its
/// key and its database. Two of the three move a load switch.
/// </summary>
public sealed class Controllers : IAsyncDisposable
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>How many must agree.</summary>
    public const int Threshold = 2;

    // Anvil calls no block final; one on top is enough where nobody reorganises.
    private const uint Confirmations = 1;

    // For what is redeemed by hand, since the neighbourhood asks for its own looks.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly List<ControlProcess> _processes = [];

    private Controllers(IReadOnlyList<Address> addresses)
    {
        Addresses = addresses;
    }

    /// <summary>Whose orders count, ascending.</summary>
    public IReadOnlyList<Address> Addresses { get; }

    /// <summary>Ends when one of them fails.</summary>
    public IEnumerable<Task> Completions => _processes.Select(process => process.Completion);

    /// <summary>Starts them.</summary>
    /// <param name="rpc">The local node.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="brokerPort">TCP port of the broker on this computer.</param>
    /// <param name="folder">Where their databases go.</param>
    /// <param name="ct">Ends the start.</param>
    public static async Task<Controllers> StartAsync(
        Uri rpc, Address ledger, int brokerPort, string folder, CancellationToken ct)
    {
        SenderKey[] keys = [.. Enumerable.Range(0, Count)
            .Select(_ => new SenderKey(RandomNumberGenerator.GetBytes(32)))
            .OrderBy(key => key.Address)];
        var controllers = new Controllers([.. keys.Select(key => key.Address)]);
        try
        {
            foreach (var key in keys)
            {
                controllers._processes.Add(await ControlProcess.StartAsync(
                    new ControlOptions
                    {
                        RpcUrls = [rpc],
                        ChainId = LocalNode.ChainId,
                        Ledger = ledger,
                        Key = key,
                        Confirmations = Confirmations,
                        DatabasePath = Path.Combine(folder, $"control-{key.Address}.db"),
                        BrokerUrl = new Uri($"mqtt://127.0.0.1:{brokerPort}"),
                        PollInterval = PollInterval,
                    },
                    ct));
            }

            return controllers;
        }
        catch
        {
            await controllers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each looks at the chain once and publishes what it signs.</summary>
    public Task PassAsync(CancellationToken ct) =>
        Task.WhenAll(_processes.Select(process => process.PassAsync(ct)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
