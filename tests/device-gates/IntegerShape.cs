using Microsoft.CodeAnalysis;

namespace Helios.Tests.DeviceGates;

/// <summary>Width and sign of an integer. Native ones have 32 bits, as on the ESP32.</summary>
internal sealed record IntegerShape(int Bits, bool IsSigned)
{
    /// <summary>That of an integer, character or enumeration; null for any other type.</summary>
    public static IntegerShape? Of(ITypeSymbol? type)
    {
        var integer = type is INamedTypeSymbol { EnumUnderlyingType: { } underlying }
            ? underlying
            : type;
        return integer?.SpecialType switch
        {
            SpecialType.System_SByte => new(8, true),
            SpecialType.System_Byte => new(8, false),
            SpecialType.System_Int16 => new(16, true),
            SpecialType.System_UInt16 or SpecialType.System_Char => new(16, false),
            SpecialType.System_Int32 or SpecialType.System_IntPtr => new(32, true),
            SpecialType.System_UInt32 or SpecialType.System_UIntPtr => new(32, false),
            SpecialType.System_Int64 => new(64, true),
            SpecialType.System_UInt64 => new(64, false),
            _ => null,
        };
    }
}
