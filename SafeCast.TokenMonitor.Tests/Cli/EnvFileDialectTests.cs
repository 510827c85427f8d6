using Microsoft.Extensions.Options;
using SafeCast.TokenMonitor.Cli;
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
        { "A=1\nEAAsecret", "line 2 is not NAME=VALUE, a comment or empty" },
        { "A=1\n\n# c\nEAAsecret: x", "line 4 is not NAME=VALUE, a comment or empty" },
        { "1A=EAAsecret", "line 1 is not NAME=VALUE, a comment or empty" },
        { "=EAAsecret", "line 1 is not NAME=VALUE, a comment or empty" },
        { "export A", "line 1 is not NAME=VALUE, a comment or empty" },
        { "A=1\nB=\"EAAsecret", "line 2 has an opening quote without a closing quote" },
        { "A=1\nB='EAAsecret\nC=2\n", "line 2 has an opening quote without a closing quote" },
        { "A=1\nB=\"x\"EAAsecret", "line 2 has text after the closing quote" },
        { "A=1\nWHATSAPP_API_TOKEN='EAA\nsecret'", "line 2 sets WHATSAPP_API_TOKEN to a value on several lines" },
        { "A=\"1\n2\"\nWHATSAPP_PHONE_ID=\"1\n\"", "line 3 sets WHATSAPP_PHONE_ID to a value on several lines" },
    };

    [Theory]
    [MemberData(nameof(Read))]
    public void A_value_is_read_as_shells_and_loaders_read_it(string content, string value) =>
        Assert.Equal(value, new EnvFileReader(content, name => name == "FROM_OUTSIDE" ? "outside" : null).Read()["B"].Value);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_read_is_named_by_its_line_and_never_quoted(string content, string said)
    {
        var path = _folder.Write(".env", content);

        var failure = Assert.Throws<UnusableFileException>(() => EnvFile.Read(path));

        Assert.Equal($"The file {path} is not a valid environment file: {said}.", failure.Message);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

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
    public async Task A_mapping_that_yields_no_token_is_found_as_what_it_is(string text, ContradictingContent called)
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
    [InlineData("WHATSAPP_PHONE_ID", "<phone-id>", "is not a phone number id: the value is a placeholder. Replace it with the id")]
    [InlineData("WHATSAPP_PHONE_ID", "your_phone_id", "is not a phone number id: the value is a placeholder. Replace it with the id")]
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
