// Where logs and metrics go: a workspace, and Application Insights on top of it, which takes telemetry from Entra identities only.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the Log Analytics workspace.')
param workspaceName string
@description('Name of the Application Insights component.')
param componentName string
@description('Days that logs are kept.')
param retentionDays int
@description('Gigabytes a day beyond which nothing more is taken in.')
param dailyCapGb int
@description('Resource id of the identity that the monitor runs as.')
param identityId string
@description('Object id of that identity.')
param principalId string

// Monitoring Metrics Publisher: what it takes to send telemetry, and nothing else.
var publisherRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '3913510d-42f4-4e42-8a64-420c390055eb'
)

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: componentName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    // The alarm for silence counts single lines.
    SamplingPercentage: 100
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, identityId, publisherRole)
  scope: component
  properties: {
    roleDefinitionId: publisherRole
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
