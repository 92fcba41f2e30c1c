namespace System.Device.Gpio;

/// <summary>What a pin is.</summary>
public enum PinMode
{
    /// <summary>An input without a pull.</summary>
    Input,

    /// <summary>An input that rests low.</summary>
    InputPullDown,

    /// <summary>An input that rests high.</summary>
    InputPullUp,

    /// <summary>An output.</summary>
    Output,

    /// <summary>An output that drives low only.</summary>
    OutputOpenDrain,

    /// <summary>The same with a pull-up.</summary>
    OutputOpenDrainPullUp,

    /// <summary>An output that drives high only.</summary>
    OutputOpenSource,

    /// <summary>The same with a pull-down.</summary>
    OutputOpenSourcePullDown,
}
