global using Token = Actors.Domain.Execution.Token;
