namespace SafeCast.TokenMonitor.Simulator.Faults;

/// <summary>A fault that waits for its calls. Disposing it mends what it broke.</summary>
public sealed class ScriptedFault : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int? _times;
    private bool _resolved;

    internal ScriptedFault(int? times) => _times = times;

    /// <summary>How many calls it has hit.</summary>
    public int Hits { get; private set; }

    /// <summary>True once it will hit no more.</summary>
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

    /// <summary>Takes the fault away.</summary>
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
