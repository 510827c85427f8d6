// An existing vault in another subscription, with a private endpoint and an alarm for its reads.
using '../../../infra/main.bicep'

param tokens = [
  {
    name: 'production'
  }
]

param teams = {
  webhookUrlSecretName: 'teams-webhook-url'
}

param existingVault = {
  name: 'kv-contoso-whatsapp'
  resourceGroup: 'rg-secrets'
  subscriptionId: '55555555-5555-5555-5555-555555555555'
  location: 'northeurope'
  systemTopic: 'evgt-contoso-vault'
}

param alertOnVaultReads = true
param vaultOfficerPrincipalId = '66666666-6666-6666-6666-666666666666'

param watcherEmails = [
  'platform@contoso.com'
]

param privateNetworking = true

param deployedAt = '2026-11-22T21:00:00Z'
