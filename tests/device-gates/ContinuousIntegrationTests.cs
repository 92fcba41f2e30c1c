using System.Diagnostics;

namespace Helios.Tests.DeviceGates;

/// <summary>What .ci/run makes of a package source that is away; the tools are stand-ins.</summary>
public sealed class ContinuousIntegrationTests : IDisposable
{
    private const string Packages = "faketime libsecp256k1-1 mosquitto postgresql";

    private readonly DirectoryInfo _tools = Directory.CreateTempSubdirectory("helios-ci-");

    public void Dispose() => _tools.Delete(recursive: true);

    [Fact]
    public void A_run_that_CI_asked_for_fails_where_the_tests_servers_cannot_be_installed()
    {
        var (exitCode, output, error) = Run("true");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            $"apt-get could not install {Packages}: mend that, or run without CI=true.\n", error);
    }

    [Fact]
    public void A_run_that_a_person_asked_for_skips_their_tests_and_ends_with_the_count()
    {
        var (exitCode, output, error) = Run("");

        Assert.Equal(0, exitCode);
        Assert.Equal("3 passed, 0 failed, 2 skipped", output.TrimEnd().Split('\n')[^1]);
        Assert.Equal($"apt-get could not install {Packages}: their tests skip.\n", error);
    }

    private (int ExitCode, string Output, string Error) Run(string asked)
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/etc/debian_version"),
            "Only root installs packages, and only on Debian.");
        Add("apt-get", "exit 100");
        Add("node", "");
        Add("npm", "");
        Add("dotnet", "printf '  succeeded: 3\\n  failed: 0\\n  skipped: 2\\n'");
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, ".ci", "run"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CI"] = asked;
        start.Environment["PATH"] = $"{_tools.FullName}:/usr/bin:/bin";
        using var run = Process.Start(start)!;
        var (output, error) = (run.StandardOutput.ReadToEnd(), run.StandardError.ReadToEnd());
        run.WaitForExit();
        return (run.ExitCode, output, error);
    }

    private void Add(string tool, string script)
    {
        var path = Path.Combine(_tools.FullName, tool);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        using var chmod = Process.Start("chmod", ["+x", path]);
        chmod.WaitForExit();
    }
}
