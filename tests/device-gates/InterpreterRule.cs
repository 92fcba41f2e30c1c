namespace Helios.Tests.DeviceGates;

/// <summary>
/// What compiles for .NET and crashes, is refused or counts wrong on nanoFramework's interpreter
/// 1.17, or would hide state from the journal.
/// </summary>
internal enum InterpreterRule
{
    /// <summary>Generic types and methods crash at run time.</summary>
    Generics,

    /// <summary>Func, and Action or EventHandler of a type, crash at run time.</summary>
    GenericDelegate,

    /// <summary>There is no System.Linq.</summary>
    Linq,

    /// <summary>There is no Task.</summary>
    Async,

    /// <summary>There is no ValueTuple.</summary>
    Tuple,

    /// <summary>Their generated members need types that are missing.</summary>
    Record,

    /// <summary>There is no Nullable.</summary>
    NullableValue,

    /// <summary>They crash at run time; arrays of arrays do not.</summary>
    MultidimensionalArray,

    /// <summary>The metadata processor refuses it.</summary>
    StackAllocation,

    /// <summary>Emulated on most ESP32, and no unit for energy or time.</summary>
    FloatingPoint,

    /// <summary>System.Decimal is an empty shell.</summary>
    Decimal,

    /// <summary>The interpreter wraps silently where .NET throws.</summary>
    Checked,

    /// <summary>They throw at run time.</summary>
    DefaultInterfaceMember,

    /// <summary>There is nothing that an iterator could be compiled to.</summary>
    Iterator,

    /// <summary>State comes by constructors, so that many meters fit one process.</summary>
    MutableStaticState,

    /// <summary>Has no effect while the value stays on the interpreter's stack.</summary>
    SignConversion,
}
