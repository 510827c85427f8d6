// One page to look at: verdicts over time, days left, deliveries.

import { texts } from 'types.bicep'

@description('Region of the workspace.')
param location string
@description('Tags.')
param tags texts
@description('What its name is made of.')
param name string
@description('Resource id of the workspace.')
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
