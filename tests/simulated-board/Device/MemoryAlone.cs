namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>Tests that look at the memory of the process: nothing runs beside them.</summary>
[CollectionDefinition(nameof(MemoryAlone), DisableParallelization = true)]
public sealed class MemoryAlone;
