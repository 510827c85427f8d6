// Alarms for the monitor itself: log queries and mails from Azure Monitor, which do not depend on the monitor.

import { texts } from 'types.bicep'

@description('Region of the workspace.')
param location string
@description('Tags.')
param tags texts
@description('Suffix of the names.')
param suffix string
@description('Name of the workspace, in this resource group.')
param workspaceName string
@description('The recipients.')
param emails string[]
@description('Hours without a completed check after which the alarm is raised.')
param silentAfterHours int
@description('Number of consecutive unknown checks that raise the alarm.')
param unknownAfter int
@description('The time of this deployment.')
param deployedAt string
@description('Resource ID of the vault whose reads are monitored; empty: none.')
param monitoredVaultId string
@description('Names of the secrets whose reads are monitored.')
param monitoredSecrets string[]
@description('Object ID of the identity of the monitor.')
param principalId string
@description('Object IDs of identities that are expected to read them.')
param expectedReaders string[]

type rule = {
  name: string
  title: string
  description: string
  severity: int
  query: string
  @description('The period of the query, as an ISO 8601 duration.')
  window: string
  @description('Columns whose values result in separate alarms.')
  dimensions: string[]
}

var rules rule[] = [
  {
    name: 'no-check'
    title: 'Token Monitor: no check completed'
    description: 'No check was completed for ${silentAfterHours} hours, so the tokens are not monitored. Check the function app: whether it is running, whether the code is deployed, and its last invocations.'
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
    description: 'An alert was not delivered, a channel cannot send, or the state cannot be stored. "tokenmonitor test-alert" and "tokenmonitor status" show the reason.'
    severity: 1
    query: loadTextContent('../queries/delivery-failed.kql')
    window: 'PT2H'
    dimensions: []
  }
  {
    name: 'monitor-down'
    title: 'Token Monitor cannot check a token'
    description: 'The last ${unknownAfter} checks of a token got no usable answer from the vault or Graph. The token may work or not. "tokenmonitor doctor" shows what does not answer.'
    severity: 2
    query: replace(loadTextContent('../queries/monitor-down.kql'), '{checks}', string(unknownAfter))
    // The maximum. The counted checks must fit into it.
    window: 'P2D'
    dimensions: ['Token']
  }
  {
    name: 'invocation-failed'
    title: 'Token Monitor: invocation failed'
    description: 'An invocation failed, or there was an unexpected error. The log of the invocation shows the reason.'
    severity: 2
    query: loadTextContent('../queries/invocation-failed.kql')
    window: 'PT2H'
    dimensions: []
  }
]

var vaultReads rule = {
  name: 'vault-reads'
  title: 'Token Monitor: another identity read a secret'
  description: 'An identity other than the monitor and the expected readers read one of its secrets. If this is intended, add the reader to "expectedVaultReaders". If not, treat the secret as leaked: see alarm-vault-read in the runbook.'
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
        string(map(monitoredSecrets, name => toLower(name)))
      ),
      '{vault}',
      monitoredVaultId
    ),
    '{monitor}',
    principalId
  )
  window: 'PT1H'
  dimensions: ['Reader', 'Secret']
}

// Log Analytics Reader: only reads the log.
var logReaderRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '73c42c96-874c-492b-b04d-ab87d138a893'
)

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// The queries run with their own identity. Otherwise they would use the permissions of the last deployment.
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

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
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

var enabledRules = concat(rules, empty(monitoredVaultId) ? [] : [vaultReads])

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [
  for rule in enabledRules: {
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
      // The tables do not exist before the first telemetry.
      skipQueryValidation: true
      actions: {
        actionGroups: [
          actionGroup.id
        ]
      }
    }
    // The role assignment comes before the rules.
    dependsOn: [
      logReader
    ]
  }
]

// A rule that cannot run raises no alarm itself: its permissions are missing, it is disabled, or the workspace was deleted. Azure reports
// the health of rules that run at least every 15 minutes. An unknown health raises no alarm.
resource ruleHealth 'Microsoft.Insights/activityLogAlerts@2020-10-01' = {
  name: 'alert-alarms-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'An alarm of Token Monitor does not work: its query fails, or the rule is disabled. The resource health of the rule shows the reason.'
    enabled: true
    scopes: [for (rule, index) in enabledRules: alerts[index].id]
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
          actionGroupId: actionGroup.id
        }
      ]
    }
  }
}
