// Role assignments and diagnostic settings of a vault. Deployed to the resource group of the vault.

@description('Name of the vault, in this resource group.')
param vaultName string
@description('Suffix of the names.')
param suffix string
@description('Resource ID of the identity of the monitor.')
param identityId string
@description('Object ID of that identity.')
param principalId string
@description('Object ID of the person or group that stores tokens; empty: no role assignment.')
param officerId string
@description('Type of that object ID.')
param officerType 'User' | 'Group' | 'ServicePrincipal'
@description('Send the log of the vault to the workspace.')
param sendLog bool
@description('Resource ID of the workspace.')
param workspaceId string

// Key Vault Secrets User: only reads secrets.
var readerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)

// Key Vault Secrets Officer: stores new versions.
var officerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
)

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  // With the principal: after the group was deleted and deployed again, the identity is another one with the same resource ID.
  name: guid(vault.id, identityId, principalId, readerRole)
  scope: vault
  properties: {
    roleDefinitionId: readerRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource officer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(officerId)) {
  name: guid(vault.id, officerId, officerRole)
  scope: vault
  properties: {
    roleDefinitionId: officerRole
    principalId: officerId
    principalType: officerType
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (sendLog) {
  // Unique to this monitor, because another one may use the same vault.
  name: 'token-monitor-${suffix}'
  scope: vault
  properties: {
    workspaceId: workspaceId
    // The resource-specific table, which the alarm for vault reads queries, instead of AzureDiagnostics.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}
