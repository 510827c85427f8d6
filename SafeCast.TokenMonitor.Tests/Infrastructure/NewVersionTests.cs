namespace SafeCast.TokenMonitor.Tests.Infrastructure;

/// <summary>Tests the Event Grid subscription that sends events about new secret versions to the queue of the monitor.</summary>
public sealed class NewVersionTests
{
    [Theory]
    [InlineData("smallest", "whatsapp-system-user-token", "teams-webhook-url")]
    [InlineData("existing-vault", "whatsapp-system-user-token", "sendgrid-api-key")]
    public void Only_new_versions_of_the_monitors_secrets_send_an_event(string variant, params string[] secrets)
    {
        var filter = Subscription(variant).Properties["filter"]!;

        Assert.Equal("Microsoft.KeyVault.SecretNewVersionCreated", Assert.Single(filter["includedEventTypes"]!.AsArray())!.GetValue<string>());
        var names = Assert.Single(filter["advancedFilters"]!.AsArray())!;
        Assert.Equal(("StringIn", "data.ObjectName"), (names["operatorType"]!.GetValue<string>(), names["key"]!.GetValue<string>()));
        Assert.Equal(secrets, names["values"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Theory]
    [InlineData("smallest")]
    [InlineData("existing-vault")]
    [InlineData("private")]
    [InlineData("private-existing-vault")]
    public void Events_are_sent_to_the_queue_of_the_app_with_the_identity_of_the_topic(string variant)
    {
        var deployment = Deployment.Of(variant);
        var delivery = Subscription(variant).Properties["deliveryWithResourceIdentity"]!;
        var queue = deployment.The("Microsoft.Storage/storageAccounts/queueServices/queues");

        Assert.Equal("SystemAssigned", delivery["identity"]!["type"]!.GetValue<string>());
        Assert.Equal(deployment.The("Microsoft.Storage/storageAccounts").Id, delivery["destination"]!["properties"]!["resourceId"]!.GetValue<string>());
        Assert.Equal(queue.Name.Split('/')[^1], delivery["destination"]!["properties"]!["queueName"]!.GetValue<string>());
        Assert.Equal(queue.Name.Split('/')[^1], deployment.AppSettings()["TOKEN_MONITOR_ROTATION_QUEUE"]);
        // With a firewall, Event Grid can send only through this exception and with the identity of the topic.
        Assert.Equal("AzureServices", deployment.The("Microsoft.Storage/storageAccounts")["networkAcls.bypass"]);
    }

    [Fact]
    public void An_event_that_is_not_delivered_within_an_hour_is_dropped()
    {
        var subscription = Subscription("smallest");

        Assert.Equal("60", subscription["retryPolicy.eventTimeToLiveInMinutes"]);
        Assert.Equal("3600", subscription["deliveryWithResourceIdentity.destination.properties.queueMessageTimeToLiveInSeconds"]);
    }

    [Fact]
    public void The_topic_is_in_the_resource_group_of_the_vault()
    {
        var ofNewVault = Deployment.Of("smallest").The("Microsoft.EventGrid/systemTopics");
        Assert.Equal(Deployment.Of("smallest").The("Microsoft.KeyVault/vaults").Id, ofNewVault["source"]);
        Assert.Equal("SystemAssigned", ofNewVault.Node["identity"]!["type"]!.GetValue<string>());

        var ofExisting = Deployment.Of("existing-vault").The("Microsoft.EventGrid/systemTopics");
        Assert.StartsWith($"/subscriptions/{Deployment.Subscription}/resourceGroups/rg-secrets/", ofExisting.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_topic_of_the_vault_is_used()
    {
        Assert.Empty(Deployment.Of("private-existing-vault").All("Microsoft.EventGrid/systemTopics"));
        Assert.StartsWith(
            "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-secrets/providers/Microsoft.EventGrid/systemTopics/evgt-contoso-vault/eventSubscriptions/",
            Subscription("private-existing-vault").Id,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_checkOnNewVersion_there_is_no_queue_and_its_function_is_disabled()
    {
        var deployment = Deployment.Of("everything");

        Assert.DoesNotContain(deployment.Resources, resource => resource.Type.StartsWith("Microsoft.EventGrid/", StringComparison.Ordinal) || resource.Type.Contains("queue", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("None", deployment.The("Microsoft.Storage/storageAccounts")["networkAcls.bypass"]);
        Assert.Equal("true", deployment.AppSettings()["AzureWebJobs_NewVersionCheck_Disabled"]);
        Assert.DoesNotContain("TOKEN_MONITOR_ROTATION_QUEUE", deployment.AppSettings().Keys);
    }

    private static Resource Subscription(string variant) => Deployment.Of(variant).The("Microsoft.EventGrid/systemTopics/eventSubscriptions");
}
