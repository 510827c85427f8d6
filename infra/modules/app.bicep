// The function app: Flex Consumption, with an identity instead of keys.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the function app.')
param name string
@description('Name of its plan.')
param planName string
@description('Name of the identity of the app.')
param identityName string
@description('Name of the storage account of the host.')
param storageAccountName string
@description('The container for the code of the app.')
param codeContainerUri string
@description('The container for the state.')
param stateContainerUri string
@description('Name of the Application Insights component.')
param componentName string
@description('The address of the vault.')
param vaultUri string
@description('The schedule of the check.')
param schedule string
@description('The monitored tokens and the channels.')
param monitorSettings texts
@description('Memory of an instance, in MB.')
param instanceMemoryMB int
@description('Maximum number of instances.')
param maximumInstances int
@description('Name of the queue for events about new versions of secrets; empty: none.')
param queueName string
@description('The subnet for outbound traffic of the app; empty: none.')
param subnetId string

// Without a queue, its function is disabled.
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
  // azd uses this tag to find the app.
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
    // Flex Consumption rejects ftpsState, alwaysOn and similar settings.
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
      // The storage of the host, with the identity.
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      // The clients of the monitor use only this identity.
      AZURE_CLIENT_ID: identity.properties.clientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      // The connection string is only an address: local authentication is off, so its key is not accepted.
      APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      TOKEN_MONITOR_SCHEDULE: schedule
      TokenMonitor__VaultUri: vaultUri
      TokenMonitor__StateContainerUri: stateContainerUri
    })
  }
}
