namespace Helios.Boards.Simulated;

/// <summary>
/// An ATECC608 as its bus sees it, byte by byte: it sleeps, is woken by a pulse, takes commands,
/// is busy with them, answers, and is sent back to sleep by its watchdog. What a command does to
/// its memory is done when its time is over.
/// </summary>
/// <param name="memory">What it keeps without power.</param>
/// <param name="random">Its random numbers, and so its keys.</param>
public sealed class SimulatedElement(ElementMemory memory, Random random)
{
    private const int Address = 0x60;
    private const ulong WakePulseUs = 60;
    private const ulong WakeDelayUs = 1500;
    private const int InputMax = 155;

    private readonly ElementProcessor _processor = new(memory, random);
    private readonly List<byte> _done = [];
    private readonly List<byte> _input = [];
    private State _state = State.Asleep;
    private ulong _sleepsAtUs = ulong.MaxValue;
    private ulong _readyAtUs;
    private ElementAnswer? _pending;
    private byte[] _output = [];
    private int _readAt;
    private bool _isListening;

    private enum State
    {
        Asleep,
        Idle,
        Awake,
    }

    /// <summary>What it keeps without power.</summary>
    public ElementMemory Memory => memory;

    /// <summary>
    /// From the wake pulse until it falls asleep, us: 0.7 to 1.7 s, 1.3 typically.
    /// </summary>
    public ulong WatchdogUs { get; set; } = 1_300_000;

    /// <summary>Of the time that a command may take, how much it takes, percent.</summary>
    public int PacePercent { get; set; } = 80;

    /// <summary>
    /// True: what it was about to write when its supply went was written already.
    /// </summary>
    public bool WritesBeforeItDies { get; set; }

    /// <summary>Commands that it carried out, by opcode, in their order.</summary>
    public IReadOnlyList<byte> Done => _done;

    /// <summary>A byte after START.</summary>
    /// <returns>True if it acknowledges.</returns>
    public bool Start(ulong us, byte address)
    {
        Settle(us);
        _isListening = _state == State.Awake && us >= _readyAtUs && address >> 1 == Address;
        _input.Clear();
        return _isListening;
    }

    /// <summary>A byte from the master.</summary>
    /// <returns>True if it acknowledges.</returns>
    public bool Write(ulong us, byte value)
    {
        Settle(us);
        if (!_isListening || _input.Count > InputMax)
        {
            return false;
        }

        _input.Add(value);
        return true;
    }

    /// <summary>A byte to the master; 0xFF where it says nothing.</summary>
    public byte Read(ulong us)
    {
        Settle(us);
        return _isListening && _readAt < _output.Length ? _output[_readAt++] : (byte)0xFF;
    }

    /// <summary>STOP.</summary>
    public void Stop(ulong us)
    {
        Settle(us);
        if (_isListening && _input.Count > 0)
        {
            Obey(us);
        }

        _isListening = false;
    }

    /// <summary>The data line was low for a while.</summary>
    public void DataLow(ulong us, ulong lowUs)
    {
        Settle(us);
        if (_state == State.Awake || lowUs < WakePulseUs)
        {
            return;
        }

        _state = State.Awake;
        _readyAtUs = us + WakeDelayUs;
        _sleepsAtUs = us + WatchdogUs;
        Show(ElementChecksum.Packet([0x11]));
    }

    /// <summary>Its supply is gone for a moment.</summary>
    public void LosePower()
    {
        if (_pending is { } answer && WritesBeforeItDies)
        {
            answer.Writes();
        }

        FallAsleep();
    }

    /// <summary>It forgets what it kept for the moment, and sleeps.</summary>
    public void FallAsleep()
    {
        _state = State.Asleep;
        _sleepsAtUs = ulong.MaxValue;
        _pending = null;
        _isListening = false;
        _processor.Forget();
        Show([]);
    }

    private void Settle(ulong us)
    {
        if (_pending is { } answer && us >= _readyAtUs)
        {
            _pending = null;
            answer.Writes();
            Show(ElementChecksum.Packet(answer.Data));
        }

        if (us >= _sleepsAtUs)
        {
            FallAsleep();
        }
    }

    private void Obey(ulong us)
    {
        switch (_input[0])
        {
            case 0x00:
                _readAt = 0;
                break;
            case 0x01:
                FallAsleep();
                break;
            case 0x02:
                _state = State.Idle;
                _sleepsAtUs = ulong.MaxValue;
                break;
            case 0x03:
                Carry(us, [.. _input.Skip(1)]);
                break;
        }
    }

    private void Carry(ulong us, byte[] packet)
    {
        Show([]);
        if (packet.Length == 0 || packet[0] < 7 || packet.Length < packet[0]
            || !IsWhole(packet.AsSpan(0, packet[0])))
        {
            _pending = ElementAnswer.Status(0xFF);
            _readyAtUs = us + 1000;
            return;
        }

        _pending = _processor.Carry(packet[1], packet[2], packet[3] | (packet[4] << 8),
            packet[5..(packet[0] - 2)], out var maxMs);
        _readyAtUs = us + (ulong)(maxMs * 10 * PacePercent);
        _done.Add(packet[1]);
    }

    private static bool IsWhole(ReadOnlySpan<byte> packet)
    {
        var checksum = ElementChecksum.Of(packet[..^2]);
        return packet[^2] == (byte)checksum && packet[^1] == (byte)(checksum >> 8);
    }

    private void Show(byte[] output)
    {
        _output = output;
        _readAt = 0;
    }
}
