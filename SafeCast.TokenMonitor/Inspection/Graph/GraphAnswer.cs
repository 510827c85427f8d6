namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>What came of asking Graph: facts, or an error.</summary>
public abstract record GraphAnswer
{
    private protected GraphAnswer()
    {
    }

    /// <summary>Why there are no facts; null when there are.</summary>
    public GraphError? Error { get; private protected init; }
}

/// <summary>What came of asking Graph: <see cref="Value"/> or <see cref="GraphAnswer.Error"/>, never both, never neither.</summary>
public sealed record GraphAnswer<T> : GraphAnswer
    where T : class
{
    private GraphAnswer()
    {
    }

    /// <summary>The facts; null when there is an error.</summary>
    public T? Value { get; private init; }

    /// <summary>Graph said this.</summary>
    public static implicit operator GraphAnswer<T>(T value) => new() { Value = value };

    /// <summary>Graph said nothing, for this reason.</summary>
    public static implicit operator GraphAnswer<T>(GraphError error) => new() { Error = error };

    /// <summary>Graph said this. For types that the language converts from nothing, such as interfaces.</summary>
    internal static GraphAnswer<T> Of(T value) => new() { Value = value };
}
