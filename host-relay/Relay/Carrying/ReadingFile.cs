using System.Text.Json;
using System.Text.Json.Serialization;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Signed readings as a JSON file that people carry: the deployment that they are signed for, and
/// of each its meter and its bytes. It holds no secret, and who alters it is found out.
/// </summary>
/// <param name="ChainId">The chain that they are signed for.</param>
/// <param name="Ledger">The ledger that they are signed for.</param>
/// <param name="Readings">In the order of the file.</param>
internal sealed record ReadingFile(
    ulong ChainId, Address Ledger, IReadOnlyList<CarriedReading> Readings)
{
    // Half a million readings; it is read into memory as a whole.
    private const long LengthMax = 200_000_000;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a file that is not there yet, whole or not at all.</summary>
    /// <returns>Readings written.</returns>
    /// <exception cref="BadInputException">It is there, or cannot be written.</exception>
    public static int Write(
        string path, ulong chainId, Address ledger, IEnumerable<CarriedReading> readings)
    {
        var unfinished = path + ".new";
        try
        {
            var count = WriteContent(unfinished, chainId, ledger, readings);
            File.Move(unfinished, path, overwrite: false);
            return count;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
            throw new BadInputException(
                $"The file {path} cannot be written ({failure.Message.TrimEnd('.')}): name "
                    + "another one that is not there yet.",
                failure);
        }
    }

    /// <summary>Reads a file; signatures are not looked at.</summary>
    /// <exception cref="BadInputException">It cannot be read, or is no such file.</exception>
    public static ReadingFile Read(string path)
    {
        var content = Parse(path);
        if (!Address.TryParse(content.Ledger, out var ledger))
        {
            throw new BadInputException(
                $"{path}: ledger is '{content.Ledger}', but must be 0x and 40 hex digits.");
        }

        var readings = content.Readings.Select((one, index) =>
            Address.TryParse(one.Meter, out var meter) && Hex.TryParse(one.Signed, out var signed)
                ? new CarriedReading(meter, signed)
                : throw new BadInputException(
                    $"{path}: reading {index + 1} has no meter of 0x and 40 hex digits, or no "
                        + "signed bytes in hex: correct or remove it."));
        return new ReadingFile(content.ChainId, ledger, [.. readings]);
    }

    private static int WriteContent(
        string path, ulong chainId, Address ledger, IEnumerable<CarriedReading> readings)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteNumber("chainId", chainId);
        json.WriteString("ledger", ledger.ToString());
        json.WriteStartArray("readings");
        var count = 0;
        foreach (var reading in readings)
        {
            JsonSerializer.Serialize(
                json, new One(reading.Meter.ToString(), Hex.Of(reading.Signed)), Format);
            count++;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private static Content Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > LengthMax)
            {
                throw new BadInputException(
                    $"The file {path} has more than {LengthMax} bytes: split it.");
            }

            return JsonSerializer.Deserialize<Content>(file, Format) ?? throw new JsonException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"The file {path} cannot be read: name one that `export` wrote.", failure);
        }
        catch (JsonException failure)
        {
            throw new BadInputException(
                $"The file {path} holds no readings at line {failure.LineNumber + 1}: name one "
                    + "that `export` wrote.",
                failure);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What could not be written can perhaps not be deleted either; the first reason counts.
        }
    }

    private sealed record One(string Meter, string Signed);

    private sealed record Content(ulong ChainId, string Ledger, One[] Readings);
}
