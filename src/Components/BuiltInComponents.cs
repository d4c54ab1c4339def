using Actors.Components.BuiltIn;
using Actors.Domain.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components;

/// <summary>The components of the product itself. A file of <c>BuiltIn</c> holds one; its descriptor stands in the domain's catalog.</summary>
public static class BuiltInComponents
{
    public static IServiceCollection AddBuiltInComponents(this IServiceCollection services) => services
        .AddComponent<InputComponent>()
        .AddComponent<OutputComponent>()
        .AddComponent<ConstantComponent>()
        .AddComponent<RangeComponent>()
        .AddComponent<MergeComponent>()
        .AddComponent<ZipComponent>()
        .AddComponent<CollectComponent>()
        .AddComponent<DelayComponent>()
        .AddComponent<ApprovalComponent>()
        .AddComponent<FailComponent>();

    /// <summary>The built-in descriptor of that id.</summary>
    internal static ComponentDescriptor Describe(string id) =>
        ComponentCatalog.BuiltIn.Find(id) ?? throw new InvalidOperationException($"The catalog has no component '{id}'.");
}
