// The system topic of the vault. A vault can have only one. Deployed to the resource group of the vault.

import { texts } from 'types.bicep'

@description('Region of the vault.')
param location string
@description('Tags.')
param tags texts
@description('Name of the existing topic of the vault, with a system-assigned identity; empty: a new topic is created.')
param existingTopic string
@description('Name of the new topic.')
param name string
@description('Resource ID of the vault.')
param vaultId string

resource existing 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = if (!empty(existingTopic)) {
  name: existingTopic
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (empty(existingTopic)) {
  name: name
  location: location
  tags: tags
  // System-assigned, because a storage account with a firewall accepts no other identity of Event Grid.
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: vaultId
    topicType: 'Microsoft.KeyVault.vaults'
  }
}

@description('Object ID of the identity of the topic.')
output principalId string = empty(existingTopic) ? topic!.identity.principalId : existing!.identity.principalId
