namespace SafeCast.TokenMonitor.Tests.Infrastructure;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("private")]
    [InlineData("private-existing-vault")]
    public void With_private_networking_vault_and_storage_have_private_endpoints_and_DNS_zones(string variant)
    {
        var deployment = Deployment.Of(variant);
        var vault = variant == "private"
            ? deployment.The("Microsoft.KeyVault/vaults").Id
            : "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-secrets/providers/Microsoft.KeyVault/vaults/kv-contoso-whatsapp";

        var targets = deployment.All("Microsoft.Network/privateEndpoints").ToDictionary(
            endpoint => endpoint.Properties["privateLinkServiceConnections"]![0]!["properties"]!["groupIds"]![0]!.GetValue<string>(),
            endpoint => endpoint.Properties["privateLinkServiceConnections"]![0]!["properties"]!["privateLinkServiceId"]!.GetValue<string>());

        Assert.Equal(vault, targets["vault"]);
        Assert.Equal(deployment.The("Microsoft.Storage/storageAccounts").Id, targets["blob"]);
        Assert.Equal(deployment.The("Microsoft.Storage/storageAccounts").Id, targets["queue"]);
        Assert.Equal(3, targets.Count);
        Assert.Equal(
            ["privatelink.blob.core.windows.net", "privatelink.queue.core.windows.net", "privatelink.vaultcore.azure.net"],
            deployment.All("Microsoft.Network/privateDnsZones").Select(zone => zone.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, deployment.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count());
        Assert.Equal(3, deployment.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count());
    }

    [Theory]
    [InlineData("Microsoft.KeyVault/vaults")]
    [InlineData("Microsoft.Storage/storageAccounts")]
    public void With_private_networking_public_access_is_off(string type)
    {
        var closed = Deployment.Of("private-timer").The(type);

        Assert.Equal(("Disabled", "Deny", "None"), (closed["publicNetworkAccess"], closed["networkAcls.defaultAction"], closed["networkAcls.bypass"]));
    }

    [Theory]
    [InlineData("private")]
    [InlineData("private-existing-vault")]
    public void With_a_queue_the_storage_firewall_allows_only_trusted_Azure_services(string variant)
    {
        var storage = Deployment.Of(variant).The("Microsoft.Storage/storageAccounts");

        Assert.Equal(("Enabled", "Deny", "AzureServices"), (storage["publicNetworkAccess"], storage["networkAcls.defaultAction"], storage["networkAcls.bypass"]));
        Assert.Equal(["bypass", "defaultAction"], storage.Properties["networkAcls"]!.AsObject().Select(rule => rule.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_vault_has_no_public_access_even_if_the_storage_firewall_allows_Event_Grid() =>
        Assert.Equal("Disabled", Deployment.Of("private").The("Microsoft.KeyVault/vaults")["publicNetworkAccess"]);

    [Fact]
    public void The_app_has_its_own_subnet_with_outbound_access()
    {
        var deployment = Deployment.Of("private");
        var network = deployment.The("Microsoft.Network/virtualNetworks");
        var subnet = network.Properties["subnets"]![0]!;

        Assert.Equal($"{network.Id}/subnets/app", deployment.The("Microsoft.Web/sites")["virtualNetworkSubnetId"]);
        Assert.Equal("10.7.0.0/26", subnet["properties"]!["addressPrefix"]!.GetValue<string>());
        Assert.Equal("Microsoft.App/environments", subnet["properties"]!["delegations"]![0]!["properties"]!["serviceName"]!.GetValue<string>());
        Assert.Equal(deployment.The("Microsoft.Network/natGateways").Id, subnet["properties"]!["natGateway"]!["id"]!.GetValue<string>());
        Assert.Equal("10.7.0.64/27", network.Properties["subnets"]![1]!["properties"]!["addressPrefix"]!.GetValue<string>());
        Assert.Equal("203.0.113.7", deployment.Outputs["TOKEN_MONITOR_OUTBOUND_ADDRESS"]!.GetValue<string>());
    }

    [Fact]
    public void Each_subnet_has_a_security_group_and_the_endpoints_accept_only_HTTPS_from_the_network()
    {
        var deployment = Deployment.Of("private");
        var rules = deployment.All("Microsoft.Network/networkSecurityGroups").ToDictionary(
            group => group.Id,
            group => group.Properties["securityRules"]!.AsArray().Select(rule => rule!["properties"]!)
                .OrderBy(rule => rule["priority"]!.GetValue<int>())
                .Select(rule => $"{rule["direction"]} {rule["access"]} {rule["protocol"]} {rule["sourceAddressPrefix"]} {rule["destinationPortRange"]}"));
        var subnets = deployment.The("Microsoft.Network/virtualNetworks").Properties["subnets"]!.AsArray().ToDictionary(subnet => subnet!["name"]!.GetValue<string>(), subnet => subnet!["properties"]!);

        Assert.Equal(["app", "endpoints"], subnets.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(rules[subnets["app"]["networkSecurityGroup"]!["id"]!.GetValue<string>()]);
        Assert.Equal(
            ["Inbound Allow Tcp VirtualNetwork 443", "Inbound Deny * VirtualNetwork *"],
            rules[subnets["endpoints"]["networkSecurityGroup"]!["id"]!.GetValue<string>()]);
        // Without this setting, private endpoints ignore the rules.
        Assert.Equal("NetworkSecurityGroupEnabled", subnets["endpoints"]["privateEndpointNetworkPolicies"]!.GetValue<string>());
    }

    [Fact]
    public void Without_private_networking_no_network_is_created()
    {
        Assert.DoesNotContain(Deployment.Of("everything").Resources, resource => resource.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));
        Assert.Null(Deployment.Of("everything").The("Microsoft.Web/sites")["virtualNetworkSubnetId"]);
    }
}
