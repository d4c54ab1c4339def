namespace Actors.Frontend.Tests.Roles;

/// <summary>One world for the tests that are made of the document beside the role matrix.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixCollection : ICollectionFixture<RoleWorld>
{
    public const string Name = "matrix";
}
