// The types of the token and channel parameters, and their conversion to app settings.

import { texts } from 'types.bicep'

@export()
@description('A WhatsApp system-user token to monitor. The token itself is in the vault, never in a parameter.')
type monitoredToken = {
  @description('The name in alerts, usually the environment: a letter, then letters, digits and single underscores.')
  @minLength(1)
  @maxLength(32)
  name: string

  @description('The name of the secret that contains the token. Default: whatsapp-system-user-token.')
  @minLength(1)
  @maxLength(127)
  secretName: string?

  @description('The ID of the app of the token. Without it and its secret, the monitor only knows whether the token is valid.')
  @maxLength(32)
  appId: string?

  @description('The name of the secret that contains the app secret.')
  @maxLength(127)
  appSecretName: string?

  @description('The ID of the WhatsApp business account that the token must be able to access. Without it, a token that lost the account looks healthy.')
  @maxLength(32)
  businessAccountId: string?

  @description('The ID of the phone number (not the number) that the token must be able to access. Without it, a token that lost the number looks healthy.')
  @maxLength(32)
  phoneNumberId: string?

  @description('The ID of the business portfolio that must own the account.')
  @maxLength(32)
  businessPortfolioId: string?

  @description('The scopes that the token must have. Default: whatsapp_business_messaging and whatsapp_business_management.')
  requiredScopes: string[]?

  @description('Never: any expiry is a finding. Renewed: a 60-day token that is renewed.')
  expiry: 'Never' | 'Renewed'?

  @description('IDs of findings to ignore for this token: they are in the report, and no alert is sent.')
  ignore: string[]?
}

@export()
@description('Alerts by e-mail, through SendGrid.')
type emailChannel = {
  @description('A sender that is verified in SendGrid.')
  from: string

  @description('The recipients.')
  @minLength(1)
  to: string[]

  @description('The name of the secret that contains the SendGrid API key.')
  @minLength(1)
  @maxLength(127)
  apiKeySecretName: string

  @description('The address for replies. Default: the sender.')
  replyTo: string?

  @description('https://api.eu.sendgrid.com for EU subusers. Default: https://api.sendgrid.com.')
  baseUrl: string?
}

@export()
@description('Alerts to a Teams channel, through a workflow ("Send webhook alerts to a channel").')
type teamsChannel = {
  @description('The name of the secret that contains the URL of the workflow.')
  @minLength(1)
  @maxLength(127)
  webhookUrlSecretName: string
}

@export()
@description('The intervals of reminders, and the number of unknown checks before an alert.')
type reminders = {
  @description('Hours between reminders about critical findings.')
  @minValue(1)
  @maxValue(8760)
  criticalHours: int

  @description('Hours between reminders about warnings.')
  @minValue(1)
  @maxValue(8760)
  warningHours: int

  @description('Number of consecutive unknown checks after which an alert says that the monitor cannot check the token.')
  @minValue(1)
  @maxValue(1000)
  unknownAfter: int
}

@export()
@description('Another address or version of the Graph API.')
type graphEndpoint = {
  @description('Default: https://graph.facebook.com.')
  baseUrl: string?

  @description('Default: the version that this release supports.')
  version: string?
}

type setting = {
  key: string
  value: string
}

// Hours as a .NET time span: days.hours:minutes:seconds.
func span(hours int) string => '${hours / 24}.${padLeft(hours % 24, 2, '0')}:00:00'

func list(prefix string, values string[]) setting[] =>
  map(values, (value, index) => { key: '${prefix}__${index}', value: value })

func tokenSettings(prefix string, token monitoredToken) setting[] =>
  concat(
    [
      { key: '${prefix}__SecretName', value: token.?secretName ?? 'whatsapp-system-user-token' }
      { key: '${prefix}__AppId', value: token.?appId ?? '' }
      { key: '${prefix}__AppSecretName', value: token.?appSecretName ?? '' }
      { key: '${prefix}__BusinessAccountId', value: token.?businessAccountId ?? '' }
      { key: '${prefix}__PhoneNumberId', value: token.?phoneNumberId ?? '' }
      { key: '${prefix}__BusinessPortfolioId', value: token.?businessPortfolioId ?? '' }
      { key: '${prefix}__Expiry', value: token.?expiry ?? '' }
    ],
    list('${prefix}__RequiredScopes', token.?requiredScopes ?? []),
    list('${prefix}__Ignore', token.?ignore ?? [])
  )

func emailSettings(email emailChannel?) setting[] =>
  email == null
    ? []
    : concat(
        [
          { key: 'TokenMonitor__Email__From', value: email!.from }
          { key: 'TokenMonitor__Email__ApiKeySecretName', value: email!.apiKeySecretName }
          { key: 'TokenMonitor__Email__ReplyTo', value: email.?replyTo ?? '' }
          { key: 'TokenMonitor__Email__BaseUrl', value: email.?baseUrl ?? '' }
        ],
        list('TokenMonitor__Email__To', email!.to)
      )

func otherSettings(teams teamsChannel?, graph graphEndpoint?, reminders reminders) setting[] => [
  { key: 'TokenMonitor__Teams__WebhookUrlSecretName', value: teams.?webhookUrlSecretName ?? '' }
  { key: 'TokenMonitor__Graph__BaseUrl', value: graph.?baseUrl ?? '' }
  { key: 'TokenMonitor__Graph__Version', value: graph.?version ?? '' }
  { key: 'TokenMonitor__RemindEvery', value: span(reminders.criticalHours) }
  { key: 'TokenMonitor__RemindOfWarningsEvery', value: span(reminders.warningHours) }
  { key: 'TokenMonitor__UnknownAfter', value: string(reminders.unknownAfter) }
]

@export()
@description('The app settings of the tokens and channels. Omitted values result in no setting.')
func monitorSettings(
  tokens monitoredToken[],
  email emailChannel?,
  teams teamsChannel?,
  graph graphEndpoint?,
  reminders reminders
) texts =>
  toObject(
    filter(
      concat(
        flatten(map(tokens, token => tokenSettings('TokenMonitor__Tokens__${token.name}', token))),
        emailSettings(email),
        otherSettings(teams, graph, reminders)
      ),
      setting => !empty(setting.value)
    ),
    setting => setting.key,
    setting => setting.value
  )

@export()
@description('The error in the parameters, as a sentence; empty: none. The monitor validates the rest at startup.')
func validationError(tokens monitoredToken[], email emailChannel?, teams teamsChannel?) string =>
  email == null && teams == null
    ? 'Set "email" or "teams", or both: without a channel, no alert can be sent.'
    : !empty(filter(tokens, token => contains(token.name, '-') || contains(token.name, '__')))
        ? 'The name of a token takes letters, digits and single underscores here: it becomes part of an app setting\'s name, which takes no hyphen.'
        : length(union(map(tokens, token => toLower(token.name)), [])) != length(tokens) ? 'Two tokens have the same name. Give each its own, such as "production" and "staging".' : ''

@export()
@description('The names of all secrets that the monitor reads.')
func secretNames(tokens monitoredToken[], email emailChannel?, teams teamsChannel?) string[] =>
  union(
    filter(
      concat(
        map(tokens, token => token.?secretName ?? 'whatsapp-system-user-token'),
        map(tokens, token => token.?appSecretName ?? ''),
        [email.?apiKeySecretName ?? '', teams.?webhookUrlSecretName ?? '']
      ),
      name => !empty(name)
    ),
    []
  )
