using System;
using System.Net;
using System.Net.Sockets;

namespace Helios.Device
{
    /// <summary>
    /// SNTP by itself, over a socket. The platform's own client is not used: it tells nobody when
    /// an answer came, it checks nothing of it, and it keeps a pointer into the managed heap for
    /// a server's name (lwIP's sntp_setservername copies nothing), which is configuration here.
    /// What that client sets by itself from its built-in servers, this firmware does not look at.
    /// </summary>
    public sealed class SntpTime : ITimeSource, IDisposable
    {
        /// <summary>UDP port of time servers (RFC 4330, section 4).</summary>
        public const int Port = 123;

        private readonly IEntropy _entropy;
        private readonly ISystemClock _clock;
        private readonly int _port;
        private readonly byte[] _packet = new byte[SntpPacket.Length];
        private readonly byte[] _random = new byte[SntpPacket.TimestampLength];
        private Socket _socket;
        private long _askedMs;

        /// <param name="entropy">For the request's random timestamp.</param>
        /// <param name="clock">Set with each answer: TLS checks certificates against it.</param>
        /// <param name="port">UDP port of the server.</param>
        public SntpTime(IEntropy entropy, ISystemClock clock, int port)
        {
            _entropy = entropy;
            _clock = clock;
            _port = port;
        }

        /// <inheritdoc/>
        public void Ask(string server)
        {
            Close();
            try
            {
                IPEndPoint endpoint = Resolve(server);
                if (endpoint == null)
                {
                    return;
                }

                // Connected, so that the stack lets nobody else's packets in.
                _socket = new Socket(
                    AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                _socket.Connect(endpoint);
                _entropy.Fill(_random);
                SntpPacket.FillRequest(_packet, _random);
                _askedMs = Environment.TickCount64;
                _socket.Send(_packet);
            }
            catch (Exception)
            {
                // No name, no way: no answer.
                Close();
            }
        }

        /// <inheritdoc/>
        public bool TryTake(out ulong unixMs)
        {
            unixMs = 0;
            try
            {
                if (_socket == null || !_socket.Poll(0, SelectMode.SelectRead))
                {
                    return false;
                }

                int length = _socket.Receive(_packet);
                if (SntpPacket.Read(_packet, length, _random, out ulong sentMs)
                    != SntpResult.Answer)
                {
                    return false;
                }

                // Half of what the whole exchange took, as if both ways took the same.
                long tookMs = Environment.TickCount64 - _askedMs;
                unixMs = sentMs + (uint)tookMs / 2;
                _clock.Adjust(unixMs);
                Close();
                return true;
            }
            catch (Exception)
            {
                Close();
                return false;
            }
        }

        /// <summary>Gives up what was asked.</summary>
        public void Dispose()
        {
            Close();
        }

        private IPEndPoint Resolve(string server)
        {
            IPAddress[] addresses = Dns.GetHostEntry(server).AddressList;
            for (int i = 0; i < addresses.Length; i++)
            {
                if (addresses[i] is IPAddress address
                    && address.AddressFamily == AddressFamily.InterNetwork)
                {
                    return new IPEndPoint(address, _port);
                }
            }

            return null;
        }

        private void Close()
        {
            try
            {
                _socket?.Close();
            }
            catch (Exception)
            {
                // It is not used again.
            }

            _socket = null;
        }
    }
}
