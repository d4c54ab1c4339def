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
        .AddComponent<ScheduleComponent>()
        .AddComponent<WebhookComponent>()
        .AddComponent<FileReadComponent>()
        .AddComponent<FilterComponent>()
        .AddComponent<SwitchComponent>()
        .AddComponent<MergeComponent>()
        .AddComponent<ZipComponent>()
        .AddComponent<SplitComponent>()
        .AddComponent<CollectComponent>()
        .AddComponent<WindowComponent>()
        .AddComponent<DelayComponent>()
        .AddComponent<ThrottleComponent>()
        .AddComponent<ApprovalComponent>()
        .AddComponent<DesignComponent>()
        .AddComponent<FailComponent>()
        .AddComponent<TemplateComponent>()
        .AddComponent<SelectComponent>()
        .AddComponent<MapComponent>()
        .AddComponent<AggregateComponent>()
        .AddComponent<SortComponent>()
        .AddComponent<DistinctComponent>()
        .AddComponent<ValidateComponent>()
        .AddComponent<JsonParseComponent>()
        .AddComponent<CsvParseComponent>()
        .AddComponent<TextSplitComponent>()
        .AddComponent<HttpRequestComponent>()
        .AddComponent<FileWriteComponent>()
        .AddComponent<NotifyComponent>()
        .AddComponent<LogComponent>()
        .AddComponent<MetricsComponent>()
        .AddComponent<AiPromptComponent>()
        .AddComponent<AiExtractComponent>()
        .AddComponent<AiClassifyComponent>()
        .AddComponent<AiSummarizeComponent>()
        .AddComponent<AiAgentComponent>();

    /// <summary>The built-in descriptor of that id.</summary>
    internal static ComponentDescriptor Describe(string id) =>
        ComponentCatalog.BuiltIn.Find(id) ?? throw new InvalidOperationException($"The catalog has no component '{id}'.");
}
