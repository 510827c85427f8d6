using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>Simulates <c>POST /v3/mail/send</c> of SendGrid. Mails are recorded, not delivered.</summary>
public sealed class SendGridSimulator : SimulatedService<SendGridCall>
{
    internal const string PathBase = "/sendgrid";

    private const string SendScope = "mail.send";
    private const string Bearer = "Bearer ";
    private const int LargestMail = 30 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _keys = new();
    private ImmutableList<SentMail> _mails = [];
    private int _messages;

    internal SendGridSimulator(TimeProvider clock)
        : base(clock)
    {
        ApiKey = SampleSecrets.SendGridKey("production");
        AddKey(ApiKey, SendScope);
    }

    /// <summary>A key that may send.</summary>
    public string ApiKey { get; }

    /// <summary>The permitted <c>from</c> addresses; null: all.</summary>
    public IReadOnlyList<string>? VerifiedSenders { get; set; }

    /// <summary>The mails accepted for delivery, oldest first.</summary>
    public IReadOnlyList<SentMail> Mails => _mails;

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="scopes">The scopes; <c>mail.send</c> permits sending.</param>
    public void AddKey(string key, params string[] scopes) => _keys[key] = scopes;

    /// <summary>Removes a key.</summary>
    public void RevokeKey(string key) => _keys.TryRemove(key, out _);

    /// <summary>Clears <see cref="Mails"/>.</summary>
    public void ClearMails() => _mails = [];

    private protected override SendGridCall Describe(HttpContext context, PathString path) => new()
    {
        Method = context.Request.Method,
        Path = path.ToString(),
        HasKnownKey = Key(context) is { } key && _keys.ContainsKey(key),
    };

    private protected override async Task<Reply> AnswerAsync(SendGridCall call, HttpContext context, PathString path)
    {
        var body = await RequestBody.ReadAsync(context);
        if (path != "/v3/mail/send")
        {
            return MailError.Reply(404, new MailError("not found"));
        }

        if (!HttpMethods.IsPost(call.Method))
        {
            return MailError.Reply(405, new MailError("method not allowed"));
        }

        return Refuse(context, body) ?? Accept(body);
    }

    private static string? Key(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..] : null;
    }

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Reply? Refuse(HttpContext context, byte[] body)
    {
        if (Key(context) is not { } key)
        {
            return MailError.Reply(401, new MailError("authorization required"));
        }

        if (!_keys.TryGetValue(key, out var scopes))
        {
            return MailError.Reply(401, new MailError("The provided authorization grant is invalid, expired, or revoked"));
        }

        if (!scopes.Contains(SendScope))
        {
            return MailError.Reply(403, new MailError("access forbidden"));
        }

        if (body.Length > LargestMail)
        {
            return MailError.Reply(413, new MailError("content too large"));
        }

        return context.Request.HasJsonContentType() ? null : MailError.Reply(415, new MailError("Content-Type should be application/json."));
    }

    private Reply Accept(byte[] body)
    {
        if (Parse(body) is not { } mail)
        {
            return MailError.Reply(400, new MailError("Bad Request"));
        }

        if (MailValidator.Validate(mail) is { Count: > 0 } errors)
        {
            return MailError.Reply(400, errors);
        }

        var id = SampleSecrets.Word(22, string.Create(CultureInfo.InvariantCulture, $"mail {Interlocked.Increment(ref _messages)}"));
        var sent = MailReader.Read(mail, id, Clock.GetUtcNow(), Encoding.UTF8.GetString(body));
        if (VerifiedSenders is { } verified && !verified.Contains(sent.From.Email, StringComparer.OrdinalIgnoreCase))
        {
            return MailError.Reply(403, new MailError("The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/ to see the Sender Identity requirements", "from"));
        }

        var isSandbox = mail["mail_settings"]?["sandbox_mode"]?["enable"]?.GetValue<bool>() ?? false;
        if (isSandbox)
        {
            return Reply.Empty(200);
        }

        ImmutableInterlocked.Update(ref _mails, mails => mails.Add(sent));
        return Reply.Empty(202).With("X-Message-Id", id);
    }
}
