// The queue for events about new versions, and the role assignment of the topic.

@description('Name of the storage account.')
param storageAccountName string
@description('Name of the queue.')
param queueName string
@description('Resource ID of the topic.')
param topicId string
@description('Object ID of the identity of the topic.')
param topicPrincipalId string

// Storage Queue Data Message Sender: only adds messages.
var senderRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
)

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName

  resource queues 'queueServices' existing = {
    name: 'default'

    resource announcements 'queues' existing = {
      name: queueName
    }
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::queues::announcements.id, topicId, senderRole)
  scope: account::queues::announcements
  properties: {
    roleDefinitionId: senderRole
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
  }
}
