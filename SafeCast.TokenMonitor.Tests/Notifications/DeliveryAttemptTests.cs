using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Notifications;

public sealed class DeliveryAttemptTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_channel_has_a_minute_for_one_message_and_then_gave_no_answer()
    {
        var attempt = RunAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(attempt.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new DeliveryOutcome.Failed("Teams gave no answer in time."), await attempt.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Who_cancels_does_not_wait_for_it()
    {
        using var cancelled = new CancellationTokenSource();
        var attempt = RunAsync(cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private Task<DeliveryOutcome> RunAsync(CancellationToken cancellationToken) => DeliveryAttempt.RunAsync(
        "Teams",
        new Secret("https://example.org/a-webhook"),
        _time,
        async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new DeliveryOutcome.Accepted(null);
        },
        cancellationToken);
}
