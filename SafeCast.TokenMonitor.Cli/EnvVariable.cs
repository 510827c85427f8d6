namespace SafeCast.TokenMonitor.Cli;

/// <summary>A variable of an environment file.</summary>
/// <param name="Value">The value.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="IsMultiline">The value is on several lines.</param>
internal sealed record EnvVariable(string Value, int Line, bool IsMultiline)
{
    /// <summary>Omits the value, which may be the token.</summary>
    public override string ToString() => $"line {Line}";
}
