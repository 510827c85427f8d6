using System.Text;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Secrets;

public sealed class SecretShapeTests
{
    private const string Signature = "kX3v_9QdJt0mZ2bYwLr8sUoPn5AeGhC1iFqTzVxB7My";
    private const string Workflow =
        "https://defaultabcdef1234567890abcdef12345678.9a.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/"
        + "0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + Signature;

    private static readonly string Token = SampleSecrets.Token("shape");
    private static readonly string AppSecret = SampleSecrets.AppSecret("shape");
    private static readonly string ApiKey = SampleSecrets.SendGridKey("shape");

    /// <summary>What nothing may look like, whatever it is meant to be; {0} stands for a right value.</summary>
    public static TheoryData<string, string> WrongForEveryKind { get; } = new()
    {
        { "", "it is empty" },
        { "   ", "it is empty" },
        { "\r\n", "it is empty" },
        { "\u00a0", "it is empty" },
        { "\"\"", "it has quotes around it" },
        { "\"{0}\"", "it has quotes around it" },
        { "'{0}'", "it has quotes around it" },
        { "`{0}`", "it has quotes around it" },
        { " \"{0}\"\n", "it has quotes around it" },
        { "\u201c{0}\u201d", "it has quotes around it" },
        { "\u201e{0}\u201c", "it has quotes around it" },
        { "\u2018{0}\u2019", "it has quotes around it" },
        { "\u00ab{0}\u00bb", "it has quotes around it" },
        { "{0}\u201d", "it has quotes around it" },
        { "{\"access_token\":\"{0}\"}", "it is JSON, not only the value" },
        { "{\n  \"access_token\": \"{0}\"\n}\n", "it is JSON, not only the value" },
        { "[\"{0}\"]", "it is JSON, not only the value" },
        { "{0}\\n", "it ends with an escaped line break (\"\\n\" or \"\\r\")" },
        { "{0}\\r\\n", "it ends with an escaped line break (\"\\n\" or \"\\r\")" },
        { "{0}\\r", "it ends with an escaped line break (\"\\n\" or \"\\r\")" },
        { "{0};", "it ends with a semicolon or a comma" },
        { "{0},", "it ends with a semicolon or a comma" },
        { "{0}\n", "it ends with a line break" },
        { "{0}\r\n", "it ends with a line break" },
        { "{0}\r", "it ends with a line break" },
        { "\n{0}", "it begins with a line break" },
        { "{0}\n{0}", "it has a line break in the middle" },
        { " {0}", "it has white space around it" },
        { "{0} ", "it has white space around it" },
        { "\t{0}", "it has white space around it" },
        { "{0}\u00a0", "it has white space around it" },
        { "WHATSAPP_SYSTEM_USER_TOKEN={0}", "it begins with the name of a setting (NAME=...)" },
        { "WHATSAPP_SYSTEM_USER_TOKEN = {0}", "it begins with the name of a setting (NAME=...)" },
        { "WHATSAPP_SYSTEM_USER_TOKEN=\"{0}\"", "it begins with the name of a setting (NAME=...)" },
        { "export TOKEN={0}", "it begins with the name of a setting (NAME=...)" },
        { "access_token={0}", "it begins with the name of a setting (NAME=...)" },
        { "Bearer {0}", "it begins with the word \"Bearer\"" },
        { "bearer {0}", "it begins with the word \"Bearer\"" },
        { "@Microsoft.KeyVault(SecretUri=https://contoso.vault.azure.net/secrets/token/)", "it is a Key Vault reference that was not resolved" },
        { "{0} {0}", "it has white space in the middle" },
        { "TOKEN: {0}", "it has white space in the middle" },
        { "\u0000{0}", "it has control characters" },
        { "\u001b{0}", "it has control characters" },
        { "\ufeff{0}", "it has invisible characters" },
        { "{0}\u200b", "it has invisible characters" },
    };

    public static TheoryData<string> Placeholders { get; } =
    [
        "<token>", "<paste token here>", "${WHATSAPP_TOKEN}", "{{ whatsapp_token }}", "%WHATSAPP_TOKEN%", "xxx", "XXXXXXXX", "***", "...", "TODO", "tbd",
        "none", "null", "undefined", "secret", "token", "placeholder", "dummy", "changeme", "CHANGE_ME", "change-me", "replaceme", "fill me in", "your-token",
        "YOUR_ACCESS_TOKEN", "my_token", "insert-token-here", "put_it_here", "paste your token", "enter-your-secret", "replace_with_token", "add-your-key",
        "EAAB...<PASTE_YOUR_PERMANENT_TOKEN_HERE>", "EAAB...", "EAA\u2026", "EAAxxxxxxxx", "[token]", "EAA_YOUR_TOKEN_HERE",
    ];

    public static TheoryData<string, string> WrongTokens { get; } = new()
    {
        { "1122334455667788|" + AppSecret, "it is an app token (app ID and app secret), not a system user token" },
        { "1122334455667788|kX3v_9QdJt0m-Z2bYwLr8sUoPn", "it is an app token (app ID and app secret), not a system user token" },
        { "https://graph.facebook.com/v26.0/me", "it is a URL" },
        { Token[..90] + "-" + Token[91..], "it has characters that a token never has: only letters and digits are allowed" },
        { Token + "#production", "it includes a comment (#...)" },
        { "0f8fad5b-d9cb-469f-a165-70867728950e", "it is a UUID, not a token" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Token)), "it is a base64-encoded token" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Token[..183])), "it is a base64-encoded token" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Token + "\n")), "it is a base64-encoded token" },
        { "\"" + Token, "it has characters that a token never has: only letters and digits are allowed" },
        { "EAA\u0412" + Token[4..], "it has characters that a token never has: only letters and digits are allowed" },
        { ApiKey, "it has characters that a token never has: only letters and digits are allowed" },
        { "P@ssw0rd!", "it has characters that a token never has: only letters and digits are allowed" },
        { AppSecret, "it does not look like a token: 32 characters that do not begin with \"EAA\"" },
        { "hunter2", "it does not look like a token: 7 characters that do not begin with \"EAA\"" },
        { "AAE" + Token[3..99], "it does not look like a token: 99 characters that do not begin with \"EAA\"" },
    };

    public static TheoryData<string, string> WrongAppSecrets { get; } = new()
    {
        { "1122334455667788|" + AppSecret, "it is an app token (app ID and app secret); only the app secret is needed" },
        { Token, "it is an access token, not an app secret" },
        { ApiKey, "it has characters that an app secret never has: only letters and digits are allowed" },
        { AppSecret + "#production", "it includes a comment (#...)" },
        { "0f8fad5b-d9cb-469f-a165-70867728950e", "it is a UUID, not an app secret" },
    };

    private const string Escaped = "it was copied from HTML or JSON and has \"&amp;\" or \"\\u0026\" in place of \"&\"; copy the URL from the workflow";

    private const string Unsigned = "its signature (\"sig=\") is missing; copy the whole URL again";

    public static TheoryData<string, string> WrongWebhookUrls { get; } = new()
    {
        { "contoso.com/hook", "it is not a URL" },
        { Signature, "it is not a URL" },
        { "http://contoso.com/hook?sig=" + Signature, "it does not begin with https://" },
        { "ftp://contoso.com/hook?sig=" + Signature, "it does not begin with https://" },
        { "file:///etc/passwd", "it does not begin with https://" },
        { "https://contoso.webhook.office.com/webhookb2/0123@4567/IncomingWebhook/89ab/cdef", Connector },
        { "https://CONTOSO.WEBHOOK.OFFICE.COM/webhookb2/0123", Connector },
        { "https://outlook.office.com/webhook/0123", Connector },
        { "https://outlook.office365.com/webhook/0123", Connector },
        { "https://contoso.example/hook?a=1&amp;sig=" + Signature, Escaped },
        { "https://contoso.example/hook?a=1\\u0026sig=" + Signature, Escaped },
        { "https://prod-12.westeurope.logic.azure.com:443/workflows/01/triggers/manual/paths/invoke?api-version=2016-06-01", Unsigned },
        { "https://prod-12.westeurope.logic.azure.com:443/workflows/01/triggers/manual/paths/invoke?sig=", Unsigned },
        { "https://default01.2c.environment.api.powerplatform.com/powerautomate/workflows/01/invoke?sv=1.0", Unsigned },
    };

    public static TheoryData<string, string> RightValues { get; } = new()
    {
        { "AccessToken", Token },
        { "AccessToken", Token[..180] },
        { "AccessToken", "EAAG" + Words(226) },
        { "AccessToken", "EAA" + Words(500) },
        { "AccessToken", "EAAxyz" }, // Cut short, but like a token: Graph is to say that it cannot be decrypted.
        { "AccessToken", "FBB" + Words(97) }, // Should Meta change the prefix one day.
        { "AppSecret", AppSecret },
        { "AppSecret", "0123456789abcdef0123456789abcdef" },
        { "AppSecret", "0123456789ABCDEFabcdef0123456789" },
        { "ApiKey", ApiKey },
        { "ApiKey", "SG.abcdefghijklmnopqrstuv.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ABCDE" },
        { "WebhookUrl", Workflow },
        { "WebhookUrl", "https://prod-12.westeurope.logic.azure.com:443/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=" + Signature },
        { "WebhookUrl", "https://contoso.example/any/host/will/do" },
        { "WebhookUrl", "http://127.0.0.1:5000/teams?sig=" + Signature },
        { "WebhookUrl", "http://localhost:5000/teams?sig=" + Signature },
    };

    private const string Connector =
        "it is the URL of an Office 365 connector, which Microsoft retired; create a Teams workflow "
        + "(\"Send webhook alerts to a channel\") and store its URL instead";

    [Fact]
    public void What_is_longer_than_any_token_is_none()
    {
        Assert.Null(SecretShape.Fault("EAA" + new string('x', 997), SecretKind.AccessToken));
        Assert.Equal("it has 25,000 characters, and no token is that long", FaultOf("EAA" + new string('x', 24_997), SecretKind.AccessToken));
        Assert.Equal("it has 1,001 characters, and no token is that long", FaultOf(new string('a', 1001), SecretKind.AccessToken));
    }

    [Theory]
    [MemberData(nameof(WrongForEveryKind))]
    public void What_no_secret_looks_like_is_named_whatever_the_secret_is_meant_to_be(string pattern, string seen) =>
        Assert.All(Enum.GetValues<SecretKind>(), kind => AssertFault(seen, pattern.Replace("{0}", Right(kind), StringComparison.Ordinal), kind));

    [Theory]
    [MemberData(nameof(Placeholders))]
    public void A_placeholder_is_named_whatever_the_secret_is_meant_to_be(string value) =>
        Assert.All(Enum.GetValues<SecretKind>(), kind => Assert.Equal("it is still the placeholder", FaultOf(value, kind)));

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public void What_cannot_be_a_token_is_named(string value, string seen) => AssertFault(seen, value, SecretKind.AccessToken);

    [Theory]
    [MemberData(nameof(WrongAppSecrets))]
    public void What_cannot_be_an_app_secret_is_named(string value, string seen) => AssertFault(seen, value, SecretKind.AppSecret);

    [Theory]
    [MemberData(nameof(WrongWebhookUrls))]
    public void What_cannot_be_a_workflows_URL_is_named(string value, string seen) => AssertFault(seen, value, SecretKind.WebhookUrl);

    [Fact]
    public void What_cannot_be_an_API_key_is_named() =>
        AssertFault("it has characters that an API key never has", "SG.key-with-\u00fcmlaut", SecretKind.ApiKey);

    [Theory]
    [MemberData(nameof(RightValues))]
    public void A_valid_value_passes(string kind, string value) => Assert.Null(SecretShape.Fault(value, Enum.Parse<SecretKind>(kind)));

    [Fact]
    public void A_wrong_value_that_was_found_becomes_malformed_and_keeps_its_attributes()
    {
        var attributes = new SecretAttributes("version", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

        var reading = new SecretReading.Found(new Secret(Token + "\n"), attributes).Checked(SecretKind.AccessToken);

        Assert.Equal(new SecretReading.Malformed(new SecretFault(SecretProblem.EndsWithLineBreak, SecretKind.AccessToken), attributes), reading);
    }

    [Fact]
    public void What_was_not_found_is_not_looked_at()
    {
        SecretReading[] readings =
        [
            new SecretReading.Missing(), new SecretReading.Disabled(), new SecretReading.Refused("no"), new SecretReading.Unreachable("down"),
        ];

        Assert.All(readings, reading => Assert.Same(reading, reading.Checked(SecretKind.AccessToken)));
    }

    private static string Words(int length) => string.Concat(Enumerable.Repeat("aB3dE5gH7j", length / 10 + 1))[..length];

    private static string Right(SecretKind kind) => kind switch
    {
        SecretKind.AccessToken => Token,
        SecretKind.AppSecret => AppSecret,
        SecretKind.ApiKey => ApiKey,
        _ => Workflow,
    };

    private static string? FaultOf(string value, SecretKind kind) => SecretShape.Fault(value, kind) is { } fault ? EnglishWording.Instance.Describe(fault) : null;

    private static void AssertFault(string seen, string value, SecretKind kind)
    {
        var fault = FaultOf(value, kind);

        Assert.Equal(seen, fault);
        for (var start = 0; start + 8 <= value.Length && !fault!.Contains("Office", StringComparison.Ordinal); start++)
        {
            Assert.DoesNotContain(value.Substring(start, 8), fault, StringComparison.Ordinal);
        }
    }
}
