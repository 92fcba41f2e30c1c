using System.Text.RegularExpressions;

namespace Helios.Tests.DeviceGates;

/// <summary>A README: the files that it names and the commands that it gives.</summary>
internal sealed class Readme
{
    // Endings of what people write and git keeps.
    private static readonly string[] Endings =
    [
        ".cs", ".csproj", ".nfproj", ".sln", ".slnx", ".json", ".md", ".toml", ".sol", ".rsp",
        ".config", ".runsettings", ".cfg", ".props", ".targets", ".html",
    ];

    private static readonly Regex Link =
        new(@"\]\([^)\s]+\)", RegexOptions.NonBacktracking);

    private static readonly Regex WordsAndSlashes =
        new(@"^\w[\w./-]*$", RegexOptions.NonBacktracking);

    private readonly string _folder;
    private readonly List<string> _prose = [];
    private readonly List<string> _commands = [];
    private readonly List<string> _drawings = [];

    private Readme(string path)
    {
        Path = path;
        _folder = System.IO.Path.GetDirectoryName(path)!;
        Sort(File.ReadAllText(path).Replace("\\\n", "", StringComparison.Ordinal).Split('\n'));
    }

    private IEnumerable<string> Code
        => _prose.SelectMany(line => line.Split('`').Where((_, i) => i % 2 == 1));

    public static IReadOnlyList<Readme> All { get; } =
        [.. Repository.FilesBelow(Repository.Root, "*.md").Select(path => new Readme(path))];

    public string Path { get; }

    /// <summary>The lines of every block of shell, continued lines joined, comments cut.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <summary>The commands of nanoff, wherever they stand.</summary>
    public IEnumerable<string> NanoffCommands
        => _commands.Concat(_drawings).Concat(Code)
            .Where(line => line.StartsWith("nanoff ", StringComparison.Ordinal));

    /// <summary>Targets of links, without those on the web and anchors of this file.</summary>
    public IEnumerable<string> Links
        => _prose.SelectMany(line => Link.Matches(line))
            .Select(match => match.Value[2..^1].Split('#')[0])
            .Where(target => target.Length > 0
                && !target.Contains("://", StringComparison.Ordinal));

    /// <summary>What looks like a file or folder, in code and in commands.</summary>
    public IEnumerable<string> NamedPaths
        => Code.Concat(_commands)
            .SelectMany(code => code.Split(' '))
            .Select(word => word.TrimStart('@'))
            .Where(LooksLikePath);

    /// <summary>True if it is there, seen from the README, the top, or as a type's name.</summary>
    public bool IsThere(string path)
        => new[] { _folder, Repository.Root }
            .Select(folder => System.IO.Path.Combine(folder, path))
            .Any(full => File.Exists(full) || Directory.Exists(full) || File.Exists(full + ".cs"))
            || (!path.Contains('/', StringComparison.Ordinal)
                && Repository.FilesBelow(Repository.Root, path).Length > 0);

    private void Sort(string[] lines)
    {
        string? fence = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence is null ? line : null;
            }
            else if (fence is null)
            {
                _prose.Add(line);
            }
            else
            {
                var isShell = string.Equals(fence, "```sh", StringComparison.Ordinal);
                (isShell ? _commands : _drawings).Add(line.Split('#')[0].Trim());
            }
        }
    }

    // A name in capitals alone is the reader's to fill in.
    private static bool LooksLikePath(string word)
        => WordsAndSlashes.IsMatch(word)
            && word.Any(char.IsAsciiLetterLower)
            && (word.Contains('/', StringComparison.Ordinal)
                || Endings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)));
}
