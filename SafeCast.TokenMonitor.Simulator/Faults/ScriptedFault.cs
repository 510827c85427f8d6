namespace SafeCast.TokenMonitor.Simulator.Faults;

/// <summary>A scripted fault for matching calls. Disposing it ends the fault.</summary>
public sealed class ScriptedFault : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int? _times;
    private bool _resolved;

    internal ScriptedFault(int? times) => _times = times;

    /// <summary>The number of calls that it was applied to.</summary>
    public int Hits { get; private set; }

    /// <summary>The fault will not be applied again.</summary>
    public bool IsSpent
    {
        get
        {
            lock (_gate)
            {
                return _resolved || Hits >= _times;
            }
        }
    }

    /// <summary>Ends the fault.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _resolved = true;
        }
    }

    internal bool TryHit()
    {
        lock (_gate)
        {
            if (_resolved || Hits >= _times)
            {
                return false;
            }

            Hits++;
            return true;
        }
    }
}
