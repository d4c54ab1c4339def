using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Files;

/// <summary>Lists one folder from the catalog, without waking the project's files; its key is 0. The caller has checked the role.</summary>
public interface IFileDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>What lies directly in a folder, files and folders mixed. A folder that does not exist is empty.</summary>
    [ReadOnly]
    Task<FilePageReply> List(FileFolderQuery query);
}
