// The function app that checks the tokens every hour, the vault that contains them, and alarms for the monitor itself.
// Deploy it to a resource group, with azd, with "az deployment group create", or with azuredeploy.json, which is compiled from this file.

import {
  emailChannel
  graphEndpoint
  monitoredToken
  monitorSettings
  secretNames
  teamsChannel
  validationError
} from 'modules/settings.bicep'
import { texts } from 'modules/types.bicep'

targetScope = 'resourceGroup'

@description('Region of all resources.')
param location string = resourceGroup().location

@description('The names of all resources contain it.')
@minLength(3)
@maxLength(20)
param name string = 'token-monitor'

@description('Tags for all resources.')
param tags texts = {}

// Monitored tokens and channels

@description('The tokens to monitor. Contains the names of secrets, never a token.')
@minLength(1)
param tokens monitoredToken[]

@description('Alerts by e-mail, through SendGrid. Set this, "teams", or both.')
param email emailChannel?

@description('Alerts to a Teams channel.')
param teams teamsChannel?

@description('The schedule of the check: NCRONTAB with seconds, UTC. Use an odd minute, because mail is often delayed at the full hour. For a longer interval than an hour, raise "silentAfterHours", and lower "unknownAfter" so that this many checks fit into two days.')
@minLength(11)
param schedule string = '0 7 * * * *'

@description('Hours between reminders about critical findings.')
@minValue(1)
@maxValue(8760)
param remindEveryHours int = 24

@description('Hours between reminders about warnings.')
@minValue(1)
@maxValue(8760)
param remindOfWarningsEveryHours int = 168

@description('Also check within minutes after a secret of the monitor gets a new version.')
param checkOnNewVersion bool = true

@description('Number of consecutive unknown checks after which an alert says that the monitor cannot check the token. This many checks must fit into two days, the period of the alarm query.')
@minValue(1)
@maxValue(24)
param unknownAfter int = 3

@description('Another address or version of the Graph API.')
param graph graphEndpoint?

// The vault

@description('Name of the new vault, globally unique. Default: a generated name.')
@minLength(3)
@maxLength(24)
param vaultName string = 'kv-tm-${uniqueString(resourceGroup().id, name)}'

@description('Purge protection: the vault and its secrets cannot be purged for 90 days. It cannot be turned off again.')
param purgeProtection bool = true

@description('An existing vault instead of a new one: its name; its resource group, subscription and region if they differ; and its Event Grid system topic if it has one, which needs a system-assigned identity. The vault must use Azure RBAC.')
param existingVault {
  @minLength(3)
  @maxLength(24)
  name: string
  @minLength(1)
  @maxLength(90)
  resourceGroup: string
  subscriptionId: string?
  location: string?
  systemTopic: string?
}?

@description('Object ID of the person or group that stores tokens, and gets the role Key Vault Secrets Officer. Empty: no role assignment.')
param vaultOfficerPrincipalId string = ''

@description('Type of that object ID.')
param vaultOfficerPrincipalType 'User' | 'Group' | 'ServicePrincipal' = 'User'

// Alarms for the monitor itself

@description('Recipients of alarms about the monitor itself. Azure Monitor sends these mails, not SendGrid.')
@minLength(1)
param watcherEmails string[]

@description('Hours without a completed check after which the alarm "no check completed" is raised. Must be more than twice the interval of the checks, or one late or failed check raises it: 3 for hourly checks. The interval may be up to 23 hours.')
@allowed([2, 3, 4, 5, 6, 24, 48])
param silentAfterHours int = 3

@description('Raise an alarm when another identity than the monitor and the expected readers reads one of its secrets.')
param alertOnVaultReads bool = false

@description('Object IDs of identities that are expected to read the secrets: your integration, and people who store tokens, because "tokenmonitor store" reads them back. The vault officer is included if its type is User.')
param expectedVaultReaders string[] = []

@description('Retention of logs, in days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Daily cap of log ingestion, in gigabytes. The monitor needs a small part of one.')
@minValue(1)
@maxValue(100)
param logDailyCapGb int = 1

@description('Do not set it: the time of this deployment, from which the alarm "no check completed" starts to count.')
param deployedAt string = utcNow('yyyy-MM-ddTHH:mm:ssZ')

// Hosting

@description('Memory of an instance, in MB. The app needs less than 512, but some regions do not accept 512.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Maximum number of instances of each function. One is enough, but some regions do not accept fewer than 40. The timer always runs in one instance.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Redundancy of the storage account: in one datacenter, or in three zones if the region has them.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' = 'Standard_LRS'

@description('Private endpoints for vault and storage in a new virtual network, with public access turned off. With "checkOnNewVersion", public access to the storage account stays on, behind a firewall that allows only trusted Azure services, because Event Grid needs it.')
param privateNetworking bool = false

@description('Address range of that network, with at least 128 addresses.')
param networkAddressPrefix string = '10.42.0.0/24'

// "tokenmonitor store" reads the token back. For a group, the log names the member, so only a user is added here.
var storesByHand = !empty(vaultOfficerPrincipalId) && vaultOfficerPrincipalType == 'User'
var expectedReaders = union(expectedVaultReaders, storesByHand ? [vaultOfficerPrincipalId] : [])
var suffix = '${name}-${uniqueString(resourceGroup().id, name)}'
var parameterError = validationError(tokens, email, teams)
var vault = {
  name: existingVault.?name ?? vaultName
  resourceGroup: existingVault.?resourceGroup ?? resourceGroup().name
  subscriptionId: existingVault.?subscriptionId ?? subscription().subscriptionId
}
var vaultId = resourceId(vault.subscriptionId, vault.resourceGroup, 'Microsoft.KeyVault/vaults', vault.name)
// Names and addresses are derived from the parameters, not from deployed resources, so that what-if and snapshots show them.
var storageName = 'sttm${uniqueString(resourceGroup().id, name)}'
var blobs = 'https://${storageName}.blob.${environment().suffixes.storage}'
var codeContainer = 'app-package'
var stateContainer = 'token-monitor-state'
var workspaceName = 'log-${suffix}'
var workspaceId = resourceId('Microsoft.OperationalInsights/workspaces', workspaceName)
var componentName = 'appi-${suffix}'
var vaultUri = 'https://${vault.name}${environment().suffixes.keyvaultDns}/'
var zones = {
  vault: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
}
var queueName = checkOnNewVersion ? 'token-monitor-rotations' : ''
var newTopicName = 'evgt-${suffix}'
var topicName = existingVault.?systemTopic ?? newTopicName

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${suffix}'
  location: location
  tags: tags
}

module telemetry 'modules/telemetry.bicep' = {
  params: {
    location: location
    tags: tags
    workspaceName: workspaceName
    componentName: componentName
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    identityId: identity.id
    principalId: identity.properties.principalId
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    tags: tags
    name: storageName
    codeContainer: codeContainer
    stateContainer: stateContainer
    sku: storageSku
    identityId: identity.id
    principalId: identity.properties.principalId
    privateOnly: privateNetworking
    queueName: queueName
  }
}

module newVault 'modules/vault.bicep' = if (existingVault == null) {
  params: {
    location: location
    tags: tags
    name: vaultName
    purgeProtection: purgeProtection
    privateOnly: privateNetworking
  }
}

module vaultAccess 'modules/vault-access.bicep' = {
  scope: resourceGroup(vault.subscriptionId, vault.resourceGroup)
  params: {
    vaultName: vault.name
    suffix: suffix
    identityId: identity.id
    // The name of the role assignment contains it, so What-If cannot predict that name.
    #disable-next-line what-if-short-circuiting
    principalId: identity.properties.principalId
    officerId: vaultOfficerPrincipalId
    officerType: vaultOfficerPrincipalType
    // The log of an existing vault belongs to its owner, unless the alarm for reads needs it.
    sendLog: existingVault == null || alertOnVaultReads
    workspaceId: workspaceId
  }
  dependsOn: [
    newVault
    telemetry
  ]
}

module network 'modules/network.bicep' = if (privateNetworking) {
  params: {
    location: location
    tags: tags
    suffix: suffix
    addressPrefix: networkAddressPrefix
    zoneNames: [...[zones.vault, zones.blob], ...(checkOnNewVersion ? [zones.queue] : [])]
  }
}

module vaultEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking) {
  params: {
    location: location
    tags: tags
    name: 'pe-vault-${suffix}'
    subnetId: network!.outputs.endpointSubnetId
    targetId: vaultId
    service: 'vault'
    zoneName: zones.vault
  }
  dependsOn: [
    newVault
  ]
}

module blobEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking) {
  params: {
    location: location
    tags: tags
    name: 'pe-blob-${suffix}'
    subnetId: network!.outputs.endpointSubnetId
    targetId: resourceId('Microsoft.Storage/storageAccounts', storageName)
    service: 'blob'
    zoneName: zones.blob
  }
  // Sequential, because a subnet accepts one change at a time.
  dependsOn: [
    storage
    vaultEndpoint
  ]
}

module queueEndpoint 'modules/private-endpoint.bicep' = if (privateNetworking && checkOnNewVersion) {
  params: {
    location: location
    tags: tags
    name: 'pe-queue-${suffix}'
    subnetId: network!.outputs.endpointSubnetId
    targetId: resourceId('Microsoft.Storage/storageAccounts', storageName)
    service: 'queue'
    zoneName: zones.queue
  }
  dependsOn: [
    storage
    blobEndpoint
  ]
}

module newVersionTopic 'modules/new-version-topic.bicep' = if (checkOnNewVersion) {
  scope: resourceGroup(vault.subscriptionId, vault.resourceGroup)
  params: {
    location: existingVault.?location ?? location
    tags: tags
    existingTopic: existingVault.?systemTopic ?? ''
    name: newTopicName
    vaultId: vaultId
  }
  dependsOn: [
    newVault
  ]
}

module newVersionQueue 'modules/new-version-queue.bicep' = if (checkOnNewVersion) {
  params: {
    storageAccountName: storageName
    queueName: queueName
    topicId: resourceId(vault.subscriptionId, vault.resourceGroup, 'Microsoft.EventGrid/systemTopics', topicName)
    topicPrincipalId: newVersionTopic!.outputs.principalId
  }
  dependsOn: [
    storage
  ]
}

module newVersionSubscription 'modules/new-version-subscription.bicep' = if (checkOnNewVersion) {
  scope: resourceGroup(vault.subscriptionId, vault.resourceGroup)
  params: {
    topicName: topicName
    name: suffix
    storageAccountId: resourceId('Microsoft.Storage/storageAccounts', storageName)
    queueName: queueName
    secrets: secretNames(tokens, email, teams)
  }
  // The role assignment comes before the sender.
  dependsOn: [
    newVersionQueue
  ]
}

module app 'modules/app.bicep' = {
  params: {
    location: location
    tags: tags
    name: 'func-${suffix}'
    planName: 'plan-${suffix}'
    identityName: identity.name
    storageAccountName: storageName
    codeContainerUri: '${blobs}/${codeContainer}'
    stateContainerUri: '${blobs}/${stateContainer}'
    componentName: componentName
    vaultUri: vaultUri
    schedule: schedule
    monitorSettings: empty(parameterError)
      ? monitorSettings(tokens, email, teams, graph, {
          criticalHours: remindEveryHours
          warningHours: remindOfWarningsEveryHours
          unknownAfter: unknownAfter
        })
      : fail(parameterError)
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    queueName: queueName
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
  // The role assignments come before the app.
  dependsOn: [
    telemetry
    storage
    vaultAccess
    vaultEndpoint
    blobEndpoint
    queueEndpoint
  ]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    tags: tags
    suffix: suffix
    workspaceName: workspaceName
    emails: watcherEmails
    silentAfterHours: silentAfterHours
    unknownAfter: unknownAfter
    deployedAt: deployedAt
    monitoredVaultId: alertOnVaultReads ? vaultId : ''
    monitoredSecrets: secretNames(tokens, email, teams)
    principalId: identity.properties.principalId
    expectedReaders: expectedReaders
  }
  dependsOn: [
    telemetry
  ]
}

module workbook 'modules/workbook.bicep' = {
  params: {
    name: 'workbook-${suffix}'
    location: location
    tags: tags
    workspaceId: workspaceId
  }
  dependsOn: [
    telemetry
  ]
}

@description('Name of the function app.')
output AZURE_FUNCTION_APP_NAME string = 'func-${suffix}'

@description('Name of the vault for the tokens.')
output AZURE_KEY_VAULT_NAME string = vault.name

@description('Address of the vault.')
output AZURE_KEY_VAULT_ENDPOINT string = vaultUri

@description('The secrets to store.')
output TOKEN_MONITOR_SECRETS string[] = secretNames(tokens, email, teams)

@description('The outbound address of the app, with private networking.')
output TOKEN_MONITOR_OUTBOUND_ADDRESS string = privateNetworking ? network!.outputs.outboundAddress : ''
