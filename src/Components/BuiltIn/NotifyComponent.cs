using System.Runtime.CompilerServices;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>A message to the project's room, or to some of its people. The token passes on.</summary>
internal sealed class NotifyComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("notify");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.RequiredTemplate("message"), settings.Template("title"), settings.Text("level") ?? "info", settings.Texts("to"));

    private sealed class Process(Template message, Template? title, string level, string[] accounts) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var notification = new RunNotification(level, title?.Of(token), message.Of(token), accounts);
            await context.EffectAsync(
                "notify",
                async (id, cancelled) =>
                {
                    await context.Service<IRunRoom>().NotifyAsync(id, notification, cancelled);
                    return Token.Null;
                },
                stub: Token.Null);
            yield return token;
        }
    }
}
