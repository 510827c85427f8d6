// One storage account for all that the app keeps: its code, the host's timer, and what the monitor remembers.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the storage account.')
param name string
@description('Name of the container for the app\'s code.')
param codeContainer string
@description('Name of the container that remembers what was told.')
param stateContainer string
@description('How many copies, and where.')
param sku string
@description('Resource id of the identity that the monitor runs as.')
param identityId string
@description('Object id of that identity.')
param principalId string
@description('Reachable through private endpoints only.')
param privateOnly bool

// Storage Blob Data Owner: the host asks for it, for its leases and its secrets.
var blobOwnerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
)

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateOnly ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: 7
      }
      containerDeleteRetentionPolicy: {
        enabled: true
        days: 7
      }
    }

    resource code 'containers' = {
      name: codeContainer
      properties: {
        publicAccess: 'None'
      }
    }

    resource state 'containers' = {
      name: stateContainer
      properties: {
        publicAccess: 'None'
      }
    }
  }
}

resource blobOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, identityId, blobOwnerRole)
  scope: account
  properties: {
    roleDefinitionId: blobOwnerRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
