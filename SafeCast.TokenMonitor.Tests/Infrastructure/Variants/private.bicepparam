// Private networking. Only Event Grid accesses the storage account from outside, through its firewall.
using '../../../infra/main.bicep'

param tokens = [
  {
    name: 'production'
  }
]

param teams = {
  webhookUrlSecretName: 'teams-webhook-url'
}

param watcherEmails = [
  'platform@contoso.com'
]

param privateNetworking = true
param networkAddressPrefix = '10.7.0.0/24'
param purgeProtection = false

param deployedAt = '2026-11-22T21:00:00Z'
