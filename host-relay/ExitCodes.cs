using System.Net.Sockets;
using Helios.Chain;
using Helios.Relay;
using Microsoft.Data.Sqlite;
using MQTTnet.Exceptions;
using Npgsql;

namespace Helios;

/// <summary>
/// Exit codes of the program. A service manager starts it again after every code but
/// <see cref="Mistake"/>, so what is in doubt is no mistake: to try in vain harms less than to
/// stay down.
/// </summary>
internal static class ExitCodes
{
    /// <summary>A person has to act: settings, input, or a key that another copy holds.</summary>
    public const int Mistake = 2;

    /// <summary>
    /// What may pass by itself: node, broker or database away, or a port in use. EX_TEMPFAIL of
    /// sysexits.h.
    /// </summary>
    public const int TryAgain = 75;

    /// <summary>JSON-RPC error code of a revert: the contract itself says no.</summary>
    private const int Reverted = 3;

    /// <summary>The code that a refusal ends the program with.</summary>
    public static int Of(Exception refusal) => MayPass(refusal) ? TryAgain : Mistake;

    // A refusal wraps what it came from: the innermost that is known decides.
    private static bool MayPass(Exception? cause) => cause switch
    {
        null or FencedException or BadInputException => false,
        StoreUnavailableException { InnerException: IOException } => true,
        BrokerRefusedException broker => broker.MayPass,
        NodeRefusedException node => node.Code != Reverted && !node.SaysBalanceTooLow,
        PostgresException server => !IsOfTheSetting(server.SqlState),
        SqliteException file => IsOfTheDisk(file.SqliteErrorCode),
        SocketException socket => socket.SocketErrorCode
            is not (SocketError.AddressNotAvailable or SocketError.AccessDenied),
        NodeUnreachableException or NpgsqlException or MqttCommunicationException
            or InvalidOperationException or OperationCanceledException or TimeoutException => true,
        _ => MayPass(cause.InnerException),
    };

    // User, password, rights or name of the database; a server that starts, ends or is full is not.
    private static bool IsOfTheSetting(string state) =>
        state.StartsWith("28", StringComparison.Ordinal)
            || state is PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.InsufficientPrivilege;

    // SQLite's codes: busy, locked, I/O, full, protocol. Read-only, damaged, not to be opened or no
    // database is for a person.
    private static bool IsOfTheDisk(int code) => code is 5 or 6 or 10 or 13 or 15;
}
