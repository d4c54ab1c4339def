using Actors.Components.Services;
using Actors.Grains.Interfaces.Secrets;
using Orleans;

namespace Actors.Grains.Secrets;

/// <inheritdoc cref="IRunSecrets"/>
/// <remarks>What is found is redacted from the project's texts from then on.</remarks>
internal sealed class RunSecrets(string projectId, IGrainFactory grains, SecretBox box, SecretRedactor redactor) : IRunSecrets
{
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await grains.GetGrain<ISecretsGrain>(projectId).GetSealed(name) is not { } found)
            return null;

        var value = box.Open(SecretsGrain.ContextOf(projectId, name), found);
        redactor.Learn(projectId, value);
        return value;
    }
}
