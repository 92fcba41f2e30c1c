namespace Helios.Boards.Hardware;

/// <summary>The network as a board sees it.</summary>
public interface IBoardNetwork
{
    /// <summary>
    /// Looks a broker's name up; freezes the interpreter for as long as that takes.
    /// </summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="isSecure">With TLS.</param>
    /// <returns>A wire to that address, not yet connected.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">
    /// There is no such name, or no answer.
    /// </exception>
    IMqttWire Resolve(string host, int port, bool isSecure);
}
