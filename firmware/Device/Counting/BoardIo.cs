using System.Device.Gpio;
using Helios.Boards;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>Everything wired to the board but the radio, opened once at boot.</summary>
    public sealed class BoardIo
    {
        private BoardIo()
        {
        }

        /// <summary>Impulses of energy fed out.</summary>
        public IPulseCounter Export { get; private set; }

        /// <summary>Impulses of energy taken in.</summary>
        public IPulseCounter Import { get; private set; }

        /// <summary>The external watchdog.</summary>
        public WatchdogFeed Watchdog { get; private set; }

        /// <summary>The load switch's coil.</summary>
        public SwitchCoil Coil { get; private set; }

        /// <summary>The lid.</summary>
        public InputPin Tamper { get; private set; }

        /// <summary>The owner's button.</summary>
        public InputPin Button { get; private set; }

        /// <summary>The supply has failed; wakes the signing stage.</summary>
        public InputPin PowerFail { get; private set; }

        /// <summary>The status LED.</summary>
        public StatusLed Led { get; private set; }

        /// <summary>
        /// Opens the pins, the counters first, since what comes before they run is lost. Null on
        /// a chip that cannot count two lines in hardware.
        /// </summary>
        /// <param name="links">Who is woken, and what the LED shows.</param>
        public static BoardIo TryOpen(StageLinks links)
        {
            PulseCounter export = PulseCounter.TryStart(
                BoardPins.ExportPulse, BoardPins.PulseIsFallingEdge);
            PulseCounter import = PulseCounter.TryStart(
                BoardPins.ImportPulse, BoardPins.PulseIsFallingEdge);
            if (export == null || import == null)
            {
                return null;
            }

            GpioController pins = new GpioController();
            return new BoardIo
            {
                Export = export,
                Import = import,
                Coil = new SwitchCoil(pins.OpenPin(BoardPins.CoilHold, PinMode.Output)),
                Watchdog = new WatchdogFeed(
                    pins.OpenPin(BoardPins.WatchdogFeed, PinMode.Output),
                    BoardPins.WatchdogFeedIsRisingEdge),
                Tamper = new InputPin(
                    pins.OpenPin(BoardPins.Tamper, PinMode.Input), BoardPins.TamperIsHigh, null),
                Button = new InputPin(
                    pins.OpenPin(BoardPins.ReturnButton, PinMode.Input),
                    BoardPins.ReturnButtonIsHigh,
                    links.CountingSignal),
                PowerFail = new InputPin(
                    pins.OpenPin(BoardPins.PowerFail, PinMode.Input),
                    BoardPins.PowerFailIsHigh,
                    links.SigningSignal),
                Led = new StatusLed(
                    pins.OpenPin(BoardPins.StatusLed, PinMode.Output),
                    BoardPins.StatusLedIsHigh,
                    links),
            };
        }
    }
}
