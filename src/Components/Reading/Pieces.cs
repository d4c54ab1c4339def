namespace Actors.Components.Reading;

/// <summary>
/// Emits what one token became in pieces, so that a long list never stands in the outgoing connections at once. The
/// position is kept in the state; what was computed is kept for the token at hand, and computed again after a restart.
/// </summary>
/// <param name="compute">Everything that becomes of a token: a function of it alone.</param>
internal sealed class Pieces(Func<Token, IReadOnlyList<Token>> compute)
{
    /// <summary>Tokens of one firing at most.</summary>
    public const int Size = 256;

    private const string Position = "position";

    private Token? _token;
    private IReadOnlyList<Token> _all = [];

    public void Emit(ISyncFiring firing, Token token)
    {
        var from = firing.State[Position] is { } position ? position.Json.GetInt32() : 0;
        if (!ReferenceEquals(_token, token))
        {
            (_all, _token) = (compute(token), token);
        }

        var to = Math.Min(_all.Count, from + Size);
        for (var i = from; i < to; i++)
        {
            firing.Emit(_all[i]);
        }

        if (to < _all.Count)
        {
            firing.State[Position] = Token.Of(to);
            firing.Again();
            return;
        }

        firing.State.Remove(Position);
        (_token, _all) = (null, []);
    }
}
