using System.Collections.Frozen;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentScenario;

namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>The truth about a token at one moment.</summary>
internal sealed record ScriptedToken
{
    public int Number { get; init; } = 1;

    public bool IsRevoked { get; init; }

    public DateTimeOffset? End { get; init; }

    public bool LacksScope { get; init; }

    public bool LacksSubscription { get; init; }

    public bool IsBlocked { get; init; }

    public Severity? DataAccess { get; init; }

    /// <summary>The vault's own end of it is near: seen without Graph.</summary>
    public bool HasSecretDate { get; init; }

    public string Fingerprint => $"aaaaaaa{Number % 10}";

    public ScriptedToken After(Change change, DateTimeOffset now) => change switch
    {
        Change.Scope => this with { LacksScope = !LacksScope },
        Change.Subscription => this with { LacksSubscription = !LacksSubscription },
        Change.Sending => this with { IsBlocked = !IsBlocked },
        Change.DataAccess => this with { DataAccess = DataAccess is null ? Severity.Warning : null },
        Change.DataAccessWorse => this with { DataAccess = DataAccess is Severity.Critical ? Severity.Warning : Severity.Critical },
        Change.Revoked => this with { IsRevoked = true },
        Change.Expiring => this with { End = now + Days(15) },
        Change.SecretDate => this with { HasSecretDate = !HasSecretDate },
        Change.AllFixed => new ScriptedToken { Number = IsRevoked || End <= now ? Number + 1 : Number },
        Change.NewToken => this with { Number = Number + 1, IsRevoked = false, End = null },
        _ => this,
    };

    /// <summary>The assessment of the token. Of an invalid one, only that it is invalid is known.</summary>
    public Observation SeenWith(Sight sight, DateTimeOffset now) => sight switch
    {
        Sight.Nothing when HasSecretDate => Seen(Vault, isComplete: false, [.. InVault()]),
        Sight.Nothing => MonitorDown,
        _ when IsRevoked => Seen(Deaths, isComplete: true, [Finding(TokenRevoked), .. InVault()]),
        _ when End <= now => Seen(Deaths, isComplete: true, [Finding(TokenExpired), .. InVault()]),
        Sight.OnlyItsLife => Seen(Life, isComplete: false, [.. Nearing(now), .. InVault()]),
        _ => Seen(Everything, isComplete: true, [.. Nearing(now), .. Others(), .. InVault()]),
    };

    // Made once: thousands of sequences are played.
    private static readonly Observation MonitorDown = SeesNothing();
    private static readonly FrozenSet<FindingKind> Everything = Enum.GetValues<FindingKind>().ToFrozenSet();
    private static readonly FrozenSet<FindingKind> Vault = [SecretExpires];
    private static readonly FrozenSet<FindingKind> Life = [.. Everything.Where(FindingCatalogue.IsAboutValidity), .. Vault];
    private static readonly FrozenSet<FindingKind> Deaths = [.. FindingCatalogue.Invalidating, .. Vault];
    private static readonly UnknownFact[] NoUnknowns = [];
    private static readonly UnknownFact[] SomeUnknown = [new(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, "Graph answered 503.")];

    private Observation Seen(FrozenSet<FindingKind> lookedFor, bool isComplete, params Finding[] findings) =>
        new(new TokenAssessment("production", findings, isComplete ? NoUnknowns : SomeUnknown) { Evaluated = lookedFor }, Fingerprint);

    private IEnumerable<Finding> Nearing(DateTimeOffset now) =>
        End is { } end ? [Finding(TokenExpires, end <= now + Days(7) ? Severity.Critical : Severity.Warning, end)] : [];

    private IEnumerable<Finding> InVault() => HasSecretDate ? [Finding(SecretExpires)] : [];

    private IEnumerable<Finding> Others() =>
    [
        .. LacksScope ? [Finding(ScopeMissing)] : Array.Empty<Finding>(),
        .. LacksSubscription ? [Finding(AppNotSubscribed)] : Array.Empty<Finding>(),
        .. IsBlocked ? [Finding(SendingBlocked)] : Array.Empty<Finding>(),
        .. DataAccess is { } severity ? [Finding(DataAccessExpires, severity)] : Array.Empty<Finding>(),
    ];
}
