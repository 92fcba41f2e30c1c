using System.Text.Json;
using Helios.Chain;
using Helios.Signing;

namespace Helios.Control;

/// <summary>
/// A new set of controllers on its way through the hands of those who sign it: a JSON file that one
/// passes on to the next. It holds no secret.
/// </summary>
internal sealed class SetFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly string _path;
    private readonly List<string> _signatures;

    private SetFile(
        string path, ControllerSet before, ControllerSet set, IEnumerable<string> signatures)
    {
        _path = path;
        Before = before;
        Set = set;
        _signatures = [.. signatures];
    }

    /// <summary>The set that signs: what the meters obey now.</summary>
    public ControllerSet Before { get; }

    /// <summary>The set that is signed.</summary>
    public ControllerSet Set { get; }

    /// <summary>64 bytes each, in the order in which they were added.</summary>
    public IReadOnlyList<byte[]> Signatures => [.. _signatures.Select(Hex.Parse)];

    /// <summary>Reads a file and checks both sets.</summary>
    /// <exception cref="BadInputException">
    /// It breaks a rule of sets, or is no such file.
    /// </exception>
    public static SetFile Read(string path)
    {
        var content = Parse(path);
        var signatures = content.Signatures ?? [];
        if (signatures.Any(static text =>
            !Hex.TryParse(text, out var bytes)
            || bytes.Length != RecoverableSignature.CompactLength))
        {
            throw new BadInputException(
                $"{path}: signatures are 0x and 128 hex digits; remove what is none.");
        }

        return new SetFile(
            path,
            SetOf(path, "before", content.Number - 1, content.Before),
            SetOf(path, "the new set", content.Number, new Members(
                content.Threshold, content.Controllers)),
            signatures);
    }

    /// <summary>Adds a signature, unless it is there.</summary>
    public void Add(byte[] signature)
    {
        var text = Hex.Of(signature);
        if (!_signatures.Contains(text, StringComparer.Ordinal))
        {
            _signatures.Add(text);
        }
    }

    /// <summary>Writes the file back.</summary>
    public void Write()
    {
        static string[] Texts(ControllerSet set) =>
            Array.ConvertAll(set.Addresses, static bytes => new Address(bytes).ToString());
        var content = new Content(
            new Members(Before.Threshold, Texts(Before)),
            Set.Number,
            Set.Threshold,
            Texts(Set),
            [.. _signatures]);
        File.WriteAllText(_path, JsonSerializer.Serialize(content, Format) + "\n");
    }

    private static Content Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Format)
                ?? throw new JsonException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"The file {path} cannot be read: create it, or name another one.", failure);
        }
        catch (JsonException failure)
        {
            throw new BadInputException(
                $"The file {path} is no set of controllers at line {failure.LineNumber + 1}: "
                    + "host-relay/README.md shows one.",
                failure);
        }
    }

    private static ControllerSet SetOf(string path, string which, uint number, Members? members)
    {
        var texts = members?.Controllers ?? [];
        var addresses = new byte[texts.Length][];
        for (var i = 0; i < texts.Length; i++)
        {
            addresses[i] = Address.TryParse(texts[i], out var address)
                ? address.ToArray()
                : throw new BadInputException(
                    $"{path}: '{texts[i]}' in {which} is no address: 0x and 40 hex digits are.");
        }

        var set = new ControllerSet(number, members?.Threshold ?? 0, addresses);
        return (number == uint.MaxValue ? "the number is 1 or more" : Broken(set)) is { } rule
            ? throw new BadInputException($"{path}: {which} is not taken by a meter: {rule}.")
            : set;
    }

    private static string? Broken(ControllerSet set) => set.Check() switch
    {
        ControllerSetCheck.Sound => null,
        ControllerSetCheck.CountOutOfRange =>
            $"it has 1 to {ControllerSet.CountMax} controllers, not {set.Addresses.Length}",
        ControllerSetCheck.ThresholdOutOfRange =>
            $"its threshold is 1 to {set.Addresses.Length}, not {set.Threshold}",
        ControllerSetCheck.AddressMissing => "the zero address is nobody's",
        _ => "its addresses rise, each once",
    };

    private sealed record Members(byte Threshold, string[]? Controllers);

    private sealed record Content(
        Members? Before, uint Number, byte Threshold, string[]? Controllers, string[]? Signatures);
}
