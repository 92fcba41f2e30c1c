using Checked = Xunit.Assert;

namespace nanoFramework.TestFramework
{
    /// <summary>What the device's tests use of its Assert, judged by xunit.</summary>
    public static class Assert
    {
        public static void AreEqual(int expected, int actual) => Checked.Equal(expected, actual);

        public static void AreEqual(uint expected, uint actual) => Checked.Equal(expected, actual);

        public static void AreEqual(ulong expected, ulong actual)
            => Checked.Equal(expected, actual);

        public static void AreEqual(string expected, string actual)
            => Checked.Equal(expected, actual);

        public static void AreEqual(object expected, object actual)
            => Checked.Equal(expected, actual);

        public static void AreNotEqual(object notExpected, object actual)
            => Checked.NotEqual(notExpected, actual);

        public static void IsTrue(bool condition) => Checked.True(condition);

        public static void IsFalse(bool condition) => Checked.False(condition);

        public static void IsNull(object value) => Checked.Null(value);
    }
}
