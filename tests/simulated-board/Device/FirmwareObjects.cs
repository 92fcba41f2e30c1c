using System.Reflection;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// All objects that the device's stages can reach, each once, with the field that holds it. What
/// belongs to the simulated board is not the device's memory, and is left out.
/// </summary>
internal sealed class FirmwareObjects
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(object One, string Holder)> _waiting = new();

    /// <summary>Every array of bytes, and which field of which type holds it.</summary>
    public static IReadOnlyList<(byte[] Bytes, string Holder)> ByteArraysOf(object[] roots)
    {
        var objects = new FirmwareObjects();
        foreach (var root in roots)
        {
            objects.Add(root, root.GetType().Name);
        }

        var arrays = new List<(byte[], string)>();
        while (objects._waiting.TryPop(out var next))
        {
            if (next.One is byte[] bytes)
            {
                arrays.Add((bytes, next.Holder));
            }
            else
            {
                objects.AddContentOf(next.One, next.Holder);
            }
        }

        return arrays;
    }

    private void AddContentOf(object one, string holder)
    {
        if (one is Array array)
        {
            foreach (var element in array)
            {
                Add(element, holder);
            }

            return;
        }

        for (var type = one.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Fields))
            {
                Add(field.GetValue(one), $"{type.Name}.{field.Name}");
            }
        }
    }

    private void Add(object? one, string holder)
    {
        if (one is not null && IsOfDevice(one) && _seen.Add(one))
        {
            _waiting.Push((one, holder));
        }
    }

    private static bool IsOfDevice(object one)
    {
        var type = one.GetType();
        var space = (type.IsArray ? type.GetElementType()! : type).Namespace ?? "";
        return !type.IsPrimitive && !type.IsPointer && one is not string
            && (type.IsArray || one is Delegate
                || (space.StartsWith("Helios", StringComparison.Ordinal)
                    && !space.StartsWith("Helios.Boards", StringComparison.Ordinal)
                    && !space.StartsWith("Helios.Tests", StringComparison.Ordinal)));
    }
}
