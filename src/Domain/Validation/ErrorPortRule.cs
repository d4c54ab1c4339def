using Actors.Domain.Designs;
using Actors.Domain.Execution;

namespace Actors.Domain.Validation;

/// <summary>Errors that are to leave by the port <c>error</c> go somewhere, and where something waits for them they leave by it.</summary>
internal sealed class ErrorPortRule : IValidationRule
{
    private const string Error = "error";

    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            if (design.ComponentOf(node) is not { } component || !component.Outputs.Any(output => output.Name == Error))
            {
                continue;
            }

            var connected = design.OutOf(node.Id).Any(connection => connection.From.Port == Error);
            var byPort = NodeExecution.Read(node.Execution).OnError == OnError.Port;
            if (byPort && !connected)
            {
                yield return Finding.OfNode(
                    FindingCodes.ErrorPortOpen, FindingSeverity.Warning, node.Id, $"Errors of {design.NameOf(node)} leave by its port 'error', where nothing takes them.",
                    SetOnError("Let errors fail the run", node, null));
            }
            else if (connected && !byPort)
            {
                yield return Finding.OfNode(
                    FindingCodes.ErrorPortUnused, FindingSeverity.Warning, node.Id, $"Something is connected to the port 'error' of {design.NameOf(node)}, but its errors do not leave by it.",
                    SetOnError("Let errors leave by the port", node, "port"));
            }
        }
    }

    private static FindingFix SetOnError(string title, Node node, string? value) => Fixes.Set(title, node, writer =>
    {
        writer.WriteStartObject("execution");
        writer.WriteString("onError", value);
        writer.WriteEndObject();
    });
}
