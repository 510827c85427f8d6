// An existing vault in another resource group.
using '../../../infra/main.bicep'

param tokens = [
  {
    name: 'production'
  }
]

param email = {
  from: 'token-monitor@contoso.com'
  to: [
    'oncall@contoso.com'
  ]
  apiKeySecretName: 'sendgrid-api-key'
}

param existingVault = {
  name: 'kv-contoso-whatsapp'
  resourceGroup: 'rg-secrets'
}

param watcherEmails = [
  'platform@contoso.com'
]

param deployedAt = '2026-11-22T21:00:00Z'
