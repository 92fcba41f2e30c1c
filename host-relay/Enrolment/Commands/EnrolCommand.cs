using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>
/// Takes what a meter signed to be enrolled, shows and checks it, and submits it after a yes.
/// </summary>
internal static class EnrolCommand
{
    /// <summary>Admits a meter, as an enroller.</summary>
    public static Task<int> EnrolAsync(
        CallerOptions options, string path, Consent consent, CancellationToken ct) =>
        RunAsync(
            options, path, replaced: null, consent,
            static enrolment => DirectoryCalls.Enrol(enrolment.Said, enrolment.Signature),
            "is enrolled", ct);

    /// <summary>Admits a meter in place of another, which it shows too, as an enroller.</summary>
    public static Task<int> ReplaceAsync(
        CallerOptions options, string replaced, string path, Consent consent, CancellationToken ct)
    {
        var meter = AddressText.Parse(replaced, "meter");
        return RunAsync(
            options, path, meter, consent,
            enrolment => DirectoryCalls.Replace(meter, enrolment.Said, enrolment.Signature),
            $"is enrolled in place of {meter}", ct);
    }

    /// <summary>Takes a meter over that was offered, as its new owner.</summary>
    public static Task<int> AcceptAsync(
        CallerOptions options, string path, Consent consent, CancellationToken ct) =>
        RunAsync(
            options, path, replaced: null, consent,
            static enrolment => DirectoryCalls.Accept(enrolment.Said, enrolment.Signature),
            $"is owned by {options.Key.Address}", ct);

    private static async Task<int> RunAsync(
        CallerOptions options, string path, Address? replaced, Consent consent,
        Func<SignedEnrolment, byte[]> calldataOf, string done, CancellationToken ct)
    {
        var enrolment = await EnrolmentSource.ReadAsync(path, consent, ct);
        MeterText.Write(MeterText.Of(enrolment), consent.Output);
        enrolment.Check(options.Deployment.ChainId, options.Deployment.Ledger);
        using var ledger = await LedgerConnection.OpenAsync(options.Deployment, ct);
        var calldata = calldataOf(enrolment);
        await ledger.TryAsync(options.Key.Address, calldata, ct);
        var aheadWh = await ledger.ReturnedAheadWhOfAsync(enrolment.Meter, ct);
        MeterText.Write(MeterText.OfReturnedAhead(aheadWh), consent.Output);
        if (replaced is { } old)
        {
            var meter = await ledger.Directory.MeterAsync(old, ct);
            MeterText.Write(MeterText.OfReplaced(old, meter), consent.Output);
        }

        var (budgetW, enrolledW) = await ledger.Directory.BudgetOfAsync(options.Key.Address, ct);
        if (budgetW > 0)
        {
            consent.Output.WriteLine(MeterText.OfBudget(budgetW, enrolledW));
        }

        consent.Ask("Is all of this what the board, the kWh meter and the contract say?");
        var block = await ledger.SendAsync(options.Key, calldata, consent.Output, ct);
        consent.Output.WriteLine($"Meter {enrolment.Meter} {done}, in block {block}.");
        return 0;
    }
}
