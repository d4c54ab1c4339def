using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange.React;

namespace Actors.Domain.Interchange;

/// <summary>
/// A wireframe as a project of React, TypeScript and Vite in a zip: <c>npm ci</c> and <c>npm run build</c> make it as it
/// stands. It shows what <see cref="HtmlExport"/> shows, and the same rules keep texts and addresses harmless. The same
/// design always gives the same bytes.
/// </summary>
public static class ReactExport
{
    public static byte[] WriteZip(DesignDocument design, IComponentCatalog components) => ReactProject.Write(design, new Scene(design, components));
}
