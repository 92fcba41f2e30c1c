namespace Helios.Relay;

/// <summary>
/// Users of the relay's own broker: a name, a colon and a password's hash in each line. Empty lines
/// and lines that begin with # count for nothing.
/// </summary>
internal static class PasswordFile
{
    /// <summary>Every user's hash.</summary>
    /// <exception cref="FormatException">A line is none of these.</exception>
    public static IReadOnlyDictionary<string, PasswordHash> Read(string path)
    {
        var users = new Dictionary<string, PasswordHash>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var colon = line.LastIndexOf(':');
            if (colon < 1 || PasswordHash.Parse(line[(colon + 1)..].Trim()) is not { } hash
                || !users.TryAdd(line[..colon], hash))
            {
                throw new FormatException(
                    $"line {number} is no name with a hash, or names a user again");
            }

            if (TopicRule.IsMisspelt(line[..colon]))
            {
                throw new FormatException(
                    $"line {number} names a meter in other than 40 lower-case hex digits");
            }
        }

        return users;
    }

    /// <summary>
    /// Adds a user or changes his password: the whole file is written anew and then put in place.
    /// </summary>
    public static void Set(string path, string user, PasswordHash hash)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var written = path + ".new";
        File.WriteAllLines(written, lines
            .Where(line => !line.StartsWith(user + ":", StringComparison.Ordinal))
            .Append($"{user}:{hash}"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(written, path, overwrite: true);
    }
}
