using System.Globalization;
using CsCheck;

namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>What becomes of the token before a check.</summary>
internal enum Change
{
    Nothing,
    Scope,
    Subscription,
    Sending,
    DataAccess,
    DataAccessWorse,
    Revoked,
    Expiring,
    SecretDate,
    AllFixed,
    NewToken,
}

/// <summary>How much of it a run sees.</summary>
internal enum Sight
{
    Everything,
    OnlyItsLife,
    Nothing,
}

/// <summary>What goes wrong in a run, at its so-and-so-manieth step.</summary>
internal enum FaultKind
{
    None,
    DiesBefore,
    DiesAfter,
    ReadFails,
    WriteFails,
    WritesAndFails,
    WritesAndLosesTheAnswer,
    StoreIsDown,
    StoreIsReadOnly,
}

internal sealed record Fault(FaultKind Kind, int Point)
{
    public override string ToString() => Kind switch
    {
        FaultKind.None => "",
        FaultKind.StoreIsDown or FaultKind.StoreIsReadOnly => $" {Kind}",
        _ => string.Create(CultureInfo.InvariantCulture, $" {Kind}({Point})"),
    };
}

/// <summary>One run of a check.</summary>
/// <param name="Sight">What it sees.</param>
/// <param name="IsLate">It sees the token as it was before the change of this check.</param>
/// <param name="Fault">What goes wrong in it.</param>
internal sealed record RunStep(Sight Sight, bool IsLate, Fault Fault)
{
    public override string ToString() => $"sees {(IsLate ? "what was before, " : "")}{Sight}{Fault}";
}

/// <summary>One check of a sequence: one run, or two at the same time.</summary>
/// <param name="Minutes">How long after the one before.</param>
/// <param name="Change">What becomes of the token before it.</param>
/// <param name="First">The run.</param>
/// <param name="Second">Another at the same time, on the same store.</param>
/// <param name="Order">In which order the two, and the channels, come by.</param>
/// <param name="EmailRefuses">E-mail takes nothing.</param>
/// <param name="TeamsRefuses">Teams takes nothing.</param>
/// <param name="IsForgotten">The stored state can no longer be decoded.</param>
internal sealed record CheckStep(
    int Minutes, Change Change, RunStep First, RunStep? Second, int Order, bool EmailRefuses, bool TeamsRefuses, bool IsForgotten)
{
    private static readonly RunStep Untroubled = new(Sight.Everything, IsLate: false, new Fault(FaultKind.None, 0));

    private static readonly Gen<Fault> AnyFault = Gen.Select(
        Gen.Frequency(
            (30, FaultKind.None), (3, FaultKind.DiesBefore), (3, FaultKind.DiesAfter), (1, FaultKind.ReadFails), (1, FaultKind.WriteFails),
            (1, FaultKind.WritesAndFails), (1, FaultKind.WritesAndLosesTheAnswer), (1, FaultKind.StoreIsDown), (1, FaultKind.StoreIsReadOnly)),
        Gen.Int[1, 6],
        (kind, point) => new Fault(kind, point));

    private static readonly Gen<RunStep> AnyRun = Gen.Select(
        Gen.Frequency((7, Sight.Everything), (1, Sight.OnlyItsLife), (3, Sight.Nothing)), Gen.Frequency((3, false), (1, true)), AnyFault,
        (sight, isLate, fault) => new RunStep(sight, isLate, fault));

    private static readonly Gen<CheckStep> Any = Gen.Select(
        Gen.Frequency((12, Gen.Int[55, 65]), (1, Gen.Const(24 * 60)), (1, Gen.Int[2, 9].Select(days => days * 24 * 60))),
        Gen.Frequency(
            (18, Change.Nothing), (3, Change.Scope), (3, Change.Subscription), (2, Change.Sending), (2, Change.DataAccess), (2, Change.DataAccessWorse),
            (2, Change.Revoked), (2, Change.Expiring), (2, Change.SecretDate), (5, Change.AllFixed), (2, Change.NewToken)),
        AnyRun,
        Gen.Frequency((3, Gen.Const((RunStep?)null)), (1, AnyRun.Select(run => (RunStep?)run))),
        Gen.Int[0, 9999],
        Gen.Frequency((2, false), (1, true)),
        Gen.Frequency((2, false), (1, true)),
        Gen.Frequency((60, false), (1, true)),
        (minutes, change, first, second, order, email, teams, forgotten) =>
            new CheckStep(minutes, change, first with { IsLate = false }, second, order, email, teams, forgotten));

    /// <summary>Ten to forty checks.</summary>
    public static Gen<CheckStep[]> Sequences { get; } = Any.Array[10, 40];

    /// <summary>Two checks without faults, the first of the current token, the second of a healthy one: all pending notifications are sent by then.</summary>
    public static CheckStep[] Ending { get; } =
    [
        new(60, Change.Nothing, Untroubled, null, 0, false, false, false),
        new(60, Change.AllFixed, Untroubled, null, 0, false, false, false),
    ];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Minutes} min, {Change}: {First}{(Second is null ? "" : $" | {Second} | order {Order}")}{(EmailRefuses ? ", email refuses" : "")}{(TeamsRefuses ? ", teams refuses" : "")}{(IsForgotten ? ", corrupt document" : "")}");
}
