namespace Helios.Boards.Hardware;

/// <summary>One transfer on an I2C bus, from START to STOP.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="TookUs">Time that it took, microseconds.</param>
public readonly record struct I2cTransfer(I2cOutcome Outcome, ulong TookUs);
