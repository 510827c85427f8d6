using System.Text;
using SafeCast.TokenMonitor.Monitoring;

namespace SafeCast.TokenMonitor.Tests.Monitoring;

public sealed class NewVersionEventsTests
{
    private static readonly MonitoredSecrets Monitored = new(new HashSet<string> { "whatsapp-token", "whatsapp-app-secret" }, "contoso-whatsapp");

    private static readonly DateTimeOffset At = new(2026, 11, 22, 3, 7, 0, TimeSpan.Zero);

    /// <summary>What is no concern, why, and whether it is odd that it came.</summary>
    public static TheoryData<string, string, bool> Ignored { get; } = new()
    {
        { "", "it is not an event", true },
        { "null", "it is not an event", true },
        { "\"EAAsecret\"", "it is not an event", true },
        { "{", "it is not an event", true },
        { "[]", "it contains no event", true },
        { Convert.ToBase64String("EAAsecret"u8), "it is not an event", true },
        { new string('A', 200_000), "it is not an event", true },
        { "[null]", "it is not an event", true },
        { "{}", "it has no event type", true },
        { EventGrid(time: "yesterday"), "it is not an event", true },
        { EventGrid(type: "Microsoft.KeyVault.SecretNearExpiry"), "its event type is not a new secret version", true },
        { EventGrid(type: "Microsoft.KeyVault.KeyNewVersionCreated"), "its event type is not a new secret version", true },
        { EventGrid(secret: ""), "it has no secret name", true },
        { """{"eventType":"Microsoft.KeyVault.SecretNewVersionCreated","eventTime":"2026-11-22T03:07:00Z"}""", "it has no secret name", true },
        { """{"eventType":"Microsoft.KeyVault.SecretNewVersionCreated","data":{"ObjectName":"whatsapp-token"}}""", "it has no event time", true },
        { EventGrid(vault: "fabrikam"), "it is about another vault", true },
        { EventGrid(secret: "database-password"), "it is about a secret that is not monitored", false },
    };

    [Fact]
    public void A_new_version_of_a_monitored_secret_asks_for_a_check() =>
        Assert.Equal(new NewVersionSignal.Check("whatsapp-token", At), NewVersionEvents.Read(EventGrid(), Monitored));

    [Fact]
    public void A_CloudEvent_says_the_same() => Assert.Equal(
        new NewVersionSignal.Check("whatsapp-token", At),
        NewVersionEvents.Read(
            """
            {"id":"00eccf70","source":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/contoso-whatsapp","subject":"whatsapp-token",
            "type":"Microsoft.KeyVault.SecretNewVersionCreated","time":"2026-11-22T03:07:00Z","specversion":"1.0",
            "data":{"Id":"https://contoso-whatsapp.vault.azure.net/secrets/whatsapp-token/01","VaultName":"contoso-whatsapp","ObjectType":"Secret","ObjectName":"whatsapp-token","Version":"01","NBF":null,"EXP":null} }
            """,
            Monitored));

    [Fact]
    public void Both_documented_spellings_and_a_list_are_read() => Assert.Equal(
        new NewVersionSignal.Check("whatsapp-token", At),
        NewVersionEvents.Read($"  [{EventGrid().Replace("ObjectName", "objectName", StringComparison.Ordinal).Replace("VaultName", "vaultName", StringComparison.Ordinal)}]", Monitored));

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void A_message_is_read_as_plain_text_and_in_base64_with_and_without_a_byte_order_mark(bool hasByteOrderMark, int timesEncoded)
    {
        var message = hasByteOrderMark ? "\uFEFF" + EventGrid() : EventGrid();
        for (var i = 0; i < timesEncoded; i++)
        {
            message = Convert.ToBase64String(Encoding.UTF8.GetBytes(message));
        }

        Assert.Equal(new NewVersionSignal.Check("whatsapp-token", At), NewVersionEvents.Read(message, Monitored));
    }

    [Fact]
    public void An_app_secrets_new_version_is_worth_a_check_too() =>
        Assert.Equal(new NewVersionSignal.Check("whatsapp-app-secret", At), NewVersionEvents.Read(EventGrid(secret: "WhatsApp-App-Secret"), Monitored));

    [Fact]
    public void Of_a_list_the_newest_event_of_a_monitored_secret_counts()
    {
        var list = $"[{EventGrid(secret: "database-password")},{EventGrid()},{EventGrid(time: "2026-11-22T03:08:00Z")},{EventGrid(time: "2026-11-22T03:06:00Z")}]";

        Assert.Equal(new NewVersionSignal.Check("whatsapp-token", At.AddMinutes(1)), NewVersionEvents.Read(list, Monitored));
    }

    [Fact]
    public void Where_the_vaults_name_is_not_known_any_vault_counts() =>
        Assert.IsType<NewVersionSignal.Check>(NewVersionEvents.Read(EventGrid(vault: "fabrikam"), Monitored with { VaultName = null }));

    [Theory]
    [MemberData(nameof(Ignored))]
    public void Anything_else_is_ignored_with_a_reason_that_quotes_nothing(string message, string reason, bool isOdd) =>
        Assert.Equal(new NewVersionSignal.Ignore(reason, isOdd), NewVersionEvents.Read(message, Monitored));

    internal static string EventGrid(
        string type = "Microsoft.KeyVault.SecretNewVersionCreated",
        string secret = "whatsapp-token",
        string vault = "contoso-whatsapp",
        string time = "2026-11-22T03:07:00Z") =>
        $$"""
        {"id":"00eccf70-95a7-4e7c-8299-2eb17ee9ad64","topic":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/{{vault}}","subject":"{{secret}}",
        "eventType":"{{type}}","eventTime":"{{time}}","dataVersion":"1","metadataVersion":"1",
        "data":{"Id":"https://{{vault}}.vault.azure.net/secrets/{{secret}}/ee059b2bb5bc48398a53b168c6cdcb10","VaultName":"{{vault}}","ObjectType":"Secret","ObjectName":"{{secret}}","Version":"ee059b2bb5bc48398a53b168c6cdcb10","NBF":null,"EXP":null} }
        """;
}
