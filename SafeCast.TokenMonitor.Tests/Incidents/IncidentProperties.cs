using CsCheck;
using SafeCast.TokenMonitor.Tests.Incidents.Sequences;

namespace SafeCast.TokenMonitor.Tests.Incidents;

/// <summary>
/// What holds whatever happens: findings that come and go, channels and stores that fail, runs that die at any moment, runs at the same
/// time.
/// </summary>
public sealed class IncidentProperties
{
    // For each of the five: 2,500 sequences of some 25 checks a run.
    private const int Count = 500;

    [Fact]
    public void Whatever_was_found_is_reported_on_every_channel_that_accepts_again() => Hold(Promise.IsReported);

    [Fact]
    public void Nothing_is_reported_that_was_not_true_at_some_check() => Hold(Promise.IsTrue);

    [Fact]
    public void Nothing_is_reported_twice_but_for_crashes_and_failures_of_the_store() => Hold(Promise.IsNotRepeated);

    [Fact]
    public void Every_incident_is_resolved_once_and_only_by_a_complete_healthy_check() => Hold(Promise.IsResolvedOnce);

    [Fact]
    public void Unknown_neither_opens_nor_resolves_an_incident_and_sends_no_message_about_it() => Hold(Promise.UnknownIsInconclusive);

    // The same sequences at every run, so that what lands does not hang on a throw of dice; with EXPLORE set to a number, so many
    // new ones, shrunk where one fails.
    private static void Hold(Promise promise)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("EXPLORE"), out var many))
        {
            CheckStep.Sequences.Sample(
                steps => Assert.Empty(Rehearsal.Of(steps).BreachesOf(promise)),
                iter: many,
                print: steps => Print(promise, steps));
            return;
        }

        var dice = new PCG(stream: 1, seed: 20261122 + (ulong)promise);
        for (var sequence = 0; sequence < Count; sequence++)
        {
            var steps = CheckStep.Sequences.Generate(dice, null, out _);
            Assert.True(!Rehearsal.Of(steps).BreachesOf(promise).Any(), Print(promise, steps));
        }
    }

    private static string Print(Promise promise, CheckStep[] steps)
    {
        var rehearsal = Rehearsal.Of(steps);
        return $"""

            {string.Join('\n', rehearsal.BreachesOf(promise))}

            {string.Join('\n', steps.Concat(CheckStep.Ending).Select((step, index) => $"{index + 1}. {step}"))}

            {rehearsal.Timeline}
            """;
    }
}
