using System.Globalization;

namespace Helios.Chain;

/// <summary>
/// Hexadecimal as JSON-RPC writes it: data with two digits a byte, quantities without zeros in
/// front.
/// </summary>
public static class Hex
{
    /// <summary>0x and two lower-case digits a byte.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>0x and the shortest digits of a quantity; zero is 0x0.</summary>
    public static string Of(UInt128 quantity) =>
        "0x" + quantity.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads data of either case, with or without 0x.</summary>
    public static bool TryParse(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null)
        {
            return false;
        }

        var digits = WithoutPrefix(text);
        if (digits.Length % 2 != 0 || digits.ContainsAnyExcept(Digits))
        {
            return false;
        }

        bytes = Convert.FromHexString(digits);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    public static byte[] Parse(string text) => TryParse(text, out var bytes)
        ? bytes
        : throw new FormatException($"'{text}' is not hexadecimal data.");

    /// <summary>Reads a quantity of at most 128 bits; larger ones and other text throw.</summary>
    public static UInt128 ParseQuantity(string text) => UInt128.Parse(
        WithoutPrefix(text), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static readonly System.Buffers.SearchValues<char> Digits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static ReadOnlySpan<char> WithoutPrefix(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
}
