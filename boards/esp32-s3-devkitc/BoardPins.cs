namespace Helios.Boards
{
    /// <summary>
    /// ESP32-S3-DevKitC-1 with an ESP32-S3-WROOM-1 module: what is wired to which GPIO. ESP32-S3
    /// Series Datasheet, sections "Pin Overview" and "Strapping Pins": GPIO26-32 are flash and
    /// PSRAM, 33-37 too where the PSRAM is octal, 19 and 20 the USB, 43 and 44 the console, 0, 3,
    /// 45 and 46 strapping pins, 38 or 48 the board's RGB LED; none of them is used here. Free for
    /// the secure element: SDA 8, SCL 9. The circuits behind the pins, and what their levels mean,
    /// are in boards/README.md.
    /// </summary>
    public static class BoardPins
    {
        /// <summary>S0 of the export meter.</summary>
        public const int ExportPulse = 4;

        /// <summary>S0 of the import meter.</summary>
        public const int ImportPulse = 5;

        /// <summary>
        /// True: an impulse is the falling edge, the end of the S0 pulse. A supply that fails can
        /// only make a rising one.
        /// </summary>
        public const bool PulseIsFallingEdge = true;

        /// <summary>DONE of the watchdog TPL5010.</summary>
        public const int WatchdogFeed = 16;

        /// <summary>True: the watchdog is fed by the rising edge; at rest the pin is low.</summary>
        public const bool WatchdogFeedIsRisingEdge = true;

        /// <summary>The 12 V supply has failed and the hold-up capacitor is being emptied.</summary>
        public const int PowerFail = 6;

        /// <summary>False: the pin is low while the supply has failed.</summary>
        public const bool PowerFailIsHigh = false;

        /// <summary>Contact of the lid, closed while the lid is.</summary>
        public const int Tamper = 7;

        /// <summary>True: the pin is high while the lid, or the wire to its contact, is open.</summary>
        public const bool TamperIsHigh = true;

        /// <summary>A LED of its own: the RGB LED on the board needs a protocol.</summary>
        public const int StatusLed = 18;

        /// <summary>True: high lights the LED.</summary>
        public const bool StatusLedIsHigh = true;

        /// <summary>
        /// Pulses to the load switch's coil. Edges hold the coil, a level of either kind lets it
        /// go; at rest the pin is low.
        /// </summary>
        public const int CoilHold = 17;

        /// <summary>Button by which the owner returns what is open.</summary>
        public const int ReturnButton = 15;

        /// <summary>False: the pin is low while the button is pressed.</summary>
        public const bool ReturnButtonIsHigh = false;
    }
}
