namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>Tests that listen to the whole process, and so run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "listens to the whole process";
}
