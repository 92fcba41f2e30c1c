namespace Helios.Boards
{
    /// <summary>
    /// The simulated board's pins: those of an ESP32-DevKitC, so that what runs here is wired as
    /// what is soldered. What the levels mean is in boards/README.md.
    /// </summary>
    public static class BoardPins
    {
        /// <summary>S0 of the export meter.</summary>
        public const int ExportPulse = 34;

        /// <summary>S0 of the import meter.</summary>
        public const int ImportPulse = 35;

        /// <summary>True: an impulse is the falling edge, the end of the S0 pulse.</summary>
        public const bool PulseIsFallingEdge = true;

        /// <summary>DONE of the watchdog.</summary>
        public const int WatchdogFeed = 26;

        /// <summary>True: the watchdog is fed by the rising edge; at rest the pin is low.</summary>
        public const bool WatchdogFeedIsRisingEdge = true;

        /// <summary>The supply has failed and the hold-up capacitor is being emptied.</summary>
        public const int PowerFail = 27;

        /// <summary>False: the pin is low while the supply has failed.</summary>
        public const bool PowerFailIsHigh = false;

        /// <summary>Contact of the lid, closed while the lid is.</summary>
        public const int Tamper = 4;

        /// <summary>True: the pin is high while the lid is open.</summary>
        public const bool TamperIsHigh = true;

        /// <summary>The status LED.</summary>
        public const int StatusLed = 33;

        /// <summary>True: high lights the LED.</summary>
        public const bool StatusLedIsHigh = true;

        /// <summary>Pulses to the load switch's coil; edges hold it.</summary>
        public const int CoilHold = 25;

        /// <summary>Button by which the owner returns what is open.</summary>
        public const int ReturnButton = 32;

        /// <summary>False: the pin is low while the button is pressed.</summary>
        public const bool ReturnButtonIsHigh = false;

        /// <summary>SDA of the secure element, if there is one.</summary>
        public const int ElementData = 21;

        /// <summary>SCL of the secure element.</summary>
        public const int ElementClock = 22;
    }
}
