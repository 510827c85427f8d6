using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Secrets;

public sealed class SecretTests
{
    // printf %s correct-horse-battery-staple | sha256sum
    private const string Value = "correct-horse-battery-staple";
    private const string Fingerprint = "87cbebfe";

    private static readonly Action<ILogger, Secret, Exception?> LogSecret =
        LoggerMessage.Define<Secret>(LogLevel.Information, new EventId(1, "SecretRead"), "Read {Token}");

    private static readonly Secret Sample = new(Value);

    [Fact]
    public void A_secrets_fingerprint_is_the_first_eight_hex_digits_of_its_hash() => Assert.Equal(Fingerprint, Sample.Fingerprint);

    [Fact]
    public void Only_Reveal_returns_the_value() => Assert.Equal(Value, Sample.Reveal());

    [Fact]
    public void An_empty_secret_has_a_fingerprint_too() => Assert.Equal("e3b0c442", new Secret("").Fingerprint);

    [Fact]
    public void A_secret_prints_as_its_fingerprint_when_interpolated() => Assert.Equal($"token {Fingerprint}", $"token {Sample}");

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0:G}")]
    [InlineData("{0:X}")]
    [InlineData("{0:value}")]
    [InlineData("{0,8}")]
    public void A_secret_prints_as_its_fingerprint_under_any_format(string format) =>
        Assert.Equal(Fingerprint, string.Format(CultureInfo.InvariantCulture, format, Sample));

    [Fact]
    public void A_secret_prints_as_its_fingerprint_when_converted_or_joined() =>
        Assert.All(
            new[] { Sample.ToString(), Convert.ToString((object)Sample, CultureInfo.InvariantCulture), string.Join(',', Sample), "" + Sample },
            text => Assert.Equal(Fingerprint, text));

    [Fact]
    public void A_record_that_contains_a_secret_prints_its_fingerprint()
    {
        Assert.Equal("Holder { Name = production, Token = 87cbebfe }", new Holder("production", Sample).ToString());
        Assert.DoesNotContain(Value, new SecretReading.Found(Sample, new SecretAttributes()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_its_fingerprint_in_System_Text_Json()
    {
        Assert.Equal("\"87cbebfe\"", JsonSerializer.Serialize(Sample));
        Assert.Equal("""{"Name":"production","Token":"87cbebfe"}""", JsonSerializer.Serialize(new Holder("production", Sample)));
        Assert.Equal("""{"Token":"87cbebfe"}""", JsonSerializer.Serialize(new Dictionary<string, object> { ["Token"] = Sample }));
    }

    [Fact]
    public void A_secret_stays_hidden_from_a_serializer_that_includes_fields() =>
        Assert.DoesNotContain(Value, JsonSerializer.Serialize(new Holder("production", Sample), WithFields), StringComparison.Ordinal);

    [Fact]
    public void A_secret_is_never_read_from_JSON() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Holder>("""{"Name":"production","Token":"correct-horse"}"""));

    [Fact]
    public void A_secret_stays_hidden_from_Newtonsoft_Json() =>
        Assert.Equal(
            """{"Name":"production","Token":{"Fingerprint":"87cbebfe"}}""", Newtonsoft.Json.JsonConvert.SerializeObject(new Holder("production", Sample)));

    [Fact]
    public void A_secret_prints_as_its_fingerprint_in_a_log_line_and_among_its_named_values()
    {
        var log = new LogLines<SecretTests>();

        LogSecret(log, Sample, null);

        Assert.Equal("Information SecretRead: Read 87cbebfe {Token=87cbebfe; {OriginalFormat}=Read {Token}}", Assert.Single(log.All));
    }

    [Fact]
    public void A_debugger_shows_the_fingerprint_and_no_field_with_the_value()
    {
        Assert.Equal("{Fingerprint,nq}", typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        var telling = typeof(Secret).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => (string?)field.GetValue(Sample) == Value)
            .ToList();
        Assert.NotEmpty(telling);
        Assert.All(telling, field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    [Fact]
    public void No_public_property_holds_the_value() =>
        Assert.All(typeof(Secret).GetProperties(), property => Assert.NotEqual(Value, property.GetValue(Sample)));

    [Fact]
    public void Secrets_are_equal_when_their_values_are()
    {
        var same = new Secret(Value);

        Assert.Equal(Sample, same);
        Assert.True(Sample.Equals((object)same));
        Assert.Equal(Sample.GetHashCode(), same.GetHashCode());
        Assert.Equal(new Holder("production", Sample), new Holder("production", same));
        Assert.NotEqual(Sample, new Secret(Value + "r"));
        Assert.NotEqual(Sample, new Secret(Value.ToUpperInvariant()));
        Assert.False(Sample.Equals((object)Value));
        Assert.False(Sample.Equals(null));
    }

    [Fact]
    public void The_text_of_an_exception_about_a_secret_does_not_contain_it()
    {
        var token = new Secret(SampleSecrets.Token("exception"));

        var e = Record.Exception(() => JsonSerializer.Deserialize<Secret>($"\"{token.Reveal()}\""));

        Assert.DoesNotContain(token.Reveal(), e!.ToString(), StringComparison.Ordinal);
    }

    private static JsonSerializerOptions WithFields { get; } = new() { IncludeFields = true };

    private sealed record Holder(string Name, Secret Token);
}
