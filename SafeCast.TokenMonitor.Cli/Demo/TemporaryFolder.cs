namespace SafeCast.TokenMonitor.Cli.Demo;

/// <summary>A folder that is deleted on disposal.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tokenmonitor-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
