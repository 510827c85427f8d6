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

public sealed class MemoryStoreTests
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
            [new SendingEntity("WABA", "1", "BLOCKED", [new SendingError("141006", "line one\nline two \u2028 \ud83d\ude00", "Pay.")], ["A note."])]),
        GraphError = new GraphError
        {
            Class = GraphErrorClass.Token,
            Message = "Session expired — \"soon\"",
            Code = 190,
            Subcode = 463,
            HttpStatus = 400,
            UserTitle = "Title",
            UserMessage = "Log in again.",
            TraceId = "AbC",
        },
        Deadline = Noon.AddDays(6),
        IsIgnored = true,
    };

    private static readonly Notice Notice = new()
    {
        Kind = NoticeKind.Countdown,
        IncidentId = "production-incident-1",
        At = Noon,
        Since = Noon.AddHours(-3),
        OwedTo = ["teams", "email"],
        Added = [Finding],
        Mended = [Finding],
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
            Source = InspectionBasis.App,
        },
        HealthySince = Noon.AddDays(-30),
        TimesToldBefore = 4,
        Channel = "Teams",
        ChannelFailure = "Teams answered 503.",
        NewFingerprint = "bbbbbbbb",
        NextAt = Noon.AddDays(1),
        IsValidityKnown = true,
        Unknowns = [new UnknownFact(FactTopic.Expiry, UnknownReason.QueryFailed, UnknownCause.Error, "Graph answered 503.")],
        ClaimedBy = "a run",
        ClaimedUntil = Noon.AddMinutes(15),
    };

    /// <summary>All that can be remembered.</summary>
    private static readonly TokenMemory Everything = new()
    {
        Fingerprint = "aaaaaaaa",
        SystemUser = new Identity("122100000000007", "Integration"),
        HealthySince = Noon.AddDays(-30),
        Incident = new Incident
        {
            Id = "production-incident-1",
            OpenedAt = Noon.AddHours(-3),
            Fingerprint = "aaaaaaaa",
            Findings = [new RememberedFinding(Finding, Noon.AddHours(-3), 7)],
            ToldAt = Noon,
            TimesTold = 5,
        },
        Blindness = new Blindness { Since = Noon.AddHours(-1), Checks = 3, Unknowns = [new UnknownFact(FactTopic.Validity, UnknownReason.QueryFailed, UnknownCause.Error, "Graph answered 503.")], ToldAt = Noon, TimesTold = 1 },
        LastLook = new Look(Noon, "aaaaaaaa", WasComplete: true),
        Owed = [Notice],
        Failing = ImmutableSortedDictionary<string, ChannelTrouble>.Empty.Add("teams", new ChannelTrouble(3, Noon.AddHours(-2), "answered 404", IsTold: true) { IncidentId = "production-incident-1" }),
    };

    private readonly FakeDocumentStore _documents = new();

    private MemoryStore Store => new(_documents);

    [Fact]
    public async Task There_is_nothing_remembered_at_first_and_no_trouble()
    {
        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal(new MemoryReading(TokenMemory.Empty, null, null, MayWrite: true), reading);
    }

    [Fact]
    public async Task All_that_can_be_remembered_is_read_as_it_was_written()
    {
        var version = await Store.WriteAsync("production", Everything, null, CancellationToken.None);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal((version, null, true), (reading.Version, reading.Trouble, reading.MayWrite));
        Assert.Equal(JsonSerializer.Serialize(Everything), JsonSerializer.Serialize(reading.Memory));
    }

    [Fact]
    public void The_test_above_leaves_nothing_out() =>
        Assert.Empty(Unset(Everything, "memory"));

    [Fact]
    public async Task Nothing_remembered_is_read_as_it_was_written()
    {
        await Store.WriteAsync("production", TokenMemory.Empty, null, CancellationToken.None);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Null(reading.Trouble);
        Assert.Equal(JsonSerializer.Serialize(TokenMemory.Empty), JsonSerializer.Serialize(reading.Memory));
    }

    [Fact]
    public async Task The_document_says_its_schema_and_whose_it_is()
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);

        using var json = JsonDocument.Parse(_documents["production"]!);
        Assert.Equal(2, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("production", json.RootElement.GetProperty("token").GetString());
        Assert.Equal("TokenExpires", json.RootElement.GetProperty("memory").GetProperty("incident").GetProperty("findings")[0].GetProperty("finding").GetProperty("kind").GetString());
    }

    [Fact]
    public void No_secret_can_be_remembered() =>
        Assert.DoesNotContain(Types(typeof(TokenMemory)), type => type == typeof(Secret) || type == typeof(object) || typeof(Exception).IsAssignableFrom(type));

    [Fact]
    public async Task The_version_that_was_read_is_the_one_that_is_replaced()
    {
        var version = await Store.WriteAsync("production", TokenMemory.Empty, null, CancellationToken.None);

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
        """{"schemaVersion":2,"token":"production","memory":null}""",
        """{"schemaVersion":2,"token":"production","memory":{"owed":[{}]}}""",
        """{"schemaVersion":2,"token":"production","memory":{"incident":{"id":"x"}}}""",
        """{"schemaVersion":2,"token":"production","memory":{"healthySince":"yesterday"}}""",
    };

    [Theory]
    [MemberData(nameof(Undecodable))]
    public async Task What_cannot_be_decoded_is_told_and_taken_for_nothing_and_may_be_overwritten(string content)
    {
        _documents["production"] = content;

        await AssertBeginsAnew();
    }

    [Theory]
    [InlineData("\"TokenExpires\"", "\"TokenEvaporates\"")]
    [InlineData("\"Critical\"", "\"Terrible\"")]
    [InlineData("\"Countdown\"", "\"Song\"")]
    public async Task A_name_that_nobody_knows_is_told_and_the_whole_taken_for_nothing(string known, string unknown)
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);
        _documents["production"] = _documents["production"]!.Replace(known, unknown, StringComparison.Ordinal);
        Assert.Contains(unknown, _documents["production"], StringComparison.Ordinal);

        await AssertBeginsAnew();
    }

    [Fact]
    public async Task Any_part_of_a_document_is_told_and_taken_for_nothing()
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

        Assert.Null(reading.Trouble);
        Assert.Equal("aaaaaaaa", reading.Memory.Fingerprint);
        Assert.Empty(reading.Memory.Owed);
        Assert.Empty(reading.Memory.Failing);
        Assert.Null(reading.Memory.LastLook);
    }

    [Fact]
    public void That_the_same_was_seen_once_more_is_nothing_to_write()
    {
        TokenMemory Seen(int minute, string? fingerprint = "aaaaaaaa", bool complete = true) => Everything with { LastLook = new Look(Noon.AddMinutes(minute), fingerprint, complete) };

        Assert.True(MemoryStore.AreAlike(Seen(0), Seen(60)));
        Assert.False(MemoryStore.AreAlike(Seen(0), Seen(60, "bbbbbbbb")));
        Assert.False(MemoryStore.AreAlike(Seen(0), Seen(60, complete: false)));
        Assert.False(MemoryStore.AreAlike(Seen(0), Seen(0) with { LastLook = null }));
    }

    [Fact]
    public async Task What_an_older_monitor_did_not_write_yet_of_a_notice_is_as_if_it_were_empty()
    {
        _documents["production"] = """
            {"schemaVersion":1,"token":"production","memory":{"owed":[
              {"kind":"Opened","incidentId":"one","at":"2026-03-01T12:00:00+00:00","since":"2026-03-01T12:00:00+00:00","owedTo":["email"]}]}}
            """;

        var notice = Assert.Single((await Store.ReadAsync("production", CancellationToken.None)).Memory.Owed);

        Assert.Empty(notice.Added);
        Assert.Empty(notice.Mended);
        Assert.Empty(notice.Present);
        Assert.Null(notice.Token);
    }

    [Fact]
    public async Task What_the_monitor_does_not_know_of_the_same_schema_is_passed_over()
    {
        await Store.WriteAsync("production", Everything, null, CancellationToken.None);
        _documents["production"] = _documents["production"]!.Replace("\"fingerprint\":", "\"colour\": {\"red\": 1}, \"fingerprint\":", StringComparison.Ordinal);

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Null(reading.Trouble);
        Assert.True(MemoryStore.AreAlike(Everything, reading.Memory));
    }

    [Theory]
    [InlineData("""{"schemaVersion":3,"token":"production","memory":{}}""")]
    [InlineData("""{"schemaVersion":3,"token":"production","memory":{"owed":"otherwise"}}""")]
    [InlineData("""{"somethingNew":[],"schemaVersion":7}""")]
    public async Task What_a_newer_monitor_wrote_is_told_and_not_to_be_overwritten(string content)
    {
        _documents["production"] = content;

        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.False(reading.MayWrite);
        Assert.Equal(TokenMemory.Empty, reading.Memory);
        Assert.StartsWith("What is remembered of production in the fake store was written by a newer monitor (schema ", reading.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_told_and_taken_for_nothing()
    {
        _documents.BeforeRead = _ => throw FakeDocumentStore.Unavailable;

        Assert.Equal(
            new MemoryReading(TokenMemory.Empty, null, "the fake store could not be reached.", MayWrite: true),
            await Store.ReadAsync("production", CancellationToken.None));
    }

    [Fact]
    public async Task Who_cancels_is_told_so()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("production", cancelled.Token));
    }

    [Fact]
    public void Two_memories_that_would_be_written_alike_are_alike()
    {
        Assert.True(MemoryStore.AreAlike(Everything, Everything with { Owed = [.. Everything.Owed], Failing = ImmutableSortedDictionary.CreateRange(Everything.Failing) }));
        Assert.True(MemoryStore.AreAlike(TokenMemory.Empty, new TokenMemory()));
    }

    [Fact]
    public void Two_memories_that_differ_anywhere_are_not_alike()
    {
        TokenMemory[] others =
        [
            TokenMemory.Empty,
            Everything with { Fingerprint = "cccccccc" },
            Everything with { HealthySince = null },
            Everything with { Incident = Everything.Incident! with { ToldAt = Noon.AddTicks(1) } },
            Everything with { Blindness = Everything.Blindness! with { Checks = 4 } },
            Everything with { Owed = [Notice with { ClaimedUntil = null }] },
            Everything with { Owed = [Notice with { Added = [Finding with { Details = null }] }] },
            Everything with { Failing = Everything.Failing.Clear() },
        ];

        Assert.All(others, other => Assert.False(MemoryStore.AreAlike(Everything, other)));
    }

    private async Task AssertBeginsAnew()
    {
        var reading = await Store.ReadAsync("production", CancellationToken.None);

        Assert.Equal(TokenMemory.Empty, reading.Memory);
        Assert.True(reading.MayWrite);
        Assert.Equal("What is remembered of production in the fake store cannot be decoded, so the monitor begins anew: somebody may be told a second time.", reading.Trouble);
        Assert.NotNull(await Store.WriteAsync("production", TokenMemory.Empty, reading.Version, CancellationToken.None));
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
