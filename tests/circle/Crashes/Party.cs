namespace Helios.Tests.Circle.Crashes;

/// <summary>Who fails.</summary>
internal enum Party
{
    /// <summary>The newest one to five blocks are undone.</summary>
    Chain,

    /// <summary>The relay's process is killed, and started again.</summary>
    Relay,

    /// <summary>One of three controllers' processes is killed, and started again.</summary>
    Controller,

    /// <summary>The broker ends, and starts again with nothing retained.</summary>
    Broker,

    /// <summary>The meter's power is cut, at times in the middle of a write.</summary>
    Meter,
}
