// Sends events about new versions of the secrets of the monitor to its queue. Deployed to the resource group of the vault.

@description('Name of the system topic of the vault.')
param topicName string
@description('Name of the subscription.')
param name string
@description('Resource ID of the storage account.')
param storageAccountId string
@description('Name of the queue.')
param queueName string
@description('Names of the secrets.')
param secrets string[]

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: name
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: [
        'Microsoft.KeyVault.SecretNewVersionCreated'
      ]
      // A filter accepts 25 values. With more secrets, the monitor ignores events of other secrets itself.
      advancedFilters: length(secrets) > 25
        ? []
        : [
            {
              operatorType: 'StringIn'
              key: 'data.ObjectName'
              values: secrets
            }
          ]
    }
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: storageAccountId
          queueName: queueName
          queueMessageTimeToLiveInSeconds: 3600
        }
      }
    }
    // After an hour, the timer has run a check anyway, so the event is dropped without dead-lettering.
    retryPolicy: {
      eventTimeToLiveInMinutes: 60
      maxDeliveryAttempts: 30
    }
  }
}
