using System.Diagnostics;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class FaultTests : SimulationTest
{
    private StandardWorld Healthy => field ??= Graph.World.AddStandard();

    [Fact]
    public async Task A_fault_applies_the_given_number_of_times_and_to_matching_calls_only()
    {
        var scripted = Graph.Script(call => call.Operation == GraphOperation.Me, GraphFault.Unavailable(), times: 2);

        var statuses = new List<int>
        {
            (await GetGraphAsync(Healthy.PhoneNumber.Id, Healthy.Token.Value)).Status,
            (await GetGraphAsync("me", Healthy.Token.Value)).Status,
            (await GetGraphAsync("me", Healthy.Token.Value)).Status,
            (await GetGraphAsync("me", Healthy.Token.Value)).Status,
        };

        Assert.Equal([200, 503, 503, 200], statuses);
        Assert.Equal(statuses, Graph.Calls.Select(call => call.Status!.Value));
        Assert.Equal(2, scripted.Hits);
        Assert.True(scripted.IsSpent);
    }

    [Fact]
    public async Task A_fault_without_a_number_lasts_until_it_is_disposed()
    {
        using (Graph.Script(Fault.Html()))
        {
            Assert.Equal(502, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
            Assert.Equal(502, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
        }

        Assert.Equal(200, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
    }

    [Fact]
    public async Task Of_several_scripts_the_oldest_comes_first()
    {
        Graph.Script(GraphFault.Throttled(), times: 1);
        Graph.Script(GraphFault.UnknownError(), times: 1);

        Assert.Equal(4, (await GetGraphAsync("me", Healthy.Token.Value)).Code);
        Assert.Equal(1, (await GetGraphAsync("me", Healthy.Token.Value)).Code);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(429)]
    public async Task A_throttled_answer_states_the_usage(int status)
    {
        Graph.Script(GraphFault.Throttled(status), times: 1);

        var answer = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal((status, 4), (answer.Status, answer.Code));
        Assert.Contains("\"call_count\":100", answer.Header("x-app-usage"), StringComparison.Ordinal);
    }

    public static TheoryData<int, int> ErrorClasses { get; } = new()
    {
        { 190, 492 }, { 101, 0 }, { 3, 0 }, { 10, 0 }, { 200, 0 }, { 294, 0 }, { 131005, 0 }, { 104, 0 }, { 1, 0 }, { 2, 0 }, { 17, 0 }, { 32, 0 },
        { 341, 0 }, { 613, 0 }, { 80000, 0 }, { 80014, 0 }, { 130429, 0 }, { 131031, 0 }, { 368, 0 }, { 130497, 0 },
    };

    [Theory]
    [MemberData(nameof(ErrorClasses))]
    public async Task Any_error_can_be_scripted(int code, int subcode)
    {
        Graph.Script(GraphFault.Error(new GraphError(code, "Etwas ging schief") { Subcode = subcode, UserTitle = "Oh", UserMessage = "Je" }), times: 1);

        var answer = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal((400, code, subcode), (answer.Status, answer.Code, answer.Subcode));
        Assert.Equal("Oh", answer.Error["error_user_title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_throttled_account_states_the_wait_in_minutes()
    {
        Graph.Script(GraphFault.AccountThrottled("334455667788990", 7), times: 1);

        var answer = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal(80008, answer.Code);
        Assert.Contains("\"estimated_time_to_regain_access\":7", answer.Header("x-business-use-case-usage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_answered_as_one()
    {
        Graph.Script(Fault.Redirect("https://example.com/"), times: 1);

        var answer = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal((302, "https://example.com/"), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task Unreadable_bodies_come_as_scripted()
    {
        Graph.Script(Fault.Answer(200, "{\"data\":{"), times: 1);
        Graph.Script(Fault.Answer(200), times: 1);
        Graph.Script(Fault.Huge(5_000_000), times: 1);

        Assert.Equal("{\"data\":{", (await GetGraphAsync("me", Healthy.Token.Value)).Text);
        Assert.Equal("", (await GetGraphAsync("me", Healthy.Token.Value)).Text);
        Assert.True((await GetGraphAsync("me", Healthy.Token.Value)).Text.Length > 5_000_000);
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_gives_up()
    {
        Graph.Script(Fault.Stall(), times: 1);
        using var giveUp = new CancellationTokenSource();
        var stalled = Client.GetAsync($"{Graph.BaseUrl}/me", giveUp.Token);
        while (Graph.Calls.Count == 0)
        {
            await Task.Delay(1);
        }

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled);

        Assert.Null(Assert.Single(Graph.Calls).Status);
    }

    [Fact]
    public async Task Headers_may_come_and_the_body_never()
    {
        Graph.Script(Fault.StallAfterHeaders(), times: 1);
        using var response = await Client.GetAsync($"{Graph.BaseUrl}/me", HttpCompletionOption.ResponseHeadersRead);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Equal(200, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response.Content.ReadAsStringAsync(impatient.Token));
    }

    [Fact]
    public async Task A_reset_is_an_error_of_the_connection()
    {
        Graph.Script(Fault.Reset(), times: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync($"{Graph.BaseUrl}/me"));

        Assert.Equal(200, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
    }

    [Fact]
    public async Task A_body_may_break_off()
    {
        Graph.Script(Fault.ResetWithinBody("{\"data\":"), times: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetAsync($"{Graph.BaseUrl}/me"));
    }

    [Fact]
    public async Task A_delay_ends_as_usual_or_with_a_fault()
    {
        var watch = Stopwatch.StartNew();
        Graph.Script(Fault.Delay(TimeSpan.FromMilliseconds(30)), times: 1);
        Graph.Script(Fault.Delay(TimeSpan.FromMilliseconds(30), GraphFault.Unavailable()), times: 1);

        Assert.Equal(200, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
        Assert.Equal(503, (await GetGraphAsync("me", Healthy.Token.Value)).Status);
        Assert.True(watch.ElapsedMilliseconds >= 55);
    }

    [Fact]
    public async Task A_fault_can_be_meant_for_one_token_while_others_are_checked()
    {
        var staging = Graph.World.AddStandard("Staging");
        Graph.Script(call => call.UserId == staging.SystemUser.Id, Fault.Answer(500));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => GetGraphAsync("me", (i % 2 == 0 ? Healthy : staging).Token.Value)));

        Assert.Equal(20, answers.Count(answer => answer.Status == 200));
        Assert.Equal(20, answers.Count(answer => answer.Status == 500));
        Assert.Equal(40, Graph.Calls.Count);
    }

    [Fact]
    public async Task A_mistake_in_a_rewriting_is_reported_in_the_answer()
    {
        Graph.Rewrite(GraphOperation.Me, _ => throw new InvalidOperationException("no such field"));

        var answer = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal((500, "The simulator failed: InvalidOperationException: no such field"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_stalled_call()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Graph.Script(Fault.Stall());
        var stalled = Client.GetAsync($"{simulation.Graph.BaseUrl}/me");
        while (simulation.Graph.Calls.Count == 0)
        {
            await Task.Delay(1);
        }

        await simulation.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => stalled);
    }
}
