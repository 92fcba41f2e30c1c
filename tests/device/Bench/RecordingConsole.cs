using Helios.Device;

namespace Helios.Tests.Device.Bench;

/// <summary>What a person at the serial console would have read.</summary>
internal sealed class RecordingConsole : IConsole
{
    public List<string> Lines { get; } = [];

    public void WriteLine(string line) => Lines.Add(line);
}
