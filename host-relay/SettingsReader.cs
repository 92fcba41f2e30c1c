namespace Helios;

/// <summary>Makes a command's options of a file and of environment variables, which win.</summary>
/// <param name="path">A JSON file, or null for none.</param>
/// <param name="environment">Environment variables by name.</param>
/// <param name="mistakes">One sentence each; none if there are options.</param>
internal delegate TOptions? SettingsReader<out TOptions>(
    string? path,
    IReadOnlyDictionary<string, string> environment,
    out IReadOnlyList<string> mistakes)
    where TOptions : class;
