using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

public sealed class StateStoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly Finding Finding = new()
    {
        Kind = FindingKind.TokenExpires,
        Severity = Severity.Critical,
        Subject = FindingSubject.PhoneNumber("106540352242922"),
        Cause = FindingCause.WrongConfiguredId,
        Details = new FindingDetails.Sending(
            new NamedId("106540352242922", "\"+1\", <b>ä</b>"),
            [new SendingEntity("WABA", "1", "BLOCKED", [new SendingError("141006", "line one\nline two \u2028 \ud83d\ude00", "Pay.")], ["A note."])],
            "BANNED"),
        GraphError = new GraphError
        {
            Class = GraphErrorClass.Token,
            Message = "Session expired — \"soon\"",
            Code = 190,
            Subcode = 463,
            HttpStatus = 400,
            UserTitle = "Title",
            UserMessage = "Log in again.",
            Details = "The session was ended.",
            TraceId = "AbC",
        },
        Deadline = Noon.AddDays(6),
        IsIgnored = true,
    };

    private static readonly Notification Notification = new()
    {
        Kind = NotificationKind.Countdown,
        IncidentId = "production-incident-1",
        At = Noon,
        Since = Noon.AddHours(-3),
        PendingChannels = ["teams", "email"],
        Added = [Finding],
        Resolved = [Finding],
        Present = [Finding],
        Token = new TokenContext
        {
            TokenName = "production",
            SecretName = "whatsapp-system-user-token",
            StoreName = "Key Vault contoso-whatsapp",
            SystemUser = new NamedId("122100000000007", "Integration"),
            App = new NamedId("123456789012345", "Shop"),
            AppSecretName = "whatsapp-app-secret",
            BusinessAccount = new NamedId("102290129340398", "Support"),
            PhoneNumber = new NamedId("106540352242922", "+1 555 0100"),
            Portfolio = new NamedId("506914307656634", "Contoso"),
            RequiredScopes = ["whatsapp_business_messaging"],
            Expiry = ExpiryPolicy.Renewed,
            Fingerprint = "aaaaaaaa",
            ActualApp = new NamedId("123456789012345", "Shop"),
            Type = "USER",
            IssuedAt = Noon.AddDays(-60),
            Owner = new NamedId("122100000000007", "Integration"),
            Source = InspectionSource.App,
        },
        HealthySince = Noon.AddDays(-30),
        AlertsSentBefore = 4,
        Channel = "Teams",
        ChannelFailure = "Teams answered 503.",
        NewFingerprint = "bbbbbbbb",
        NextAt = Noon.AddDays(1),
        IsValidityKnown = true,
        Unknowns = [new UnknownFact(FactTopic.Expiry, UnknownReason.QueryFailed, UnknownCause.Error, "Graph answered 503.")],
        ClaimedBy = "a run",
        ClaimedUntil = Noon.AddMinutes(15),
    };

    /// <summary>A state with everything that it can hold.</summary>
    private static readonly TokenState Everything = new()
    {
        Fingerprint = "aaaaaaaa",
        SystemUser = new Identity("122100000000007", "Integration"),
        HealthySince = Noon.AddDays(-30),
        Incident = new Incident
        {
            Id = "production-incident-1",
            OpenedAt = Noon.AddHours(-3),
            Fingerprint = "aaaaaaaa",
            Findings = [new IncidentFinding(Finding, Noon.AddHours(-3), 7)],
            LastNotifiedAt = Noon,
            AlertsSent = 5,
        },
        MonitoringOutage = new MonitoringOutage { Since = Noon.AddHours(-1), Checks = 3, Unknowns = [new UnknownFact(FactTopic.Validity, UnknownReason.QueryFailed, UnknownCause.Error, "Graph answered 503.")], LastNotifiedAt = Noon, AlertsSent = 1 },
        LastObservation = new ObservationStamp(Noon, "aaaaaaaa", WasComplete: true),
        PendingNotifications = [Notification],
        Failing = ImmutableSortedDictionary<string, ChannelFailure>.Empty.Add("teams", new ChannelFailure(3, Noon.AddHours(-2), "answered 404", IsReported: true) { IncidentId = "production-incident-1" }),
    };

    private readonly FakeDocumentStore _documents = new();

    private StateStore Store => new(_documents);

    [Fact]
    public async Task There_is_no_state_at_first_and_no_problem()
    {
        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal(new StateReadResult(TokenState.Empty, null, null, MayWrite: true), reading);
    }

    [Fact]
    public async Task Everything_in_the_state_is_read_as_it_was_written()
    {
        var version = await Store.WriteAsync("production", Everything, null, CancellationToken.None);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal((version, null, true), (reading.Version, reading.Problem, reading.MayWrite));
        Assert.Equal(JsonSerializer.Serialize(Everything), JsonSerializer.Serialize(reading.State));
    }

    [Fact]
    public void The_test_above_leaves_nothing_out() =>
        Assert.Empty(Unset(Everything, "state"));

    [Fact]
    public async Task Empty_state_is_read_as_it_was_written()
    {
        await Store.WriteAsync("production", TokenState.Empty, null, CancellationToken.None);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Null(reading.Problem);
        Assert.Equal(JsonSerializer.Serialize(TokenState.Empty), JsonSerializer.Serialize(reading.State));
    }

    [Fact]
    public async Task The_document_says_its_schema_and_whose_it_is()
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);

        using var json = JsonDocument.Parse(_documents["production"]!);
        Assert.Equal(2, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("production", json.RootElement.GetProperty("token").GetString());
        Assert.Equal("TokenExpires", json.RootElement.GetProperty("state").GetProperty("incident").GetProperty("findings")[0].GetProperty("finding").GetProperty("kind").GetString());
    }

    [Fact]
    public void No_secret_can_be_in_the_state() =>
        Assert.DoesNotContain(Types(typeof(TokenState)), type => type == typeof(Secret) || type == typeof(object) || typeof(Exception).IsAssignableFrom(type));

    [Fact]
    public async Task The_version_that_was_read_is_the_one_that_is_replaced()
    {
        var version = await Store.WriteAsync("production", TokenState.Empty, null, CancellationToken.None);

        Assert.Null(await Store.WriteAsync("production", Everything, null, CancellationToken.None));
        Assert.NotNull(await Store.WriteAsync("production", Everything, version, CancellationToken.None));
    }

    public static TheoryData<string> Undecodable => new()
    {
        "",
        " ",
        "null",
        "true",
        "42",
        "[]",
        "{}",
        "{",
        "not JSON",
        "\u0000\u0000",
        "<html>",
        """{"verdict":"Healthy"}""",
        """{"schemaVersion":1}""",
        """{"schemaVersion":1,"token":"production"}""",
        """{"schemaVersion":1,"token":"production","memory":null}""",
        """{"schemaVersion":1,"token":"production","memory":[]}""",
        """{"schemaVersion":"one","token":"production","memory":{}}""",
        """{"schemaVersion":99999999999999,"token":"production","memory":{}}""",
        """{"schemaVersion":1,"token":"production","memory":{"owed":null}}""",
        """{"schemaVersion":1,"token":"production","memory":{"owed":[{}]}}""",
        """{"schemaVersion":1,"token":"production","memory":{"incident":{"id":"x"}}}""",
        """{"schemaVersion":1,"token":"production","memory":{"healthySince":"yesterday"}}""",
        """{"schemaVersion":2}""",
        """{"schemaVersion":2,"token":"production","state":null}""",
        """{"schemaVersion":2,"token":"production","state":{"pendingNotifications":[{}]}}""",
        """{"schemaVersion":2,"token":"production","state":{"incident":{"id":"x"}}}""",
        """{"schemaVersion":2,"token":"production","state":{"healthySince":"yesterday"}}""",
    };

    [Theory]
    [MemberData(nameof(Undecodable))]
    public async Task A_document_that_cannot_be_decoded_counts_as_empty_and_may_be_overwritten(string content)
    {
        _documents["production"] = content;

        await AssertBeginsAnew();
    }

    [Theory]
    [InlineData("\"TokenExpires\"", "\"TokenEvaporates\"")]
    [InlineData("\"Critical\"", "\"Terrible\"")]
    [InlineData("\"Countdown\"", "\"Song\"")]
    public async Task An_unknown_name_is_reported_and_the_document_counts_as_empty(string known, string unknown)
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);
        _documents["production"] = _documents["production"]!.Replace(known, unknown, StringComparison.Ordinal);
        Assert.Contains(unknown, _documents["production"], StringComparison.Ordinal);

        await AssertBeginsAnew();
    }

    [Fact]
    public async Task A_truncated_document_is_reported_and_counts_as_empty()
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);
        var whole = _documents["production"]!;
        for (var length = 0; length < whole.TrimEnd().Length; length += 37)
        {
            _documents["production"] = whole[..length];

            await AssertBeginsAnew();
        }
    }

    [Fact]
    public async Task What_an_older_monitor_did_not_write_yet_is_as_if_it_were_empty()
    {
        _documents["production"] = """{"schemaVersion":1,"token":"production","memory":{"fingerprint":"aaaaaaaa"}}""";

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Null(reading.Problem);
        Assert.Equal("aaaaaaaa", reading.State.Fingerprint);
        Assert.Empty(reading.State.PendingNotifications);
        Assert.Empty(reading.State.Failing);
        Assert.Null(reading.State.LastObservation);
    }

    [Fact]
    public void An_unchanged_observation_is_not_written()
    {
        TokenState Seen(int minute, string? fingerprint = "aaaaaaaa", bool complete = true) => Everything with { LastObservation = new ObservationStamp(Noon.AddMinutes(minute), fingerprint, complete) };

        Assert.True(StateStore.AreAlike(Seen(0), Seen(60)));
        Assert.False(StateStore.AreAlike(Seen(0), Seen(60, "bbbbbbbb")));
        Assert.False(StateStore.AreAlike(Seen(0), Seen(60, complete: false)));
        Assert.False(StateStore.AreAlike(Seen(0), Seen(0) with { LastObservation = null }));
    }

    [Fact]
    public async Task What_an_older_monitor_did_not_write_yet_of_a_notification_is_as_if_it_were_empty()
    {
        _documents["production"] = """
            {"schemaVersion":1,"token":"production","memory":{"owed":[
              {"kind":"Opened","incidentId":"one","at":"2026-03-01T12:00:00+00:00","since":"2026-03-01T12:00:00+00:00","owedTo":["email"]}]}}
            """;

        var notification = Assert.Single((await Store.ReadAsync("production", CancellationToken.None)).State.PendingNotifications);

        Assert.Empty(notification.Added);
        Assert.Empty(notification.Resolved);
        Assert.Empty(notification.Present);
        Assert.Null(notification.Token);
    }

    [Fact]
    public async Task What_the_monitor_does_not_know_of_the_same_schema_is_passed_over()
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);
        _documents["production"] = _documents["production"]!.Replace("\"fingerprint\":", "\"colour\": {\"red\": 1}, \"fingerprint\":", StringComparison.Ordinal);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Null(reading.Problem);
        Assert.True(StateStore.AreAlike(Everything, reading.State));
    }

    [Theory]
    [InlineData("""{"schemaVersion":3,"token":"production","memory":{}}""")]
    [InlineData("""{"schemaVersion":3,"token":"production","memory":{"owed":"otherwise"}}""")]
    [InlineData("""{"somethingNew":[],"schemaVersion":7}""")]
    public async Task What_a_newer_monitor_wrote_is_reported_and_not_to_be_overwritten(string content)
    {
        _documents["production"] = content;

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.False(reading.MayWrite);
        Assert.Equal(TokenState.Empty, reading.State);
        Assert.StartsWith("The state of production in the fake store was written by a newer monitor (schema ", reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_reported_and_counts_as_empty()
    {
        _documents.BeforeRead = _ => throw FakeDocumentStore.Unavailable;

        Assert.Equal(
            new StateReadResult(TokenState.Empty, null, "the fake store could not be reached.", MayWrite: true),
            await Store.ReadAsync("production", CancellationToken.None));
    }

    [Fact]
    public async Task Cancellation_is_reported()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("production", cancelled.Token));
    }

    [Fact]
    public void Two_memories_that_would_be_written_alike_are_alike()
    {
        Assert.True(StateStore.AreAlike(Everything, Everything with { PendingNotifications = [.. Everything.PendingNotifications], Failing = ImmutableSortedDictionary.CreateRange(Everything.Failing) }));
        Assert.True(StateStore.AreAlike(TokenState.Empty, new TokenState()));
    }

    [Fact]
    public void Two_memories_that_differ_anywhere_are_not_alike()
    {
        TokenState[] others =
        [
            TokenState.Empty,
            Everything with { Fingerprint = "cccccccc" },
            Everything with { HealthySince = null },
            Everything with { Incident = Everything.Incident! with { LastNotifiedAt = Noon.AddTicks(1) } },
            Everything with { MonitoringOutage = Everything.MonitoringOutage! with { Checks = 4 } },
            Everything with { PendingNotifications = [Notification with { ClaimedUntil = null }] },
            Everything with { PendingNotifications = [Notification with { Added = [Finding with { Details = null }] }] },
            Everything with { Failing = Everything.Failing.Clear() },
        ];

        Assert.All(others, other => Assert.False(StateStore.AreAlike(Everything, other)));
    }

    private async Task AssertBeginsAnew()
    {
        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal(TokenState.Empty, reading.State);
        Assert.True(reading.MayWrite);
        Assert.Equal("The state of production in the fake store cannot be decoded. The monitor starts with an empty state, so alerts may be repeated.", reading.Problem);
        Assert.NotNull(await Store.WriteAsync("production", TokenState.Empty, reading.Version, CancellationToken.None));
    }

    /// <summary>The paths of what is null, empty or at its default.</summary>
    private static IEnumerable<string> Unset(object? value, string path) => value switch
    {
        null or 0 or false or "" => [path],
        string or ValueType or Uri => [],
        IDictionary dictionary => dictionary.Count == 0 ? [path] : dictionary.Values.Cast<object?>().SelectMany(one => Unset(one, $"{path}[]")),
        IEnumerable list => list.Cast<object?>().Any() ? list.Cast<object?>().SelectMany((one, index) => Unset(one, $"{path}[{index}]")) : [path],
        _ => Properties(value.GetType()).SelectMany(property => Unset(property.GetValue(value), $"{path}.{property.Name}")),
    };

    private static HashSet<Type> Types(Type root)
    {
        var types = new HashSet<Type>();
        Visit(root);
        return types;

        void Visit(Type type)
        {
            if (!types.Add(type))
            {
                return;
            }

            foreach (var argument in type.GetGenericArguments())
            {
                Visit(argument);
            }

            if (type.Namespace?.StartsWith("SafeCast", StringComparison.Ordinal) is true && !type.IsEnum)
            {
                foreach (var property in Properties(type))
                {
                    Visit(property.PropertyType);
                }
            }
        }
    }

    private static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => !property.IsDefined(typeof(JsonIgnoreAttribute)))];
}
