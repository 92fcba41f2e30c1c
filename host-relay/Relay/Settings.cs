using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Settings as text, from a JSON file and from environment variables, which win; an empty one is
/// missing. Reading a setting checks it; every mistake becomes one sentence, and none stops the
/// search for more.
/// </summary>
internal sealed class Settings
{
    private const string EnvironmentPrefix = "HELIOS_";
    private static readonly char[] ListMarks = ['[', ']', '"', ',', ' ', '\n', '\r', '\t'];

    private readonly Dictionary<string, (string Text, string Where)> _given =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _mistakes = [];
    private readonly IReadOnlyDictionary<string, string> _environment;

    /// <param name="path">A JSON file with one object, or null for none.</param>
    /// <param name="environment">Environment variables by name.</param>
    public Settings(string? path, IReadOnlyDictionary<string, string> environment)
    {
        _environment = environment;
        if (path is not null)
        {
            ReadFile(path);
        }
    }

    /// <summary>One sentence a mistake, unknown settings included, once all are read.</summary>
    public IReadOnlyList<string> Mistakes() =>
    [
        .. _mistakes,
        .. _given.Where(pair => !_known.Contains(pair.Key)).Select(pair =>
            $"{pair.Value.Where}: there is no setting '{pair.Key}': remove it or correct its "
                + "name."),
    ];

    /// <summary>
    /// A text, or null with a mistake noted if it is missing and has no default.
    /// </summary>
    public string? Text(string name, string example, string? otherwise = null)
    {
        if (Find(name) is { } given)
        {
            return given.Text;
        }

        if (otherwise is null)
        {
            _mistakes.Add(
                $"The setting {name} is missing: give it in the configuration file or as "
                + $"{VariableOf(name)}, for instance {example}.");
        }

        return otherwise;
    }

    /// <summary>A text that may be missing.</summary>
    public string? TextOrNull(string name) => Find(name)?.Text;

    /// <summary>An environment variable's text, or null if it is missing or empty.</summary>
    public string? VariableOrNull(string variable) =>
        _environment.TryGetValue(variable, out var text) && !string.IsNullOrWhiteSpace(text)
            ? text
            : null;

    /// <summary>A whole number within a range.</summary>
    public T Number<T>(string name, T min, T max, T? otherwise)
        where T : struct, IBinaryInteger<T>
    {
        if (Find(name) is not { } given)
        {
            return otherwise ?? Missing<T>(name, $"{min}");
        }

        if (T.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        return Wrong<T>(name, given, $"a whole number from {min} to {max}");
    }

    /// <summary>
    /// The setting database: a SQLite file, or a connection string where PostgreSQL will do.
    /// </summary>
    public string Database(string otherwise, bool mayBePostgres)
    {
        if (Find("database") is not { } given)
        {
            return otherwise;
        }

        // SQLite would name a file like the first two, password and all, and keep the others in
        // memory. For the password's sake the text is not repeated.
        var isFile = !given.Text.Contains(';') && !given.Text.Contains("://")
            && !given.Text.Equals(":memory:", StringComparison.OrdinalIgnoreCase)
            && !given.Text.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (!isFile && !(mayBePostgres && StoreFactory.IsPostgres(given.Text)))
        {
            _mistakes.Add($"{given.Where}: database must be the path of a file like {otherwise}"
                + (mayBePostgres
                    ? ", or for PostgreSQL Host=...;Database=...;Username=... with a Host=."
                    : "."));
        }

        return given.Text;
    }

    /// <summary>true or false.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Find(name) is not { } given)
        {
            return otherwise;
        }

        return bool.TryParse(given.Text, out var flag)
            ? flag
            : Wrong<bool>(name, given, "true or false");
    }

    /// <summary>
    /// What a file holds, or null: the setting is missing, or a mistake is noted.
    /// </summary>
    /// <param name="name">The setting that names the file.</param>
    /// <param name="expected">What the file should hold, for people.</param>
    /// <param name="read">Reads it; a refusal's message completes "cannot be used (".</param>
    public T? FromFile<T>(string name, string expected, Func<string, T> read)
        where T : class
    {
        if (Find(name) is not { } given)
        {
            return null;
        }

        try
        {
            return read(given.Text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or FormatException or System.Security.Cryptography.CryptographicException)
        {
            _mistakes.Add(
                $"The file {given.Text} of {name} cannot be used "
                + $"({failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}): it must hold "
                + $"{expected}.");
            return null;
        }
    }

    /// <summary>Notes a mistake that several settings make together.</summary>
    public void Mistake(string sentence) => _mistakes.Add(sentence);

    /// <summary>An address of a node or a broker.</summary>
    public Uri? Url(string name, string example, params string[] schemes)
    {
        if (Find(name) is not { } given)
        {
            return null;
        }

        return Uri.TryCreate(given.Text, UriKind.Absolute, out var url)
            && schemes.Contains(url.Scheme, StringComparer.Ordinal)
            && url.Host.Length > 0
                ? url
                : Wrong<Uri>(name, given, $"an address like {example}");
    }

    /// <summary>An address on the chain.</summary>
    public Address Address(string name)
    {
        const string Example = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
        if (Find(name) is not { } given)
        {
            return Missing<Address>(name, Example);
        }

        return Helios.Chain.Address.TryParse(given.Text, out var address) && !address.IsZero
            ? address
            : Wrong<Address>(name, given, $"an address of 0x and 40 hex digits like {Example}");
    }

    /// <summary>An address of this machine.</summary>
    public IPAddress IpAddress(string name, IPAddress otherwise)
    {
        if (Find(name) is not { } given)
        {
            return otherwise;
        }

        return IPAddress.TryParse(given.Text, out var address)
            ? address
            : Wrong<IPAddress>(name, given, "an IP address like 127.0.0.1 or 0.0.0.0")
                ?? otherwise;
    }

    /// <summary>Addresses on the chain, a JSON array or with commas between; may be none.</summary>
    public IReadOnlyList<Address> Addresses(string name)
    {
        if (Find(name) is not { } given)
        {
            return [];
        }

        var addresses = new List<Address>();
        foreach (var text in given.Text.Split(
            ListMarks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Helios.Chain.Address.TryParse(text, out var address) || address.IsZero)
            {
                return Wrong<Address[]>(
                    name, (text, given.Where), "addresses of 0x and 40 hex digits") ?? [];
            }

            addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>
    /// A secret key, from a file that one setting names or from a variable of its own.
    /// </summary>
    /// <param name="whose">Whose key it is, for people: sender.</param>
    /// <param name="variable">The variable that holds its digits.</param>
    /// <param name="fileSetting">The setting that names its file.</param>
    public SenderKey? Key(string whose, string variable, string fileSetting)
    {
        var path = Find(fileSetting);
        var (text, where) = VariableOrNull(variable) is { } fromVariable
            ? (fromVariable, variable)
            : (path is { } given ? ReadSecret(given.Text, fileSetting) : null, path?.Text ?? "");
        if (path is null && text is null)
        {
            _mistakes.Add(
                $"The {whose}'s key is missing: name a file with its 64 hex digits in "
                    + $"{fileSetting}, "
                + $"or give it as {variable}.");
        }

        if (text is null)
        {
            return null;
        }

        // The text itself is not repeated: it may be nearly a key.
        if (!Hex.TryParse(text.Trim(), out var secret) || !SenderKey.IsValid(secret))
        {
            _mistakes.Add(
                $"{where} holds no secret key: 64 hex digits are one, with or without 0x.");
            return null;
        }

        return new SenderKey(secret);
    }

    private string? ReadSecret(string path, string setting)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _mistakes.Add(
                $"The key file {path} cannot be read: create it or correct {setting}.");
            return null;
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
            });
            foreach (var property in json.RootElement.EnumerateObject())
            {
                _given[property.Name] = (property.Value.ToString(), path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _mistakes.Add(
                $"The configuration file {path} cannot be read: create it or correct --config.");
        }
        catch (JsonException failure)
        {
            _mistakes.Add(
                $"The configuration file {path} is not JSON at line "
                    + $"{failure.LineNumber + 1}: correct it.");
        }
        catch (InvalidOperationException)
        {
            _mistakes.Add(
                $"The configuration file {path} must hold one JSON object: put {{ }} around it.");
        }
    }

    private (string Text, string Where)? Find(string name)
    {
        _known.Add(name);
        if (VariableOrNull(VariableOf(name)) is { } text)
        {
            return (text, VariableOf(name));
        }

        return _given.TryGetValue(name, out var given) && !string.IsNullOrWhiteSpace(given.Text)
            ? given
            : null;
    }

    private T Missing<T>(string name, string example)
        where T : struct
    {
        Text(name, example);
        return default;
    }

    private T? Wrong<T>(string name, (string Text, string Where) given, string expected)
    {
        _mistakes.Add($"{given.Where}: {name} is '{given.Text}', but must be {expected}.");
        return default;
    }

    /// <summary>rpcTimeoutMs is HELIOS_RPC_TIMEOUT_MS.</summary>
    private static string VariableOf(string name) => EnvironmentPrefix + string.Concat(
        name.Select(static letter => char.IsUpper(letter)
            ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
