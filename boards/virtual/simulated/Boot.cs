using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>One boot of a board, from reset to the next loss of power or reset.</summary>
internal sealed class Boot : IConsole, IPower
{
    private readonly SimulatedBoard _board;
    private readonly SimulatedThreads _threads;
    private readonly BoardHardware _hardware;
    private readonly INetworkLink _link;
    private readonly BrokerNetwork? _broker;

    internal Boot(
        SimulatedBoard board,
        SimulatedThreads threads,
        BoardOptions options,
        NativeHeap heap,
        Random random)
    {
        _board = board;
        _threads = threads;
        var simulated = new SimulatedNetwork(board.Weather, board.Broker, random);
        _broker = options.BrokerPort is { } port
            ? new BrokerNetwork(threads, port, options.BrokerAnswer)
            : null;
        _hardware = new BoardHardware(
            threads,
            board.Pins,
            (IBoardNetwork?)_broker ?? simulated,
            heap,
            options.PulseUnits)
        {
            I2c = board.ElementBus,
        };
        _link = new LinkOfBoot(board.Weather, _hardware);
        simulated.Board = _hardware;
        simulated.Link = _link;
    }

    /// <inheritdoc/>
    public void WriteLine(string line)
    {
        if (_hardware.IsRunning)
        {
            _board.Console.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    void IPower.Restart()
    {
        if (_hardware.IsRunning)
        {
            _board.Restart(BootEnd.Program);
        }
    }

    internal void Start(Action<Platform> program, IEntropy entropy)
    {
        var platform = new Platform(
            _threads,
            new FlashOfBoot(_board.Flash, _hardware),
            this,
            _link,
            new TimeOfBoot(_board.Weather, _board.Clock, _hardware, _link),
            this,
            entropy,
            new DotnetHmacSha256());
        _hardware.Run(() => program(platform));
    }

    internal bool Run(ulong untilMs)
    {
        var isThere = true;
        _hardware.Run(() => isThere = _threads.Run(untilMs));
        return isThere;
    }

    internal void Stop()
    {
        _threads.Stop();
        _hardware.Stop();
        _broker?.Close();
    }
}
