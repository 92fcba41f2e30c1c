namespace Helios.Tests.DeviceGates;

/// <summary>What people write in firmware and boards fits the width that a reader has.</summary>
public sealed class LineLengthTests
{
    private const int ColumnsMax = 100;

    [Theory]
    [InlineData("firmware")]
    [InlineData("boards")]
    public void No_line_of_code_is_longer_than_100_columns(string folder)
    {
        var files = Repository.SourcesBelow(Path.Combine(Repository.Root, folder))
            .Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (line.Length, Where: $"{file}:{i + 1}"))
            .Where(line => line.Length > ColumnsMax)
            .Select(line => line.Where)));
    }
}
