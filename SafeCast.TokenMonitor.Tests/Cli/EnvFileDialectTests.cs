using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.EnvFiles;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Cli;

/// <summary>Environment files as people write them.</summary>
public sealed class EnvFileDialectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A file, and what B is set to by it.</summary>
    public static TheoryData<string, string> Read { get; } = new()
    {
        { "B=x", "x" },
        { "B=x\n", "x" },
        { "A=1\r\nB=x\r\nC=2\r\n", "x" },
        { "A=1\rB=x\r", "x" },
        { "\uFEFFB=x", "x" },
        { "  B=x", "x" },
        { "\tB=x", "x" },
        { "B = x ", "x" },
        { "export B=x", "x" },
        { "export\t B=x", "x" },
        { "B=", "" },
        { "B=\"\"", "" },
        { "B=''", "" },
        { "B=first\nB=x", "x" },
        { "# B=no\nB=x", "x" },
        { "   # B=no\n\n  \nB=x", "x" },
        { "B=x # comment", "x" },
        { "B=x\t# it's a \"comment\"", "x" },
        { "B=# comment", "" },
        { "B=x#y", "x#y" },
        { "B=\"x # y\" # comment", "x # y" },
        { "B='x # y' # comment", "x # y" },
        { "B=x y", "x y" },
        { "B=x=y==", "x=y==" },
        { "B=123|abc", "123|abc" },
        { "B=it's", "it's" },
        { "B=x\"y\"", "x\"y\"" },
        { "B=\"it's\"", "it's" },
        { "B='say \"x\"'", "say \"x\"" },
        { "B=\"a\\\"b\\\\c\\$d\"", "a\"b\\c$d" },
        { "B=\"a\\nb\"", "a\nb" },
        { "B='a\\nb'", "a\\nb" },
        { "B=a\\nb", "a\\nb" },
        { "B=\"a\nb\"\nC=1", "a\nb" },
        { "B=`x`", "`x`" },
        { "A=1\nB=${A}", "1" },
        { "A=1\nB=${A}2", "12" },
        { "A=1\nB=$A", "1" },
        { "A=1\nB=$A.2", "1.2" },
        { "A=1\nB=x$A/y", "x1/y" },
        { "A=1\nB=\"${A}\"", "1" },
        { "A=1\nB='${A}'", "${A}" },
        { "A=1\nB=${A}${A}-${A}", "11-1" },
        { "A=\nB=${A:-other}", "other" },
        { "B=${MISSING-other}", "other" },
        { "A=1\nB=${A:-other}", "1" },
        { "B=${MISSING}", "" },
        { "B=${A}\nA=1", "" },
        { "B=$", "$" },
        { "B=$5", "$5" },
        { "B=${", "${" },
        { "B=${A b}", "${A b}" },
        { "B=${FROM_OUTSIDE}", "outside" },
        { "FROM_OUTSIDE=inside\nB=${FROM_OUTSIDE}", "inside" },
        { "B=é", "é" },
        { "A.1-x=1\nB=x", "x" },
    };

    /// <summary>A file that is refused, and what is said.</summary>
    public static TheoryData<string, string> Refused { get; } = new()
    {
        { "\nEAAsecret", "line 2 is not NAME=VALUE, a comment or empty" },
        { "1A=EAAsecret", "line 1 is not NAME=VALUE, a comment or empty" },
        { "=EAAsecret", "line 1 is not NAME=VALUE, a comment or empty" },
        { "export A", "line 1 is not NAME=VALUE, a comment or empty" },
        { "A=1\nWHATSAPP_SYSTEM_USER_TOKEN: EAAsecret", "line 2 mentions WHATSAPP_SYSTEM_USER_TOKEN and is not NAME=VALUE: write WHATSAPP_SYSTEM_USER_TOKEN=VALUE" },
        { "A=1\n$env:WHATSAPP_PHONE_ID = \"secret\"", "line 2 mentions WHATSAPP_PHONE_ID and is not NAME=VALUE: write WHATSAPP_PHONE_ID=VALUE" },
        { "A=1\nset whatsapp_app_id 123secret", "line 2 mentions WHATSAPP_APP_ID and is not NAME=VALUE: write WHATSAPP_APP_ID=VALUE" },
        { "{\n\"WHATSAPP_APP_SECRET\": \"secret\"\n}", "line 2 mentions WHATSAPP_APP_SECRET and is not NAME=VALUE: write WHATSAPP_APP_SECRET=VALUE" },
        { "A=1\nWHATSAPP_API_TOKEN=\"EAAsecret", "line 2 has an opening quote without a closing quote" },
        { "A=1\nWHATSAPP_API_TOKEN='EAAsecret\nC=2\n", "line 2 has an opening quote without a closing quote" },
        { "A=1\nWHATSAPP_API_TOKEN=\"x\"EAAsecret", "line 2 has text after the closing quote" },
        { "A=1\nWHATSAPP_API_TOKEN=`EAA\nsecret`", "line 2 sets WHATSAPP_API_TOKEN to a value on several lines" },
        { "whatsapp_system_user_token=EAAsecret", "line 1 sets whatsapp_system_user_token: write the name in upper case, WHATSAPP_SYSTEM_USER_TOKEN" },
        { "WHATSAPP_API_TOKEN=EAAsecret\nWhatsApp_Phone_Id=1", "line 2 sets WhatsApp_Phone_Id: write the name in upper case, WHATSAPP_PHONE_ID" },
        { "WHATSAPP_API_TOKEN=EAAsecret\nWHATSAPP_PHONE_ID=1\nWHATSAPP_PHONE_ID=2", "lines 2 and 3 set WHATSAPP_PHONE_ID to different values: keep one of them" },
        { "A=1\nWHATSAPP_TOKEN=EAAsecret", "it has no WHATSAPP_SYSTEM_USER_TOKEN, and line 2 sets WHATSAPP_TOKEN: rename it, or add WHATSAPP_SYSTEM_USER_TOKEN=${WHATSAPP_TOKEN} below" },
        { "A=1\nWHATSAPP_API_TOKEN='EAA\nsecret'", "line 2 sets WHATSAPP_API_TOKEN to a value on several lines" },
        { "A=\"1\n2\"\nWHATSAPP_PHONE_ID=\"1\n\"", "line 3 sets WHATSAPP_PHONE_ID to a value on several lines" },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public void A_value_is_read_as_shells_and_loaders_read_it(string content, string value) =>
        Assert.Equal(value, new EnvFileReader(content, name => name == "FROM_OUTSIDE" ? "outside" : null, []).Read().Variables["B"].Value);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_read_is_named_by_its_line_and_never_quoted(string content, string said)
    {
        var path = _folder.Write(".env", content);

        var failure = Assert.Throws<UnusableFileException>(() => EnvFile.Read(path));

        Assert.Equal($"The file {path} is not a valid environment file: {said}.", failure.Message);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Lines that are not for the monitor, before a token, and the warning about them.</summary>
    public static TheoryData<string, string> Foreign { get; } = new()
    {
        { "EAAsecret\n", "Skipped line 1 of FILE: not NAME=VALUE." },
        { "$env:X = 'secret'\nimage: secret\n\n- secret\n", "Skipped lines 1-2, 4 of FILE: not NAME=VALUE." },
        { "KEY=-----BEGIN PRIVATE KEY-----\nMIIEsecret+/\nab+cd==\n-----END PRIVATE KEY-----\n", "Skipped lines 2-4 of FILE: not NAME=VALUE." },
        { "A=\"secret\nB=1\n", "Skipped line 1 of FILE: not NAME=VALUE." },
        { "A='x'secret\n", "Skipped line 1 of FILE: not NAME=VALUE." },
        { "A='it is secret\nB='x'\n", "Skipped line 1 of FILE: not NAME=VALUE." },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_line_that_is_not_for_the_monitor_is_skipped_with_a_warning_that_names_it(string lines, string warning)
    {
        var path = _folder.Write(".env", lines + "WHATSAPP_SYSTEM_USER_TOKEN=EAAx\n");

        var file = EnvFile.Read(path);

        Assert.Equal("EAAx", file.Variables["WHATSAPP_SYSTEM_USER_TOKEN"]);
        Assert.Equal(warning.Replace("FILE", path, StringComparison.Ordinal), Assert.Single(file.Warnings));
    }

    [Fact]
    public void A_value_in_backticks_on_several_lines_is_read_as_one_value()
    {
        var file = EnvFile.Read(_folder.Write(".env", "KEY=`first\nWHATSAPP_PHONE_ID=1\nlast`\nWHATSAPP_SYSTEM_USER_TOKEN=EAAx\n"));

        Assert.Equal(("first\nWHATSAPP_PHONE_ID=1\nlast", "EAAx"), (file.Variables["KEY"], file.Variables["WHATSAPP_SYSTEM_USER_TOKEN"]));
        Assert.Empty(file.Warnings);
    }

    [Theory]
    [InlineData("WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_PHONE_ID")]
    [InlineData("PHONE_NUMBER_ID", "WHATSAPP_PHONE_ID")]
    [InlineData("WA_PHONE_ID", "WHATSAPP_PHONE_ID")]
    [InlineData("WHATSAPP_WABA_ID", "WHATSAPP_BUSINESS_ACCOUNT_ID")]
    [InlineData("WABA_ID", "WHATSAPP_BUSINESS_ACCOUNT_ID")]
    [InlineData("META_APP_ID", "WHATSAPP_APP_ID")]
    [InlineData("FACEBOOK_APP_SECRET", "WHATSAPP_APP_SECRET")]
    public void A_similar_name_beside_a_token_is_named_because_it_is_not_checked(string name, string expected)
    {
        var path = _folder.Write(".env", $"WHATSAPP_SYSTEM_USER_TOKEN=EAAx\n{name}=123\n");

        Assert.Equal(
            $"{name} (line 2 of {path}) is not read, so what it holds is not checked: the monitor reads {expected}.", Assert.Single(EnvFile.Read(path).Warnings));
    }

    [Theory]
    [InlineData("INSTAGRAM_BUSINESS_ACCOUNT_ID")]
    [InlineData("ORDER_NUMBER_ID")]
    [InlineData("APP_ID")]
    [InlineData("WHATSAPP_VERIFY_TOKEN")]
    [InlineData("WHATSAPP_TOKEN")]
    public void A_name_of_something_else_is_no_business_of_the_monitors(string name) =>
        Assert.Empty(EnvFile.Read(_folder.Write(".env", $"WHATSAPP_SYSTEM_USER_TOKEN=EAAx\n{name}=123\n")).Warnings);

    [Fact]
    public void A_similar_name_beside_the_expected_one_is_not_named() =>
        Assert.Empty(EnvFile.Read(_folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_PHONE_ID=1\nPHONE_NUMBER_ID=2\n")).Warnings);

    [Theory]
    [InlineData("WHATSAPP_TOKEN")]
    [InlineData("WHATSAPP_ACCESS_TOKEN")]
    [InlineData("WA_TOKEN")]
    [InlineData("META_ACCESS_TOKEN")]
    [InlineData("WHATSAPP_CLOUD_API_ACCESS_TOKEN")]
    [InlineData("ACCESS_TOKEN")]
    public void A_similar_name_in_place_of_the_tokens_is_an_error_that_names_both(string name)
    {
        var failure = Assert.Throws<UnusableFileException>(() => EnvFile.Read(_folder.Write(".env", $"{name}=EAAx\n")));

        Assert.Contains($"it has no WHATSAPP_SYSTEM_USER_TOKEN, and line 1 sets {name}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_set_twice_to_different_values_is_ambiguous_with_both_lines()
    {
        var path = _folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nA=1\nWHATSAPP_SYSTEM_USER_TOKEN=EAAy\n");
        var file = EnvFile.Read(path);

        var reading = await new EnvironmentSecretStore(file.Path, file.Variables, file.SetTwice).ReadAsync("whatsapp-system-user-token", CancellationToken.None);

        var attributes = Assert.IsType<SecretReading.Found>(reading).Attributes;
        Assert.Equal(("WHATSAPP_SYSTEM_USER_TOKEN (lines 1 and 3)", ContradictingContent.SetTwice), (attributes.ContradictedBy, attributes.Contradiction));
    }

    [Fact]
    public void A_variable_that_is_set_twice_to_the_same_value_is_not_ambiguous() =>
        Assert.Empty(EnvFile.Read(_folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_SYSTEM_USER_TOKEN=EAAx\n")).SetTwice);

    [Fact]
    public void The_integrations_name_may_be_mapped_from_the_monitors()
    {
        var file = EnvFile.Read(_folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_API_TOKEN=${WHATSAPP_SYSTEM_USER_TOKEN}\n"));

        Assert.Equal(("EAAx", "EAAx"), (file.Variables["WHATSAPP_SYSTEM_USER_TOKEN"], file.Variables["WHATSAPP_API_TOKEN"]));
        Assert.Equal("whatsapp-system-user-token", file.ToConfiguration()["TokenMonitor:Tokens:default:SecretName"]);
    }

    [Theory]
    [InlineData("WHATSAPP_API_TOKEN=${WHATSAPP_SYSTEM_USER_TOKEN}\nWHATSAPP_SYSTEM_USER_TOKEN=EAAx\n", ContradictingContent.Nothing)]
    [InlineData("WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_API_TOKEN=\n", ContradictingContent.Nothing)]
    [InlineData("WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_API_TOKEN='${WHATSAPP_SYSTEM_USER_TOKEN}'\n", ContradictingContent.UnexpandedReference)]
    public async Task A_mapping_that_yields_no_token_is_a_contradiction(string text, ContradictingContent called)
    {
        var file = EnvFile.Read(_folder.Write(".env", text));

        var reading = await new EnvironmentSecretStore(file.Path, file.Variables).ReadAsync("whatsapp-system-user-token", CancellationToken.None);

        var attributes = Assert.IsType<SecretReading.Found>(reading).Attributes;
        Assert.Equal(("WHATSAPP_API_TOKEN", called), (attributes.ContradictedBy, attributes.Contradiction));
    }

    [Fact]
    public void An_empty_name_of_the_token_leaves_it_to_the_other() => Assert.Equal(
        "whatsapp-api-token",
        EnvFile.Read(_folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=\nWHATSAPP_API_TOKEN=EAAx\n")).ToConfiguration()["TokenMonitor:Tokens:default:SecretName"]);

    [Theory]
    [InlineData("WHATSAPP_PHONE_ID", "+49 170 1234567", "is not a phone number id: the value is a phone number.")]
    [InlineData("WHATSAPP_PHONE_ID", "<phone-id>", "is not a phone number id: the value is still the placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "109...", "is not a phone number id: the value is still the placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "109xxxxxxxx", "is not a phone number id: the value is still the placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "[PHONE ID]", "is not a phone number id: the value is still the placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "your_phone_id", "is not a phone number id: the value is still the placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "'\"106540352242922\"'", "is not a phone number id: the value is in quotes")]
    [InlineData("WHATSAPP_PHONE_ID", "102290129340398", "is the same as BusinessAccountId")]
    [InlineData("WHATSAPP_APP_ID", "1122 3344 5566", "is not an app id: the value contains spaces or hyphens")]
    [InlineData("WHATSAPP_APP_ID", "123", "is not an app id: the value must have 5 to 25 digits.")]
    [InlineData("WHATSAPP_APP_ID", "contoso", "is not an app id: the value must be digits only.")]
    public void An_id_that_cannot_be_one_is_named_by_its_name_and_line_in_the_file(string variable, string value, string said)
    {
        var path = _folder.Write(".env", $"WHATSAPP_SYSTEM_USER_TOKEN=EAAx\nWHATSAPP_BUSINESS_ACCOUNT_ID=102290129340398\n{variable}={value}\n");

        var failure = Assert.Throws<OptionsValidationException>(() => TerminalMonitor.Build(path, verbose: false));

        Assert.StartsWith($"{variable} (line 3 of {path}): {said}", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_prints_as_its_line() => Assert.Equal("line 7", new EnvVariable("EAAsecret", 7, IsMultiline: false).ToString());

    public void Dispose() => _folder.Dispose();
}
