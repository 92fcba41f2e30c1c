namespace Helios.Tests.Firmware.Signing;

/// <summary>The clone that the tests were built in.</summary>
internal static class Repository
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null
                && !File.Exists(Path.Combine(folder.FullName, "tests", "tests.slnx")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName
                ?? throw new InvalidOperationException("tests/tests.slnx is nowhere above.");
        }
    }
}
