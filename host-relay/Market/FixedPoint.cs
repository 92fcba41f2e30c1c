using System.Globalization;
using System.Numerics;

namespace Helios.Trading;

/// <summary>
/// Whole numbers of a smallest unit as people write them, with a point and no exponent.
/// </summary>
internal static class FixedPoint
{
    private const int DigitsMax = 80;

    /// <summary>
    /// Reads digits with at most one point, and no more places behind it than there are.
    /// </summary>
    public static bool TryParse(string text, int places, out BigInteger number)
    {
        number = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        part = part.TrimEnd('0');
        return whole.Length > 0
            && text.Length <= DigitsMax
            && part.Length <= places
            && BigInteger.TryParse(
                whole + part.PadRight(places, '0'),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out number);
    }

    /// <summary>Writes it without zeros that say nothing.</summary>
    public static string Of(BigInteger number, int places)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var part = digits[^places..].TrimEnd('0');
        var whole = digits[..^places];
        return part.Length == 0 ? whole : $"{whole}.{part}";
    }
}
