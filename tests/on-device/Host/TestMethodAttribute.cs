using System;
using System.Runtime.CompilerServices;
using Xunit;

namespace nanoFramework.TestFramework
{
    /// <summary>A test, on the device as on the host.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TestMethodAttribute : FactAttribute
    {
        /// <param name="file">Where it is: the compiler says.</param>
        /// <param name="line">Where it is: the compiler says.</param>
        public TestMethodAttribute(
            [CallerFilePath] string file = null, [CallerLineNumber] int line = -1)
            : base(file, line)
        {
        }
    }
}
