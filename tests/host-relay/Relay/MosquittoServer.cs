using System.Diagnostics;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A Mosquitto of the test's own on a free port; it keeps nothing over a restart. Where it is not
/// installed the tests that want it are skipped and say so.
/// </summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private const string Debian = "/usr/sbin/mosquitto";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("helios-mosquitto-");
    private Process? _process;

    public int Port { get; } = PlainBroker.FreePort();

    public Uri Url => new($"mqtt://127.0.0.1:{Port}");

    private string Configuration => Path.Combine(_folder.FullName, "mosquitto.conf");

    public static async Task<MosquittoServer> StartAsync()
    {
        Assert.SkipUnless(
            File.Exists(Debian), "Mosquitto is not installed: apt-get install mosquitto.");
        var server = new MosquittoServer();
        await File.WriteAllTextAsync(
            server.Configuration,
            $"""
            listener {server.Port} 127.0.0.1
            allow_anonymous true
            persistence false
            max_queued_messages 10000
            """);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it on the same port, and waits until it listens.</summary>
    public async Task StartAgainAsync()
    {
        _process?.Dispose();
        _process = Process.Start(new ProcessStartInfo(Debian, ["-c", Configuration])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        while (!_process.HasExited)
        {
            try
            {
                using var probe = new System.Net.Sockets.TcpClient();
                await probe.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(10);
            }
        }

        throw new InvalidOperationException("Mosquitto ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }
}
