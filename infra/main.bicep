// From nothing to watched: the function app that checks the tokens every hour, the vault that holds them, and an alarm for its own silence.
// Deployed to a resource group, by azd, by "az deployment group create", or from azuredeploy.json, which is compiled from this file.

import {
  emailChannel
  fault
  graphEndpoint
  monitorSettings
  secretNames
  teamsChannel
  monitoredToken
} from 'modules/settings.bicep'
import { texts } from 'modules/types.bicep'

targetScope = 'resourceGroup'

@description('Region of everything.')
param location string = resourceGroup().location

@description('What the names of all resources contain.')
@minLength(3)
@maxLength(20)
param name string = 'token-monitor'

@description('Tags for all resources.')
param tags texts = {}

// What is watched, and who is told

@description('The tokens to watch. Never the tokens themselves: the names of the secrets that hold them.')
@minLength(1)
param tokens monitoredToken[]

@description('Alerts by e-mail, through SendGrid. This or "teams", or both.')
param email emailChannel?

@description('Alerts to a Teams channel.')
param teams teamsChannel?

@description('When to check: NCRONTAB with seconds, UTC. An odd minute: mail that everybody sends on the hour is put off. Rarer checks want "silentAfterHours" raised, and "unknownAfter" lowered so that this many checks fit into two days.')
@minLength(11)
param schedule string = '0 7 * * * *'

@description('Hours until people are reminded of something critical.')
@minValue(1)
@maxValue(8760)
param remindEveryHours int = 24

@description('Hours until people are reminded of warnings.')
@minValue(1)
@maxValue(8760)
param remindOfWarningsEveryHours int = 168

@description('Check within minutes, too, when a secret that the monitor reads gets a new version.')
param checkOnNewVersion bool = true

@description('After how many checks running that could not find out people are told that the monitor cannot see. So many checks must fit into two days, which is as far back as the alarm looks: with rarer checks than every hour, fewer.')
@minValue(1)
@maxValue(24)
param unknownAfter int = 3

@description('Meta\'s Graph API, where it is not the usual one.')
param graph graphEndpoint?

// The vault

@description('Name of the new vault, unique in the world. Left alone: made up.')
@minLength(3)
@maxLength(24)
param vaultName string = 'kv-tm-${uniqueString(resourceGroup().id, name)}'

@description('Nobody can purge the vault or a secret before 90 days are over. Cannot be undone.')
param purgeProtection bool = true

@description('A vault that is there already, instead of a new one: its name, its resource group, its subscription and its region where these are others, and its Event Grid system topic where it has one already, which needs a system-assigned identity. The vault must use Azure RBAC.')
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

@description('Object id of the person or group that stores tokens, who then gets the right to. Empty: nobody does.')
param vaultOfficerPrincipalId string = ''

@description('What that object id is.')
param vaultOfficerPrincipalType 'User' | 'Group' | 'ServicePrincipal' = 'User'

// Who watches the watcher

@description('Who is told when the monitor itself is in trouble. These mails take another way than the monitor\'s own.')
@minLength(1)
param watcherEmails string[]

@description('Hours without a completed check after which the monitor counts as silent. More than twice what lies between two checks, or a single check that is late or fails alarms people. So 2 wants checks more often than every hour, 3 is for every hour, and the checks may be at most 23 hours apart.')
@allowed([2, 3, 4, 5, 6, 24, 48])
param silentAfterHours int = 3

@description('An alarm when anybody but the monitor and the expected readers reads one of its secrets.')
param alertOnVaultReads bool = false

@description('Object ids of others who may read them: the integration that sends with the token, above all, and who stores tokens, whom "tokenmonitor store" lets read them back. The vault officer belongs to them without being named here, if it is a User.')
param expectedVaultReaders string[] = []

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Gigabytes of logs a day beyond which nothing more is taken in. The monitor needs a small part of one.')
@minValue(1)
@maxValue(100)
param logDailyCapGb int = 1

@description('Leave it: the time of this deployment. The alarm for silence waits from then on.')
param deployedAt string = utcNow('yyyy-MM-ddTHH:mm:ssZ')

// Where it runs

@description('Memory of one instance, in MB. The app needs less than 512, but some regions refuse 512.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that each function may run in at once. One is enough, but some regions refuse fewer than 40. The timer runs in one instance in any case.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Copies of the app\'s storage: in one building, or in three zones where the region has them.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' = 'Standard_LRS'

@description('Vault and storage reached through private endpoints in a network of their own. Public access to both is off; only that to the storage stays on with "checkOnNewVersion", behind a firewall that lets in nobody but trusted Azure services: Event Grid has no other way.')
param privateNetworking bool = false

@description('The range of that network, of at least 128 addresses.')
param networkAddressPrefix string = '10.42.0.0/24'

// Who stores a token with "tokenmonitor store" reads it back. Of a group the log says nothing: it names the member.
var storesByHand = !empty(vaultOfficerPrincipalId) && vaultOfficerPrincipalType == 'User'
var expectedReaders = union(expectedVaultReaders, storesByHand ? [vaultOfficerPrincipalId] : [])
var suffix = '${name}-${uniqueString(resourceGroup().id, name)}'
var wrong = fault(tokens, email, teams)
var vault = {
  name: existingVault.?name ?? vaultName
  resourceGroup: existingVault.?resourceGroup ?? resourceGroup().name
  subscriptionId: existingVault.?subscriptionId ?? subscription().subscriptionId
}
var vaultId = resourceId(vault.subscriptionId, vault.resourceGroup, 'Microsoft.KeyVault/vaults', vault.name)
// Names and addresses that follow from the parameters are not read from what was deployed: a preview then shows them.
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
    principalId: identity.properties.principalId
    officerId: vaultOfficerPrincipalId
    officerType: vaultOfficerPrincipalType
    // An existing vault's log is its owner's business, unless the alarm for reads needs it.
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
  // One after the other: a subnet takes one change at a time.
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
  // The right to send before what sends.
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
    monitorSettings: empty(wrong)
      ? monitorSettings(tokens, email, teams, graph, {
          criticalHours: remindEveryHours
          warningHours: remindOfWarningsEveryHours
          unknownAfter: unknownAfter
        })
      : fail(wrong)
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    queueName: queueName
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
  }
  // The rights before the app that needs them.
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
    watchedVaultId: alertOnVaultReads ? vaultId : ''
    watchedSecrets: secretNames(tokens, email, teams)
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

@description('Name of the vault that the tokens belong in.')
output AZURE_KEY_VAULT_NAME string = vault.name

@description('Address of that vault.')
output AZURE_KEY_VAULT_ENDPOINT string = vaultUri

@description('The secrets that have to be stored.')
output TOKEN_MONITOR_SECRETS string[] = secretNames(tokens, email, teams)

@description('The address that the app comes from, with private networking.')
output TOKEN_MONITOR_OUTBOUND_ADDRESS string = privateNetworking ? network!.outputs.outboundAddress : ''
