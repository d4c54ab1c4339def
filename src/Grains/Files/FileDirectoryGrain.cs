using Actors.Domain;
using Actors.Domain.Files;
using Actors.Grains.Interfaces.Files;
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
                new CatalogQuery
                {
                    Kind = FileCatalog.Kind,
                    Scope = FileCatalog.Scope(query.ProjectId, folderKey),
                    NameContains = query.Search,
                    Sort = query.Sort == FileSort.Name ? CatalogSort.Name : CatalogSort.UpdatedAt,
                    Descending = query.Descending,
                    Cursor = query.Cursor,
                    Limit = query.Limit,
                },
                CancellationToken.None);
            return new FilePageReply.Page([.. page.Items.Select(FileCatalog.View)], page.Next);
        }
        catch (InvalidCatalogCursorException)
        {
            return new FilePageReply.Refused(Refusal.Field("cursor", "is not one that this list returned"));
        }
        catch (StorageUnavailableException)
        {
            return new FilePageReply.Refused(FileUploads.Unavailable);
        }
    }
}
