using System.Text.Json;
using Helios.Device;
using Helios.Metering;

namespace Helios.Tests.Device.Network;

public class StatusMessageTests
{
    [Fact]
    public void The_longest_message_fits_and_is_JSON()
    {
        StageLinks links = new(new ThreadsOfDevice());
        links.Condition.Meter = MeterState.JournalOfOtherVersion;
        for (var i = 0; i < Trace.Capacity; i++)
        {
            links.Trace.Add((TraceCode)255, uint.MaxValue, uint.MaxValue * 1000UL);
        }

        new BoardMemory().Run(() =>
        {
            var bytes = new StatusMessage(links).Online(ulong.MaxValue, byte.MaxValue);
            using var status = JsonDocument.Parse(bytes);
            Assert.Equal(
                ulong.MaxValue / 1000, status.RootElement.GetProperty("uptimeS").GetUInt64());
            Assert.Equal(
                "journalOfOtherVersion", status.RootElement.GetProperty("meter").GetString());
            var trace = status.RootElement.GetProperty("trace");
            Assert.Equal(StatusMessage.TraceEntriesMax, trace.GetArrayLength());
            Assert.Equal(uint.MaxValue, trace[0][2].GetUInt32());
        });
    }

    [Fact]
    public void The_last_will_is_JSON()
    {
        using var will = JsonDocument.Parse(StatusMessage.Offline);
        Assert.False(will.RootElement.GetProperty("online").GetBoolean());
        Assert.Equal(
            FirmwareVersion.Text, will.RootElement.GetProperty("firmware").GetString());
    }
}
