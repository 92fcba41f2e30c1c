namespace Helios.Chain;

/// <summary>What a node said to a signed transaction.</summary>
public enum BroadcastResult
{
    /// <summary>It is in the pool, now or from an earlier broadcast.</summary>
    InPool,

    /// <summary>
    /// Its nonce is used up: by itself (look the receipt up) or by another transaction.
    /// </summary>
    NonceTooLow,

    /// <summary>The sender cannot pay gas limit × fee.</summary>
    BalanceTooLow,

    /// <summary>The fee is below what the node takes now.</summary>
    FeeTooLow,

    /// <summary>Refused for another reason, which the log tells.</summary>
    Refused,
}
