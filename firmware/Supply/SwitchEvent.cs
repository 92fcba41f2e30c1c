namespace Helios.Supply
{
    /// <summary>
    /// What a turn of the load switch found or did. The numbers leave the device in the trace:
    /// they stay what they are.
    /// </summary>
    public enum SwitchEvent : byte
    {
        /// <summary>Nothing: it stays as it is.</summary>
        None = 0,

        /// <summary>It is closed now.</summary>
        Closed = 1,

        /// <summary>It opens: the credit that is marked as used is used.</summary>
        OpenedAtLimit = 2,

        /// <summary>It opens: by hand, for a return, or for a state of the meter.</summary>
        OpenedByOrder = 3,

        /// <summary>It opens: a pulse line, the lid, or a coil that was pulsed too late.</summary>
        OpenedByFault = 4,

        /// <summary>The contactor has had its time: what flowed is counted.</summary>
        Settled = 5,

        /// <summary>It is open, and energy flows.</summary>
        FlowWhileOpen = 6,
    }
}
