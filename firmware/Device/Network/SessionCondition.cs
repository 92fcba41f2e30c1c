namespace Helios.Device
{
    /// <summary>How a connection to the broker is. The trace tells the number.</summary>
    public enum SessionCondition
    {
        /// <summary>The subscription is not confirmed yet.</summary>
        Subscribing = 0,

        /// <summary>Everything may be sent.</summary>
        Online = 1,

        /// <summary>The connection ended.</summary>
        Ended = 2,

        /// <summary>Something was asked, and nothing came back for too long.</summary>
        Silent = 3,

        /// <summary>The broker does not let this meter hear its acknowledgements.</summary>
        SubscriptionRefused = 4,

        /// <summary>Wi-Fi is gone.</summary>
        LinkDown = 5,
    }
}
