namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>
/// Whatever waits for the store or a channel, of all runs at the same time, and is let on one by one in an order that a number
/// decides: the same number, the same order. All on one thread.
/// </summary>
internal sealed class Turns
{
    private readonly List<(object Run, TaskCompletionSource Turn)> _waiting = [];

    public Task WaitAsync(object run)
    {
        // Continues within SetResult, so that one turn is over before the next is given.
        var turn = new TaskCompletionSource();
        _waiting.Add((run, turn));
        return turn.Task;
    }

    /// <summary>A run that died goes nowhere any more.</summary>
    public Task DieAsync(object run)
    {
        _waiting.RemoveAll(one => one.Run == run);
        return new TaskCompletionSource().Task;
    }

    public void GoOn(int order, Action beforeEach)
    {
        var choices = new Random(order);
        while (_waiting.Count > 0)
        {
            var next = order == 0 ? 0 : choices.Next(_waiting.Count);
            var (_, turn) = _waiting[next];
            _waiting.RemoveAt(next);
            beforeEach();
            turn.SetResult();
        }
    }
}
