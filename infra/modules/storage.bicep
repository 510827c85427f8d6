// The storage account for the code of the app, the timer of the host, and the state of the monitor.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the storage account.')
param name string
@description('Name of the container for the code of the app.')
param codeContainer string
@description('Name of the container for the state.')
param stateContainer string
@description('Redundancy.')
param sku string
@description('Resource ID of the identity of the monitor.')
param identityId string
@description('Object ID of that identity.')
param principalId string
@description('Only private endpoints can access it, and Event Grid if there is a queue.')
param privateOnly bool
@description('Name of the queue for events about new versions of secrets; empty: none.')
param queueName string

// Storage Blob Data Owner: the host needs it for its leases and secrets.
var blobOwnerRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
)

// Storage Queue Data Contributor: reads messages, and moves unreadable ones to the poison queue.
var queueRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
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
    // Event Grid cannot use a private endpoint, and nothing documents that the bypass works with "Disabled". With a queue, the firewall
    // therefore denies everything except trusted services.
    publicNetworkAccess: privateOnly && empty(queueName) ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: privateOnly ? 'Deny' : 'Allow'
      // Event Grid uses this exception, with an identity that has a role assignment.
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

// On the account instead of the queue, because the trigger creates a poison queue for unreadable messages.
resource queueContributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(queueName)) {
  name: guid(account.id, identityId, queueRole)
  scope: account
  properties: {
    roleDefinitionId: queueRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
