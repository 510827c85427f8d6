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
@description('Reachable through private endpoints only, but for Event Grid where there is a queue.')
param privateOnly bool
@description('Name of the queue that new versions of secrets are announced in; empty: there is none.')
param queueName string

// Storage Blob Data Owner: the host asks for it, for its leases and its secrets.
var blobOwnerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
)

// Storage Queue Data Contributor: takes messages from the queue, and puts away those that cannot be read.
var queueRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
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
    // Event Grid has no private way in. Whether "Disabled" lets the services through that the bypass names is nowhere promised, so with a
    // queue the firewall shuts everybody else out instead: it denies, and makes no exception for any address.
    publicNetworkAccess: privateOnly && empty(queueName) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateOnly ? 'Deny' : 'Allow'
      // Event Grid announces new versions through this gap, with an identity that has the right to.
      bypass: empty(queueName) ? 'None' : 'AzureServices'
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

  resource queues 'queueServices' = if (!empty(queueName)) {
    name: 'default'

    resource announcements 'queues' = {
      name: empty(queueName) ? 'none' : queueName
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

// The account's, not the queue's: what cannot be read goes to a queue beside it, which the trigger makes.
resource queueContributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(queueName)) {
  name: guid(account.id, identityId, queueRole)
  scope: account
  properties: {
    roleDefinitionId: queueRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
