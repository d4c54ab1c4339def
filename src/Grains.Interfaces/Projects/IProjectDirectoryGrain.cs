using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Projects;

/// <summary>Lists projects and members from the catalog; its key is 0. Refuses a cursor that it did not make.</summary>
public interface IProjectDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The projects of an account.</summary>
    [ReadOnly]
    Task<ProjectPageReply> List(ProjectQuery query);

    /// <summary>The members of a project. The caller has checked that they may be seen.</summary>
    [ReadOnly]
    Task<MemberPageReply> ListMembers(MemberQuery query);

    /// <summary>The open invitations to an address, newest first.</summary>
    [ReadOnly]
    Task<InvitationOfferPageReply> ListInvitationsFor(AddressedQuery query);

    /// <summary>The project that an invitation is of, by its id or by the hash of its secret; null when there is none.</summary>
    [ReadOnly]
    Task<string?> FindInvited(string? invitationId, string? tokenHash);
}
