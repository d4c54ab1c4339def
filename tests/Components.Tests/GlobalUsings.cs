global using Actors.Components.Tests.Host;
global using Token = Actors.Domain.Execution.Token;
