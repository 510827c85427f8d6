// A vault of the monitor's own. Who may read it, and where its log goes, is in vault-access.bicep, which existing vaults need as well.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the vault.')
param name string
@description('Nobody can purge the vault or a secret before 90 days are over. Cannot be undone.')
param purgeProtection bool
@description('Reachable through private endpoints only.')
param privateOnly bool

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // The service takes no "false" here: on, or not said at all.
    enablePurgeProtection: purgeProtection ? true : null
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateOnly ? 'Deny' : 'Allow'
      bypass: 'None'
    }
  }
}
