// Only the required parameters: one token, one channel, one recipient of alarms.
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

param deployedAt = '2026-11-22T21:00:00Z'
