using Helios.Chain;

namespace Helios;

/// <summary>An address as a person types it.</summary>
internal static class AddressText
{
    /// <param name="text">What he typed.</param>
    /// <param name="whose">Whose address it should be, for people.</param>
    /// <exception cref="BadInputException">It is none, or zero.</exception>
    public static Address Parse(string text, string whose) =>
        (Address.TryParse(text, out var address), address.IsZero) switch
        {
            (true, false) => address,
            (true, true) => throw new BadInputException(
                $"The address {text} is zero, and nobody's: give the {whose}'s address."),
            _ => throw new BadInputException(
                $"'{text}' is no {whose}'s address: 0x and 40 hex digits are."),
        };
}
