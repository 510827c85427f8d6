using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Secrets;

/// <summary>The real client of the vault over a wire that the test holds the other end of.</summary>
public sealed class KeyVaultSecretStoreTests : IDisposable
{
    private const string Firewall =
        "Its firewall blocks the network address of the monitor. Allow the address under Networking, or run the monitor in an allowed network.";

    private const string Challenge = "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-0000000000cc\", resource=\"https://vault.azure.net\"";

    private static readonly string Token = SampleSecrets.Token("vault");

    private readonly FakeTimeProvider _time = new();
    private readonly LogLines<KeyVaultSecretStore> _log = new();
    private readonly List<IDisposable> _open = [];

    /// <summary>What the vault answers, and in what the reading ends. {0}: the reading's text.</summary>
    public static TheoryData<int, string, string> Refusals { get; } = new()
    {
        { 403, """{"error":{"code":"Forbidden","message":"Caller is not authorized","innererror":{"code":"ForbiddenByRbac"}}}""", "403 ForbiddenByRbac" },
        { 403, """{"error":{"code":"Forbidden","message":"Access denied"}}""", "403 Forbidden" },
        { 403, """{"error":{"code":"Forbidden","message":"Odd","innererror":"SecretDisabled"}}""", "403 no error code" },
        { 403, """{"error":{"code":"Forbidden","message":"Odd","innererror":{"code":5}}}""", "403 no error code" },
        { 403, "", "403 no error code" },
    };

    public static TheoryData<int, string, string> Outages { get; } = new()
    {
        { 404, """{"error":{"code":"VaultNotFound","message":"The vault is gone"}}""", "it answered 404 VaultNotFound" },
        { 404, "<html>Not found by the proxy</html>", "the answer is not Key Vault's; it may come from a proxy or a sign-in page (404)" },
        { 403, "<html>Forbidden by the proxy</html>", "the answer is not Key Vault's; it may come from a proxy or a sign-in page (403)" },
        { 403, "[]", "the answer is not Key Vault's; it may come from a proxy or a sign-in page (403)" },
        { 401, "Log in first", "the answer is not Key Vault's; it may come from a proxy or a sign-in page (401)" },
        { 302, "", "the answer is not Key Vault's; it may come from a proxy or a sign-in page (302)" },
        { 200, "<html>Log in to the hotel's network</html>", "the answer is not Key Vault's; it may come from a proxy or a sign-in page" },
        { 400, """{"error":{"code":"BadParameter","message":"Odd"}}""", "it answered 400 BadParameter" },
        { 429, """{"error":{"code":"Throttled","message":"Too many"}}""", "it answered 429 Throttled" },
        { 500, """{"error":{"code":"InternalServerError","message":"Odd"}}""", "it answered 500 InternalServerError" },
        { 502, "<html>Bad gateway</html>", "it answered 502" },
        { 503, "", "it answered 503" },
        { 504, "{\"error\":", "it answered 504" },
    };

    public static TheoryData<Exception, string> BrokenConnections { get; } = new()
    {
        { new HttpRequestException("Connection refused (contoso-whatsapp.vault.azure.net:443)"), "Connection refused (contoso-whatsapp.vault.azure.net:443)" },
        { new HttpRequestException("Name or service not known"), "Name or service not known" },
        { new HttpRequestException("The SSL connection could not be established, see inner exception."), "The SSL connection could not be established, see inner exception." },
        { new IOException("Connection reset by peer"), "Connection reset by peer" },
    };

    public void Dispose() => _open.ForEach(one => one.Dispose());

    [Fact]
    public async Task A_secret_is_found_with_what_the_vault_says_of_its_version()
    {
        var store = Store(() => Json(200, $$$"""
            {"value":"{{{Token}}}","id":"https://contoso-whatsapp.vault.azure.net/secrets/whatsapp-token/0123456789abcdef0123456789abcdef",
            "attributes":{"enabled":true,"exp":1798761600,"nbf":1767225601,"created":1767225600,"updated":1767225600,"recoveryLevel":"Recoverable"}}
            """));

        var found = Assert.IsType<SecretReading.Found>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal(Token, found.Value.Reveal());
        Assert.Equal(
            new SecretAttributes(
                "0123456789abcdef0123456789abcdef", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))
            {
                NotBefore = new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero),
            },
            found.Attributes);
        Assert.Empty(_log.All);
    }

    [Fact]
    public async Task A_secret_without_attributes_is_found_anyway()
    {
        var store = Store(() => Json(200, """{"value":"EAAB","id":"https://contoso-whatsapp.vault.azure.net/secrets/whatsapp-token/01"}"""));

        var found = Assert.IsType<SecretReading.Found>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal(("EAAB", "01"), (found.Value.Reveal(), found.Attributes.Version));
        Assert.Equal((null, null), (found.Attributes.CreatedOn, found.Attributes.ExpiresOn));
    }

    [Fact]
    public async Task A_secret_is_read_again_each_time()
    {
        var values = new Queue<string>(["old", "new"]);
        var store = Store(() => Json(200, $$"""{"value":"{{values.Dequeue()}}","id":"https://contoso-whatsapp.vault.azure.net/secrets/a/01"}"""));

        var readings = new[] { await store.ReadAsync("a", CancellationToken.None), await store.ReadAsync("a", CancellationToken.None) };

        Assert.Equal(["old", "new"], readings.Select(reading => ((SecretReading.Found)reading).Value.Reveal()));
    }

    [Fact]
    public async Task A_secret_that_the_vault_does_not_have_is_missing()
    {
        var store = Store(() => Json(404, """{"error":{"code":"SecretNotFound","message":"A secret with (name/id) whatsapp-token was not found"}}"""));

        Assert.IsType<SecretReading.Missing>(await store.ReadAsync("whatsapp-token", CancellationToken.None));
    }

    [Fact]
    public async Task A_disabled_secret_is_reported_as_disabled()
    {
        var store = Store(() => Json(403, """{"error":{"code":"Forbidden","message":"Operation get is not allowed on a disabled secret.","innererror":{"code":"SecretDisabled"}}}"""));

        Assert.IsType<SecretReading.Disabled>(await store.ReadAsync("whatsapp-token", CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_vault_that_rejects_the_identity_shows_nothing_about_the_secret(int status, string body, string seen)
    {
        var store = Store(() => Json(status, body));

        var refused = Assert.IsType<SecretReading.Refused>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal(
            $"Key Vault contoso-whatsapp rejects the identity of the monitor ({seen}). Assign it the role Key Vault Secrets User. A new role takes a few minutes to work.",
            refused.Reason);
        Assert.True(refused.IsRoleMissing);
        Assert.Contains($"Secret whatsapp-token could not be read: refused: {seen}", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ForbiddenByFirewall", Firewall)]
    [InlineData("ForbiddenByConnection", Firewall)]
    [InlineData("ForbiddenByNsp", "Its network security perimeter blocks the monitor. Add an inbound access rule for the monitor to the profile of the perimeter.")]
    public async Task A_vault_that_rejects_the_network_address_asks_for_no_role(string code, string hint)
    {
        var store = Store(() => Json(403, """{"error":{"code":"Forbidden","message":"Client address is not authorized","innererror":{"code":"CODE"}}}""".Replace("CODE", code, StringComparison.Ordinal)));

        var refused = Assert.IsType<SecretReading.Refused>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.False(refused.IsRoleMissing);
        Assert.Equal(
            $"Key Vault contoso-whatsapp rejects the network address of the monitor (403 {code}). {hint}",
            refused.Reason);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task A_vault_in_trouble_is_unreachable(int status, string body, string cause)
    {
        var store = Store(() => Json(status, body));

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal($"Key Vault contoso-whatsapp could not be read: {cause}", unreachable.Reason);
        Assert.Contains($"Secret whatsapp-token could not be read: {cause}", Assert.Single(_log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_recovers_between_attempts_is_read()
    {
        var left = 2;
        var store = Store(() => left-- > 0 ? Json(503, "") : Json(200, """{"value":"there","id":"https://contoso-whatsapp.vault.azure.net/secrets/a/01"}"""));

        Assert.IsType<SecretReading.Found>(await store.ReadAsync("a", CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task A_connection_that_breaks_at_every_attempt_is_unreachable(Exception failure, string cause)
    {
        var wire = new WireHandler((_, _) => Task.FromException<HttpResponseMessage>(failure));
        var store = Store(wire);

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal($"Key Vault contoso-whatsapp could not be read: {cause}", unreachable.Reason);
        Assert.Equal(3, wire.Requests);
    }

    [Theory]
    [InlineData("AccessDenied")]
    [InlineData("ForbiddenByPolicy")]
    public async Task A_vault_with_access_policies_asks_for_a_policy_and_not_for_a_role(string code)
    {
        var store = Store(() => Json(403, """{"error":{"code":"Forbidden","message":"The user does not have secrets get permission on key vault","innererror":{"code":"CODE"}}}""".Replace("CODE", code, StringComparison.Ordinal)));

        var refused = Assert.IsType<SecretReading.Refused>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.EndsWith("The vault uses access policies: add one for this identity, with the secret permission Get (and Set, to store tokens).", refused.Reason, StringComparison.Ordinal);
        Assert.False(refused.IsRoleMissing);
    }

    [Theory]
    [InlineData(Challenge, "tenant, 00000000-0000-0000-0000-0000000000cc: check")]
    [InlineData("Bearer", "tenant: check")]
    public async Task A_vault_of_another_tenant_names_its_tenant_and_asks_for_no_role(string challenge, string hint)
    {
        var wire = new WireHandler(() =>
        {
            var response = Json(401, """{"error":{"code":"Unauthorized","message":"AKV10032: Invalid issuer."}}""");
            response.Headers.Add("WWW-Authenticate", challenge);
            return response;
        });

        var refused = Assert.IsType<SecretReading.Refused>(await Store(wire).ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.StartsWith("Key Vault contoso-whatsapp rejects the identity of the monitor (401 Unauthorized). ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains(hint, refused.Reason, StringComparison.Ordinal);
        Assert.False(refused.IsRoleMissing);
    }

    [Theory]
    [InlineData(429, "60", "it is throttled (429 Throttled): retry after 60 s")]
    [InlineData(503, "120", "it is throttled (503 Throttled): retry after 120 s")]
    [InlineData(429, "Sun, 22 Nov 2026 03:08:07 GMT", "it is throttled (429 Throttled): retry after 67 s")]
    public async Task A_vault_that_asks_for_a_long_wait_is_throttled_and_not_asked_again(int status, string retryAfter, string cause)
    {
        var wire = new WireHandler(() =>
        {
            var response = Json(status, """{"error":{"code":"Throttled","message":"Too many"}}""");
            response.Headers.Add("Retry-After", retryAfter);
            response.Headers.Date = new DateTimeOffset(2026, 11, 22, 3, 7, 0, TimeSpan.Zero);
            return response;
        });

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await Store(wire).ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal($"Key Vault contoso-whatsapp could not be read: {cause}", unreachable.Reason);
        Assert.Equal(1, wire.Requests);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task An_unknown_error_code_of_the_vault_is_scrubbed_everywhere(int status)
    {
        var store = Store(() => Json(status, $$$$"""{"error":{"code":"Odd\n{{{{Token}}}}","message":"m","innererror":{"code":"Odder\r\n{{{{Token}}}}"}}}"""));

        var reading = await store.ReadAsync("whatsapp-token", CancellationToken.None);

        Assert.All([reading.ToString(), Assert.Single(_log.All)], text =>
        {
            Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", text, StringComparison.Ordinal);
            Assert.Contains("Odd", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_vault_that_stalls_times_out_after_ten_seconds()
    {
        var reached = new TaskCompletionSource();
        var store = Store(new WireHandler(async (_, cancellationToken) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It stalls until it is cancelled.");
        }));

        await AssertGivenUpAfterTenSecondsAsync(store, reached.Task);
    }

    [Fact]
    public async Task An_identity_that_ignores_cancellation_times_out_after_ten_seconds()
    {
        var asked = new TaskCompletionSource();
        var store = Store(Challenged(), new Identity(() =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource<AccessToken>().Task;
        }));

        await AssertGivenUpAfterTenSecondsAsync(store, asked.Task);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_identity_that_cannot_sign_in_is_unreachable(bool isUnavailable)
    {
        var store = Store(Challenged(), new Identity(() => throw (isUnavailable
            ? new CredentialUnavailableException("ManagedIdentityCredential authentication unavailable.\nSee the troubleshooting guide")
            : new AuthenticationFailedException("ManagedIdentityCredential authentication unavailable.\nSee the troubleshooting guide"))));

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal(
            "Key Vault contoso-whatsapp could not be read: the identity of the monitor could not sign in (ManagedIdentityCredential authentication unavailable.)",
            unreachable.Reason);
    }

    [Fact]
    public async Task Any_other_exception_of_an_identity_shows_nothing_about_the_secret()
    {
        var store = Store(Challenged(), new Identity(() => throw new FormatException($"Odd assertion {Token}")));

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await store.ReadAsync("whatsapp-token", CancellationToken.None));

        Assert.Equal("Key Vault contoso-whatsapp could not be read: FormatException: Odd assertion [secret]", unreachable.Reason);
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_the_cancellation()
    {
        using var caller = new CancellationTokenSource();
        var store = Store(new WireHandler(async (_, cancellationToken) =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It stalls until it is cancelled.");
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("whatsapp-token", caller.Token));
        Assert.Empty(_log.All);
    }

    [Fact]
    public async Task A_caller_who_has_cancelled_already_gets_the_cancellation()
    {
        var store = Store(() => Json(500, ""));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("whatsapp-token", new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_store_is_known_by_the_vaults_name() => Assert.Equal("Key Vault contoso-whatsapp", Store(() => Json(200, "")).Name);

    private async Task AssertGivenUpAfterTenSecondsAsync(KeyVaultSecretStore store, Task isStalled)
    {
        var reading = store.ReadAsync("whatsapp-token", CancellationToken.None);
        await isStalled;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        var unreachable = Assert.IsType<SecretReading.Unreachable>(await reading.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("Key Vault contoso-whatsapp could not be read: no answer within 10 s", unreachable.Reason);
    }

    private static HttpResponseMessage Json(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static WireHandler Challenged() => new(() =>
    {
        var response = Json(401, "");
        response.Headers.Add("WWW-Authenticate", Challenge);
        return response;
    });

    private KeyVaultSecretStore Store(Func<HttpResponseMessage> answer) => Store(new WireHandler(answer));

    private KeyVaultSecretStore Store(WireHandler wire, TokenCredential? identity = null)
    {
        var transport = new HttpClientTransport(wire);
        _open.AddRange([transport, wire]);
        var options = new SecretClientOptions
        {
            Transport = transport,
            RetryPolicy = new BoundedRetryPolicy(TimeSpan.FromMilliseconds(1)),
        };
        var signedIn = new Identity(() => Task.FromResult(new AccessToken("a token", DateTimeOffset.MaxValue)));
        return new KeyVaultSecretStore(new SecretClient(new Uri("https://contoso-whatsapp.vault.azure.net/"), identity ?? signedIn, options), identity ?? signedIn, _time, _log);
    }

    private sealed class Identity(Func<Task<AccessToken>> signIn) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => await signIn();
    }
}
