namespace Helios.Device
{
    /// <summary>All that runs on a chip without pulse counters: a sentence, every minute.</summary>
    internal sealed class NoCounterStage : IStage
    {
        private const ulong TurnMs = 60000;

        private readonly IConsole _console;

        public NoCounterStage(IConsole console)
        {
            _console = console;
        }

        public ulong Turn(ulong uptimeMs)
        {
            _console.WriteLine("This chip has no pulse counter (PCNT) for both lines, so it cannot "
                + "be a meter: use an ESP32, ESP32-S2, ESP32-S3, ESP32-C6 or ESP32-H2.");
            return uptimeMs + TurnMs;
        }
    }
}
