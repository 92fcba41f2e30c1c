using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace Helios.Relay;

/// <summary>
/// Listens for the relay's own broker, in place of MQTTnet's listener, which limits neither a
/// packet's length nor the time of a TLS handshake.
/// </summary>
internal sealed class BrokerListener : IMqttServerAdapter
{
    // Connections that are being let in, above those that may be.
    private const int WaitingMax = 1_000;

    // Of a packet to a client, which begins with the one and goes back to the other.
    private const int WriterLength = 1_024;
    private const int WriterLengthMax = 4_096;

    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener;
    private readonly EmbeddedBrokerOptions _options;
    private readonly CancellationTokenSource _end = new();
    private int _open;

    /// <param name="options">Where to listen, and whom to let in.</param>
    public BrokerListener(EmbeddedBrokerOptions options)
    {
        _options = options;
        _listener = new TcpListener(options.Address, options.Port);
    }

    /// <summary>A handshake, and then a CONNECT, may take so long: a board needs seconds.</summary>
    public static TimeSpan ConnectLimit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Where it listens, with the real port once it does.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <inheritdoc/>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _listener.Start();
        _ = AcceptAsync(logger);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync(IMqttNetLogger logger)
    {
        var ct = _end.Token;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(ct);
                _ = Task.Run(() => ServeAsync(socket, logger, ct), CancellationToken.None);
            }
            catch (Exception failure) when (failure is SocketException
                or OperationCanceledException or ObjectDisposedException)
            {
                // The end, a client that is gone again, or no file left for another connection.
                await Task.Delay(RestAfterFailure, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket socket, IMqttNetLogger logger, CancellationToken ct)
    {
        using var held = socket;
        try
        {
            if (Interlocked.Increment(ref _open) > _options.Limits.ConnectionsMax + WaitingMax
                || ClientHandler is not { } handle)
            {
                return;
            }

            socket.NoDelay = true;
            await using var stream = await OpenAsync(socket, ct);
            using var channel = new PacketLimit(new MqttTcpChannel(
                stream,
                socket.LocalEndPoint,
                socket.RemoteEndPoint,
                (stream as SslStream)?.RemoteCertificate as X509Certificate2));
            using var adapter = new MqttChannelAdapter(
                channel,
                new MqttPacketFormatterAdapter(
                    new MqttBufferWriter(WriterLength, WriterLengthMax)),
                logger);
            await handle(adapter);
        }
        catch (Exception failure) when (failure is SocketException or IOException
            or AuthenticationException or OperationCanceledException or ObjectDisposedException
            or MqttCommunicationException)
        {
            // Gone, too slow, or without a certificate that we trust: the connection's end.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken ct)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (_options.Security is not { } security)
        {
            return stream;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ConnectLimit);
        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = security.Certificate,
                    ClientCertificateRequired = security.ClientAuthorities.Count > 0,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
                            ? security.Passwords.Count > 0
                            : security.NameIn(certificate) is not null,
                },
                limit.Token);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
