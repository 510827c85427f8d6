// Who watches the watcher: queries over what the monitor emits, and mails that take another way than the monitor's own.

import { texts } from 'types.bicep'

@description('Region of the workspace.')
param location string
@description('Tags.')
param tags texts
@description('Suffix of the names.')
param suffix string
@description('Name of the workspace, in this resource group.')
param workspaceName string
@description('Who is told.')
param emails string[]
@description('Hours without a completed check after which the monitor counts as silent.')
param silentAfterHours int
@description('How many checks running that could not find out make the monitor blind.')
param unknownAfter int
@description('The time of this deployment.')
param deployedAt string
@description('Resource id of the vault whose reads are watched; empty: they are not.')
param watchedVaultId string
@description('Names of the secrets whose reads are watched.')
param watchedSecrets string[]
@description('Object id of the identity that the monitor runs as.')
param principalId string
@description('Object ids of others who may read them.')
param expectedReaders string[]

type rule = {
  name: string
  title: string
  description: string
  severity: int
  query: string
  @description('How far back the query looks, as an ISO 8601 duration.')
  window: string
  @description('Columns that make alerts of their own.')
  dimensions: string[]
}

var rules rule[] = [
  {
    name: 'no-check'
    title: 'Token Monitor: no check completed'
    description: 'No check has been completed for ${silentAfterHours} hours: nobody watches the tokens. Look at the function app: is it running, is the code there, what do its last invocations say?'
    severity: 1
    query: replace(
      replace(loadTextContent('../queries/no-check.kql'), '{hours}', string(silentAfterHours)),
      '{deployedAt}',
      deployedAt
    )
    window: silentAfterHours < 24 ? 'PT${silentAfterHours}H' : 'P${silentAfterHours / 24}D'
    dimensions: []
  }
  {
    name: 'delivery-failed'
    title: 'Token Monitor: alert not delivered'
    description: 'A message was not delivered, a channel cannot send, or nothing can be remembered. "tokenmonitor test-alert" and "tokenmonitor status" say which and why.'
    severity: 1
    query: loadTextContent('../queries/delivery-failed.kql')
    window: 'PT2H'
    dimensions: []
  }
  {
    name: 'monitor-down'
    title: 'Token Monitor cannot check a token'
    description: 'The last ${unknownAfter} checks of a token could not find out how it is: the vault or Graph did not answer. The token may be well. "tokenmonitor check" says what did not answer.'
    severity: 2
    query: replace(loadTextContent('../queries/monitor-down.kql'), '{checks}', string(unknownAfter))
    // The longest that there is: the checks that are counted must all fit into it.
    window: 'P2D'
    dimensions: ['Token']
  }
  {
    name: 'invocation-failed'
    title: 'Token Monitor: invocation failed'
    description: 'An invocation failed, or met an error that nobody foresaw. The log of the invocation says why.'
    severity: 2
    query: loadTextContent('../queries/invocation-failed.kql')
    window: 'PT2H'
    dimensions: []
  }
]

var vaultReads rule = {
  name: 'vault-reads'
  title: 'Token Monitor: another identity read a secret'
  description: 'Neither the monitor nor anybody who is expected to read the vault has read one of its secrets. If that was meant, add the reader to "expectedVaultReaders"; if not, treat what was read as leaked: the runbook\'s alarm-vault-read says how.'
  severity: 1
  query: replace(
    replace(
      replace(
        replace(
          loadTextContent('../queries/vault-reads.kql'),
          '{readers}',
          string(map(expectedReaders, id => toLower(id)))
        ),
        '{secrets}',
        string(map(watchedSecrets, name => toLower(name)))
      ),
      '{vault}',
      watchedVaultId
    ),
    '{monitor}',
    principalId
  )
  window: 'PT1H'
  dimensions: ['Reader', 'Secret']
}

// Log Analytics Reader: reads the log, and changes nothing.
var logReaderRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '73c42c96-874c-492b-b04d-ab87d138a893'
)

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

// The alarms ask in their own name. Without an identity they would have the rights that whoever deployed them last happened to have.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-alarms-${suffix}'
  location: location
  tags: tags
}

resource logReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(workspace.id, identity.id, logReaderRole)
  scope: workspace
  properties: {
    roleDefinitionId: logReaderRole
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource watchers 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'tokenmon'
    enabled: true
    emailReceivers: [
      for email in emails: {
        name: email
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

var asked = concat(rules, empty(watchedVaultId) ? [] : [vaultReads])

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in asked: {
    name: 'alert-${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identity.id}': {}
      }
    }
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [
        workspace.id
      ]
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: map(rule.dimensions, column => {
              name: column
              operator: 'Include'
              values: ['*']
            })
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: true
      // The tables come into being with the first telemetry.
      skipQueryValidation: true
      actions: {
        actionGroups: [
          watchers.id
        ]
      }
    }
    // The right before what needs it.
    dependsOn: [
      logReader
    ]
  }
]

// A query that no longer runs, for want of rights, because somebody turned it off or because the workspace is gone, finds nothing and
// says nothing. Azure reports the health of each rule, for those that run every 15 minutes or oftener; what it does not know is no alarm.
resource unwell 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: 'alert-alarms-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'An alarm of Token Monitor does not work: its query fails, or it was turned off. The health of the rule says why. Until it works, nobody hears from it.'
    enabled: true
    scopes: [for (rule, index) in asked: alerts[index].id]
    condition: {
      allOf: [
        {
          field: 'category'
          equals: 'ResourceHealth'
        }
        {
          field: 'status'
          equals: 'Active'
        }
        {
          field: 'properties.previousHealthStatus'
          equals: 'Available'
        }
        {
          anyOf: [
            {
              field: 'properties.currentHealthStatus'
              equals: 'Unavailable'
            }
            {
              field: 'properties.currentHealthStatus'
              equals: 'Degraded'
            }
          ]
        }
      ]
    }
    actions: {
      actionGroups: [
        {
          actionGroupId: watchers.id
        }
      ]
    }
  }
}
