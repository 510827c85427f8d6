// Types that several modules share.

@export()
@description('Strings by name: tags, app settings.')
type texts = {
  @description('A string.')
  *: string
}
