namespace Helios.Element
{
    /// <summary>How one transfer on the bus went.</summary>
    public enum BusResult
    {
        /// <summary>Every byte was transferred.</summary>
        Done,

        /// <summary>The address, or a byte, was not acknowledged.</summary>
        NotAcknowledged,

        /// <summary>The clock or data line was held for longer than the platform waits.</summary>
        Held,

        /// <summary>The platform refused, or failed in a way of its own.</summary>
        Failed,
    }
}
