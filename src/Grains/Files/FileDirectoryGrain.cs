using Actors.Domain.Files;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Files;

[StatelessWorker]
[GrainType("filedirectory")]
internal sealed class FileDirectoryGrain(ICatalog catalog, FileLimits limits) : Grain, IFileDirectoryGrain
{
    public async Task<FilePageReply> List(FileFolderQuery query)
    {
        var folderKey = "";
        if (query.Folder.Length > 0)
        {
            if (!FilePath.TryParse(query.Folder, limits, out var folder, out var refusal))
            {
                return new FilePageReply.Refused(refusal);
            }

            folderKey = folder.Key;
        }

        try
        {
            var page = await catalog.ListAsync(
                query.List.ToQuery(FileCatalog.Kind, FileCatalog.Scope(query.ProjectId, folderKey)), CancellationToken.None);
            return new FilePageReply.Page([.. page.Items.Select(FileCatalog.View)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new FilePageReply.Refused(CatalogLists.BadCursor());
        }
        catch (StorageUnavailableException)
        {
            return new FilePageReply.Refused(CatalogLists.Unavailable());
        }
    }
}
