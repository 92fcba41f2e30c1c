namespace Helios.Supply
{
    /// <summary>Where the load switch is, as far as the firmware commands it.</summary>
    public enum SwitchState : byte
    {
        /// <summary>Open, and the contactor has had time to follow.</summary>
        Open = 0,

        /// <summary>Closed.</summary>
        Closed = 1,

        /// <summary>Commanded open; energy may still flow for the contactor's lag.</summary>
        Opening = 2,
    }
}
