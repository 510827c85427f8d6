// The vault's events: its system topic, of which a vault has one at most. Deployed to the vault's own resource group.

import { texts } from 'types.bicep'

@description('Region of the vault.')
param location string
@description('Tags.')
param tags texts
@description('Name of the topic that the vault has already, with a system-assigned identity; empty: a new one is made.')
param existingTopic string
@description('Name of the new topic.')
param name string
@description('Resource id of the vault.')
param vaultId string

resource existing 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = if (!empty(existingTopic)) {
  name: existingTopic
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (empty(existingTopic)) {
  name: name
  location: location
  tags: tags
  // The topic's own identity: a storage account with a firewall lets no other one of Event Grid's in.
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: vaultId
    topicType: 'Microsoft.KeyVault.vaults'
  }
}

@description('Object id of the topic\'s identity.')
output principalId string = empty(existingTopic) ? topic!.identity.principalId : existing!.identity.principalId
