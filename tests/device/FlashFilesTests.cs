using Helios.Device;
using Helios.Metering;

namespace Helios.Tests.Device;

public sealed class FlashFilesTests : IDisposable
{
    private readonly string _folder =
        Directory.CreateTempSubdirectory("helios").FullName + Path.DirectorySeparatorChar;

    private readonly byte[] _bytes = [.. Enumerable.Range(1, 40).Select(i => (byte)i)];
    private readonly byte[] _room = new byte[40];

    private FlashFiles Files => new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_back_what_was_written()
    {
        Assert.Equal(FlashResult.Done, Files.Write("a", _bytes));
        Assert.Equal(FlashResult.Done, Files.Read("a", _room, out var length));
        Assert.Equal(40, length);
        Assert.Equal(_bytes, _room);
    }

    [Fact]
    public void A_shorter_file_replaces_a_longer_one_as_a_whole()
    {
        Files.Write("a", _bytes);
        Assert.Equal(FlashResult.Done, Files.Write("a", [9]));
        Assert.Equal(FlashResult.Done, Files.Read("a", _room, out var length));
        Assert.Equal(1, length);
        Assert.Equal([9, 0], _room[..2]);
    }

    [Fact]
    public void Says_what_is_missing_or_too_long()
    {
        Assert.Equal(FlashResult.Missing, Files.Read("a", _room, out _));
        Files.Write("a", [.. _bytes, 1]);
        Assert.Equal(FlashResult.TooLong, Files.Read("a", _room, out var length));
        Assert.Equal(0, length);
        Assert.All(_room, b => Assert.Equal(0, b));
    }

    [Fact]
    public void Throws_nothing_where_nothing_can_be_written()
    {
        FlashFiles nowhere = new(_folder + "nowhere" + Path.DirectorySeparatorChar);
        Directory.CreateDirectory(_folder + "b");

        Assert.Equal(FlashResult.Failed, nowhere.Write("a", _bytes));
        Assert.Equal(FlashResult.Failed, Files.Write("b", _bytes));
    }

    [Fact]
    public void A_file_that_is_held_open_fails_and_throws_nothing()
    {
        Files.Write("a", _bytes);
        using (File.Open(_folder + "a", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(FlashResult.Failed, Files.Read("a", _room, out _));
            Assert.Equal(FlashResult.Failed, Files.Write("a", _bytes));
        }

        Assert.Equal(FlashResult.Done, Files.Write("a", _bytes));
    }

    [Fact]
    public void Keeps_a_journal()
    {
        Journal journal = new(new SlotFiles(Files));
        Assert.Equal(JournalOpening.Unreadable, journal.Open(out _));
        Assert.Equal(AppendResult.Stored, journal.AppendToBoth(new JournalRecord()));

        Assert.Equal(
            JournalOpening.Opened, new Journal(new SlotFiles(Files)).Open(out var record));
        Assert.Equal(1UL, record.Sequence);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }
}
