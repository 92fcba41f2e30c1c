namespace Helios.Boards.Hardware;

/// <summary>
/// The hardware that one boot of one board runs on. The packages' statics and constructors find it
/// in <see cref="Current"/>, so that a thousand boards fit one process.
/// </summary>
/// <param name="time">The board's interpreter.</param>
/// <param name="pins">Its pins; they outlive the boot.</param>
/// <param name="network">What its DNS and sockets reach.</param>
/// <param name="heap">Its native memory.</param>
/// <param name="pulseUnits">Pulse counters of the chip: 8 ESP32, 4 S2, S3, C6 and H2, 0 C3.</param>
public sealed class BoardHardware(
    IBoardTime time, PinBank pins, IBoardNetwork network, NativeHeap heap, int pulseUnits)
{
    private static readonly AsyncLocal<BoardHardware?> Ambient = new();

    private readonly Dictionary<Type, object> _statics = [];

    /// <summary>The board whose code runs here.</summary>
    /// <exception cref="InvalidOperationException">No board's code runs here.</exception>
    public static BoardHardware Current => Ambient.Value
        ?? throw new InvalidOperationException("No board is switched on here: see BoardHardware.");

    /// <summary>The board's interpreter.</summary>
    public IBoardTime Time { get; } = time;

    /// <summary>Its pins.</summary>
    public PinBank Pins { get; } = pins;

    /// <summary>What its DNS and sockets reach.</summary>
    public IBoardNetwork Network { get; } = network;

    /// <summary>Its native memory.</summary>
    public NativeHeap Heap { get; } = heap;

    /// <summary>The I2C bus on the board's pins for it; null where nothing is wired.</summary>
    public II2cWire? I2c { get; init; }

    /// <summary>Which pin this boot gave to which function of the chip.</summary>
    public IDictionary<int, int> PinFunctions { get; } = new Dictionary<int, int>();

    /// <summary>Pulse counters of the chip that this boot has not taken yet.</summary>
    public int PulseUnitsFree { get; set; } = pulseUnits;

    /// <summary>True if the chip has pulse counters at all.</summary>
    public bool HasPulseUnits { get; } = pulseUnits > 0;

    /// <summary>False from the moment at which this boot ended.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>This boot is over: its parts let go of the wires, which stay.</summary>
    public event Action? Stopped;

    /// <summary>Runs code of this board.</summary>
    public void Run(Action code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var outer = Ambient.Value;
        Ambient.Value = this;
        try
        {
            code();
        }
        finally
        {
            Ambient.Value = outer;
        }
    }

    /// <summary>This boot is over: what its code still does reaches nothing.</summary>
    public void Stop()
    {
        IsRunning = false;
        Stopped?.Invoke();
    }

    /// <summary>What is static in a package, once for each boot.</summary>
    public T Static<T>(Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (_statics.TryGetValue(typeof(T), out var value))
        {
            return (T)value;
        }

        var created = create();
        _statics.Add(typeof(T), created);
        return created;
    }
}
