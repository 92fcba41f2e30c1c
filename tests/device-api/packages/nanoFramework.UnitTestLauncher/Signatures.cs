// nanoFramework.TestFramework 3.0.80: nanoFramework.UnitTestLauncher, managed only
namespace nanoFramework.TestFramework
{
    public class UnitTestLauncher
    {
        public extern UnitTestLauncher();
        public static extern void Main();
    }
}
