using Helios.Chain;

namespace Helios.Relay;

/// <summary>A meter's address as a person types it.</summary>
internal static class AddressArgument
{
    /// <exception cref="BadInputException">It is none.</exception>
    public static Address Parse(string text) =>
        Address.TryParse(text, out var address) && !address.IsZero
            ? address
            : throw new BadInputException(
                $"'{text}' is no meter's address: 0x and 40 hex digits are.");
}
