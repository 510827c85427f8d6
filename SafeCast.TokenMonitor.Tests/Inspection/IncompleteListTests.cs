using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Inspection;

/// <summary>A list of which a part is missing proves nothing about what is not on it.</summary>
public sealed class IncompleteListTests
{
    [Theory]
    [InlineData("a further page that has no cursor", """{"data":[{"id":"1"}],"paging":{"next":"https://graph.facebook.com/next?access_token=EAAB"}}""")]
    [InlineData("cursors that run in a circle", """{"data":[{"id":"1"}],"paging":{"cursors":{"after":"A"},"next":"https://graph.facebook.com/next"}}""")]
    [InlineData("a row without an id", """{"data":[{"name":"1"}]}""")]
    public async Task A_list_with_an_end_that_cannot_be_reached_raises_nothing(string what, string body)
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var rewriting = monitor.Simulation.Graph.Rewrite(GraphOperation.PhoneNumbers, answer => Replace(answer, body));

        var assessment = (await monitor.CheckAsync()).Tokens[0].Assessment;

        Assert.True(assessment.Findings.Count == 0, what);
        Assert.Equal(Verdict.Unknown, assessment.Verdict);
        Assert.Equal(UnknownReason.QueryFailed, Assert.Single(assessment.Unknowns).Reason);
    }

    [Fact]
    public async Task A_subscribed_app_is_recognised_in_a_row_of_another_shape_too()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var rewriting = monitor.Simulation.Graph.Rewrite(
            GraphOperation.SubscribedApps, answer => Replace(answer, $$"""{"data":[{"id":"{{monitor.World.App.Id}}"}]}"""));

        Assert.Equal(Verdict.Healthy, (await monitor.CheckAsync()).Tokens[0].Assessment.Verdict);
    }

    [Fact]
    public async Task An_assigned_user_whose_tasks_are_omitted_has_not_lost_any()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        using var rewriting = monitor.Simulation.Graph.Rewrite(
            GraphOperation.AssignedUsers, answer => Replace(answer, $$"""{"data":[{"id":"{{monitor.World.SystemUser.Id}}"}]}"""));

        var assessment = (await monitor.CheckAsync()).Tokens[0].Assessment;

        Assert.Empty(assessment.Findings);
        Assert.Equal(UnknownReason.NotStated, Assert.Single(assessment.Unknowns).Reason);
    }

    private static void Replace(JsonObject answer, string body)
    {
        answer.Clear();
        foreach (var (name, value) in JsonNode.Parse(body)!.AsObject())
        {
            answer[name] = value?.DeepClone();
        }
    }
}
