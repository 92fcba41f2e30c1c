using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Signing;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// Where the software key is after a day of work: in its two files, in the array of its signer, and
/// nowhere else.
/// </summary>
[Collection(nameof(MemoryAlone))]
public sealed class SoftwareKeyTests(ITestOutputHelper output)
{
    // Magic and version stand before it; see KeyStore.
    private const int SecretOffset = 5;

    // A key that no other test of this process makes: one seed is one key.
    private const int OwnSeed = 20_261_129;

    // The collector moves an array a few times while it is young, and leaves what was there.
    private const int CopiesMax = 8;

    [Fact]
    public void Is_in_its_files_and_its_signer_alone_after_a_day_of_work()
    {
        var meter = new MeterOnBoard(
            new BoardOptions { Seed = OwnSeed },
            clock => new SteadyPulses(clock, 3_000),
            clock => new SteadyPulses(clock, 10_000),
            whPerCoin: 100);
        var sent = new List<MqttPublication>();
        meter.Board.Broker.Published += sent.Add;
        var stages = new List<object>();
        meter.Board.Booting += stages.Clear;
        meter.Board.StageStarting += stages.Add;
        meter.Run(TimeSpan.FromHours(12));
        meter.Board.Restart();
        meter.Run(TimeSpan.FromHours(12));
        var secret = new SoughtSecret(
            meter.Board.Flash.Find("key0"), SecretOffset, SigningKey.SecretLength);

        Assert.True(sent.Count > 280, $"{sent.Count} messages are no day of work.");
        Assert.All(sent, one => Assert.Equal(
            0, secret.CountIn(one.Topic) + secret.CountIn(one.Payload)));
        Assert.True(meter.Board.Console.Lines.Count() is > 0 and < 1000);
        Assert.All(meter.Board.Console.Lines, line => Assert.Equal(0, secret.CountIn(line)));
        AssertInFilesOfKeyAlone(meter.Board.Flash, secret);
        AssertTraceSaysNothing(meter.Program.Links.Trace, secret);
        var holders = FirmwareObjects.ByteArraysOf([meter.Program, .. stages])
            .Where(one => secret.CountIn(one.Bytes) > 0)
            .Select(static one => one.Holder);
        Assert.Equal("SigningKey._secret", Assert.Single(holders));

        AssertMemory(meter, secret);
    }

    private static void AssertInFilesOfKeyAlone(SimulatedFlash flash, SoughtSecret secret)
    {
        var files = flash.Snapshot();
        Assert.All(files, file => Assert.Equal(
            file.Key is "key0" or "key1" ? 1 : 0, secret.CountIn(file.Value)));
        Assert.True(files.Count > 4, $"{files.Count} files are no board at work.");
    }

    private static void AssertTraceSaysNothing(Trace trace, SoughtSecret secret)
    {
        var said = new List<byte>();
        for (var age = trace.Count - 1; age >= 0; age--)
        {
            trace.Read(age, out var argument, out _);
            said.AddRange(BitConverter.GetBytes(argument).Reverse());
        }

        Assert.NotEmpty(said);
        Assert.Equal(0, secret.CountIn(said.ToArray()));
    }

    // The whole process, the board's flash emptied before: what else is there, the device's code
    // has left in memory, or .NET's collector has by moving the signer's array.
    private void AssertMemory(MeterOnBoard meter, SoughtSecret secret)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows a process its memory.");
        foreach (var name in (string[])["key0", "key1"])
        {
            Array.Clear(meter.Board.Flash.Find(name)!);
            meter.Board.Flash.Remove(name);
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        var found = ProcessMemory.Count(secret, 4 * SigningKey.SecretLength, out var bytes);

        output.WriteLine($"{found} copies of the key in {bytes >> 20} MiB of memory.");
        Assert.InRange(found, 1, CopiesMax);
        GC.KeepAlive(meter);
    }
}
