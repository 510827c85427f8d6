using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Secrets;

/// <summary>Writing through the real client of the vault, over a wire that the test holds the other end of.</summary>
public sealed class KeyVaultWritingTests : IDisposable
{
    private const string Id = "https://contoso-whatsapp.vault.azure.net/secrets/whatsapp-token/0123456789abcdef0123456789abcdef";

    private static readonly string Token = SampleSecrets.Token("to be written");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 3, 7, 0, TimeSpan.Zero));
    private readonly LogLines<KeyVaultSecretStore> _log = new();
    private readonly List<IDisposable> _open = [];
    private readonly List<(HttpMethod Method, string Path, string Body)> _asked = [];

    public static TheoryData<int, string, string, string> Refusals { get; } = new()
    {
        { 403, Error("Forbidden", "ForbiddenByRbac"), "403 ForbiddenByRbac", "Assign yourself the role Key Vault Secrets Officer on the vault. A new role takes a few minutes to work." },
        { 403, Error("Forbidden", "ForbiddenByFirewall"), "403 ForbiddenByFirewall", "Its firewall blocks the network address of the monitor" },
        { 409, Error("Conflict", "ObjectIsDeletedButRecoverable"), "409 ObjectIsDeletedButRecoverable", "The secret whatsapp-token was deleted and can be recovered: select Secrets > Manage deleted secrets." },
        { 401, Error("Unauthorized", null), "401 Unauthorized", "Sign in with \"az login\"" },
        { 400, Error("BadParameter", null), "400 BadParameter", "Check that whatsapp-token is a valid name for a secret." },
        { 404, Error("VaultNotFound", null), "404 VaultNotFound", "Check that TokenMonitor__VaultUri is the address of your vault." },
    };

    public static TheoryData<int, string, string> NoAnswers { get; } = new()
    {
        { 429, Error("Throttled", null), "it answered 429 Throttled." },
        { 500, Error("InternalServerError", null), "it answered 500 InternalServerError." },
        { 503, "", "it answered 503." },
        { 200, "<html>Log in to the hotel's network</html>", "" },
        { 200, $$"""{"value":"x","id":"https://contoso-whatsapp.vault.azure.net/secrets/whatsapp-token"}""", "the answer does not contain a version." },
    };

    public void Dispose() => _open.ForEach(one => one.Dispose());

    [Fact]
    public async Task A_secret_is_written_with_its_content_type_and_tags()
    {
        var vault = Vault(_ => Json(200, $$"""{"value":"x","id":"{{Id}}"}"""));

        var written = Assert.IsType<SecretWriting.Written>(await WriteAsync(vault));

        Assert.Equal("0123456789abcdef0123456789abcdef", written.Version);
        var put = _asked.Single(one => one.Method == HttpMethod.Put);
        Assert.Equal("/secrets/whatsapp-token", put.Path);
        var body = JsonNode.Parse(put.Body)!;
        Assert.Equal(Token, body["value"]!.GetValue<string>());
        Assert.Equal("a token", body["contentType"]!.GetValue<string>());
        Assert.Equal("me", body["tags"]!["stored-by"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_vault_that_refuses_is_unchanged_and_the_reason_says_how_to_fix_it(int status, string body, string seen, string remediation)
    {
        var refused = Assert.IsType<SecretWriting.Refused>(await WriteAsync(Vault(_ => Json(status, body))));

        Assert.StartsWith($"Key Vault contoso-whatsapp rejected it ({seen}). {remediation}", refused.Reason, StringComparison.Ordinal);
        Assert.Contains($"Secret whatsapp-token could not be written: {seen}", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task An_answer_to_rest_on_that_does_not_come_leaves_open_whether_it_was_written(int status, string body, string cause)
    {
        var unanswered = Assert.IsType<SecretWriting.Unanswered>(await WriteAsync(Vault(_ => Json(status, body))));

        Assert.StartsWith("Key Vault contoso-whatsapp gave no usable answer: ", unanswered.Reason, StringComparison.Ordinal);
        Assert.EndsWith(cause, unanswered.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_stalls_times_out_after_half_a_minute()
    {
        var reached = new TaskCompletionSource();
        var writing = WriteAsync(Vault(async cancellationToken =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return await Json(200, "");
        }));
        await reached.Task;
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(writing.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        var unanswered = Assert.IsType<SecretWriting.Unanswered>(await writing.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Contains("no answer within 30 s", unanswered.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_sign_in_says_to_sign_in()
    {
        var refused = Assert.IsType<SecretWriting.Refused>(await WriteAsync(Vault(_ => Json(200, ""), new Identity(() => throw new CredentialUnavailableException("Please run 'az login'")))));

        Assert.Equal("Key Vault contoso-whatsapp rejected it (the sign-in failed: Please run 'az login'). Sign in with \"az login\" to the tenant of the vault.", refused.Reason);
    }

    [Fact]
    public async Task Nothing_that_fails_quotes_what_was_to_be_written()
    {
        foreach (var answer in (Func<CancellationToken, Task<HttpResponseMessage>>[])
        [
            _ => Json(500, $$$"""{"error":{"code":"Odd {{{Token}}}","message":"{{{Token}}}"}}"""),
            _ => Json(403, $$$$"""{"error":{"code":"{{{{Token}}}}","message":"m","innererror":{"code":"{{{{Token}}}}"}}}"""),
            _ => throw new HttpRequestException($"Cannot send {Token}"),
            _ => throw new InvalidOperationException($"Odd {Token}"),
        ])
        {
            Assert.DoesNotContain(Token[..20], (await WriteAsync(Vault(answer))).ToString(), StringComparison.Ordinal);
        }

        Assert.All(_log.All, line => Assert.DoesNotContain(Token[..20], line, StringComparison.Ordinal));
        Assert.NotEmpty(_log.All);
    }

    [Fact]
    public async Task A_version_is_read_by_its_name()
    {
        var vault = Vault(_ => Json(200, $$"""{"value":"{{Token}}","id":"{{Id}}"}"""));

        var found = Assert.IsType<SecretReading.Found>(await vault.ReadVersionAsync("whatsapp-token", "0123456789abcdef0123456789abcdef", CancellationToken.None));

        Assert.Equal(Token, found.Value.Reveal());
        Assert.Equal("/secrets/whatsapp-token/0123456789abcdef0123456789abcdef", _asked[^1].Path);
    }

    [Fact]
    public async Task By_how_much_the_vaults_clock_is_ahead_is_read_off_its_answer()
    {
        var vault = Vault(_ =>
        {
            var response = Json(200, $$"""{"value":"{{Token}}","id":"{{Id}}"}""").Result;
            response.Headers.Date = _time.GetUtcNow().AddMinutes(5);
            return Task.FromResult(response);
        });

        var found = Assert.IsType<SecretReading.Found>(await vault.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal(TimeSpan.FromMinutes(5), found.Attributes.ClockSkew);
    }

    [Theory]
    [InlineData("""{"upn":"ada@contoso.com","oid":"1"}""", "ada@contoso.com")]
    [InlineData("""{"unique_name":"ada@contoso.com","appid":"1"}""", "ada@contoso.com")]
    [InlineData("""{"xms_mirid":"/subscriptions/1/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/monitor","appid":"1"}""", "managed identity monitor")]
    [InlineData("""{"appid":"04b07795"}""", "app 04b07795")]
    [InlineData("""{"oid":"00000000"}""", "object 00000000")]
    public async Task Whose_an_access_token_is_is_read_off_its_claims(string claims, string name)
    {
        var token = $"e30.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";

        var who = await Vault(_ => Json(200, ""), new Identity(() => Task.FromResult(new AccessToken(token, DateTimeOffset.MaxValue)))).GetIdentityAsync(CancellationToken.None);

        Assert.Equal(new VaultIdentity.SignedIn(name), who);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("e30.e30.c2ln")]
    [InlineData("e30.!!.c2ln")]
    [InlineData("e30.W10.c2ln")]
    public async Task An_access_token_without_an_owner_has_no_name(string token) => Assert.IsType<VaultIdentity.Nameless>(
        await Vault(_ => Json(200, ""), new Identity(() => Task.FromResult(new AccessToken(token, DateTimeOffset.MaxValue)))).GetIdentityAsync(CancellationToken.None));

    [Fact]
    public async Task An_identity_that_cannot_sign_in_says_why()
    {
        var who = await Vault(_ => Json(200, ""), new Identity(() => throw new CredentialUnavailableException("Please run 'az login'\nSee the guide"))).GetIdentityAsync(CancellationToken.None);

        Assert.Equal(new VaultIdentity.NotSignedIn("Please run 'az login'"), who);
    }

    private static Task<SecretWriting> WriteAsync(KeyVaultSecretStore vault) => vault.WriteAsync(
        "whatsapp-token", new Secret(Token), new SecretLabel("a token", new Dictionary<string, string> { ["stored-by"] = "me" }), CancellationToken.None);

    private static string Error(string code, string? inner) =>
        inner is null ? $$$"""{"error":{"code":"{{{code}}}","message":"m"}}""" : $$$$"""{"error":{"code":"{{{{code}}}}","message":"m","innererror":{"code":"{{{{inner}}}}"}}}""";

    private static Task<HttpResponseMessage> Json(int status, string body) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    private KeyVaultSecretStore Vault(Func<CancellationToken, Task<HttpResponseMessage>> answer, TokenCredential? identity = null)
    {
        var wire = new WireHandler(async (request, cancellationToken) =>
        {
            // The first request has no token: its answer says where to get one.
            if (request.Headers.Authorization is null)
            {
                var challenge = await Json(401, "");
                challenge.Headers.Add("WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-0000000000cc\", resource=\"https://vault.azure.net\"");
                return challenge;
            }

            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            _asked.Add((request.Method, request.RequestUri!.AbsolutePath, body));
            return await answer(cancellationToken);
        });
        var transport = new HttpClientTransport(wire);
        _open.AddRange([transport, wire]);
        var options = new SecretClientOptions
        {
            Transport = transport,
            Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
        };
        identity ??= new Identity(() => Task.FromResult(new AccessToken("a token", DateTimeOffset.MaxValue)));
        return new KeyVaultSecretStore(new SecretClient(new Uri("https://contoso-whatsapp.vault.azure.net/"), identity, options), identity, _time, _log);
    }

    private sealed class Identity(Func<Task<AccessToken>> signIn) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => await signIn();
    }
}
