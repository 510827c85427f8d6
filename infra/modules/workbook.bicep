// The workbook: verdicts over time, days until expiry, deliveries.

import { texts } from 'types.bicep'

@description('Region of the workspace.')
param location string
@description('Tags.')
param tags texts
@description('The seed of its name.')
param name string
@description('Resource ID of the workspace.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, name)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Token Monitor'
    category: 'workbook'
    sourceId: workspaceId
    serializedData: loadTextContent('../workbook.json')
  }
}
