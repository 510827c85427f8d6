using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.EnvFiles;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class EnvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_variables_of_an_integration_are_a_token_to_check()
    {
        var token = Token(".env", """
            # WhatsApp
            export WHATSAPP_SYSTEM_USER_TOKEN="EAAB"
            WHATSAPP_PHONE_ID=106540352242922
            WHATSAPP_BUSINESS_ACCOUNT_ID='102290129340398'
            WHATSAPP_APP_ID=123456789012345
            WHATSAPP_APP_SECRET=0123456789abcdef0123456789abcdef
            OTHER=thing
            """);

        Assert.Equal("default", token.Name);
        Assert.Equal("whatsapp-system-user-token", token.SecretName);
        Assert.Equal("106540352242922", token.PhoneNumberId);
        Assert.Equal("102290129340398", token.BusinessAccountId);
        Assert.Equal("123456789012345", token.AppId);
        Assert.Equal("whatsapp-app-secret", token.AppSecretName);
    }

    [Fact]
    public void The_other_name_of_the_token_is_taken_where_it_is_the_only_one() =>
        Assert.Equal("whatsapp-api-token", Token(".env", "WHATSAPP_API_TOKEN=EAAB").SecretName);

    [Fact]
    public void The_ending_of_the_file_names_the_token() =>
        Assert.Equal("staging", Token(".env.staging", "WHATSAPP_SYSTEM_USER_TOKEN=EAAB").Name);

    [Fact]
    public void Settings_of_the_monitor_in_the_file_go_before_those_of_the_integration() =>
        Assert.Equal("eu", Token(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAB\nTokenMonitor__Tokens__eu__SecretName=whatsapp-eu").Name);

    [Theory]
    [InlineData("WHATSAPP_SYSTEM_USER_TOKEN=EAAB", "default")]
    [InlineData("TokenMonitor__Tokens__eu__SecretName=whatsapp-eu", "eu")]
    public void Tokens_that_the_environment_configures_are_not_mixed_with_those_of_the_file(string content, string name)
    {
        var environment = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TokenMonitor:Tokens:production:SecretName"] = "whatsapp-production",
            ["TokenMonitor:Tokens:default:PhoneNumberId"] = "106540352242922",
            ["TokenMonitor:UnknownAfter"] = "5",
        }).Build();

        var configuration = TerminalMonitor.Configuration(environment, EnvFile.Read(_folder.Write(".env", content)));

        Assert.Equal(name, Assert.Single(configuration.GetSection("TokenMonitor:Tokens").GetChildren()).Key);
        Assert.Null(configuration["TokenMonitor:Tokens:default:PhoneNumberId"]);
        Assert.Equal("5", configuration["TokenMonitor:UnknownAfter"]);
    }

    [Fact]
    public void Two_files_of_one_name_have_separate_states_and_each_where_it_was()
    {
        var none = new ConfigurationBuilder().Build();
        string Folder(string file) => TerminalMonitor.Configuration(none, EnvFile.Read(file))["TokenMonitor:StateFolder"]!;
        var one = _folder.Write(".env", "WHATSAPP_SYSTEM_USER_TOKEN=EAAB");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "b"));
        var other = _folder.Write(Path.Combine("b", ".env"), "WHATSAPP_SYSTEM_USER_TOKEN=EAAB");

        Assert.NotEqual(Folder(one), Folder(other));
        Assert.Equal(Folder(one), Folder(Path.Combine(_folder.Path, "b", "..", ".env")));
        Assert.StartsWith(TokenMonitorOptions.StateFolderFor(".env-"), Folder(one), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/from/environment")]
    [InlineData("TokenMonitor__StateFolder=/from/file", "/from/file")]
    public void Where_tokens_are_stored_can_be_said_in_the_environment_and_over_it_in_the_file(string line, string folder)
    {
        var environment = new ConfigurationBuilder().AddInMemoryCollection([new("TokenMonitor:StateFolder", "/from/environment")]).Build();

        Assert.Equal(folder, TerminalMonitor.Configuration(environment, EnvFile.Read(_folder.Write(".env", $"WHATSAPP_SYSTEM_USER_TOKEN=EAAB\n{line}")))["TokenMonitor:StateFolder"]);
    }

    [Fact]
    public void Of_settings_that_differ_in_case_alone_the_last_line_counts() => Assert.Equal(
        "7",
        EnvFile.Read(_folder.Write(".env", "TOKENMONITOR__UNKNOWNAFTER=5\nTokenMonitor__UnknownAfter=6\nTokenMonitor__UNKNOWNAFTER=7")).ToConfiguration()["TokenMonitor:UnknownAfter"]);

    [Fact]
    public void Of_variables_that_differ_in_case_alone_the_one_in_capitals_counts() => Assert.Equal(
        "capitals",
        TerminalMonitor.Variables(new System.Collections.Hashtable { ["whatsapp_api_token"] = "small", ["WHATSAPP_API_TOKEN"] = "capitals", ["Whatsapp_Api_Token"] = "mixed" })["WHATSAPP_API_TOKEN"]);

    [Fact]
    public void Windows_line_ends_are_no_part_of_a_value() =>
        Assert.Equal("EAAB", EnvFile.Read(_folder.Write(".env", "A=1\r\nWHATSAPP_SYSTEM_USER_TOKEN=EAAB\r\n")).Variables["WHATSAPP_SYSTEM_USER_TOKEN"]);

    [Fact]
    public void Reading_a_file_sets_nothing_in_the_environment()
    {
        EnvFile.Read(_folder.Write(".env", "TOKEN_MONITOR_ENV_FILE_TEST=1"));

        Assert.Null(Environment.GetEnvironmentVariable("TOKEN_MONITOR_ENV_FILE_TEST"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var failure = Assert.Throws<UnusableFileException>(() => EnvFile.Read("nowhere/.env"));

        Assert.Contains("nowhere/.env", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_no_assignment_is_refused_without_being_quoted()
    {
        var path = _folder.Write(".env", "EAABsecretsecretsecret no assignment\n");

        var failure = Assert.Throws<UnusableFileException>(() => EnvFile.Read(path));

        Assert.Contains("NAME=VALUE", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("EAAB", failure.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private TokenMonitor.Inspection.TokenExpectation Token(string file, string content)
    {
        var configuration = EnvFile.Read(_folder.Write(file, content)).ToConfiguration();
        using var provider = new ServiceCollection().AddTokenMonitor(configuration, MonitorHosting.Terminal).BuildServiceProvider();
        return Assert.Single(provider.GetRequiredService<CheckSettings>().Tokens).Expectation;
    }
}
