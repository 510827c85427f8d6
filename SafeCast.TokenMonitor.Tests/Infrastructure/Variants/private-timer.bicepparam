// Private networking with checks only by the timer, so that no public access is needed.
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
param checkOnNewVersion = false

param deployedAt = '2026-11-22T21:00:00Z'
