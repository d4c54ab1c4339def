using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Files;

namespace Actors.Grains.Interfaces.Files;

/// <summary>The JSON of files: between grains, in the journal, in snapshots and in the catalog.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(FilesEvent))]
[JsonSerializable(typeof(FilesEvent.Written), TypeInfoPropertyName = "FilesEventWritten")]
[JsonSerializable(typeof(FilesSnapshot))]
[JsonSerializable(typeof(FileWriting))]
[JsonSerializable(typeof(FileUpload))]
[JsonSerializable(typeof(FileBatch))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(FileReading))]
[JsonSerializable(typeof(FileTreeQuery))]
[JsonSerializable(typeof(FileFolderQuery))]
[JsonSerializable(typeof(FileRestoring))]
[JsonSerializable(typeof(FileRemoval))]
[JsonSerializable(typeof(FileOperation))]
[JsonSerializable(typeof(FileView))]
[JsonSerializable(typeof(FileNotice))]
[JsonSerializable(typeof(FilesUsage))]
[JsonSerializable(typeof(FileReply))]
[JsonSerializable(typeof(FilesReply))]
[JsonSerializable(typeof(FileContentReply))]
[JsonSerializable(typeof(FilePageReply))]
[JsonSerializable(typeof(UploadReply))]
[JsonSerializable(typeof(FileReply.Done), TypeInfoPropertyName = "FileReplyDone")]
[JsonSerializable(typeof(FileReply.Refused), TypeInfoPropertyName = "FileReplyRefused")]
[JsonSerializable(typeof(FilesReply.Done), TypeInfoPropertyName = "FilesReplyDone")]
[JsonSerializable(typeof(FilesReply.Refused), TypeInfoPropertyName = "FilesReplyRefused")]
[JsonSerializable(typeof(FileContentReply.Refused), TypeInfoPropertyName = "FileContentReplyRefused")]
[JsonSerializable(typeof(FilePageReply.Page), TypeInfoPropertyName = "FilePageReplyPage")]
[JsonSerializable(typeof(FilePageReply.Refused), TypeInfoPropertyName = "FilePageReplyRefused")]
[JsonSerializable(typeof(UploadReply.Refused), TypeInfoPropertyName = "UploadReplyRefused")]
[JsonSerializable(typeof(long?))]
public sealed partial class FilesJsonContext : JsonSerializerContext;
