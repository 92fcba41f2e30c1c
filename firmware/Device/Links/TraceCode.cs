namespace Helios.Device
{
    /// <summary>
    /// What the trace tells. The numbers leave the device: they stay what they are.
    /// </summary>
    public enum TraceCode : byte
    {
        /// <summary>Nothing: an entry that was never written.</summary>
        None = 0,

        /// <summary>The device started; argument: restarts in a row after faults.</summary>
        Started = 1,

        /// <summary>The journal was opened; argument: the meter's state.</summary>
        Opened = 2,

        /// <summary>The self-test failed; argument: its result.</summary>
        SelfTestFailed = 3,

        /// <summary>The key is there; argument: 1 if it was made now.</summary>
        KeyReady = 4,

        /// <summary>An Enrolment was signed; argument: its pagination.</summary>
        Enrolled = 5,

        /// <summary>A journal write failed; argument: the result.</summary>
        StoreFailed = 6,

        /// <summary>A stage threw; argument: the stage.</summary>
        Fault = 7,

        /// <summary>A stage took no turn for too long; argument: the stage.</summary>
        Hang = 8,

        /// <summary>The supply failed; argument: 1 when it fails, 0 when it is back.</summary>
        PowerFail = 9,

        /// <summary>The tamper input; argument: 1 when it opens, 0 when it closes.</summary>
        Tamper = 10,

        /// <summary>
        /// The coil's pulses came later than its hold time, so it let go; argument: the gap, ms.
        /// </summary>
        CoilLate = 11,

        /// <summary>
        /// The load switch; argument: the <see cref="Helios.Supply.SwitchEvent"/>.
        /// </summary>
        Switch = 12,

        /// <summary>
        /// An order was judged; argument: the <see cref="Helios.Supply.SupplyResult"/>. The same
        /// refusal in a row is told once.
        /// </summary>
        Order = 13,

        /// <summary>A set of controllers was judged; argument: as for an order.</summary>
        Controllers = 14,

        /// <summary>An owner's request was judged; argument: as for an order.</summary>
        Request = 15,

        /// <summary>The authorised energy rose; argument: whole kWh of it.</summary>
        Authorised = 16,

        /// <summary>The owner's button; argument: 1 if it was held, 0 for a moment.</summary>
        Button = 17,

        /// <summary>Wi-Fi; argument: the <see cref="LinkResult"/>.</summary>
        LinkFailed = 20,

        /// <summary>No time server answered; argument: 0.</summary>
        TimeUnanswered = 21,

        /// <summary>
        /// The broker was not reached; argument: the <see cref="SessionResult"/>, and 256 times
        /// what CONNACK said.
        /// </summary>
        BrokerFailed = 22,

        /// <summary>Online; argument: the attempts that it took.</summary>
        Connected = 23,

        /// <summary>A connection ended; argument: the <see cref="SessionCondition"/>.</summary>
        ConnectionLost = 24,

        /// <summary>A restart was asked for; argument: bytes in the largest free block.</summary>
        HeapInPieces = 25,
    }
}
