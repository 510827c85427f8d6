// Shapes that several modules share.

@export()
@description('Texts by name: tags, app settings.')
type texts = {
  @description('A text.')
  *: string
}
