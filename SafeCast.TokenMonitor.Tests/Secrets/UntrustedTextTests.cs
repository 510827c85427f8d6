using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Secrets;

public sealed class UntrustedTextTests
{
    private const string Unlike = "Tr0ub4dor-and-3";

    private static readonly string Token = SampleSecrets.Token("untrusted");
    private static readonly string AppSecret = SampleSecrets.AppSecret("untrusted");
    private static readonly string ApiKey = SampleSecrets.SendGridKey("untrusted");

    /// <summary>Texts with a secret that is unknown to the scrubber, and the scrubbed texts.</summary>
    public static TheoryData<string, string> WhatLooksLikeASecret { get; } = new()
    {
        { $"Malformed access token {Token}", "Malformed access token [secret]" },
        { $"Malformed access token {Token}.", "Malformed access token [secret]." },
        { $"({Token})", "([secret])" },
        { $"token={Token}&x=1", "token=[secret]&x=1" },
        { $"half of one: {Token[..20]}", "half of one: [secret]" },
        { $"shouted: {Token.ToUpperInvariant()}", "shouted: [secret]" },
        { $"twice {Token} {Token}", "twice [secret] [secret]" },
        { $"app token 1122334455667788|{AppSecret} refused", "app token [secret] refused" },
        { "app token 1122334455667788|abc_DEF-123 refused", "app token [secret] refused" },
        { "encoded 1122334455667788%7Cabc_DEF-123 refused", "encoded [secret] refused" },
        { "encoded 1122334455667788%7cabc_DEF-123 refused", "encoded [secret] refused" },
        { $"app secret {AppSecret}", "app secret [secret]" },
        { $"APP SECRET {AppSecret.ToUpperInvariant()}", "APP SECRET [secret]" },
        { $"proof {AppSecret}{AppSecret}", "proof [secret]" },
        { $"key {ApiKey} is wrong", "key [secret] is wrong" },
        { $"https://graph.facebook.com/v26.0/1/phone_numbers?access_token={Unlike}&limit=25", "https://graph.facebook.com/v26.0/1/phone_numbers?access_token=[secret]&limit=25" },
        { $"https://graph.facebook.com/debug_token?input_token={Unlike}", "https://graph.facebook.com/debug_token?input_token=[secret]" },
        { $"?fields=id&appsecret_proof={Unlike}", "?fields=id&appsecret_proof=[secret]" },
        { $"?client_secret={Unlike}", "?client_secret=[secret]" },
        { $"https://prod-1.logic.azure.com:443/workflows/x?api-version=1&sig={Unlike}", "https://prod-1.logic.azure.com:443/workflows/x?api-version=1&sig=[secret]" },
        { $"next%3Faccess_token%3D{Unlike}", "next%3Faccess_token%3D[secret]" },
        { $"{{\"access_token\":\"{Unlike}\",\"id\":\"1\"}}", "{\"access_token\":\"[secret]\",\"id\":\"1\"}" },
        { $"{{\"access_token\" : \"{Unlike}\"}}", "{\"access_token\" : \"[secret]\"}" },
        { $"{{\\\"access_token\\\":\\\"{Unlike}\\\"}}", "{\\\"access_token\\\":\\\"[secret]\\\"}" },
        { $"access_token: {Unlike}", "access_token: [secret]" },
        { $"Authorization: Bearer {Unlike}", "Authorization: Bearer [secret]" },
        { $"authorization: bearer   {Unlike}", "authorization: bearer [secret]" },
        { $"Authorization%3A%20Bearer%20{Unlike}", "Authorization%3A%20Bearer%20[secret]" },
    };

    [Theory]
    [MemberData(nameof(WhatLooksLikeASecret))]
    public void What_looks_like_a_secret_is_taken_out(string text, string result) => Assert.Equal(result, UntrustedText.Clean(text));

    [Theory]
    [InlineData("Error validating access token: Session has expired on Friday, 20-Nov-26 12:00:00 PST.")]
    [InlineData("(#100) The App_id in the input_token did not match the Viewing App")]
    [InlineData("Unsupported get request. Object with ID '334455667788990' does not exist")]
    [InlineData("Requires whatsapp_business_management permission to manage the object")]
    [InlineData("+1 555-0142")]
    [InlineData("1122334455667788")]
    [InlineData("A8x2Kd93jfLs0aPq7ZtYwEr")]
    [InlineData("https://business.facebook.com/settings/whatsapp-business-accounts/334455667788990?business_id=2233445566778899")]
    [InlineData("Caf\u00e9 \u65e5\u672c \ud83d\ude80 \u0645\u0631\u062d\u0628\u0627")]
    public void Text_that_does_not_look_like_a_secret_is_not_changed(string text) => Assert.Equal(text, UntrustedText.Clean(text));

    [Fact]
    public void A_known_secret_is_taken_out_whatever_it_looks_like() =>
        Assert.Equal("no such key: [secret], [secret]", UntrustedText.Clean($"no such key: {Unlike}, {Unlike}", new Secret(Unlike)));

    [Fact]
    public void A_known_secret_is_taken_out_URL_encoded_too()
    {
        var secret = new Secret("https://contoso.example/a b?c=d|e");

        Assert.Equal("at [secret]!", UntrustedText.Clean($"at {Uri.EscapeDataString(secret.Reveal())}!", secret));
        Assert.Equal("at [secret]!", UntrustedText.Clean("at https%3a%2f%2fcontoso.example%2fa%20b%3fc%3dd%7ce!", secret));
        Assert.Equal("at [secret]!", UntrustedText.Clean("at https://contoso.example/a b?c=d|e!", secret));
    }

    [Fact]
    public void All_known_secrets_are_taken_out_and_those_that_are_none_do_no_harm() =>
        Assert.Equal("[secret] and [secret]", UntrustedText.Clean("first-one and second-one", new Secret("first-one"), null, new Secret(""), new Secret("second-one")));

    [Theory]
    [InlineData('\u200b')]
    [InlineData('\u202e')]
    [InlineData('\u0007')]
    [InlineData('\ufeff')]
    public void A_secret_with_invisible_characters_is_removed_too(char invisible)
    {
        var spread = Token.Insert(150, $"{invisible}").Insert(5, $"{invisible}");

        Assert.Equal("token [secret]", UntrustedText.Clean($"token {spread}"));
        Assert.Equal("key [secret]", UntrustedText.Clean($"key {Unlike.Insert(7, $"{invisible}")}", new Secret(Unlike)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \r\n\t ")]
    [InlineData("\u200b\u202e\u0000")]
    public void Nothing_is_left_of_nothing(string? text) => Assert.Equal("", UntrustedText.Clean(text));

    [Theory]
    [InlineData("two\r\nlines", "two lines")]
    [InlineData("  tabs\t\tand   gaps  ", "tabs and gaps")]
    [InlineData("line\u2028separator\u2029and paragraph\u0085too", "line separator and paragraph too")]
    [InlineData("bell\u0007, escape\u001b[31m, null\u0000", "bell, escape[31m, null")]
    [InlineData("fdp.\u202egpj\u202c", "fdp.gpj")]
    [InlineData("\u2066isolated\u2069\u200f", "isolated")]
    [InlineData("soft\u00adhyphen, zero\u200bwidth, \ufeffmark", "softhyphen, zerowidth, mark")]
    [InlineData("private\ue000 use", "private use")]
    public void It_is_one_line_without_characters_that_cannot_be_seen(string text, string result) => Assert.Equal(result, UntrustedText.Clean(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced_and_a_whole_one_is_not()
    {
        Assert.Equal("a\ufffdb", UntrustedText.Clean("a\ud83db"));
        Assert.Equal("a\ufffdb", UntrustedText.Clean("a\ude80b"));
        Assert.Equal("a\ud83d\ude80b", UntrustedText.Clean("a\ud83d\ude80b"));
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        Assert.Equal(new string('x', 500) + "\u2026", UntrustedText.Clean(new string('x', 501)));
        Assert.Equal(new string('x', 499), UntrustedText.Clean(new string('x', 499)));
        Assert.Equal(500, UntrustedText.Clean(string.Concat(Enumerable.Repeat("\ud83d\ude80", 400))).EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) - 1);
    }

    [Theory]
    [InlineData(490)]
    [InlineData(497)]
    [InlineData(499)]
    public void A_secret_at_the_cut_does_not_show_its_beginning(int position)
    {
        var text = new string('.', position);

        Assert.DoesNotContain("EAA", UntrustedText.Clean($"{text}{Token}"), StringComparison.Ordinal);
        Assert.DoesNotContain(Unlike[..1], UntrustedText.Clean($"{text}{Unlike}", new Secret(Unlike)), StringComparison.Ordinal);
    }

    /// <summary>A megabyte, the longest answer that is read, must not keep a check busy for hours.</summary>
    [Theory]
    [InlineData(" ")]
    [InlineData("1")]
    [InlineData("a")]
    [InlineData("E")]
    [InlineData("EAA")]
    [InlineData("SG.")]
    [InlineData("Bearer ")]
    [InlineData("access_token : ")]
    [InlineData("\u200b")]
    public async Task A_long_text_of_any_kind_is_cleaned_in_the_end(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1024 * 1024 / part.Length)) + "!";

        // Not a measurement: an expression that backtracks would need hours.
        await Task.Run(() => UntrustedText.Clean(text, new Secret(Token), new Secret(AppSecret))).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
