namespace Helios.Signing
{
    /// <summary>
    /// What the owner named in the last Enrolment asks his meter to do. Numbers rise, so a request
    /// is obeyed once, whoever repeats it.
    /// </summary>
    public sealed class OwnerRequest
    {
        /// <summary>Action: sign a reading now, every register exact.</summary>
        public const byte SignReading = 1;

        /// <summary>
        /// Action: return what is open up to the authorised level of the argument.
        /// </summary>
        public const byte Return = 2;

        /// <summary>Action: open the load switch by hand.</summary>
        public const byte OpenSwitch = 3;

        /// <summary>Action: release a load switch opened by hand.</summary>
        public const byte ReleaseSwitch = 4;

        /// <param name="meter">The meter's address, 20 bytes; kept, not copied.</param>
        /// <param name="action">1 to 4, see the constants.</param>
        /// <param name="number">1 or more, above every number before.</param>
        /// <param name="argument">
        /// 20 bytes, big-endian; kept, not copied. A level in Wh for Return, else zero.
        /// </param>
        public OwnerRequest(byte[] meter, byte action, uint number, byte[] argument)
        {
            Meter = meter;
            Action = action;
            Number = number;
            Argument = argument;
        }

        /// <summary>The meter's address, 20 bytes.</summary>
        public byte[] Meter { get; }

        /// <summary>What to do: 1 to 4.</summary>
        public byte Action { get; }

        /// <summary>Above the number of every request before.</summary>
        public uint Number { get; }

        /// <summary>What the action needs, 20 bytes, big-endian.</summary>
        public byte[] Argument { get; }
    }
}
