using System.Text.Json;

namespace Helios.Tests.Firmware.Signing;

/// <summary>
/// Files of others in a folder <c>shared</c> beside the repository, or where HELIOS_SHARED says.
/// A test without them is skipped and says so.
/// </summary>
internal static class SharedVectors
{
    public static string Text(string name)
    {
        string path = Path.Combine(Folder(), "vectors", name);
        Assert.SkipUnless(File.Exists(path), $"{path} is missing: set HELIOS_SHARED.");
        return File.ReadAllText(path);
    }

    public static JsonElement Json(string name) => JsonDocument.Parse(Text(name)).RootElement;

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("HELIOS_SHARED") is { Length: > 0 } given)
        {
            return given;
        }

        return Path.Combine(Repository.Root, "..", "shared");
    }
}
