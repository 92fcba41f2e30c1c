namespace Helios.Tests.Circle.Crashes;

/// <summary>How far a delivery has come.</summary>
internal enum DeliveryStep
{
    /// <summary>Coins are on their way to Redemptions.</summary>
    Redeem,

    /// <summary>They are there, and not final.</summary>
    Authorise,

    /// <summary>Controllers sign, and the meter hears of it.</summary>
    Order,

    /// <summary>The meter marks credit as used, and closes the switch.</summary>
    Close,

    /// <summary>Energy flows.</summary>
    Deliver,

    /// <summary>The switch opens, and what flowed is stored.</summary>
    Open,

    /// <summary>The meter signs, and the relay stores it.</summary>
    Sign,

    /// <summary>The relay submits it, and somebody settles.</summary>
    Settle,

    /// <summary>Nothing is open.</summary>
    Done,
}
