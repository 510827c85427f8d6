using SafeCast.TokenMonitor.FunctionsHost;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Functions;

/// <summary>The Functions app, published once for all tests that share it.</summary>
public sealed class PublishedFunctionsApp : IAsyncLifetime
{
    public PublishedApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await PublishedApp.PublishAsync(Repository.PathOf("SafeCast.TokenMonitor.Functions"));

    public Task DisposeAsync()
    {
        App.Dispose();
        return Task.CompletedTask;
    }
}
