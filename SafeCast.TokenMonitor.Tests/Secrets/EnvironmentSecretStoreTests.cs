using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;

namespace SafeCast.TokenMonitor.Tests.Secrets;

public sealed class EnvironmentSecretStoreTests
{
    private readonly Dictionary<string, string> _variables = [];

    private EnvironmentSecretStore Store => new("the environment", _variables);

    [Theory]
    [InlineData("whatsapp-system-user-token", "WHATSAPP_SYSTEM_USER_TOKEN")]
    [InlineData("WhatsAppToken2", "WHATSAPPTOKEN2")]
    [InlineData("WHATSAPP_API_TOKEN", "WHATSAPP_API_TOKEN")]
    public void A_secrets_variable_is_its_name_in_capitals_and_underscores(string secret, string variable) =>
        Assert.Equal(variable, EnvironmentSecretStore.VariableFor(secret));

    [Fact]
    public async Task A_variable_that_is_set_is_a_secret_without_attributes()
    {
        var token = SampleSecrets.Token("environment");
        _variables["WHATSAPP_SYSTEM_USER_TOKEN"] = token;

        var found = Assert.IsType<SecretReading.Found>(await ReadAsync("whatsapp-system-user-token"));

        Assert.Equal(token, found.Value.Reveal());
        Assert.Equal(new SecretAttributes(), found.Attributes);
        Assert.Same(found, found.Checked(SecretKind.AccessToken));
    }

    [Fact]
    public async Task A_variable_that_is_not_set_is_a_missing_secret() =>
        Assert.IsType<SecretReading.Missing>(await ReadAsync("whatsapp-system-user-token"));

    [Theory]
    [InlineData("whatsapp-system-user-token", "WHATSAPP_SYSTEM_USER_TOKEN", "WHATSAPP_API_TOKEN")]
    [InlineData("whatsapp-api-token", "WHATSAPP_API_TOKEN", "WHATSAPP_SYSTEM_USER_TOKEN")]
    public async Task The_tokens_two_names_that_differ_contradict_each_other(string secret, string variable, string other)
    {
        (_variables[variable], _variables[other]) = ("one", "two");

        Assert.Equal(other, Assert.IsType<SecretReading.Found>(await ReadAsync(secret)).Attributes.ContradictedBy);
    }

    [Theory]
    [InlineData("one")]
    [InlineData(null)]
    public async Task The_tokens_two_names_do_not_contradict_each_other_when_the_other_is_the_same_or_not_there(string? other)
    {
        _variables["WHATSAPP_SYSTEM_USER_TOKEN"] = "one";
        if (other is not null)
        {
            _variables["WHATSAPP_API_TOKEN"] = other;
        }

        Assert.Null(Assert.IsType<SecretReading.Found>(await ReadAsync("whatsapp-system-user-token")).Attributes.ContradictedBy);
    }

    [Theory]
    [InlineData("whatsapp-system-user-token", "WHATSAPP_SYSTEM_USER_TOKEN", "WHATSAPP_API_TOKEN")]
    [InlineData("whatsapp-api-token", "WHATSAPP_API_TOKEN", "WHATSAPP_SYSTEM_USER_TOKEN")]
    public async Task An_empty_variable_contradicts_the_one_with_the_token(string secret, string variable, string other)
    {
        (_variables[variable], _variables[other]) = ("one", "");

        Assert.Equal(other, Assert.IsType<SecretReading.Found>(await ReadAsync(secret)).Attributes.ContradictedBy);
    }

    [Theory]
    [InlineData("two", ContradictingContent.AnotherToken)]
    [InlineData("", ContradictingContent.Nothing)]
    [InlineData(" ", ContradictingContent.Nothing)]
    [InlineData("${WHATSAPP_SYSTEM_USER_TOKEN}", ContradictingContent.UnexpandedReference)]
    [InlineData("$WHATSAPP_SYSTEM_USER_TOKEN", ContradictingContent.UnexpandedReference)]
    public async Task A_contradiction_of_the_token_is_named(string other, ContradictingContent called)
    {
        (_variables["WHATSAPP_SYSTEM_USER_TOKEN"], _variables["WHATSAPP_API_TOKEN"]) = ("one", other);

        Assert.Equal(called, Assert.IsType<SecretReading.Found>(await ReadAsync("whatsapp-system-user-token")).Attributes.Contradiction);
    }

    [Fact]
    public async Task A_variable_that_is_set_to_nothing_is_a_secret_and_an_empty_one()
    {
        _variables["WHATSAPP_SYSTEM_USER_TOKEN"] = "";

        var reading = (await ReadAsync("whatsapp-system-user-token")).Checked(SecretKind.AccessToken);

        Assert.Equal(SecretProblem.Empty, Assert.IsType<SecretReading.Malformed>(reading).Fault.Problem);
    }

    [Fact]
    public async Task A_changed_variable_is_read_again()
    {
        _variables["WHATSAPP_SYSTEM_USER_TOKEN"] = "old";
        await ReadAsync("whatsapp-system-user-token");
        _variables["WHATSAPP_SYSTEM_USER_TOKEN"] = "new";

        var found = Assert.IsType<SecretReading.Found>(await ReadAsync("whatsapp-system-user-token"));

        Assert.Equal("new", found.Value.Reveal());
    }

    [Fact]
    public void The_store_is_known_by_the_name_that_it_was_given() => Assert.Equal("the environment", Store.Name);

    private Task<SecretReading> ReadAsync(string name) => Store.ReadAsync(name, CancellationToken.None);
}
