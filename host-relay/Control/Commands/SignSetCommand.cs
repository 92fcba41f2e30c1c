namespace Helios.Control;

/// <summary>Adds this controller's signature to a file with a new set. Needs no network.</summary>
internal static class SignSetCommand
{
    public static int Run(SigningOptions options, string path, TextWriter output)
    {
        var file = SetFile.Read(path);
        if (file.Before.PlaceOf(options.Key.Address.ToArray()) < 0)
        {
            throw new BadInputException(
                $"{options.Key.Address} is not in the set before, whose members sign: correct "
                    + "before, or use another key.");
        }

        var signing = new SetSigning(options.ChainId, options.Ledger);
        file.Add(signing.Sign(file.Set, options.Key));
        file.Write();
        var signers = signing.SignersOf(file);
        output.WriteLine(
            $"Signed set {file.Set.Number} as {options.Key.Address}; {signers.Count} of "
            + $"{file.Before.Threshold} have: {string.Join(", ", signers.Select(
                static one => one.Signer))}.");
        return 0;
    }
}
