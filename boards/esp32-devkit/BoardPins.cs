namespace Helios.Boards
{
    /// <summary>
    /// ESP32-DevKitC V4 with an ESP32-WROVER-E or ESP32-WROOM-32E module: what is wired to which
    /// GPIO. ESP-IDF Programming Guide for the ESP32, "GPIO &amp; RTC GPIO", table and notes:
    /// GPIO6-11 are the flash, 16 and 17 the PSRAM of a WROVER, 1 and 3 the console, 0, 2, 5, 12
    /// and 15 strapping pins, 36 and 39 without interrupts beside Wi-Fi; none of them is used. All
    /// are on the header: ESP32-DevKitC V4 Getting Started Guide, "Header Block". What is
    /// behind the pins is in boards/README.md.
    /// </summary>
    public static class BoardPins
    {
        /// <summary>S0 of the export meter. The pin is input only, without pulls.</summary>
        public const int ExportPulse = 34;

        /// <summary>S0 of the import meter. The pin is input only, without pulls.</summary>
        public const int ImportPulse = 35;

        /// <summary>
        /// True: an impulse is the falling edge, the end of the S0 pulse. A supply that fails can
        /// only make a rising one.
        /// </summary>
        public const bool PulseIsFallingEdge = true;

        /// <summary>
        /// DONE of the watchdog TPL5010: at least once in any 173 s, or it resets the board
        /// within 375 s. Often does no harm.
        /// </summary>
        public const int WatchdogFeed = 26;

        /// <summary>True: the rising edge feeds the watchdog; at rest the pin is low.</summary>
        public const bool WatchdogFeedIsRisingEdge = true;

        /// <summary>
        /// The 12 V supply has failed. The board lives on for 300 ms at least: take the edge's
        /// event, a look once a second comes too late.
        /// </summary>
        public const int PowerFail = 27;

        /// <summary>False: the pin is low while the supply has failed.</summary>
        public const bool PowerFailIsHigh = false;

        /// <summary>Contact of the lid, closed while the lid is.</summary>
        public const int Tamper = 4;

        /// <summary>True: the pin is high while the lid, or the wire to it, is open.</summary>
        public const bool TamperIsHigh = true;

        /// <summary>A LED of its own: the DevKitC has none that a program can light.</summary>
        public const int StatusLed = 33;

        /// <summary>True: high lights the LED.</summary>
        public const bool StatusLedIsHigh = true;

        /// <summary>
        /// Holds the load switch's coil by its rising edges, one each 500 ms (550 ms at most): a
        /// pin toggled 4 times a second. The second to fourth of them closes the switch; 0.79 to
        /// 1.88 s after the last it opens, whatever level the pin stays at. At rest it is low.
        /// </summary>
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
