using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>A part of a token: the default, else null, where there is none. With <c>all</c> every match, as a list.</summary>
internal sealed class SelectComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("select");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.RequiredExpression("path"),
        settings.Flag("all"),
        settings.Find("default") is { } value ? Token.Of(value) : null);

    private sealed class Process(Expression path, bool all, Token? otherwise) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var value = path.Of(firing[0]!);
            firing.Emit(value.Kind switch
            {
                ExpressionValueKind.Null => otherwise ?? (all ? Token.List([]) : Token.Null),

                // A list that the path made has the matches already; one that it found is a match.
                _ when all && value.Kind != ExpressionValueKind.List => Token.List([value.ToToken()]),
                _ => value.ToToken(),
            });
        }
    }
}
