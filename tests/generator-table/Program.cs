using Helios.Tests.Firmware.Signing;

var root = new DirectoryInfo(AppContext.BaseDirectory);
while (root is not null && !File.Exists(Path.Combine(root.FullName, "tests", "tests.slnx")))
{
    root = root.Parent;
}

if (root is null)
{
    Console.Error.WriteLine("No tests/tests.slnx above the program: run it from a clone.");
    return 2;
}

for (int block = 0; block < GeneratorTableSource.Blocks; block++)
{
    string path = Path.Combine(
        root.FullName, "firmware", "Signing", GeneratorTableSource.FileName(block));
    File.WriteAllText(path, GeneratorTableSource.Text(block));
    Console.WriteLine(path);
}

return 0;
