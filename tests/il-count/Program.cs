using Helios.Tests.IlCount;

Console.WriteLine("IL instructions of Helios.Firmware.dll, steady state; HMAC is one call.");
Console.WriteLine();
Console.WriteLine($"{"",-28}{"least",12}{"most",12}{"bytes",8}{"paths",7}");
var measured = InstrumentedFirmware.Measure();
foreach (var operation in measured.GroupBy(m => m.Operation, StringComparer.Ordinal))
{
    Console.WriteLine(
        $"{operation.Key,-28}{operation.Min(m => m.Instructions),12:N0}"
        + $"{operation.Max(m => m.Instructions),12:N0}{operation.Max(m => m.AllocatedBytes),8:N0}"
        + $"{operation.Select(m => m.Path).Distinct().Count(),7}");
}

Console.WriteLine();
Console.WriteLine("bytes: allocated by one operation. paths: different orders of basic blocks");
Console.WriteLine("among the keys, without the masked inversion and the generator table.");
