using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

/// <summary>Programs read the report: whatever changes in these files changes for them.</summary>
public sealed class ReportDocumentTests
{
    private static readonly string[] Moments = ["startedAt", "issuedAt", "expiresAt", "openedAt", "lastNotifiedAt", "at", "since"];

    [Fact]
    public async Task A_healthy_tokens_report_is_this()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();

        Golden.Matches("Monitoring/ReportDocument.healthy.json", Masked(await monitor.CheckAsync()));
    }

    [Fact]
    public async Task A_broken_tokens_report_is_this()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.State = SimulatedTokenState.Revoked;
        ChannelFailures.OfTeams["the URL is missing"](monitor);

        Golden.Matches("Monitoring/ReportDocument.broken.json", Masked(await monitor.CheckAsync()));
    }

    [Fact]
    public async Task The_report_of_a_token_of_which_nothing_is_known_is_this()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        Outages.All["the vault is unavailable"](monitor);

        Golden.Matches("Monitoring/ReportDocument.unknown.json", Masked(await monitor.CheckAsync()));
    }

    [Fact]
    public async Task Accepted_findings_and_an_end_are_in_the_report()
    {
        await using var monitor = await SimulatedMonitor.StartAsync();
        monitor.World.Token.ExpiresAt = TokenTroubles.In(20);
        monitor.Settings["TokenMonitor:Tokens:production:Ignore:0"] = "token-expires";

        var token = JsonNode.Parse(ReportDocument.ToJson(await monitor.CheckAsync(), EnglishWording.Instance))!["tokens"]![0]!;

        Assert.Equal("Healthy", token["verdict"]!.GetValue<string>());
        Assert.True(token["findings"]![0]!["ignored"]!.GetValue<bool>());
        Assert.False(token["neverExpires"]!.GetValue<bool>());
        Assert.Equal(monitor.World.Token.ExpiresAt!.Value.ToUnixTimeSeconds(), token["expiresAt"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Durations_and_moments_are_those_of_the_check()
    {
        var before = DateTimeOffset.UtcNow;
        await using var monitor = await SimulatedMonitor.StartAsync();

        var report = JsonNode.Parse(ReportDocument.ToJson(await monitor.CheckAsync(), EnglishWording.Instance))!;

        Assert.InRange(report["startedAt"]!.GetValue<DateTimeOffset>(), before, DateTimeOffset.UtcNow);
        Assert.InRange(report["durationSeconds"]!.GetValue<double>(), 0.001, (DateTimeOffset.UtcNow - before).TotalSeconds);
        Assert.InRange(report["tokens"]![0]!["durationSeconds"]!.GetValue<double>(), 0.001, report["durationSeconds"]!.GetValue<double>());
    }

    // What differs from run to run: times, the order in which calls ended, the machine's name, the message's id.
    private static JsonNode Masked(CheckReport report)
    {
        var document = JsonNode.Parse(ReportDocument.ToJson(report, EnglishWording.Instance))!;
        document["monitor"] = "tokenmonitor on HOST";
        foreach (var token in document["tokens"]!.AsArray())
        {
            var calls = token!["graphCalls"]!.AsArray().OrderBy(call => call!["operation"]!.GetValue<string>(), StringComparer.Ordinal).Select(call => call!.DeepClone());
            token["graphCalls"] = new JsonArray([.. calls]);
            if (token["incident"] is { } incident)
            {
                incident["id"] = "INCIDENT";
            }

            foreach (var pending in token["pendingNotifications"]!.AsArray())
            {
                pending!["incidentId"] = "INCIDENT";
            }
        }

        Mask(document);
        return document;
    }

    private static void Mask(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Mask(item);
                }

                break;
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is null)
                    {
                        continue;
                    }

                    if (name == "durationSeconds")
                    {
                        fields[name] = 0;
                    }
                    else if (Moments.Contains(name))
                    {
                        fields[name] = "MOMENT";
                    }
                    else if (name == "value" && fields["name"]?.GetValue<string>() == "Issued")
                    {
                        fields[name] = "MOMENT";
                    }
                    else
                    {
                        Mask(value);
                    }
                }

                break;
        }
    }
}
