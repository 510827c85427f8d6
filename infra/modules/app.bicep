// The function app: Flex Consumption, the smallest instance, an identity instead of any key.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the function app.')
param name string
@description('Name of its plan.')
param planName string
@description('Name of the identity that it runs as.')
param identityName string
@description('Name of the storage account of the host.')
param storageAccountName string
@description('The container that holds the app\'s code.')
param codeContainerUri string
@description('The container that remembers what was told.')
param stateContainerUri string
@description('Name of the Application Insights component.')
param componentName string
@description('The vault that holds the secrets.')
param vaultUri string
@description('When the check runs.')
param schedule string
@description('What is watched, and who is told.')
param monitorSettings texts
@description('Memory of one instance, in MB.')
param instanceMemoryMB int
@description('The most instances that a function may run in at once.')
param maximumInstances int
@description('Name of the queue that new versions of secrets are announced in; empty: there is none.')
param queueName string
@description('The subnet that the app goes out through; empty: none.')
param subnetId string

// Without a queue the function that listens to it must not even try.
var announcements texts = empty(queueName)
  ? { AzureWebJobs_NewVersionCheck_Disabled: 'true' }
  : { TOKEN_MONITOR_ROTATION_QUEUE: queueName }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app by this tag.
  tags: union(tags, { 'azd-service-name': 'monitor' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: codeContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
      }
    }
    // No ftpsState, alwaysOn and the like: Flex Consumption refuses them.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(monitorSettings, announcements, {
      // The host's own storage, by identity.
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      // The monitor's clients: this identity and no other credential, whatever else is about.
      AZURE_CLIENT_ID: identity.properties.clientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      // The connection string names an address and holds no key that would be taken: local authentication is off.
      APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      TOKEN_MONITOR_SCHEDULE: schedule
      TokenMonitor__VaultUri: vaultUri
      TokenMonitor__StateContainerUri: stateContainerUri
    })
  }
}
