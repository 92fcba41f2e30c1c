namespace Helios.Tests.DeviceGates;

/// <summary>A rule and the place that breaks it.</summary>
internal sealed record Finding(InterpreterRule Rule, string Place);
