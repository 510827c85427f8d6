// A network of its own, and checks by the timer alone: nobody has to come in from outside.
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
