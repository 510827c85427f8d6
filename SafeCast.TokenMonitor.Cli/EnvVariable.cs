namespace SafeCast.TokenMonitor.Cli;

/// <summary>What an environment file sets a variable to, and where.</summary>
internal sealed record EnvVariable(string Value, int Line, bool IsOverSeveralLines)
{
    /// <summary>Leaves the value out: it may be the token.</summary>
    public override string ToString() => $"line {Line}";
}
