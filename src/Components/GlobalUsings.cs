global using ErrorCodes = Actors.Domain.ErrorCodes;
global using Token = Actors.Domain.Execution.Token;
