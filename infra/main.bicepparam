// One token, from environment variables, which azd stores ("azd env set NAME VALUE"). For more tokens, or to keep the settings in the
// repository, write the values here: SafeCast.TokenMonitor.Tests/Infrastructure/Variants contains examples.
using 'main.bicep'

var environmentName = readEnvironmentVariable('AZURE_ENV_NAME', '')
var recipients = filter(
  map(split(readEnvironmentVariable('TOKEN_MONITOR_EMAIL_TO', ''), ','), address => trim(address)),
  address => !empty(address)
)
var private = toLower(trim(readEnvironmentVariable('TOKEN_MONITOR_PRIVATE', 'false')))
var webhook = readEnvironmentVariable('TOKEN_MONITOR_TEAMS_WEBHOOK_SECRET', '')
var existingVaultName = readEnvironmentVariable('TOKEN_MONITOR_EXISTING_VAULT', '')

param tags = empty(environmentName) ? {} : { 'azd-env-name': environmentName }

param tokens = [
  {
    name: readEnvironmentVariable('TOKEN_MONITOR_TOKEN', 'production')
    secretName: readEnvironmentVariable('TOKEN_MONITOR_TOKEN_SECRET', 'whatsapp-system-user-token')
    appId: readEnvironmentVariable('TOKEN_MONITOR_APP_ID', '')
    appSecretName: readEnvironmentVariable('TOKEN_MONITOR_APP_SECRET', '')
    businessAccountId: readEnvironmentVariable('TOKEN_MONITOR_BUSINESS_ACCOUNT_ID', '')
    phoneNumberId: readEnvironmentVariable('TOKEN_MONITOR_PHONE_NUMBER_ID', '')
    businessPortfolioId: readEnvironmentVariable('TOKEN_MONITOR_BUSINESS_PORTFOLIO_ID', '')
  }
]

param email = empty(recipients)
  ? null
  : {
      from: readEnvironmentVariable('TOKEN_MONITOR_EMAIL_FROM', '')
      to: recipients
      apiKeySecretName: readEnvironmentVariable('TOKEN_MONITOR_EMAIL_API_KEY_SECRET', 'sendgrid-api-key')
      replyTo: readEnvironmentVariable('TOKEN_MONITOR_EMAIL_REPLY_TO', '')
      baseUrl: readEnvironmentVariable('TOKEN_MONITOR_EMAIL_BASE_URL', '')
    }

param teams = empty(webhook) ? null : { webhookUrlSecretName: webhook }

param watcherEmails = filter(
  map(split(readEnvironmentVariable('TOKEN_MONITOR_WATCHERS', ''), ','), address => trim(address)),
  address => !empty(address)
)

param existingVault = empty(existingVaultName)
  ? null
  : {
      name: existingVaultName
      resourceGroup: readEnvironmentVariable('TOKEN_MONITOR_EXISTING_VAULT_GROUP', '')
    }

// The object ID of the person who stores the tokens: by default the person who runs azd. See docs/deploy.md.
param vaultOfficerPrincipalId = readEnvironmentVariable(
  'TOKEN_MONITOR_OFFICER',
  readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
)

param privateNetworking = private == '1' ? true : private == '0' ? false : bool(private)
