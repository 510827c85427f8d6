namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The calls that use the inspected token itself.</summary>
internal static class Assets
{
    public static GraphResult Answer(GraphWorld world, GraphRequest request, GraphOperation operation, ListPager pager, DateTimeOffset now)
    {
        var isAboutMe = operation is GraphOperation.Me or GraphOperation.Permissions;
        if (request.Kind == CredentialKind.None)
        {
            return isAboutMe ? GraphErrors.NoActiveToken : GraphErrors.NoToken;
        }

        var id = request.Path.Count == 0 ? "" : request.Path[0];
        if (request.Kind == CredentialKind.App)
        {
            // An app can read its own node. It has no access to assets, and /me does not work with it.
            var (app, error) = Authorizer.App(world, request);
            return error is not null ? error
                : isAboutMe ? GraphErrors.NoActiveToken
                : operation is GraphOperation.App && id == app!.Id ? Nodes.Of(app).Select(request.Fields)
                : GraphErrors.NoSuchObject(request.Method, id);
        }

        var (token, refusal) = Authorizer.Token(world, request, now);
        if (token is null)
        {
            return refusal!;
        }

        return operation switch
        {
            GraphOperation.Me => Nodes.Of(token.User).Select(request.Fields),
            GraphOperation.Permissions => pager.Page(token.Scopes.Select(Nodes.Permission), request),
            GraphOperation.PhoneNumber => Number(world, request, token, id),
            GraphOperation.Unknown => GraphErrors.NoSuchObject(request.Method, id),
            _ => Account(world, request, operation, token, id, pager),
        };
    }

    private static GraphResult Number(GraphWorld world, GraphRequest request, GraphToken token, string id)
    {
        if (!token.Scopes.Contains(Scope.Messaging) && !token.Scopes.Contains(Scope.Management))
        {
            return GraphErrors.MayNotReadNumber;
        }

        if (world.FindNumber(id) is { } number
            && world.AccountsOf(number).FirstOrDefault(account => account.IsOpenTo(token.User) && GrantsAny(token, account.Id)) is { } owner)
        {
            return Nodes.Of(number, owner, token.App).Without(number.RemovedFields).Select(request.Fields);
        }

        return GraphErrors.NoSuchObject(request.Method, id);
    }

    private static GraphResult Account(
        GraphWorld world, GraphRequest request, GraphOperation operation, GraphToken token, string id, ListPager pager)
    {
        if (!token.Scopes.Contains(Scope.Management))
        {
            return GraphErrors.MissingScope(Scope.Management);
        }

        if (world.FindAccount(id) is not { } account || !account.IsOpenTo(token.User) || !token.Grants(Scope.Management, id))
        {
            return GraphErrors.NoSuchObject(request.Method, id);
        }

        return operation switch
        {
            GraphOperation.PhoneNumbers => pager.Page(account.PhoneNumbers.Select(number => Nodes.Of(number, account, token.App).Without(number.RemovedFields)), request),
            GraphOperation.SubscribedApps => pager.Page(account.SubscribedApps.Select(Nodes.Subscribed), request),
            GraphOperation.AssignedUsers => AssignedUsers(request, account, pager),
            _ => Nodes.Of(account).Without(account.RemovedFields).Select(request.Fields),
        };
    }

    private static GraphResult AssignedUsers(GraphRequest request, BusinessAccount account, ListPager pager)
    {
        if (request.Parameter("business") is not { } business)
        {
            return GraphErrors.ParameterRequired("business");
        }

        // The list contains the users of one portfolio. For another portfolio it is empty.
        return pager.Page(account.AssignedUsers.Where(assigned => assigned.User.Portfolio.Id == business).Select(Nodes.Of), request);
    }

    private static bool GrantsAny(GraphToken token, string accountId) =>
        token.Grants(Scope.Messaging, accountId) || token.Grants(Scope.Management, accountId);
}
