using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Helios.Relay;

/// <summary>
/// A connection that ends at the first packet which says that it is too long. MQTTnet makes room
/// for a whole packet, of up to 256 MiB, as soon as it has read its length, and before it knows
/// who sends it.
/// </summary>
internal sealed class PacketLimit(IMqttChannel channel) : IMqttChannel
{
    /// <summary>
    /// Bytes of a packet without its first 5. The longest message that Helios knows, a set of seven
    /// controllers, has 590; this leaves room to subscribe to a few hundred topics at once.
    /// </summary>
    public const int LengthMax = 16_384;

    // Where the next byte that is read belongs: a packet begins with its kind, then come 1 to 4
    // bytes of length, 7 bits each, the lowest first, and then so many bytes.
    private bool _isInLength;
    private int _length;
    private int _lengthShift;
    private int _bytesLeft;

    /// <inheritdoc/>
    public X509Certificate2 ClientCertificate => channel.ClientCertificate;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint => channel.RemoteEndPoint;

    /// <inheritdoc/>
    public EndPoint LocalEndPoint => channel.LocalEndPoint;

    /// <inheritdoc/>
    public bool IsSecureConnection => channel.IsSecureConnection;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) =>
        channel.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) =>
        channel.DisconnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await channel.ReadAsync(buffer, offset, count, cancellationToken);
        Follow(buffer.AsSpan(offset, read));
        return read;
    }

    /// <inheritdoc/>
    public Task WriteAsync(
        ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        channel.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var taken = Math.Min(_bytesLeft, bytes.Length);
            _bytesLeft -= taken;
            bytes = bytes[taken..];
            if (bytes.Length > 0)
            {
                FollowHeader(bytes[0]);
                bytes = bytes[1..];
            }
        }
    }

    private void FollowHeader(byte next)
    {
        if (!_isInLength)
        {
            (_isInLength, _length, _lengthShift) = (true, 0, 0);
            return;
        }

        _length |= (next & 0x7f) << _lengthShift;
        _lengthShift += 7;
        if (_length > LengthMax)
        {
            throw new MqttProtocolViolationException(
                $"A packet has more than {LengthMax} bytes.");
        }

        if (next < 0x80)
        {
            (_isInLength, _bytesLeft) = (false, _length);
        }
    }
}
