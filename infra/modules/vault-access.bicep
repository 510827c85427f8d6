// Who may read a vault, and where its log goes. Deployed to the vault's own resource group.

@description('Name of the vault, in this resource group.')
param vaultName string
@description('Suffix of the names.')
param suffix string
@description('Resource id of the identity that the monitor runs as.')
param identityId string
@description('Object id of that identity.')
param principalId string
@description('Object id of the person or group that stores tokens; empty: nobody is given that right here.')
param officerId string
@description('What that object id is.')
param officerType 'User' | 'Group' | 'ServicePrincipal'
@description('Send the vault\'s log to the workspace.')
param sendLog bool
@description('Resource id of the workspace.')
param workspaceId string

// Key Vault Secrets User: reads secrets, lists none, changes none.
var readerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)

// Key Vault Secrets Officer: stores new versions.
var officerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
)

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: vaultName
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityId, readerRole)
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

// The linter would have 2016-09-01, which knows no category groups; there is no newer stable version.
#disable-next-line use-recent-api-versions
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (sendLog) {
  // A name of this monitor's own: another one may watch the same vault.
  name: 'token-monitor-${suffix}'
  scope: vault
  properties: {
    workspaceId: workspaceId
    // The table of its own, which the alarm for vault reads asks, rather than the shared AzureDiagnostics.
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}
