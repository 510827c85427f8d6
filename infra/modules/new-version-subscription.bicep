// Announces new versions of the secrets that the monitor reads in its queue. Deployed to the vault's own resource group.

@description('Name of the vault\'s topic.')
param topicName string
@description('Name of the subscription.')
param name string
@description('Resource id of the storage account.')
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
      // A filter takes 25 values. With more the monitor itself passes over what it does not watch.
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
    // What has not arrived after an hour is of no use: the timer has checked by then. So nothing is kept of it either.
    retryPolicy: {
      eventTimeToLiveInMinutes: 60
      maxDeliveryAttempts: 30
    }
  }
}
