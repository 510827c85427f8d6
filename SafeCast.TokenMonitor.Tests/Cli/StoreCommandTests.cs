using Microsoft.Extensions.DependencyInjection;
using SafeCast.TokenMonitor.Cli;
using SafeCast.TokenMonitor.Cli.Simulators;
using SafeCast.TokenMonitor.Cli.Store;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Simulator.Vault;
using SafeCast.TokenMonitor.Tests.Monitoring.Scenarios;

namespace SafeCast.TokenMonitor.Tests.Cli;

public sealed class StoreCommandTests
{
    /// <summary>What is wrong with the fresh token, and the steps that then stand in its way.</summary>
    private static readonly Dictionary<string, (Action<StoreBench> Make, string[] Steps)> Wrong = new()
    {
        ["made with the 60-day option"] = (b => b.Fresh.ExpiresAt = TokenTroubles.In(60), ["expiry"]),
        ["revoked again"] = (b => b.Fresh.State = SimulatedTokenState.Revoked,
            ["valid", "expiry", "scope-whatsapp_business_messaging", "scope-whatsapp_business_management", "business-account", "phone-number", "phone-number-account", "portfolio", "sending", "number-status"]),
        ["made without the messaging scope"] = (b => b.Fresh.Lose(Scope.Messaging), ["scope-whatsapp_business_messaging"]),
        ["made without the management scope"] = (b => b.Fresh.Lose(Scope.Management),
            ["scope-whatsapp_business_management", "business-account", "phone-number-account", "portfolio"]),
        ["messaging for another account only"] = (b => b.Fresh.Narrow(Scope.Messaging, "999999999999"), ["scope-whatsapp_business_messaging"]),
        ["a person's token"] = (b => b.Fresh.Type = "USER", ["system-user"]),
        ["the account was not assigned"] = (b => b.Monitor.World.BusinessAccount.Unassign(b.Monitor.World.SystemUser),
            ["business-account", "phone-number", "phone-number-account", "portfolio", "sending", "number-status"]),
        ["the number is another account's"] = (b => TokenTroubles.All["the number was moved to another account"].Make(b.Monitor), ["phone-number-account"]),
        ["the account is another portfolio's"] = (b => TokenTroubles.All["the account was moved to another portfolio"].Make(b.Monitor), ["portfolio"]),
        ["sending is blocked"] = (b => TokenTroubles.All["sending is blocked"].Make(b.Monitor), ["sending"]),
    };

    /// <summary>What was made for something else, and is pasted as production's.</summary>
    private static readonly Dictionary<string, Func<StoreBench, string>> Others = new()
    {
        ["another app's, of the same system user"] = b => b.Monitor.Simulation.Graph.World.IssueToken(TokenTroubles.OtherWorld(b.Monitor).App, b.Monitor.World.SystemUser).Value,
        ["another environment's"] = b => TokenTroubles.OtherWorld(b.Monitor).Token.Value,
        ["another environment's, which is monitored"] = b => b.Monitor.Watch("staging").Token.Value,
    };

    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    /// <summary>What is pasted, and what is seen of it.</summary>
    public static TheoryData<string, string> Pasted { get; } = new()
    {
        { "\"{0}\"", "it has quotes around it" },
        { "{0}\n\n", "it ends with a line break" },
        { " {0}", "it has white space around it" },
        { "WHATSAPP_TOKEN={0}", "it begins with the name of a setting" },
        { "Bearer {0}", "it begins with the word \"Bearer\"" },
        { "<your-token>", "it is still the placeholder" },
        { "123456789012345|0123456789abcdef0123456789abcdef", "it is an app token" },
        { "Tr0ub4dor-and-3", "it has characters that a token never has" },
    };

    [Fact]
    public async Task A_valid_token_is_stored_read_back_and_checked()
    {
        await using var bench = await StoreBench.StartAsync();

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Healthy, status);
        var version = bench.Versions[^1];
        Assert.Equal((2, bench.Fresh.Value), (bench.Versions.Count, version.Value));
        Assert.Contains($"Stored. The secret {SimulatedSetup.TokenSecret} in Key Vault 127.0.0.1 contains it as version {version.Version}.", Said(bench), StringComparison.Ordinal);
        Assert.Contains("It was read back and checked: all steps pass.", Said(bench), StringComparison.Ordinal);
        Assert.Contains($"fingerprint of the old token: {new Secret(bench.Monitor.World.Token.Value).Fingerprint})", Said(bench), StringComparison.Ordinal);
        Assert.Contains("Only then deal with the old token. It stays valid until it is revoked.", Said(bench), StringComparison.Ordinal);
        Assert.Equal(
            [(VaultOperation.GetSecret, (string?)version.Version), (VaultOperation.GetSecret, null)],
            bench.Vault.Calls.SkipWhile(call => call.Operation is not VaultOperation.SetSecret).Skip(1).Take(2).Select(call => (call.Operation, call.Version)));
    }

    [Fact]
    public async Task A_stored_version_has_tags_with_its_content_and_who_stored_it()
    {
        await using var bench = await StoreBench.StartAsync();

        await bench.PipeAsync();

        var version = bench.Versions[^1];
        Assert.Equal("WhatsApp system-user access token", version.ContentType);
        Assert.Equal(new Secret(bench.Fresh.Value).Fingerprint, version.Tags["fingerprint"]);
        Assert.Equal(bench.Fresh.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null), version.Tags["issued-at"]);
        Assert.Equal($"{Environment.UserName}@{Environment.MachineName}", version.Tags["stored-by"]);
        Assert.StartsWith("tokenmonitor ", version.Tags["stored-with"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_typed_is_not_shown()
    {
        await using var bench = await StoreBench.StartAsync();

        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value);

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Equal(bench.Fresh.Value, bench.Versions[^1].Value);
        Assert.Contains("Paste the new token for production", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Fresh.Value[..10], Said(bench), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task A_token_that_is_not_right_is_not_stored_and_the_steps_in_its_way_are_named(string name)
    {
        await using var bench = await StoreBench.StartAsync();
        Wrong[name].Make(bench);

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Single(bench.Versions);
        Assert.Contains("Not stored.", Said(bench), StringComparison.Ordinal);
        Assert.Contains("The token in the vault is unchanged, and \"tokenmonitor check\" checks that one.", Said(bench), StringComparison.Ordinal);
        Assert.Equal(Wrong[name].Steps, await InTheWayAsync(bench));
    }

    [Fact]
    public async Task Another_apps_token_is_not_stored()
    {
        await using var bench = await StoreBench.StartAsync();
        var other = TokenTroubles.OtherWorld(bench.Monitor).App;
        var token = bench.Monitor.Simulation.Graph.World.IssueToken(other, bench.Monitor.World.SystemUser);

        var status = await bench.PipeAsync(token.Value);

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains("It belongs to the wrong app", Said(bench), StringComparison.Ordinal);
        Assert.Single(bench.Versions);
    }

    [Fact]
    public async Task Stagings_token_is_not_stored_as_productions()
    {
        await using var bench = await StoreBench.StartAsync();
        var staging = bench.Monitor.Watch("staging");

        var status = await bench.PipeAsync(staging.Token.Value);

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains("It is the same token as \"staging\".", Said(bench), StringComparison.Ordinal);
        Assert.Single(bench.Versions);
    }

    [Fact]
    public async Task Another_system_users_token_is_reported_and_stored()
    {
        await using var bench = await StoreBench.StartAsync();
        var other = new SystemUser { Id = "100099988877766", Name = "Other-Bot", Portfolio = bench.Monitor.World.Portfolio };
        bench.Monitor.World.BusinessAccount.Assign(other, "MANAGE");
        var token = bench.Monitor.Simulation.Graph.World.IssueToken(bench.Monitor.World.App, other);

        var status = await bench.PipeAsync(token.Value);

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("It belongs to \"Other-Bot\" (100099988877766); the previous token belonged to \"SafeCast-Bot\"", Said(bench), StringComparison.Ordinal);
        Assert.Equal(token.Value, bench.Versions[^1].Value);
    }

    [Fact]
    public async Task Whose_the_token_before_was_is_stored_from_the_last_check_though_it_is_invalid()
    {
        await using var bench = await StoreBench.StartAsync();
        await bench.Monitor.CheckAsync();
        bench.Monitor.World.Token.State = SimulatedTokenState.Revoked;

        await bench.PipeAsync();

        Assert.Contains("✓ pass", Line(bench, "It belongs to the same system user as before"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pasted))]
    public async Task What_cannot_be_a_token_is_reported_without_asking_Meta(string text, string seen)
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Delete(SimulatedSetup.TokenSecret);

        var status = await bench.PipeAsync(text.Replace("{0}", bench.Fresh.Value, StringComparison.Ordinal));

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains($"It cannot be a token: {seen}", Said(bench), StringComparison.Ordinal);
        Assert.Contains("1. Copy the whole token again from the page where it was generated, with nothing around it.", Said(bench), StringComparison.Ordinal);
        Assert.Contains("2. Run this command again with the same token.", Said(bench), StringComparison.Ordinal);
        Assert.Matches(@"The other \d+ steps need a usable token\.", Said(bench));
        Assert.DoesNotContain("? unknown", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("previous version", Said(bench), StringComparison.Ordinal);
        Assert.Empty(bench.Monitor.Simulation.Graph.Calls);
        Assert.DoesNotContain(bench.Fresh.Value[..10], Said(bench), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n")]
    [InlineData("\uFEFF")]
    public async Task A_pipe_with_nothing_in_it_is_wrong_use_and_no_broken_token(string text)
    {
        await using var bench = await StoreBench.StartAsync();

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => bench.PipeAsync(text));

        Assert.StartsWith("Standard input is empty.", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Said(bench));
    }

    [Fact]
    public async Task A_pipe_without_an_end_is_not_read_to_it()
    {
        await using var bench = await StoreBench.StartAsync();
        var text = new StringReader("EAA" + new string('x', 30_000_000));

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => new StoreDialog(bench.Console, text).ReadTokenAsync("production", CancellationToken.None));

        Assert.StartsWith("Standard input has more than 10000 characters", refusal.Message, StringComparison.Ordinal);
        Assert.True((await text.ReadToEndAsync()).Length > 29_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Empty_input_is_reported_and_prompted_again(string nothing)
    {
        await using var bench = await StoreBench.StartAsync();

        var status = await bench.TypeAsync(new StoreRequest("production"), nothing, bench.Fresh.Value);

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("Nothing was pasted.", Said(bench), StringComparison.Ordinal);
        Assert.Equal(2, Said(bench).Split("Paste the new token for production").Length - 1);
    }

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task Who_is_refused_is_sent_back_here_and_not_to_a_check_of_the_old_token(string name)
    {
        await using var bench = await StoreBench.StartAsync();
        Wrong[name].Make(bench);

        await bench.PipeAsync();

        var steps = (await InspectAsync(bench)).Blocking.Where(step => step.Outcome is TokenMonitor.Setup.StepOutcome.Failed).ToList();
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Contains(step.Remediation, remediation => remediation.Text.StartsWith("Run this command again with the ", StringComparison.Ordinal)));
        Assert.DoesNotContain("wait for the hourly check", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("\"tokenmonitor store", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("Restart what sends", Said(bench), StringComparison.Ordinal);
        Assert.Contains("The new token was not stored.", Said(bench), StringComparison.Ordinal);
        Assert.Contains("Keep the page at Meta open", Said(bench), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public async Task A_token_that_was_made_for_something_else_must_not_be_pasted_again(string name)
    {
        await using var bench = await StoreBench.StartAsync();
        var token = Others[name](bench);

        await bench.PipeAsync(token);

        var steps = (await InspectAsync(bench, token)).Checkup.Open;
        var texts = steps.SelectMany(step => step.Remediation).Select(remediation => remediation.Text).ToList();
        Assert.All(texts, text => Assert.DoesNotContain("same token", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("Copy the whole token again", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("stop here", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("Store the correct token", text, StringComparison.Ordinal));
        Assert.DoesNotContain("with the same token", Said(bench), StringComparison.Ordinal);
        var app = steps.Single(step => step.Id == "app").Remediation.Select(remediation => remediation.Text).ToList();
        Assert.Contains($"Run this command again with the token that was generated for the app {bench.Monitor.World.App.Id}.", app);
        Assert.Contains("If the token's app is the intended one, correct AppId of \"production\" in the monitor's settings and run this command again.", app);
        if (steps.SingleOrDefault(step => step.Id == "business-account") is { } account)
        {
            Assert.Equal("Run this command again with the correct token.", Assert.Single(account.Remediation).Text);
        }
    }

    [Fact]
    public async Task A_token_that_lost_something_on_its_way_is_copied_again()
    {
        await using var bench = await StoreBench.StartAsync();
        var token = SampleSecrets.Token("never made");

        var valid = (await InspectAsync(bench, token)).Blocking.Single(step => step.Id == "valid");

        Assert.StartsWith("Copy the whole token again from the page where it was generated", valid.Remediation[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_warns_is_named_beside_what_could_not_be_checked()
    {
        await using var bench = await StoreBench.StartAsync();
        TokenTroubles.All["the app secret was reset"].Make(bench.Monitor);

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains("1 failed", Said(bench), StringComparison.Ordinal);
        Assert.Matches("Not stored. Unknown: .*It never expires.* Warning, does not prevent storing: The app ID and secret can inspect it\\.", Said(bench));
    }

    [Fact]
    public void The_refusal_of_a_secret_on_the_command_line_is_true_of_any_secret_and_revokes_nothing()
    {
        Assert.DoesNotContain("revoke", SecretArguments.Refusal, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("docs/runbook.md#rotating-a-token-without-a-gap", SecretArguments.Refusal, StringComparison.Ordinal);
        Assert.Contains("If it is a secret, treat it as leaked.", SecretArguments.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_token_as_in_place_is_not_written_again()
    {
        await using var bench = await StoreBench.StartAsync();

        var status = await bench.PipeAsync(bench.Monitor.World.Token.Value);

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("Already stored.", Said(bench), StringComparison.Ordinal);
        Assert.Single(bench.Versions);
    }

    [Fact]
    public async Task A_dry_run_stops_before_writing()
    {
        await using var bench = await StoreBench.StartAsync();

        var status = await bench.PipeAsync(dryRun: true);

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("Not stored: --dry-run.", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Vault.Calls, call => call.Operation is VaultOperation.SetSecret);
    }

    [Fact]
    public async Task A_dry_run_names_the_same_blocking_steps_as_a_refusal()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Fresh.Lose(Scope.Messaging);

        var status = await bench.PipeAsync(dryRun: true);

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains(
            "Not stored: --dry-run. Without --dry-run, it would not be stored either. Failed: It has the scope whatsapp_business_messaging, for this account.", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_of_what_is_no_token_names_the_one_step_that_the_list_shows()
    {
        await using var bench = await StoreBench.StartAsync();

        await bench.PipeAsync("Tr0ub4dor-and-3", dryRun: true);

        Assert.Contains("Without --dry-run, it would not be stored either. Failed: The value is one complete token and nothing else.", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_token_of_an_empty_vault_is_stored_and_there_is_no_old_one()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Settings["TokenMonitor:Tokens:production:SecretName"] = "brand-new";

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Equal(bench.Fresh.Value, Assert.Single(bench.Vault.Versions("brand-new")).Value);
        Assert.DoesNotContain("old token", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_whose_steps_cannot_be_checked_is_not_stored_either()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Simulation.Graph.Script(GraphFault.Unavailable());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains("? unknown", Said(bench), StringComparison.Ordinal);
        Assert.Contains("Not stored. Unknown: The token is valid; ", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing failed", Said(bench), StringComparison.Ordinal);
        Assert.Single(bench.Versions);
    }

    [Fact]
    public async Task Who_knows_what_they_do_can_store_it_all_the_same_by_typing_its_name()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Simulation.Graph.Script(GraphFault.Unavailable());

        var status = await bench.TypeAsync(new StoreRequest("production", Force: true), bench.Fresh.Value, "production");

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Equal(bench.Fresh.Value, bench.Versions[^1].Value);
        Assert.Contains("all steps pass except the open ones above", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_word_than_its_name_does_not_force_it()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Fresh.Lose(Scope.Messaging);

        var status = await bench.TypeAsync(new StoreRequest("production", Force: true), bench.Fresh.Value, "yes");

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Single(bench.Versions);
    }

    [Theory]
    [InlineData(null, ExitStatus.NotStored, 1)]
    [InlineData("staging", ExitStatus.NotStored, 1)]
    [InlineData("production", ExitStatus.BrokenOrAtRisk, 2)]
    public async Task Without_a_prompt_the_name_is_required(string? confirm, int expected, int versions)
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Fresh.Lose(Scope.Messaging);

        var status = await bench.PipeAsync(force: true, confirm: confirm);

        Assert.Equal(expected, status);
        Assert.Equal(versions, bench.Versions.Count);
        Assert.Equal(versions == 1, Said(bench).Contains("--confirm production", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_role_is_reported_and_once_it_is_given_the_token_is_still_there()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Role = VaultRole.SecretsUser;
        var writes = 0;
        bench.Vault.Script(call => call.Operation is VaultOperation.SetSecret && ++writes == 2 && IsGiven(), Fault.Delay(TimeSpan.Zero));

        // The user assigns the role and presses Enter.
        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value, "");

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("Assign yourself the role Key Vault Secrets Officer", Said(bench), StringComparison.Ordinal);
        Assert.Equal(bench.Fresh.Value, bench.Versions[^1].Value);
        Assert.Contains("The token is still in memory.", Said(bench), StringComparison.Ordinal);

        bool IsGiven()
        {
            bench.Vault.Role = VaultRole.SecretsOfficer;
            return true;
        }
    }

    [Fact]
    public async Task A_cancelled_command_has_stored_nothing()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Role = VaultRole.SecretsUser;

        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value, "q");

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Single(bench.Versions);
    }

    [Fact]
    public async Task Redirected_input_is_not_prompted_again()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(call => call.Operation is VaultOperation.SetSecret, VaultFault.Unavailable());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Contains("it answered 503", Said(bench), StringComparison.Ordinal);
        Assert.Contains("The vault is unchanged.", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_secret_is_reported_with_how_to_recover_it()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Delete(SimulatedSetup.TokenSecret);

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Contains("select Secrets > Manage deleted secrets", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_resolved_by_reading_the_secret()
    {
        await using var bench = await StoreBench.StartAsync();

        // Written directly, as if the vault had written it and its answer was lost.
        bench.Vault.Script(call => call.Operation is VaultOperation.SetSecret && Written(bench), VaultFault.Unavailable());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("all steps pass.", Said(bench), StringComparison.Ordinal);

        static bool Written(StoreBench bench)
        {
            bench.Vault.Set(SimulatedSetup.TokenSecret, bench.Fresh.Value);
            return true;
        }
    }

    [Fact]
    public async Task A_vault_that_neither_answers_nor_is_readable_leaves_open_whether_it_is_stored()
    {
        await using var bench = await StoreBench.StartAsync();
        var broken = false;
        bench.Vault.Script(call => broken || (broken = call.Operation is VaultOperation.SetSecret), VaultFault.Unavailable());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Contains("it is unknown whether the token was stored", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_token_that_is_stored_at_the_same_time_is_detected()
    {
        await using var bench = await StoreBench.StartAsync();
        var other = SampleSecrets.Token("somebody else's");
        bench.Vault.Script(call => call is { Operation: VaultOperation.GetSecret, Version: not null } && SetOther(), Fault.Delay(TimeSpan.Zero), times: 1);

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Contains("Stored, but not verified.", Said(bench), StringComparison.Ordinal);
        Assert.Contains($"contains another token (fingerprint {new Secret(other).Fingerprint})", Said(bench), StringComparison.Ordinal);

        bool SetOther()
        {
            bench.Vault.Set(SimulatedSetup.TokenSecret, other);
            return true;
        }
    }

    [Fact]
    public async Task What_cannot_be_read_back_is_not_called_stored_and_proven()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(call => call is { Operation: VaultOperation.GetSecret, Version: not null }, VaultFault.Unavailable());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.NotStored, status);
        Assert.Contains("could not be read back", Said(bench), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SimulatedSetup.TokenSecret)]
    [InlineData(SimulatedSetup.AppSecret)]
    public async Task A_vault_that_cannot_be_read_is_reported_before_the_prompt(string secret)
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(call => call.Name == secret, VaultFault.Unavailable());

        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value);

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains($"Not started. The secret {secret} cannot be read.", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("Paste the new token", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_refuses_is_reported_with_the_role_and_the_identity()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Role = VaultRole.None;

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains("rejects the identity of the monitor", Said(bench), StringComparison.Ordinal);
        Assert.Contains("Storing needs the role Key Vault Secrets Officer", Said(bench), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"az login\"", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_behind_a_firewall_is_reported_without_a_hint_about_roles()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(VaultFault.ForbiddenByFirewall());

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Unknown, status);
        Assert.Contains("Its firewall blocks the network address of the monitor. Allow the address under Networking", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("role", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("az login", Said(bench), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_could_not_be_checked_is_still_there_once_it_can_be()
    {
        await using var bench = await StoreBench.StartAsync();

        // Graph is back when the vault is read for the second inspection: the first read is before the prompt.
        bench.Monitor.Simulation.Graph.Script(
            _ => bench.Vault.Calls.Count(call => call is { Operation: VaultOperation.GetSecret, HasToken: true, Name: SimulatedSetup.TokenSecret }) < 3, GraphFault.Unavailable());

        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value, "");

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("Not stored yet.", Said(bench), StringComparison.Ordinal);
        Assert.Equal(bench.Fresh.Value, bench.Versions[^1].Value);
    }

    [Fact]
    public async Task What_breaks_between_the_prompt_and_the_vault_is_reported_and_is_the_exit_status()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(call => call.Operation is VaultOperation.SetSecret && Revoked(), Fault.Delay(TimeSpan.Zero));

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.BrokenOrAtRisk, status);
        Assert.Contains("Failed after storing:", Said(bench), StringComparison.Ordinal);
        Assert.DoesNotContain("all steps pass", Said(bench), StringComparison.Ordinal);

        bool Revoked()
        {
            bench.Fresh.State = SimulatedTokenState.Revoked;
            return true;
        }
    }

    [Fact]
    public async Task A_token_that_was_stored_since_the_inspection_is_not_overwritten()
    {
        await using var bench = await StoreBench.StartAsync();
        var storing = bench.Monitor.Services.GetRequiredService<TokenMonitor.Setup.ITokenRotation>();
        var newToken = await storing.InspectAsync("production", new Secret(bench.Fresh.Value), CancellationToken.None);
        var other = SampleSecrets.Token("somebody else's");
        bench.Vault.Set(SimulatedSetup.TokenSecret, other);

        var outcome = Assert.IsType<TokenMonitor.Setup.StoreOutcome.NotStored>(await storing.StoreAsync(newToken, CancellationToken.None));

        Assert.Equal(
            $"Another token (fingerprint {new Secret(other).Fingerprint}) was stored in the meantime. Run the command again if yours should replace it.", outcome.Reason);
        Assert.Equal(other, bench.Versions[^1].Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_secret_that_is_recovered_as_advised_is_not_a_new_token(bool deleted)
    {
        await using var bench = await StoreBench.StartAsync();
        var old = SampleSecrets.Token("of last year");
        bench.Vault.Set(SimulatedSetup.TokenSecret, old, version => version with { CreatedAt = DateTimeOffset.UtcNow.AddDays(-300) });
        if (deleted)
        {
            bench.Vault.Delete(SimulatedSetup.TokenSecret);
        }
        else
        {
            bench.Vault.Disable(SimulatedSetup.TokenSecret);
            bench.Vault.Role = VaultRole.SecretsUser;
        }

        // The user recovers the secret and presses Enter.
        bench.Vault.Script(
            call => call.Operation is VaultOperation.GetSecret && bench.Vault.Calls.Any(before => before is { Operation: VaultOperation.SetSecret, HasToken: true }) && BroughtBack(),
            Fault.Delay(TimeSpan.Zero));

        var status = await bench.TypeAsync(new StoreRequest("production"), bench.Fresh.Value, "");

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("The token is still in memory.", Said(bench), StringComparison.Ordinal);
        Assert.Equal(bench.Fresh.Value, bench.Versions[^1].Value);
        Assert.DoesNotContain("Another token (fingerprint", Said(bench), StringComparison.Ordinal);
        Assert.Contains($"fingerprint of the old token: {new Secret(old).Fingerprint})", Said(bench), StringComparison.Ordinal);

        bool BroughtBack()
        {
            bench.Vault.Recover(SimulatedSetup.TokenSecret);
            bench.Vault.Enable(SimulatedSetup.TokenSecret);
            bench.Vault.Role = VaultRole.SecretsOfficer;
            return true;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-40)]
    [InlineData(40)]
    public async Task A_token_that_was_stored_where_none_was_is_not_overwritten_with_any_clock_skew(int vaultAheadByMinutes)
    {
        await using var bench = await StoreBench.StartAsync();
        var ahead = TimeSpan.FromMinutes(vaultAheadByMinutes);
        bench.Vault.ClockSkew = ahead;
        bench.Vault.Delete(SimulatedSetup.TokenSecret);
        var storing = bench.Monitor.Services.GetRequiredService<TokenMonitor.Setup.ITokenRotation>();
        var newToken = await storing.InspectAsync("production", new Secret(bench.Fresh.Value), CancellationToken.None);
        bench.Vault.Set(SimulatedSetup.TokenSecret, SampleSecrets.Token("somebody else's"), version => version with { CreatedAt = DateTimeOffset.UtcNow + ahead });

        var outcome = Assert.IsType<TokenMonitor.Setup.StoreOutcome.NotStored>(await storing.StoreAsync(newToken, CancellationToken.None));

        Assert.True(outcome.IsOvertaken);
        Assert.Single(bench.Versions);
    }

    [Theory]
    [InlineData(VaultOperation.GetSecret, "Cancelled. Nothing was stored.")]
    [InlineData(VaultOperation.SetSecret, "Cancelled. It is unknown whether the token was stored: run \"tokenmonitor doctor\".")]
    public async Task Cancelling_states_whether_anything_was_stored(VaultOperation at, string said)
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Vault.Script(call => call.Operation == at && Stopped(), Fault.Delay(TimeSpan.FromSeconds(5)));

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Stopped, status);
        Assert.Contains(said, Said(bench), StringComparison.Ordinal);

        bool Stopped()
        {
            bench.Stop.Cancel();
            return true;
        }
    }

    [Fact]
    public async Task Without_a_vault_the_command_ends_before_the_prompt()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Arrange = services => services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(".env", new Dictionary<string, string>()));

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => bench.PipeAsync());

        Assert.Contains("Set TokenMonitor__VaultUri", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_vault_a_dry_run_checks_a_fresh_token()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Arrange = services => services.AddSingleton<ISecretStore>(new EnvironmentSecretStore(
            ".env", new Dictionary<string, string> { ["WHATSAPP_APP_SECRET"] = bench.Monitor.World.App.Secret }));

        Assert.Equal(ExitStatus.Healthy, await bench.PipeAsync(dryRun: true));
    }

    [Fact]
    public async Task A_token_given_for_its_name_is_not_repeated()
    {
        await using var bench = await StoreBench.StartAsync();

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => bench.PipeAsync(name: bench.Fresh.Value));

        Assert.Equal("--token must be the configured name of a token: production.", refusal.Message);
    }

    [Fact]
    public async Task Of_several_tokens_one_has_to_be_named()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Watch("staging");

        var refusal = await Assert.ThrowsAsync<UnusableArgumentException>(() => bench.PipeAsync(name: null));

        Assert.Contains("--token: production, staging.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_token_need_not_be_named()
    {
        await using var bench = await StoreBench.StartAsync();

        Assert.Equal(ExitStatus.Healthy, await bench.PipeAsync(name: null));
    }

    [Fact]
    public async Task After_it_was_stored_the_next_check_verifies_the_new_token_and_says_so_once()
    {
        await using var bench = await StoreBench.StartAsync();
        await bench.Monitor.CheckAsync();

        await bench.PipeAsync();
        Assert.Empty(bench.Monitor.Simulation.SendGrid.Mails);
        var first = await bench.Monitor.CheckAsync();
        var second = await bench.Monitor.CheckAsync();

        Assert.Equal([NotificationReason.NewTokenVerified], first.Tokens[0].IncidentResult!.Reasons);
        Assert.Equal([NotificationReason.NothingToReport], second.Tokens[0].IncidentResult!.Reasons);
        Assert.Single(bench.Monitor.Simulation.SendGrid.Mails);
        Assert.Single(bench.Monitor.Simulation.Teams.Messages);
    }

    [Fact]
    public async Task A_secret_that_two_names_read_gets_the_token_for_both_and_that_is_stated()
    {
        await using var bench = await StoreBench.StartAsync();
        bench.Monitor.Settings["TokenMonitor:Tokens:sales:SecretName"] = SimulatedSetup.TokenSecret;
        bench.Monitor.Settings["TokenMonitor:Tokens:production:Ignore:0"] = "token-shared";

        var status = await bench.PipeAsync();

        Assert.Equal(ExitStatus.Healthy, status);
        Assert.Contains("The same secret is used for \"sales\"", Said(bench), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--token=EAAabcdefghijklmnopqrstuvwxyz")]
    [InlineData("EAAabcdefghijklmnopqrstuvwxyz")]
    [InlineData("123456789012345|abcdefghijkl")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("SG.abcdefghijklmnop.abcdefghijklmnopqrst")]
    public void A_secret_on_the_command_line_is_noticed(string argument) => Assert.True(SecretArguments.Contain(["store", argument]));

    [Fact]
    public void A_usual_command_line_holds_no_secret() =>
        Assert.False(SecretArguments.Contain(["store", "--token", "production", "--env-file", "/home/ada/whatsapp/.env.staging", "--force", "--confirm", "production"]));

    private static string Said(StoreBench bench) => bench.Console.Output;

    private static string Line(StoreBench bench, string title) => bench.Console.Output.Split('\n').First(line => line.Contains(title, StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> InTheWayAsync(StoreBench bench) =>
        (await InspectAsync(bench)).Blocking.Select(step => step.Id);

    private static Task<TokenMonitor.Setup.NewToken> InspectAsync(StoreBench bench, string? token = null) =>
        bench.Monitor.Services.GetRequiredService<TokenMonitor.Setup.ITokenRotation>()
            .InspectAsync("production", new Secret(token ?? bench.Fresh.Value), CancellationToken.None);
}
