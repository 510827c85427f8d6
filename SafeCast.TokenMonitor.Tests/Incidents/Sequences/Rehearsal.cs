using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;

namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>Runs a sequence of checks on the real incident processor, planner, outbox and state store, and compares the messages with the script in a ledger.</summary>
internal sealed class Rehearsal
{
    private readonly FakeDocumentStore _documents = new();
    private readonly FakeTimeProvider _time = new(IncidentScenario.Start);
    private readonly Ledger _ledger = new();
    private ScriptedToken _token = new();
    private int _moment;

    /// <summary>Where a promise was broken; empty: nowhere.</summary>
    public IReadOnlyList<string> BreachesOf(Promise promise) =>
        [.. _ledger.Breaches.Where(breach => breach.Promise == promise).Select(breach => breach.Text)];

    /// <summary>What was sent.</summary>
    public string Timeline => string.Join('\n', _ledger.Timeline);

    /// <summary>Plays a sequence to its end.</summary>
    public static Rehearsal Of(IEnumerable<CheckStep> steps)
    {
        // Turns go on within SetResult only where no context would have them posted.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var rehearsal = new Rehearsal();
            foreach (var (number, step) in steps.Concat(CheckStep.Ending).Index())
            {
                rehearsal.Play(number + 1, step);
            }

            return rehearsal;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Play(int number, CheckStep step)
    {
        _time.Advance(TimeSpan.FromMinutes(step.Minutes));
        var start = _time.GetUtcNow();
        var before = _token;
        _token = _token.After(step.Change, start);
        if (step.IsForgotten)
        {
            _documents["production"] = "{";
            _ledger.Forget();
        }

        ImmutableSortedSet<string> refusing = [.. step.EmailRefuses ? ["email"] : Array.Empty<string>(), .. step.TeamsRefuses ? ["teams"] : Array.Empty<string>()];
        var turns = new Turns();
        List<ScriptedRun> runs = [Run(step.First), .. step.Second is { } second ? [Run(second)] : Array.Empty<ScriptedRun>()];
        var isBlind = runs.All(run => run.Seen.Assessment is { Verdict: Verdict.Unknown, Findings.Count: 0 });
        var incident = isBlind ? IncidentId() : null;
        foreach (var run in runs)
        {
            run.Start(_time);
        }

        turns.GoOn(step.Order, () => _time.Advance(TimeSpan.FromSeconds(1)));
        foreach (var run in runs.Where(run => !run.IsDead))
        {
            // Whatever a run throws is no part of the script.
            Assert.True(run.Keeping!.IsCompleted);
            run.Keeping.GetAwaiter().GetResult();
        }

        _ledger.Enter(new Check(number, start, _time.GetUtcNow(), runs, refusing, isBlind, incident, isBlind ? IncidentId() : null));

        ScriptedRun Run(RunStep run) =>
            new((run.IsLate ? before : _token).SeenWith(run.Sight, start), run.Fault, _documents, turns, () => ++_moment, refusing);
    }

    private string? IncidentId() =>
        new StateStore(_documents).ReadAsync("production", CancellationToken.None).GetAwaiter().GetResult().State.Incident?.Id;
}

/// <summary>One check as it was played. The stored incident is used only if no run observed anything.</summary>
internal sealed record Check(
    int Number, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<ScriptedRun> Runs, IReadOnlySet<string> Refusing, bool IsBlind, string? IncidentBefore, string? IncidentAfter)
{
    public bool IsTroubled => Runs.Any(run => run.IsTroubled);

    public IEnumerable<Sent> Sent => Runs.SelectMany(run => run.Sent).OrderBy(sent => sent.Moment);

    public bool Planned(Sent sent) => sent.Notification.At >= Start && sent.Notification.At <= End;
}

/// <summary>What the monitor promises.</summary>
internal enum Promise
{
    IsReported,
    IsTrue,
    IsNotRepeated,
    IsResolvedOnce,
    UnknownIsInconclusive,
}
