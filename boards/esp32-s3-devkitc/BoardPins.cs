namespace Helios.Boards
{
    /// <summary>
    /// ESP32-S3-DevKitC-1 with an ESP32-S3-WROOM-1 module: what is wired to which GPIO. ESP-IDF
    /// Programming Guide for the ESP32-S3, "GPIO &amp; RTC GPIO", table and notes: GPIO26-32 are
    /// flash and PSRAM, 33-37 too where one of them is octal, 19 and 20 the USB, 0, 3, 45 and 46
    /// strapping pins; none of them is used, nor the console's 43 and 44 and the RGB LED's 38 or
    /// 48. All are on header J1: ESP32-S3-DevKitC-1 user guide, "Header Block".
    /// What is behind the pins is in boards/README.md.
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

        /// <summary>
        /// DONE of the watchdog TPL5010: at least once in any 173 s, or it resets the board
        /// within 375 s. Often does no harm.
        /// </summary>
        public const int WatchdogFeed = 16;

        /// <summary>True: the rising edge feeds the watchdog; at rest the pin is low.</summary>
        public const bool WatchdogFeedIsRisingEdge = true;

        /// <summary>
        /// The 12 V supply has failed. The board lives on for 300 ms at least: take the edge's
        /// event, a look once a second comes too late.
        /// </summary>
        public const int PowerFail = 6;

        /// <summary>False: the pin is low while the supply has failed.</summary>
        public const bool PowerFailIsHigh = false;

        /// <summary>Contact of the lid, closed while the lid is.</summary>
        public const int Tamper = 7;

        /// <summary>True: the pin is high while the lid, or the wire to it, is open.</summary>
        public const bool TamperIsHigh = true;

        /// <summary>A LED of its own: the RGB LED on the board needs a protocol.</summary>
        public const int StatusLed = 18;

        /// <summary>True: high lights the LED.</summary>
        public const bool StatusLedIsHigh = true;

        /// <summary>
        /// Holds the load switch's coil by its rising edges, one each 500 ms (550 ms at most): a
        /// pin toggled 4 times a second. The second to fourth of them closes the switch; 0.79 to
        /// 1.88 s after the last it opens, whatever level the pin stays at. At rest it is low.
        /// </summary>
        public const int CoilHold = 17;

        /// <summary>Button by which the owner returns what is open.</summary>
        public const int ReturnButton = 15;

        /// <summary>False: the pin is low while the button is pressed.</summary>
        public const bool ReturnButtonIsHigh = false;

        /// <summary>SDA of the secure element, if there is one.</summary>
        public const int ElementData = 8;

        /// <summary>SCL of the secure element.</summary>
        public const int ElementClock = 9;
    }
}
