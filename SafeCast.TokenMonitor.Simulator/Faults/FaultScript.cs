using System.Collections.Immutable;

namespace SafeCast.TokenMonitor.Simulator.Faults;

/// <summary>The scripted faults, oldest first.</summary>
internal sealed class FaultScript<TCall>
{
    private ImmutableList<Entry> _entries = [];

    public ScriptedFault Add(Predicate<TCall> match, Fault fault, int? times)
    {
        var scripted = new ScriptedFault(times);
        ImmutableInterlocked.Update(ref _entries, entries => entries.RemoveAll(entry => entry.Scripted.IsSpent).Add(new Entry(match, fault, scripted)));
        return scripted;
    }

    public Fault? Take(TCall call) => _entries.Find(entry => entry.Match(call) && entry.Scripted.TryHit())?.Fault;

    private sealed record Entry(Predicate<TCall> Match, Fault Fault, ScriptedFault Scripted);
}
