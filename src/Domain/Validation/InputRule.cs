namespace Actors.Domain.Validation;

/// <summary>Each input that a component cannot do without is connected.</summary>
internal sealed class InputRule : IValidationRule
{
    public IEnumerable<Finding> Check(ValidatedDesign design)
    {
        foreach (var node in design.Nodes)
        {
            foreach (var input in design.ComponentOf(node)?.Inputs ?? [])
            {
                if (input.Required && !design.Into(node.Id).Any(connection => connection.To.Port == input.Name))
                {
                    yield return Finding.OfNode(
                        FindingCodes.InputMissing, FindingSeverity.Error, node.Id, $"Nothing is connected to the input '{input.Name}' of {design.NameOf(node)}.", detail: input.Name);
                }
            }
        }
    }
}
