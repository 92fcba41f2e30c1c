namespace Helios.Chain;

/// <summary>
/// The node answered a request with an error of its own: a revert, a nonce, a balance.
/// </summary>
public sealed class NodeRefusedException : Exception
{
    /// <param name="method">JSON-RPC method that was refused.</param>
    /// <param name="code">The node's error code; 3 is a revert.</param>
    /// <param name="reason">The node's words.</param>
    /// <param name="revert">What the contract returned on a revert, else empty.</param>
    public NodeRefusedException(string method, int code, string reason, byte[] revert)
        : base($"The node refused {method}: {reason} (code {code}).")
    {
        Code = code;
        Reason = reason;
        Revert = revert;
    }

    /// <summary>The node's error code.</summary>
    public int Code { get; }

    /// <summary>The node's words.</summary>
    public string Reason { get; }

    /// <summary>Whether the sender cannot pay.</summary>
    public bool SaysBalanceTooLow =>
        RpcAnswer.ToBroadcastResult(Reason) == BroadcastResult.BalanceTooLow;

    /// <summary>Selector and arguments of the contract's error, else empty.</summary>
    public ReadOnlyMemory<byte> Revert { get; }
}
