using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Monitoring.Leaks;

/// <summary>The leak test can fail: a leak is seen whichever way it goes, whichever form it takes.</summary>
[Collection(ProcessWide.Name)]
public sealed class RecorderTests
{
    private static readonly string Planted = SampleSecrets.Token("planted");

    private static readonly KnownSecret[] Secrets = [KnownSecret.Of("the planted token", Planted)];

    private static readonly Dictionary<string, Action<ILogger>> Ways = new()
    {
        ["log Leaky text"] = logger => Say(logger, "", text: $"asked with {Planted}"),
        ["log Leaky state"] = logger => Say(logger, $"asked with {Planted}"),
        ["log Leaky state value"] = logger => Say(logger, new Dictionary<string, object?> { ["url"] = new Uri($"https://example.com/?token={Planted}") }),
        ["log Leaky exception"] = logger => Say(logger, "", new InvalidOperationException(Planted)),
        ["log Leaky scope"] = logger =>
        {
            using var scope = logger.BeginScope(Planted);
            Say(logger, "");
        },
        ["log Leaky scope value"] = logger =>
        {
            using var scope = logger.BeginScope(new Dictionary<string, object?> { ["token"] = Planted });
            Say(logger, "");
        },
        ["activity Leaky"] = _ => Trace(activity => activity.SetTag("url", Planted)),
        ["activity Leaky event"] = _ => Trace(activity => activity.AddException(new InvalidOperationException(Planted))),
        ["activity Leaky baggage"] = _ => Trace(activity => activity.AddBaggage("token", Planted)),
        ["diagnostic Leaky Asked"] = _ =>
        {
            using var listener = new DiagnosticListener("Leaky");
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://example.com/?token={Planted}");
            listener.Write("Asked", new { Request = request });
        },
        ["diagnostic Leaky Answered"] = _ =>
        {
            using var listener = new DiagnosticListener("Leaky");
            using var response = new HttpResponseMessage { RequestMessage = new HttpRequestMessage { Headers = { { "Authorization", $"Bearer {Planted}" } } } };
            listener.Write("Answered", new { Response = response });
        },
        ["event Leaky Asked"] = _ => LeakyEvents.Log.Asked(Planted),
        ["meter Leaky calls"] = _ =>
        {
            using var meter = new Meter("Leaky");
            meter.CreateCounter<long>("calls").Add(1, new KeyValuePair<string, object?>("url", Planted));
        },
        ["console"] = _ => Console.WriteLine(Planted),
        ["trace listener"] = _ => System.Diagnostics.Trace.WriteLine(Planted),
        ["exception"] = _ => Swallow(() => throw new InvalidOperationException(Planted)),
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    public static TheoryData<string> Forms =>
    [
        Planted,
        $"input_token%3D{Planted}%26",
        Planted.ToUpperInvariant(),
        Planted[..30],
        Planted[^30..],
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Planted)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_leak_is_detected_by_the(string inlet)
    {
        using var recorder = new Recorder();
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder.Logs));

        Ways[inlet](logging.CreateLogger("Leaky"));

        Assert.Contains(recorder.Recording.Leaks(Secrets), leak => leak.StartsWith($"the planted token by {inlet}: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_leak_is_detected_in_every_encoding(string text)
    {
        var recording = new Recording();

        recording.Add("somewhere", text);

        Assert.Single(recording.Leaks(Secrets));
    }

    [Fact]
    public void A_secret_with_a_bar_is_detected_URL_encoded()
    {
        var recording = new Recording();

        recording.Add("somewhere", "access_token=1234567890%7cabcdef");

        Assert.Single(recording.Leaks([KnownSecret.Of("the app token", "1234567890|abcdef")]));
    }

    [Fact]
    public void A_URL_is_recognized_by_its_signature_alone()
    {
        var recording = new Recording();

        recording.Add("somewhere", "signed AbCdEfGhIjKlMn");

        Assert.Single(recording.Leaks([KnownSecret.OfUrl("the URL", "https://example.com/invoke?sp=%2Frun&sig=AbCdEfGhIjKlMn")]));
    }

    [Fact]
    public void What_is_said_of_a_leak_does_not_leak()
    {
        var recording = new Recording();

        recording.Add("somewhere", $"asked with {Planted}, {Uri.EscapeDataString(Planted)}, {Planted[..30]}");

        Assert.DoesNotContain(Planted[..20], Assert.Single(recording.Leaks(Secrets)), StringComparison.Ordinal);
    }

    // What the monitor's clients would do if nothing had been done about them; and a proof that the switch that stops the platform
    // from cutting queries off is set in this process.
    [Fact]
    public async Task An_ordinary_client_leaks_the_query_of_its_URLs_in_three_ways()
    {
        await using var simulation = await Simulation.StartAsync();
        using var recorder = new Recorder();
        using (new Activity("a call").Start())
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(new Uri($"{simulation.Graph.BaseUrl}/v26.0/debug_token?input_token={Planted}"));
        }

        var leaks = recorder.Recording.Leaks(Secrets);

        Assert.Contains(leaks, leak => leak.Contains(" by event System.Net.Http RequestStart: ", StringComparison.Ordinal));
        Assert.Contains(leaks, leak => leak.Contains(" by activity System.Net.Http: ", StringComparison.Ordinal));
        Assert.Contains(leaks, leak => leak.Contains(" by diagnostic HttpHandlerDiagnosticListener ", StringComparison.Ordinal));
    }

    private static void Say<T>(ILogger logger, T state, Exception? exception = null, string text = "said") =>
        logger.Log(LogLevel.Trace, default, state, exception, (_, _) => text);

    private static void Trace(Action<Activity> say)
    {
        using var source = new ActivitySource("Leaky");
        using var activity = source.StartActivity("asking");
        say(activity!);
    }

    private static void Swallow(Action throwing)
    {
        try
        {
            throwing();
        }
        catch (InvalidOperationException)
        {
        }
    }

    [EventSource(Name = "Leaky")]
    private sealed class LeakyEvents : EventSource
    {
        public static readonly LeakyEvents Log = new();

        [Event(1, Level = EventLevel.Verbose)]
        public void Asked(string url) => WriteEvent(1, url);
    }
}
