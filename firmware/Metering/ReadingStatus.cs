namespace Helios.Metering
{
    /// <summary>
    /// The bits of <see cref="Reading.Status"/>. Bits not named here are zero.
    /// </summary>
    public static class ReadingStatus
    {
        /// <summary>
        /// Bits 0 and 1: how far the clock may be believed, in the letters of OCMF.
        /// </summary>
        public const ushort TimeMask = 0x0003;

        /// <summary>U: the meter does not know the time.</summary>
        public const ushort TimeUnknown = 0;

        /// <summary>I: the time was set once and not checked since.</summary>
        public const ushort TimeInformative = 1;

        /// <summary>S: the time is synchronised.</summary>
        public const ushort TimeSynchronised = 2;

        /// <summary>R: only differences of time are right.</summary>
        public const ushort TimeRelative = 3;

        /// <summary>Restarted without a clean shutdown since the last reading.</summary>
        public const ushort UncleanRestart = 1 << 2;

        /// <summary>The load switch is closed.</summary>
        public const ushort SwitchClosed = 1 << 3;

        /// <summary>Energy flowed while the load switch was open.</summary>
        public const ushort FlowWhileOpen = 1 << 4;

        /// <summary>The tamper input was or is active.</summary>
        public const ushort Tamper = 1 << 5;

        /// <summary>The supervised pulse line is open or shorted.</summary>
        public const ushort PulseLineFault = 1 << 6;

        /// <summary>More impulses came than the rated power allows.</summary>
        public const ushort AboveRatedPower = 1 << 7;

        /// <summary>Little credit is left.</summary>
        public const ushort LowCredit = 1 << 8;
    }
}
