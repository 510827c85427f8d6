// Every parameter, without private networking.
using '../../../infra/main.bicep'

param name = 'contoso-tokens'

param tags = {
  'cost-center': 'messaging'
}

param tokens = [
  {
    name: 'production'
    appId: '123456789012345'
    appSecretName: 'whatsapp-app-secret'
    businessAccountId: '102290129340398'
    phoneNumberId: '106540352242922'
    businessPortfolioId: '506914307656634'
    requiredScopes: [
      'whatsapp_business_messaging'
      'whatsapp_business_management'
      'business_management'
    ]
    ignore: [
      'app-not-subscribed'
    ]
  }
  {
    name: 'staging_eu'
    secretName: 'whatsapp-staging-token'
    appId: '223456789012345'
    appSecretName: 'whatsapp-staging-app-secret'
    businessAccountId: '202290129340398'
    phoneNumberId: '206540352242922'
    expiry: 'Renewed'
  }
]

param email = {
  from: 'token-monitor@contoso.com'
  to: [
    'oncall@contoso.com'
    'messaging@contoso.com'
  ]
  apiKeySecretName: 'sendgrid-api-key'
  replyTo: 'messaging-team@contoso.com'
  baseUrl: 'https://api.eu.sendgrid.com'
}

param teams = {
  webhookUrlSecretName: 'teams-webhook-url'
}

param graph = {
  baseUrl: 'https://graph.facebook.com'
  version: 'v26.0'
}

param schedule = '30 23 */2 * * *'
param remindEveryHours = 30
param remindOfWarningsEveryHours = 336
param unknownAfter = 4
param checkOnNewVersion = false

param vaultName = 'kv-contoso-tokens'
param vaultOfficerPrincipalId = '33333333-3333-3333-3333-333333333333'
param vaultOfficerPrincipalType = 'Group'

param watcherEmails = [
  'platform@contoso.com'
  'lead@contoso.com'
]
param silentAfterHours = 6
param alertOnVaultReads = true
param expectedVaultReaders = [
  '44444444-4444-4444-4444-444444444444'
]
param logRetentionDays = 180
param logDailyCapGb = 2
param instanceMemoryMB = 512
param maximumInstances = 60
param storageSku = 'Standard_ZRS'
param deployedAt = '2026-11-22T21:00:00Z'
