namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tokenmonitor-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
