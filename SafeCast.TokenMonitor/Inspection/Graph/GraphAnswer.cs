namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>An answer of Graph: facts or an error.</summary>
public abstract record GraphAnswer
{
    private protected GraphAnswer()
    {
    }

    /// <summary>The error; null: there are facts.</summary>
    public GraphError? Error { get; private protected init; }
}

/// <summary>An answer of Graph: exactly one of <see cref="Value"/> and <see cref="GraphAnswer.Error"/>.</summary>
public sealed record GraphAnswer<T> : GraphAnswer
    where T : class
{
    private GraphAnswer()
    {
    }

    /// <summary>The facts; null: there is an error.</summary>
    public T? Value { get; private init; }

    /// <summary>Converts facts to an answer.</summary>
    public static implicit operator GraphAnswer<T>(T value) => new() { Value = value };

    /// <summary>Converts an error to an answer.</summary>
    public static implicit operator GraphAnswer<T>(GraphError error) => new() { Error = error };

    /// <summary>Creates an answer from facts, for types without implicit conversions, such as interfaces.</summary>
    internal static GraphAnswer<T> Of(T value) => new() { Value = value };
}
