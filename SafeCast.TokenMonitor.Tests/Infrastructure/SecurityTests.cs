using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Tests role assignments, network access and the other security settings of a deployment.</summary>
public sealed class SecurityTests
{
    private const string SecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string SecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string QueueSender = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
    private const string MetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string LogReader = "73c42c96-874c-492b-b04d-ab87d138a893";

    public static TheoryData<string> Variants => new(Deployment.Variants);

    public static TheoryData<string> VariantsWithNewVault => new(Deployment.Variants.Where(variant => !variant.Contains("existing", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_monitor_has_only_the_roles_for_secrets_blobs_telemetry_and_its_queue(string variant)
    {
        var deployment = Deployment.Of(variant);
        var group = $"/subscriptions/{Deployment.Subscription}/resourceGroups/{Deployment.ResourceGroup}/providers";

        var roles = deployment.All("Microsoft.Authorization/roleAssignments")
            .Where(assignment => assignment["principalId"] == ArmExpression.PrincipalId)
            .ToDictionary(Role, Scope);

        string[] expected = variant is "everything" or "private-timer" ? [SecretsUser, BlobDataOwner, MetricsPublisher] : [SecretsUser, BlobDataOwner, MetricsPublisher, QueueDataContributor];
        Assert.Equal(expected.Order(StringComparer.Ordinal), roles.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(deployment.The("Microsoft.Storage/storageAccounts").Id, roles[BlobDataOwner]);
        Assert.Equal(roles[BlobDataOwner], roles.GetValueOrDefault(QueueDataContributor, roles[BlobDataOwner]));
        Assert.Equal($"{group}/Microsoft.Insights/components/{deployment.The("Microsoft.Insights/components").Name}", roles[MetricsPublisher]);
        Assert.Equal(
            variant switch
            {
                "existing-vault" => $"/subscriptions/{Deployment.Subscription}/resourceGroups/rg-secrets/providers/Microsoft.KeyVault/vaults/kv-contoso-whatsapp",
                "private-existing-vault" => "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-secrets/providers/Microsoft.KeyVault/vaults/kv-contoso-whatsapp",
                _ => $"{group}/Microsoft.KeyVault/vaults/{deployment.The("Microsoft.KeyVault/vaults").Name}",
            },
            roles[SecretsUser]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_alarms_have_their_own_identity_which_can_only_read_the_log(string variant)
    {
        var deployment = Deployment.Of(variant);
        var identity = Assert.Single(deployment.All("Microsoft.ManagedIdentity/userAssignedIdentities"), resource => resource.Name.StartsWith("id-alarms-", StringComparison.Ordinal));
        var role = Assert.Single(deployment.All("Microsoft.Authorization/roleAssignments"), assignment => assignment["principalId"] == ArmExpression.AlarmsPrincipalId);

        Assert.Equal((LogReader, deployment.The("Microsoft.OperationalInsights/workspaces").Id), (Role(role), Scope(role)));
        Assert.All(
            deployment.All("Microsoft.Insights/scheduledQueryRules"),
            alert => Assert.Equal(identity.Id, Assert.Single(alert.Node["identity"]!["userAssignedIdentities"]!.AsObject()).Key));
        // The app must not be able to read the log.
        Assert.NotEqual(identity.Id, Assert.Single(deployment.The("Microsoft.Web/sites").Node["identity"]!["userAssignedIdentities"]!.AsObject()).Key);
    }

    [Fact]
    public void No_other_identity_gets_a_role_unless_it_is_a_parameter()
    {
        string[] own = [ArmExpression.PrincipalId, ArmExpression.AlarmsPrincipalId];
        var topic = Assert.Single(Deployment.Of("smallest").All("Microsoft.Authorization/roleAssignments"), assignment => !own.Contains(assignment["principalId"]));
        Assert.Equal((QueueSender, ArmExpression.TopicPrincipalId), (Role(topic), topic["principalId"]));
        Assert.EndsWith("/queueServices/default/queues/token-monitor-rotations", Scope(topic), StringComparison.Ordinal);

        var others = Deployment.Of("everything").All("Microsoft.Authorization/roleAssignments").Where(assignment => !own.Contains(assignment["principalId"]));
        var officer = Assert.Single(others);
        Assert.Equal((SecretsOfficer, "33333333-3333-3333-3333-333333333333", "Group"), (Role(officer), officer["principalId"], officer["principalType"]));
        Assert.EndsWith("Microsoft.KeyVault/vaults/kv-contoso-tokens", Scope(officer), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(VariantsWithNewVault))]
    public void The_vault_follows_the_baseline(string variant)
    {
        var deployment = Deployment.Of(variant);
        var vault = deployment.The("Microsoft.KeyVault/vaults");

        Assert.Equal("true", vault["enableRbacAuthorization"]);
        Assert.Equal("true", vault["enableSoftDelete"]);
        Assert.Equal("90", vault["softDeleteRetentionInDays"]);
        Assert.Equal(variant == "private" ? null : "true", vault["enablePurgeProtection"]);
        Assert.Equal("standard", vault["sku.name"]);
        Assert.Equal("false", vault["enabledForDeployment"]);
        Assert.Equal("false", vault["enabledForDiskEncryption"]);
        Assert.Equal("false", vault["enabledForTemplateDeployment"]);
        Assert.Equal("None", vault["networkAcls.bypass"]);

        var log = deployment.The("Microsoft.Insights/diagnosticSettings");
        Assert.StartsWith(vault.Id + "/", log.Id, StringComparison.Ordinal);
        Assert.Equal(deployment.The("Microsoft.OperationalInsights/workspaces").Id, log["workspaceId"]);
        Assert.Equal("audit", log.Properties["logs"]![0]!["categoryGroup"]!.GetValue<string>());
    }

    [Fact]
    public void The_settings_of_an_existing_vault_are_not_changed()
    {
        Assert.Empty(Deployment.Of("existing-vault").All("Microsoft.KeyVault/vaults"));
        Assert.Empty(Deployment.Of("existing-vault").All("Microsoft.Insights/diagnosticSettings"));
        Assert.Equal("kv-contoso-whatsapp", Deployment.Of("existing-vault").Outputs["AZURE_KEY_VAULT_NAME"]!.GetValue<string>());

        var log = Deployment.Of("private-existing-vault").The("Microsoft.Insights/diagnosticSettings");
        Assert.Contains("/rg-secrets/providers/Microsoft.KeyVault/vaults/kv-contoso-whatsapp/", log.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_monitors_on_one_vault_have_diagnostic_settings_with_different_names() =>
        Assert.NotEqual(
            Deployment.Of("everything").The("Microsoft.Insights/diagnosticSettings").Name.Split('/')[^1],
            Deployment.Of("private-existing-vault").The("Microsoft.Insights/diagnosticSettings").Name.Split('/')[^1]);

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_storage_account_accepts_only_identities(string variant)
    {
        var storage = Deployment.Of(variant).The("Microsoft.Storage/storageAccounts");

        Assert.Equal("false", storage["allowSharedKeyAccess"]);
        Assert.Equal("false", storage["allowBlobPublicAccess"]);
        Assert.Equal("false", storage["allowCrossTenantReplication"]);
        Assert.Equal("true", storage["supportsHttpsTrafficOnly"]);
        Assert.Equal("TLS1_2", storage["minimumTlsVersion"]);
        Assert.All(
            Deployment.Of(variant).All("Microsoft.Storage/storageAccounts/blobServices/containers"),
            container => Assert.Equal("None", container["publicAccess"]));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_app_accepts_only_authenticated_HTTPS_deployments(string variant)
    {
        var deployment = Deployment.Of(variant);
        var site = deployment.The("Microsoft.Web/sites");

        Assert.Equal("true", site["httpsOnly"]);
        Assert.Equal("1.2", site["siteConfig.minTlsVersion"]);
        Assert.Equal("1.2", site["siteConfig.scmMinTlsVersion"]);
        Assert.Equal("UserAssignedIdentity", site["functionAppConfig.deployment.storage.authentication.type"]);
        Assert.Equal("UserAssigned", site.Node["identity"]!["type"]!.GetValue<string>());
        Assert.Equal(
            [$"{site.Name}/ftp", $"{site.Name}/scm"],
            deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Where(policy => policy["allow"] == "false").Select(policy => policy.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Telemetry_is_accepted_only_from_identities(string variant)
    {
        Assert.Equal("true", Deployment.Of(variant).The("Microsoft.Insights/components")["DisableLocalAuth"]);
        Assert.Equal("true", Deployment.Of(variant).The("Microsoft.OperationalInsights/workspaces")["features.disableLocalAuth"]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void No_output_contains_a_secret(string variant)
    {
        var outputs = Deployment.Of(variant).Outputs;

        Assert.Equal(
            ["AZURE_FUNCTION_APP_NAME", "AZURE_KEY_VAULT_ENDPOINT", "AZURE_KEY_VAULT_NAME", "TOKEN_MONITOR_OUTBOUND_ADDRESS", "TOKEN_MONITOR_SECRETS"],
            outputs.Select(output => output.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("InstrumentationKey", outputs.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_never_a_parameter()
    {
        var template = JsonNode.Parse(Support.Repository.Read("infra/azuredeploy.json"))!;
        var parameters = template["parameters"]!.AsObject().Select(parameter => parameter.Key);

        Assert.DoesNotContain(parameters, name => name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("apiKey", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            ["appId", "appSecretName", "businessAccountId", "businessPortfolioId", "expiry", "ignore", "name", "phoneNumberId", "requiredScopes", "secretName"],
            template["definitions"]!.AsObject().Single(one => one.Key.EndsWith("monitoredToken", StringComparison.Ordinal)).Value!["properties"]!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    private static string Role(Resource assignment) => assignment["roleDefinitionId"]!.Split('/')[^1];

    // The id of an assignment whose name contains a principal of the deployment stays an expression: [extensionResourceId('SCOPE', ...)].
    private static string Scope(Resource assignment) => assignment.Id.StartsWith('[')
        ? assignment.Id.Split('\'')[1]
        : assignment.Id.Split("/providers/Microsoft.Authorization/")[0];
}
