using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Years;

/// <summary>What came of a check, as far as the script had a hand in it.</summary>
internal enum Mishap
{
    None,

    /// <summary>The store failed: no state was stored.</summary>
    StoreFailed,

    /// <summary>The process ended before the state was stored.</summary>
    DiedBefore,

    /// <summary>The process crashed after the notifications were stored and before they were sent.</summary>
    DiedUnsent,

    /// <summary>The process died between sending and recording.</summary>
    DiedUnrecorded,
}

/// <summary>A temporary problem.</summary>
/// <param name="Ids">The findings that it is.</param>
/// <param name="Begin">From this hour on.</param>
/// <param name="End">Until this hour.</param>
/// <param name="Change">What it makes of the facts.</param>
internal sealed record Trouble(string[] Ids, int Begin, int End, Func<Situation, Situation> Change)
{
    /// <summary>While it lasts Graph says of the token nothing but this.</summary>
    public bool IsDeath { get; init; }

    /// <summary>A new token resolves it.</summary>
    public bool EndsWithNewToken { get; init; }

    /// <summary>For a token with an end: when.</summary>
    public DateTimeOffset? Expiry { get; init; }

    public bool IsAt(int hour) => hour >= Begin && hour < End;
}

/// <summary>The truth of a year, hour by hour. The same seed, the same year.</summary>
internal sealed class YearScript
{
    public const int Hours = 365 * 24;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 7, 0, TimeSpan.Zero);

    private static readonly Secret[] Tokens = [.. Enumerable.Range(0, 100).Select(number => new Secret(SampleSecrets.Token($"year {number}")))];

    private readonly List<Trouble> _troubles = [];
    private readonly bool[] _isGraphDown = new bool[Hours];
    private readonly bool[] _isVaultDown = new bool[Hours];
    private readonly bool[] _isHostDown = new bool[Hours];
    private readonly int[] _storeDown = new int[Hours];
    private readonly Mishap[] _deaths = new Mishap[Hours];
    private readonly int[] _token = new int[Hours];
    private readonly int[] _seconds = new int[Hours];
    private readonly Dictionary<string, bool[]> _channelDown = new() { ["email"] = new bool[Hours], ["teams"] = new bool[Hours] };

    public YearScript(int seed)
    {
        var random = new Random(seed);
        ScriptTroubles(random);
        Outages(random, _isGraphDown, 20, 40);
        Outages(random, _isVaultDown, 8, 20);
        Outages(random, _isHostDown, 8, 40);
        foreach (var down in _channelDown.Values)
        {
            Outages(random, down, 20, 72);
        }

        for (var outage = 0; outage < 12; outage++)
        {
            var (begin, length, kind) = (random.Next(Hours), random.Next(1, 12), random.Next(1, 3));
            Array.Fill(_storeDown, kind, begin, Math.Min(length, Hours - begin));
        }

        // Many at the moments that matter, for a check that tells nothing writes nothing that a death could come between.
        for (var hour = 0; hour < Hours; hour++)
        {
            _seconds[hour] = random.Next(-120, 240);
            var isEventful = _troubles.Exists(trouble => trouble.Begin == hour || trouble.End == hour);
            if (random.Next(isEventful ? 4 : 100) == 0)
            {
                _deaths[hour] = (Mishap)random.Next((int)Mishap.DiedBefore, (int)Mishap.DiedUnrecorded + 1);
            }
        }

        // Everything pending is sent before the end of the year.
        foreach (var down in _channelDown.Values.Append(_isGraphDown).Append(_isVaultDown).Append(_isHostDown))
        {
            Array.Clear(down, Hours - 24, 24);
        }

        Array.Clear(_storeDown, Hours - 24, 24);
        Array.Clear(_deaths, Hours - 24, 24);
    }

    public DateTimeOffset TimeOf(int hour) => Start + TimeSpan.FromHours(hour) + TimeSpan.FromSeconds(_seconds[hour]);

    public static int HourOf(DateTimeOffset time) => (int)Math.Round((time - Start).TotalHours);

    public bool IsHostDown(int hour) => _isHostDown[hour];

    public bool IsChannelDown(string channel, int hour) => _channelDown[channel][hour];

    public bool IsBlind(int hour) => _isGraphDown[hour] || _isVaultDown[hour];

    public string FingerprintAt(int hour) => Tokens[_token[hour]].Fingerprint;

    /// <summary>What is wrong, whether anybody sees it or not.</summary>
    public IReadOnlyList<Trouble> TroublesAt(int hour) => [.. _troubles.Where(trouble => trouble.IsAt(hour))];

    /// <summary>What the vault and Graph say.</summary>
    public TokenInspection InspectionAt(int hour)
    {
        var now = TimeOf(hour);
        if (_isVaultDown[hour])
        {
            return new TokenInspection { At = now, IsSecretInVault = true, SecretStore = Situation.Store, Secret = new SecretReading.Unreachable("The vault gave no answer in time.") };
        }

        var situation = Situation.Healthy.Seen(i => i with { At = now, Secret = ((SecretReading.Found)i.Secret) with { Value = Tokens[_token[hour]] } });
        if (_isGraphDown[hour])
        {
            return situation.WithoutAssets().Seen(i => i with
            {
                Source = InspectionSource.None,
                AppCredential = new AppCredentialStatus.NotAnswered(Situation.NoAnswer()),
                Debug = Situation.NoAnswer(),
                AnsweredVersion = null,
            }).Inspection;
        }

        var troubles = TroublesAt(hour);
        return (troubles.FirstOrDefault(trouble => trouble.IsDeath) is { } death
            ? death.Change(situation)
            : troubles.Aggregate(situation, (before, trouble) => trouble.Change(before))).Inspection;
    }

    /// <summary>Has the store and the process fail as the script wants it; afterwards the returned says what came of it.</summary>
    public Func<Mishap> Arrange(FakeDocumentStore documents, int hour)
    {
        var (mishap, writes) = (Mishap.None, 0);
        documents.BeforeRead = _ => FailIf(_storeDown[hour] == 1);
        documents.BeforeWrite = _ =>
        {
            FailIf(_storeDown[hour] > 0);
            writes++;
            DieIf(Mishap.DiedBefore, writes == 1);
            DieIf(Mishap.DiedUnrecorded, writes == 2);
        };
        documents.AfterWrite = _ => DieIf(Mishap.DiedUnsent, writes == 1);
        return () => mishap;

        void FailIf(bool fails)
        {
            if (fails)
            {
                mishap = Mishap.StoreFailed;
                throw FakeDocumentStore.Unavailable;
            }
        }

        void DieIf(Mishap death, bool isMoment)
        {
            if (_deaths[hour] == death && isMoment)
            {
                mishap = death;
                throw new InvalidOperationException("The process dies.");
            }
        }
    }

    private static void Outages(Random random, bool[] down, int count, int longest)
    {
        for (var outage = 0; outage < count; outage++)
        {
            // Most are short.
            var (begin, length) = (random.Next(Hours), random.Next(2) == 0 ? random.Next(1, 4) : random.Next(1, longest));
            Array.Fill(down, true, begin, Math.Min(length, Hours - begin));
        }
    }

    private void ScriptTroubles(Random random)
    {
        var (hour, token) = (48, 0);
        while (hour < Hours - (60 * 24))
        {
            var length = random.Next(3) == 0 ? random.Next(24, 80) : random.Next(1, 24);
            var begin = hour;
            switch (random.Next(9))
            {
                case 0 or 1:
                    Add(Death(random.Next(3) switch { 0 => ("token-revoked", 466), 1 => ("token-invalidated", 460), _ => ("app-removed", 458) }, begin, begin + length));
                    break;
                case 2:
                    // The 60-day option by mistake: a finding at once, reminders as the expiry approaches, then renewed or not.
                    var last = begin + (random.Next(10, 45) * 24);
                    var expiry = TimeOf(last) - TimeSpan.FromMinutes(30);
                    var end = last + random.Next(-60, 20);
                    NewToken(begin);
                    Add(new Trouble(["token-expires"], begin, Math.Min(end, last), s => s.Debug(debug => debug with { ExpiresAt = GraphExpiry.At(expiry) })) { Expiry = expiry, EndsWithNewToken = true });
                    if (end > last)
                    {
                        Add(Death(("token-expired", 463), last, end));
                    }

                    for (var other = begin + 30; other < end - 100; other += random.Next(60, 240))
                    {
                        Add(Asset(random, other, other + random.Next(1, 50)));
                    }

                    length = end - begin;
                    break;
                case 3:
                    Add(new Trouble(["scope-missing"], begin, begin + length, s => s.Debug(debug => debug with
                    {
                        Scopes = ["whatsapp_business_messaging"],
                        GranularScopes = [new GranularScope("whatsapp_business_messaging", null)],
                    }))
                    { EndsWithNewToken = true });
                    break;
                case 4:
                    Add(new Trouble(["app-credential-rejected"], begin, begin + length, s => s.OnlyTheTokenItself(
                        new AppCredentialStatus.Rejected(Situation.Error(190, null, "Error validating client secret.")))));
                    break;
                case 5:
                    Add(new Trouble(["sending-blocked"], begin, begin + length, s => s.Health("BLOCKED")));
                    break;
                case 6:
                    NewToken(begin);
                    length = 1;
                    break;
                default:
                    Add(Asset(random, begin, begin + length));
                    if (random.Next(2) == 0)
                    {
                        var second = begin + random.Next(length);
                        var asset = Asset(random, second, second + random.Next(1, 40));
                        Add(asset);
                        length = Math.Max(length, asset.End - begin);
                    }

                    break;
            }

            hour = begin + length + random.Next(6, 96);
        }

        void Add(Trouble trouble)
        {
            // The same thing twice at once is one thing.
            if (_troubles.Exists(other => other.Ids.Intersect(trouble.Ids).Any() && other.Begin <= trouble.End && other.End >= trouble.Begin))
            {
                return;
            }

            _troubles.Add(trouble);
            if (trouble.EndsWithNewToken)
            {
                NewToken(trouble.End);
            }
        }

        void NewToken(int from) => Array.Fill(_token, ++token % Tokens.Length, from, Hours - from);
    }

    private static Trouble Death((string Id, long Subcode) why, int begin, int end) =>
        new([why.Id], begin, end, s => s.Dead(Situation.Error(190, why.Subcode, "Error validating access token."))) { IsDeath = true, EndsWithNewToken = true };

    private static Trouble Asset(Random random, int begin, int end) => random.Next(4) switch
    {
        0 => new(["app-not-subscribed"], begin, end, s => s.Seen(i => i with { SubscribedAppIds = Situation.Rows("999") })),
        1 => new(["access-reduced"], begin, end, s => s.Seen(i => i with { AssignedUsers = Situation.Rows(new AssignedUser(Situation.UserId, "Integration", ["DEVELOP"])) })),
        2 => new(["phone-number-elsewhere"], begin, end, s => s.Seen(i => i with { PhoneNumberIds = Situation.Rows("999") })),
        _ => new(["wrong-portfolio"], begin, end, s => s.Seen(i => i with { Owner = new Identity("999", "Another") })),
    };
}
