namespace Helios.Device
{
    /// <summary>Why the device is to be restarted.</summary>
    public enum RestartCause
    {
        /// <summary>It is not.</summary>
        None,

        /// <summary>Somebody decided it in good health: the shutdown is clean.</summary>
        Planned,

        /// <summary>The supply failed and came back.</summary>
        PowerFail,

        /// <summary>A stage threw what nobody expected.</summary>
        Fault,

        /// <summary>A stage took no turn for too long.</summary>
        Hang,
    }
}
