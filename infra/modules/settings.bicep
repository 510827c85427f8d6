// What may be watched and told, and the app settings that say so to the monitor. Nobody types TokenMonitor__... by hand.

import { texts } from 'types.bicep'

@export()
@description('One WhatsApp system-user token to watch. The token itself is never given here: it lies in the vault.')
type monitoredToken = {
  @description('Its name in alerts, usually its environment: a letter, then letters, digits and single underscores.')
  @minLength(1)
  @maxLength(32)
  name: string

  @description('The secret that holds the token. Left out: whatsapp-system-user-token.')
  @minLength(1)
  @maxLength(127)
  secretName: string?

  @description('The app that the token belongs to. Without it and its secret the monitor can only tell dead from alive.')
  @maxLength(32)
  appId: string?

  @description('The secret that holds the app secret.')
  @maxLength(127)
  appSecretName: string?

  @description('The WhatsApp business account that the token must reach. Without it a token that lost the account looks healthy.')
  @maxLength(32)
  businessAccountId: string?

  @description('The phone number (its id, not the number) that the token must reach. Without it a token that lost the number looks healthy.')
  @maxLength(32)
  phoneNumberId: string?

  @description('The business portfolio that must own the account.')
  @maxLength(32)
  businessPortfolioId: string?

  @description('The scopes that the token must have. Left out: whatsapp_business_messaging and whatsapp_business_management.')
  requiredScopes: string[]?

  @description('Never: any end is a fault. Renewed: a 60-day token that somebody renews.')
  expiry: 'Never' | 'Renewed'?

  @description('Ids of findings that this token may have: reported, told to nobody.')
  ignore: string[]?
}

@export()
@description('Alerts by e-mail, through SendGrid.')
type emailChannel = {
  @description('A sender that SendGrid has verified.')
  from: string

  @description('Who is told.')
  @minLength(1)
  to: string[]

  @description('The secret that holds the SendGrid API key.')
  @minLength(1)
  @maxLength(127)
  apiKeySecretName: string

  @description('https://api.eu.sendgrid.com for EU subusers. Left out: https://api.sendgrid.com.')
  baseUrl: string?
}

@export()
@description('Alerts to a Teams channel, through a workflow ("Send webhook alerts to a channel").')
type teamsChannel = {
  @description('The secret that holds the URL of the workflow.')
  @minLength(1)
  @maxLength(127)
  webhookUrlSecretName: string
}

@export()
@description('When people are told again, and when the monitor calls itself blind.')
type reminders = {
  @description('Hours until people are reminded of something critical.')
  @minValue(1)
  @maxValue(8760)
  criticalHours: int

  @description('Hours until people are reminded of warnings.')
  @minValue(1)
  @maxValue(8760)
  warningHours: int

  @description('After how many checks running that could not find out people are told that the monitor cannot see.')
  @minValue(1)
  @maxValue(1000)
  unknownAfter: int
}

@export()
@description('Meta\'s Graph API, where it is not the usual one.')
type graphEndpoint = {
  @description('Left out: https://graph.facebook.com.')
  baseUrl: string?

  @description('Left out: the version that this release of the monitor was made for.')
  version: string?
}

type setting = {
  key: string
  value: string
}

// An hour and a day in .NET's notation: days.hours:minutes:seconds.
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
@description('The app settings for what is watched and who is told. What was left out is no setting at all.')
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
@description('What is wrong with what was asked for, in a sentence; empty: nothing. The monitor checks the rest at its start.')
func fault(tokens monitoredToken[], email emailChannel?, teams teamsChannel?) string =>
  email == null && teams == null
    ? 'Set "email" or "teams", or both: without a channel nobody would ever hear of anything.'
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
