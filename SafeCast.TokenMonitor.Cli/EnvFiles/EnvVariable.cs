namespace SafeCast.TokenMonitor.Cli.EnvFiles;

/// <summary>A variable of an environment file.</summary>
/// <param name="Value">The value.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="IsMultiline">The value is on several lines.</param>
internal sealed record EnvVariable(string Value, int Line, bool IsMultiline)
{
    /// <summary>An earlier line that sets the same variable to another value; null: there is none.</summary>
    public int? ContradictingLine { get; init; }

    /// <summary>Omits the value, which may be the token.</summary>
    public override string ToString() => $"line {Line}";
}
