// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System
{
    public abstract class Attribute
    {
        protected extern Attribute();
    }

    [Flags]
    public enum AttributeTargets
    {
        Assembly = 0x1,
        Module = 0x2,
        Class = 0x4,
        Struct = 0x8,
        Enum = 0x10,
        Constructor = 0x20,
        Method = 0x40,
        Property = 0x80,
        Field = 0x100,
        Event = 0x200,
        Interface = 0x400,
        Parameter = 0x800,
        Delegate = 0x1000,
        ReturnValue = 0x2000,
        All = 0x3FFF,
    }

    public sealed class AttributeUsageAttribute : Attribute
    {
        public extern AttributeUsageAttribute(AttributeTargets validOn);
        public extern AttributeTargets ValidOn { get; }
        public extern bool AllowMultiple { get; set; }
        public extern bool Inherited { get; set; }
    }

    public class FlagsAttribute : Attribute
    {
        public extern FlagsAttribute();
    }

    public sealed class ObsoleteAttribute : Attribute
    {
        public extern ObsoleteAttribute();
        public extern ObsoleteAttribute(string message);
        public extern ObsoleteAttribute(string message, bool error);
        public extern string Message { get; }
        public extern bool IsError { get; }
    }

    public sealed class ParamArrayAttribute : Attribute
    {
        public extern ParamArrayAttribute();
    }
}

namespace System.Diagnostics
{
    public sealed class ConditionalAttribute : Attribute
    {
        public extern ConditionalAttribute(string conditionString);
        public extern string ConditionString { get; }
    }
}

namespace System.Reflection
{
    public sealed class DefaultMemberAttribute : Attribute
    {
        public extern DefaultMemberAttribute(string memberName);
        public extern string MemberName { get; }
    }

    public sealed class AssemblyTitleAttribute : Attribute
    {
        public extern AssemblyTitleAttribute(string title);
        public extern string Title { get; }
    }

    public sealed class AssemblyProductAttribute : Attribute
    {
        public extern AssemblyProductAttribute(string product);
        public extern string Product { get; }
    }

    public sealed class AssemblyVersionAttribute : Attribute
    {
        public extern AssemblyVersionAttribute(string version);
        public extern string Version { get; }
    }

    public sealed class AssemblyFileVersionAttribute : Attribute
    {
        public extern AssemblyFileVersionAttribute(string version);
        public extern string Version { get; }
    }
}

namespace System.Runtime.CompilerServices
{
    public static class IsExternalInit { }

    public static class RuntimeHelpers
    {
        public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);
    }

    public sealed class ExtensionAttribute : Attribute
    {
        public extern ExtensionAttribute();
    }

    public sealed class IndexerNameAttribute : Attribute
    {
        public extern IndexerNameAttribute(string indexerName);
    }

    public sealed class InternalsVisibleToAttribute : Attribute
    {
        public extern InternalsVisibleToAttribute(string assemblyName);
        public extern string AssemblyName { get; }
    }
}

namespace System.Runtime.InteropServices
{
    public sealed class OutAttribute : Attribute
    {
        public extern OutAttribute();
    }
}

namespace System.Runtime.Versioning
{
    public sealed class TargetFrameworkAttribute : Attribute
    {
        public extern TargetFrameworkAttribute(string frameworkName);
        public extern string FrameworkName { get; }
        public extern string FrameworkDisplayName { get; set; }
    }
}
