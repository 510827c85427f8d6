// The Log Analytics workspace, and Application Insights, which accepts telemetry only from Entra identities.

import { texts } from 'types.bicep'

@description('Region.')
param location string
@description('Tags.')
param tags texts
@description('Name of the Log Analytics workspace.')
param workspaceName string
@description('Name of the Application Insights component.')
param componentName string
@description('Retention of logs, in days.')
param retentionDays int
@description('Daily cap of log ingestion, in gigabytes.')
param dailyCapGb int
@description('Resource ID of the identity of the monitor.')
param identityId string
@description('Object ID of that identity.')
param principalId string

// Monitoring Metrics Publisher: only sends telemetry.
var publisherRole = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '3913510d-42f4-4e42-8a64-420c390055eb'
)

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
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
    // The alarm "no check completed" counts single log entries, so nothing is sampled.
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
