namespace SafeCast.TokenMonitor.Tests.Infrastructure;

public sealed class AppTests
{
    // Newer regions reject these settings with error 51021; older regions ignore them.
    private static readonly string[] RejectedByFlex =
    [
        "alwaysOn", "ftpsState", "functionAppScaleLimit", "functionsRuntimeScaleMonitoringEnabled", "linuxFxVersion", "minimumElasticInstanceCount",
        "netFrameworkVersion", "preWarmedInstanceCount", "use32BitWorkerProcess", "vnetRouteAllEnabled", "windowsFxVersion",
    ];

    public static TheoryData<string> Variants => new(Deployment.Variants);

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_app_has_a_size_that_every_region_accepts_unless_another_is_set(string variant)
    {
        var deployment = Deployment.Of(variant);
        var site = deployment.The("Microsoft.Web/sites");

        Assert.Equal("FC1", deployment.The("Microsoft.Web/serverfarms").Node["sku"]!["name"]!.GetValue<string>());
        Assert.Equal("functionapp,linux", site.Node["kind"]!.GetValue<string>());
        Assert.Equal(("dotnet-isolated", "10.0"), (site["functionAppConfig.runtime.name"], site["functionAppConfig.runtime.version"]));
        Assert.Equal(variant == "everything" ? "512" : "2048", site["functionAppConfig.scaleAndConcurrency.instanceMemoryMB"]);
        Assert.Equal(variant == "everything" ? "60" : "40", site["functionAppConfig.scaleAndConcurrency.maximumInstanceCount"]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Flex_Consumption_accepts_every_site_setting(string variant) =>
        Assert.Empty(Deployment.Of(variant).The("Microsoft.Web/sites").Properties["siteConfig"]!.AsObject().Select(setting => setting.Key).Intersect(RejectedByFlex));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Code_and_state_are_stored_in_containers_that_the_deployment_creates(string variant)
    {
        var deployment = Deployment.Of(variant);
        var account = deployment.The("Microsoft.Storage/storageAccounts").Name;

        var containers = deployment.All("Microsoft.Storage/storageAccounts/blobServices/containers").Select(container => $"https://{account}.blob.core.windows.net/{container.Name.Split('/')[^1]}");

        Assert.Equal(
            [deployment.The("Microsoft.Web/sites")["functionAppConfig.deployment.storage.value"], deployment.AppSettings()["TokenMonitor__StateContainerUri"]],
            containers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Logs_have_the_configured_retention_and_daily_cap()
    {
        Assert.Equal(("90", "1"), Workspace("smallest"));
        Assert.Equal(("180", "2"), Workspace("everything"));

        static (string? Days, string? Cap) Workspace(string variant) =>
            (Deployment.Of(variant).The("Microsoft.OperationalInsights/workspaces")["retentionInDays"], Deployment.Of(variant).The("Microsoft.OperationalInsights/workspaces")["workspaceCapping.dailyQuotaGb"]);
    }

    [Fact]
    public void Every_resource_that_supports_tags_has_them()
    {
        string[] withoutTags =
        [
            "Microsoft.Authorization/roleAssignments", "Microsoft.Insights/diagnosticSettings", "Microsoft.Storage/storageAccounts/blobServices",
            "Microsoft.Storage/storageAccounts/blobServices/containers", "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "Microsoft.Web/sites/config",
        ];
        var tagged = Deployment.Of("everything").Resources.Where(resource => !withoutTags.Contains(resource.Type));

        Assert.All(tagged, resource => Assert.Equal("messaging", resource.Node["tags"]!["cost-center"]!.GetValue<string>()));
    }

    [Fact]
    public void The_app_has_the_service_name_that_azd_looks_for()
    {
        var service = Support.Repository.Read("azure.yaml").Split('\n').SkipWhile(line => line != "services:").Skip(1).First().Trim(' ', ':');

        Assert.Equal(service, Deployment.Of("smallest").The("Microsoft.Web/sites").Node["tags"]!["azd-service-name"]!.GetValue<string>());
    }
}
